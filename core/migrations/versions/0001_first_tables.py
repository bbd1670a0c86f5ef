"""The tables of the first release."""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Take the step."""
    _create_accounts()
    _create_messages()
    _create_jobs()


def downgrade() -> None:
    """Take the step back."""
    for table in (
        "leases",
        "limits",
        "procrastinate_workers",
        "procrastinate_jobs",
        "outgoing",
        "optouts",
        "replies",
        "steps",
        "history",
        "messages",
        "inbox",
        "provisions",
        "installs",
        "oauth_states",
        "tickets",
    ):
        op.drop_table(table)


def _index_jobs(name: str, columns: Sequence[Any], state: str, *, unique: bool) -> None:
    when = sa.text(f"status = '{state}'")
    op.create_index(
        name, "procrastinate_jobs", columns, unique=unique, sqlite_where=when, postgresql_where=when
    )


def _create_accounts() -> None:
    op.create_table(
        "tickets",
        sa.Column("ticket", sa.String(), primary_key=True),
        sa.Column("account", sa.String(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("expires_at", sa.BigInteger(), nullable=False),
        sa.Column("portal_id", sa.BigInteger()),
    )
    op.create_table(
        "oauth_states",
        sa.Column("nonce", sa.String(), primary_key=True),
        sa.Column("ticket", sa.String(), sa.ForeignKey("tickets.ticket"), nullable=False),
        sa.Column("browser", sa.String(), nullable=False),
        sa.Column("expires_at", sa.BigInteger(), nullable=False),
        sa.Column("used_at", sa.BigInteger()),
    )
    op.create_table(
        "installs",
        sa.Column("portal_id", sa.BigInteger(), primary_key=True),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("account", sa.String(), nullable=False),
        sa.Column("installed_at", sa.BigInteger(), nullable=False),
        sa.Column("installed_by", sa.String(), nullable=False),
        sa.Column("hub_domain", sa.String(), nullable=False),
        sa.Column("country", sa.String(), nullable=False),
        sa.Column("callback_key", sa.String(), nullable=False, unique=True),
        sa.Column("access_token", sa.LargeBinary(), nullable=False),
        sa.Column("access_expires_at", sa.BigInteger(), nullable=False),
        sa.Column("refresh_token", sa.LargeBinary(), nullable=False),
        sa.Column("marketing_key", sa.LargeBinary()),
        sa.Column("notification_key", sa.LargeBinary()),
    )
    op.create_table(
        "provisions",
        sa.Column("name", sa.String(), primary_key=True),
        sa.Column("vendor_id", sa.String(), nullable=False),
    )


def _create_messages() -> None:
    op.create_table(
        "inbox",
        sa.Column("key", sa.String(), primary_key=True),
        sa.Column("portal_id", sa.BigInteger(), nullable=False),
        sa.Column("received_at", sa.BigInteger(), nullable=False),
        sa.Column("payload", sa.LargeBinary(), nullable=False),
        sa.Column("answer", sa.Text()),
        sa.Column("parked_for", sa.String()),
    )
    op.create_index("inbox_parked", "inbox", ["parked_for"])
    op.create_table(
        "messages",
        sa.Column("id", sa.String(), primary_key=True),
        sa.Column("portal_id", sa.BigInteger(), nullable=False),
        sa.Column("contact_id", sa.String(), nullable=False),
        sa.Column("callback_id", sa.String(), unique=True),
        sa.Column("ref_client", sa.String(), nullable=False, unique=True),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("recipient", sa.String(), nullable=False),
        sa.Column("sender", sa.String()),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("encoding", sa.String(), nullable=False),
        sa.Column("stop", sa.Boolean(), nullable=False),
        sa.Column("characters", sa.Integer(), nullable=False),
        sa.Column("parts", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("smsmode_id", sa.String(), unique=True),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("detail", sa.String(), nullable=False),
        sa.Column("completed", sa.Boolean(), nullable=False),
    )
    op.create_index("messages_contact", "messages", ["portal_id", "contact_id", "created_at"])
    op.create_index("messages_recipient", "messages", ["portal_id", "recipient", "created_at"])
    op.create_table(
        "history",
        sa.Column("message_id", sa.String(), sa.ForeignKey("messages.id"), primary_key=True),
        sa.Column("status", sa.String(), primary_key=True),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("detail", sa.String(), nullable=False),
    )
    op.create_table(
        "steps",
        sa.Column("item", sa.String(), primary_key=True),
        sa.Column("name", sa.String(), primary_key=True),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
    )
    op.create_table(
        "replies",
        sa.Column("id", sa.String(), primary_key=True),
        sa.Column("portal_id", sa.BigInteger(), nullable=False),
        sa.Column("contact_id", sa.String()),
        sa.Column("message_id", sa.String(), sa.ForeignKey("messages.id")),
        sa.Column("phone", sa.String(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("stop", sa.Boolean(), nullable=False),
        sa.Column("received_at", sa.BigInteger(), nullable=False),
    )
    op.create_index("replies_contact", "replies", ["portal_id", "contact_id", "received_at"])
    op.create_table(
        "optouts",
        sa.Column("portal_id", sa.BigInteger(), primary_key=True),
        sa.Column("phone", sa.String(), primary_key=True),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("origin", sa.String(), nullable=False),
    )
    op.create_table(
        "outgoing",
        sa.Column("id", NUMBER, primary_key=True, autoincrement=True),
        sa.Column("portal_id", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("dead", sa.String()),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.UniqueConstraint("kind", "key"),
    )
    op.create_index("outgoing_portal", "outgoing", ["portal_id", "kind", "id"])


def _create_jobs() -> None:
    op.create_table(
        "procrastinate_jobs",
        sa.Column("id", NUMBER, primary_key=True, autoincrement=True),
        sa.Column("queue_name", sa.Text(), nullable=False),
        sa.Column("task_name", sa.Text(), nullable=False),
        sa.Column("priority", sa.Integer(), nullable=False),
        sa.Column("turn", sa.BigInteger(), nullable=False),
        sa.Column("lock", sa.Text()),
        sa.Column("queueing_lock", sa.Text()),
        sa.Column("args", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("scheduled_at", sa.BigInteger(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("worker_id", sa.BigInteger()),
        sa.Column("reason", sa.Text()),
        sa.Column("failed_at", sa.BigInteger()),
        sqlite_autoincrement=True,
    )
    _index_jobs("procrastinate_jobs_due", ["scheduled_at"], "todo", unique=False)
    _index_jobs("procrastinate_jobs_lane", ["lock", "id"], "todo", unique=False)
    _index_jobs("procrastinate_jobs_lane_taken", ["lock"], "doing", unique=True)
    _index_jobs(
        "procrastinate_jobs_next",
        [sa.text("priority DESC"), "turn", "scheduled_at", "id"],
        "todo",
        unique=False,
    )
    _index_jobs("procrastinate_jobs_once", ["queueing_lock"], "todo", unique=True)
    _index_jobs(
        "procrastinate_jobs_turns", ["queue_name", "priority", "turn"], "todo", unique=False
    )
    op.create_table(
        "procrastinate_workers",
        sa.Column("id", NUMBER, primary_key=True, autoincrement=True),
        sa.Column("last_heartbeat", sa.BigInteger(), nullable=False),
    )
    op.create_table(
        "limits",
        sa.Column("name", sa.String(), primary_key=True),
        sa.Column("tat", sa.BigInteger(), nullable=False),
    )
    op.create_table(
        "leases",
        sa.Column("name", sa.String(), primary_key=True),
        sa.Column("until", sa.BigInteger(), nullable=False),
    )
