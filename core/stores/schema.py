"""The tables: what the core knows, on SQLite and PostgreSQL alike.

A change here takes a migration beside it; see ``core/migrations``.
"""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from core.stores import columns, job_tables
from core.stores.columns import Moment, Number

metadata = columns.metadata
"""All of them."""

JOBS = (job_tables.jobs, job_tables.workers)
"""The tables of later work, which stand in the same database."""

tickets = Table(
    "tickets",
    metadata,
    Column("ticket", String, primary_key=True),
    Column("account", String, nullable=False),  # the smsmode account that it was made for
    Column("created_at", Moment, nullable=False),
    Column("expires_at", Moment, nullable=False),
    Column("portal_id", BigInteger),  # who used it; null while nobody has
)

oauth_states = Table(
    "oauth_states",
    metadata,
    Column("nonce", String, primary_key=True),
    Column("ticket", String, ForeignKey("tickets.ticket"), nullable=False),
    Column("browser", String, nullable=False),  # the digest of the browser's cookie
    Column("expires_at", Moment, nullable=False),
    Column("used_at", Moment),
)

installs = Table(
    "installs",
    metadata,
    Column("portal_id", BigInteger, primary_key=True),
    Column("state", String, nullable=False),  # InstallState
    Column("account", String, nullable=False),
    Column("installed_at", Moment, nullable=False),
    Column("installed_by", String, nullable=False),
    Column("hub_domain", String, nullable=False),
    Column("country", String, nullable=False),
    Column("callback_key", String, nullable=False, unique=True),  # in smsmode's callback addresses
    Column("access_token", LargeBinary, nullable=False),  # encrypted, as are the three below
    Column("access_expires_at", Moment, nullable=False),
    Column("refresh_token", LargeBinary, nullable=False),
    Column("marketing_key", LargeBinary),
    Column("notification_key", LargeBinary),
)

provisions = Table(
    "provisions",
    metadata,
    Column("name", String, primary_key=True),  # an event template's or action's name
    Column("vendor_id", String, nullable=False),
)

inbox = Table(
    "inbox",
    metadata,
    Column("key", String, primary_key=True),  # the vendor's own idempotency key
    Column("portal_id", BigInteger, nullable=False),
    Column("received_at", Moment, nullable=False),
    Column("payload", LargeBinary, nullable=False),
    Column("answer", Text),  # what was answered the first time, and is again
    Column("parked_for", String),  # the smsmode id that the core does not know yet
    Index("inbox_parked", "parked_for"),
)

messages = Table(
    "messages",
    metadata,
    Column("id", String, primary_key=True),
    Column("portal_id", BigInteger, nullable=False),
    Column("contact_id", String, nullable=False),
    Column("callback_id", String, unique=True),  # the workflow execution that waits for it
    Column("ref_client", String, nullable=False, unique=True),
    Column("source", String, nullable=False, server_default="workflow"),  # Source
    Column("kind", String, nullable=False),  # SendType
    Column("recipient", String, nullable=False),
    Column("sender", String),
    Column("text", Text, nullable=False),
    Column("encoding", String, nullable=False),
    Column("stop", Boolean, nullable=False),
    Column("characters", Integer, nullable=False),
    Column("parts", Integer, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("smsmode_id", String, unique=True),
    Column("status", String, nullable=False),  # SmsStatus
    Column("detail", String, nullable=False, default=""),
    Column("completed", Boolean, nullable=False, default=False),
    Column("campaign", String),  # the name under which it waits for others that say the same
    Column("look_at", Moment),  # when to ask smsmode about it; null when nothing more can come
    Index("messages_recipient", "portal_id", "recipient", "created_at"),
    Index("messages_contact", "portal_id", "contact_id", "created_at"),
)

history = Table(
    "history",
    metadata,
    Column("message_id", String, ForeignKey("messages.id"), primary_key=True),
    Column("status", String, primary_key=True),
    Column("at", Moment, nullable=False),
    Column("detail", String, nullable=False, default=""),
)

steps = Table(
    "steps",
    metadata,
    Column("item", String, primary_key=True),
    Column("name", String, primary_key=True),
    Column("state", String, nullable=False),  # StepState
    Column("at", Moment, nullable=False),
)

replies = Table(
    "replies",
    metadata,
    Column("id", String, primary_key=True),
    Column("portal_id", BigInteger, nullable=False),
    Column("contact_id", String),  # null until somebody is found who has the number
    Column("message_id", String, ForeignKey("messages.id")),
    Column("phone", String, nullable=False),
    Column("text", Text, nullable=False),
    Column("stop", Boolean, nullable=False),
    Column("received_at", Moment, nullable=False),
    Index("replies_contact", "portal_id", "contact_id", "received_at"),
)

optouts = Table(
    "optouts",
    metadata,
    Column("portal_id", BigInteger, primary_key=True),
    Column("phone", String, primary_key=True),
    Column("at", Moment, nullable=False),
    Column("origin", String, nullable=False),  # what told us
)

refusals = Table(
    "refusals",  # executions that made no message
    metadata,
    Column("callback_id", String, primary_key=True),
    Column("portal_id", BigInteger, nullable=False),
    Column("contact_id", String, nullable=False),
    Column("code", String, nullable=False),  # Refusal
    Column("at", Moment, nullable=False),
    Index("refusals_contact", "portal_id", "contact_id", "at"),
)

templates = Table(
    "templates",  # an account's texts for the card, saved all at once
    metadata,
    Column("portal_id", BigInteger, primary_key=True),
    Column("version", Integer, nullable=False),  # one more at each save
    Column("entries", Text, nullable=False),
    Column("saved_by", String, nullable=False),
    Column("saved_at", Moment, nullable=False),
)

outgoing = Table(
    "outgoing",
    metadata,
    Column("id", Number, primary_key=True, autoincrement=True),
    Column("portal_id", BigInteger, nullable=False),
    Column("kind", String, nullable=False),  # OutgoingKind
    Column("key", String, nullable=False),  # the same thing twice goes out once
    Column("body", Text, nullable=False),
    Column("dead", String),  # why HubSpot will never take it
    Column("created_at", Moment, nullable=False),
    Column("company", Integer),  # how many may go with it, once it was refused among others
    UniqueConstraint("kind", "key"),
    Index("outgoing_portal", "portal_id", "kind", "id"),
)

limits = Table(
    "limits",
    metadata,
    Column("name", String, primary_key=True),  # which vendor's limit, and whose
    # Microseconds, and for moments those since 1970; see limiter.py.
    Column("tat", BigInteger, nullable=False),
    Column("booked", BigInteger, nullable=False, server_default=text("0")),
    Column("spacing", BigInteger, nullable=False, server_default=text("0")),
    Column("spaced_until", BigInteger, nullable=False, server_default=text("0")),
)

leases = Table(
    "leases",
    metadata,
    Column("name", String, primary_key=True),  # what one worker does for all
    Column("until", Moment, nullable=False),
)

Index(
    "messages_campaign",
    messages.c.campaign,
    messages.c.created_at,
    sqlite_where=messages.c.campaign.is_not(None),
    postgresql_where=messages.c.campaign.is_not(None),
)
Index(
    "messages_look_at",
    messages.c.portal_id,
    messages.c.look_at,
    sqlite_where=messages.c.look_at.is_not(None),
    postgresql_where=messages.c.look_at.is_not(None),
)
