"""With how many others something that HubSpot refused together with them is told again."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Take the step."""
    op.add_column("outgoing", sa.Column("company", sa.Integer(), nullable=True))


def downgrade() -> None:
    """Take the step back."""
    op.drop_column("outgoing", "company")
