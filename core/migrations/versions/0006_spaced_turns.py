"""How far apart a vendor's refusals have set the calls of a limit, and until when."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

NAMES = ("spacing", "spaced_until")


def upgrade() -> None:
    """Take the step."""
    for name in NAMES:
        column = sa.Column(name, sa.BigInteger(), nullable=False, server_default=sa.text("0"))
        op.add_column("limits", column)


def downgrade() -> None:
    """Take the step back."""
    for name in NAMES:
        op.drop_column("limits", name)
