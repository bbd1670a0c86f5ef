"""The name under which messages wait for each other, and when smsmode is asked about them."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Take the step."""
    op.add_column("messages", sa.Column("campaign", sa.String(), nullable=True))
    op.add_column("messages", sa.Column("look_at", sa.BigInteger(), nullable=True))
    _index("messages_campaign", ["campaign", "created_at"], "campaign IS NOT NULL")
    _index("messages_look_at", ["portal_id", "look_at"], "look_at IS NOT NULL")


def downgrade() -> None:
    """Take the step back."""
    op.drop_index("messages_look_at", "messages")
    op.drop_index("messages_campaign", "messages")
    op.drop_column("messages", "look_at")
    op.drop_column("messages", "campaign")


def _index(name: str, columns: list[str], only: str) -> None:
    where = sa.text(only)
    op.create_index(name, "messages", columns, sqlite_where=where, postgresql_where=where)
