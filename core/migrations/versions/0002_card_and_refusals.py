"""The card's templates, executions that made no message, and where a message was asked for."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Take the step."""
    op.add_column(
        "messages", sa.Column("source", sa.String(), nullable=False, server_default="workflow")
    )
    op.create_table(
        "refusals",
        sa.Column("callback_id", sa.String(), primary_key=True),
        sa.Column("portal_id", sa.BigInteger(), nullable=False),
        sa.Column("contact_id", sa.String(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
    )
    op.create_index("refusals_contact", "refusals", ["portal_id", "contact_id", "at"])
    op.create_table(
        "templates",
        sa.Column("portal_id", sa.BigInteger(), primary_key=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("entries", sa.Text(), nullable=False),
        sa.Column("saved_by", sa.String(), nullable=False),
        sa.Column("saved_at", sa.BigInteger(), nullable=False),
    )


def downgrade() -> None:
    """Take the step back."""
    op.drop_table("templates")
    op.drop_table("refusals")
    op.drop_column("messages", "source")
