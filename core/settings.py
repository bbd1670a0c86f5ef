"""The core's settings: one frozen object, read once from the environment, each wrong value named."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum
from typing import Any, TypeVar

from core.domain.consent import ConsentPolicy
from core.domain.language import Language
from core.domain.quiet import FRENCH_HOURS, SendingHours, read_hours
from core.domain.senders import SenderPolicy, read_declared
from core.domain.tokens import MissingPolicy
from core.logs import LogForm, LogLevel
from core.variables import (
    LARGEST_CAMPAIGN,
    Secret,
    one_of,
    read_campaign,
    read_count,
    read_country,
    read_database,
    read_language,
    read_positive,
    read_seconds,
    read_secrets,
    read_url,
    read_vault_keys,
)

REPORTED_FOR = timedelta(hours=31)
"""How long smsmode goes on trying to report: its last try follows the first by 30 h 13 min.

Source: official client, retries after 30 s, 2 min, 10 min, 1 h, 5 h, 24 h (many).
"""

T = TypeVar("T")


class SettingsError(Exception):
    """The environment cannot be used; every problem is listed.

    Args:
        problems: One sentence for each wrong or missing variable.
    """

    def __init__(self, problems: list[str]) -> None:
        super().__init__("The settings cannot be used:\n" + "\n".join(f"- {p}" for p in problems))
        self.problems = problems


class Edition(StrEnum):
    """Which of HubSpot's editions the core speaks."""

    LEGACY = "v3"
    """The v1, v3 and v4 paths, supported until 2027."""
    DATED = "2026-03"
    """The date-based paths."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Everything that may differ between two installations of the core.

    Args:
        public_url: Where the vendors reach this core; signatures are checked against it.
        app_id: The HubSpot app's id.
        client_id: The HubSpot app's OAuth client id.
        client_secrets: The app's client secrets, the current one first, then those being retired.
        developer_key: The developer account's key, for definitions and templates.
        operator_token: What the operator's routes ask for.
        vault_keys: Fernet keys, the current one first; tokens and API keys are encrypted with it.
        database: A path, ``:memory:``, or PostgreSQL's address, ``postgresql://…``.
        connections: How many connections to PostgreSQL a process has at most.
        hubspot_api: HubSpot's API.
        hubspot_app: HubSpot's screens, where accounts consent.
        smsmode_api: smsmode's API.
        callback_secrets: What smsmode signs its callbacks with, the current one first; none when
            it signs nothing, as by default.
        edition: Which of HubSpot's editions to speak.
        country: How national numbers are read when the account's own country is not known.
        batch_wait: How long a timeline event or completion may wait for others to go with it.
        campaign_wait: How long a promotional SMS may wait for others that say the same.
        largest_campaign: How many SMS go to smsmode in one call, at most 1,000.
        reconcile_after: How long the first delivery report may stay away before smsmode is asked;
            it never is with more than ten days.
        reconcile_reported_after: How long the last one may, once another has come: by default,
            until smsmode's own tries are over.
        reporting_lag: How long smsmode may take to list a message that it has accepted.
        blocked_for: How long a workflow waits for the outcome of a send before it goes on.
        consent: How a consent that nobody has filled in is read.
        missing_names: What a token becomes when the contact has no such name.
        hours: When promotional SMS may go out to French numbers; at any time when ``None``.
        senders: What becomes of a personalised sender that its country does not take.
        declared_senders: The senders that were declared, as (country, sender).
        card_language: The language of the legacy card, which HubSpot fetches for nobody.
        card_link_lifetime: How long after a card was shown its buttons work, and how long
            somebody may take over a form.
        largest_body: The largest request body read, in bytes.
        concurrency: How many tasks are done at once.
        hubspot_calls: How many calls are made for one account in any ten seconds; HubSpot takes
            110, and leaves room for what it counts otherwise than we do.
        smsmode_sends: How many SMS are sent with one key in any second; 0 sets no limit.
        log_form: How the log's lines are written.
        log_level: From which importance on they are.
    """

    public_url: str
    app_id: int
    client_id: str
    client_secrets: tuple[Secret, ...]
    developer_key: Secret
    operator_token: Secret
    vault_keys: tuple[Secret, ...]
    database: str = "smsmode-hubspot.sqlite3"
    connections: int = 8
    hubspot_api: str = "https://api.hubapi.com"
    hubspot_app: str = "https://app.hubspot.com"
    smsmode_api: str = "https://rest.smsmode.com"
    callback_secrets: tuple[Secret, ...] = ()
    edition: Edition = Edition.LEGACY
    country: str = "FR"
    batch_wait: timedelta = timedelta(seconds=1)
    campaign_wait: timedelta = timedelta(seconds=2)
    largest_campaign: int = LARGEST_CAMPAIGN
    reconcile_after: timedelta = timedelta(hours=2)
    reconcile_reported_after: timedelta = REPORTED_FOR
    reporting_lag: timedelta = timedelta(minutes=5)
    blocked_for: timedelta = timedelta(days=1)
    consent: ConsentPolicy = ConsentPolicy.OPT_OUT
    missing_names: MissingPolicy = MissingPolicy.EMPTY
    hours: SendingHours | None = FRENCH_HOURS
    senders: SenderPolicy = SenderPolicy.REFUSE
    declared_senders: frozenset[tuple[str, str]] = frozenset()
    card_language: Language = "fr"
    card_link_lifetime: timedelta = timedelta(hours=1)
    largest_body: int = 256 * 1024
    concurrency: int = 16
    hubspot_calls: int = 108
    smsmode_sends: int = 0
    log_form: LogForm = LogForm.JSON
    log_level: LogLevel = LogLevel.INFO


def from_env(environment: Mapping[str, str]) -> Settings:
    """Return the settings that ``environment`` describes.

    Raises:
        SettingsError: Variables are missing or wrong; all of them are named.
    """
    reader = _Reader(environment)
    values: dict[str, Any] = {
        "public_url": reader.required("CORE_PUBLIC_URL", read_url),
        "app_id": reader.required("HUBSPOT_APP_ID", read_positive),
        "client_id": reader.required("HUBSPOT_CLIENT_ID", str),
        "client_secrets": reader.required("HUBSPOT_CLIENT_SECRETS", read_secrets),
        "developer_key": reader.required("HUBSPOT_DEVELOPER_KEY", Secret),
        "operator_token": reader.required("CORE_OPERATOR_TOKEN", Secret),
        "vault_keys": reader.required("CORE_VAULT_KEYS", read_vault_keys),
        "database": reader.optional("CORE_DATABASE", read_database),
        "connections": reader.optional("CORE_DATABASE_CONNECTIONS", read_positive),
        "hubspot_api": reader.optional("HUBSPOT_API_URL", read_url),
        "hubspot_app": reader.optional("HUBSPOT_APP_URL", read_url),
        "smsmode_api": reader.optional("SMSMODE_API_URL", read_url),
        "callback_secrets": reader.optional("SMSMODE_CALLBACK_SECRETS", read_secrets),
        "edition": reader.optional("HUBSPOT_EDITION", one_of(Edition)),
        "country": reader.optional("CORE_COUNTRY", read_country),
        "batch_wait": reader.optional("CORE_BATCH_WAIT_SECONDS", read_seconds),
        "campaign_wait": reader.optional("CORE_CAMPAIGN_WAIT_SECONDS", read_seconds),
        "largest_campaign": reader.optional("CORE_LARGEST_CAMPAIGN", read_campaign),
        "reconcile_after": reader.optional("CORE_RECONCILE_AFTER_SECONDS", read_seconds),
        "reconcile_reported_after": reader.optional(
            "CORE_RECONCILE_REPORTED_AFTER_SECONDS", read_seconds
        ),
        "reporting_lag": reader.optional("CORE_REPORTING_LAG_SECONDS", read_seconds),
        "blocked_for": reader.optional("CORE_BLOCKED_FOR_SECONDS", read_seconds),
        "consent": reader.optional("CORE_CONSENT_POLICY", one_of(ConsentPolicy)),
        "missing_names": reader.optional("CORE_MISSING_NAMES", one_of(MissingPolicy)),
        "senders": reader.optional("CORE_SENDER_POLICY", one_of(SenderPolicy)),
        "declared_senders": reader.optional("CORE_DECLARED_SENDERS", read_declared),
        "card_language": reader.optional("CORE_CARD_LANGUAGE", read_language),
        "card_link_lifetime": reader.optional("CORE_CARD_LINK_SECONDS", read_seconds),
        "largest_body": reader.optional("CORE_LARGEST_BODY_BYTES", read_positive),
        "concurrency": reader.optional("CORE_CONCURRENCY", read_positive),
        "hubspot_calls": reader.optional("HUBSPOT_CALLS_PER_TEN_SECONDS", read_positive),
        "smsmode_sends": reader.optional("SMSMODE_SENDS_PER_SECOND", read_count),
        "log_form": reader.optional("CORE_LOG_FORM", one_of(LogForm)),
        "log_level": reader.optional("CORE_LOG_LEVEL", one_of(LogLevel)),
    }
    # ``None`` says that there are no hours, and not that nothing was said.
    hours = reader.optional("CORE_PROMOTIONAL_HOURS", read_hours)
    hours = hours if environment.get("CORE_PROMOTIONAL_HOURS") else FRENCH_HOURS
    if reader.problems:
        raise SettingsError(reader.problems)
    given = {name: value for name, value in values.items() if value is not None}
    return Settings(**given, hours=hours)


@dataclass(slots=True)
class _Reader:
    environment: Mapping[str, str]
    problems: list[str] = field(default_factory=list)

    def required(self, name: str, read: Callable[[str], T]) -> T | None:
        if not self.environment.get(name):
            self.problems.append(f"{name} is missing")
            return None
        return self.optional(name, read)

    def optional(self, name: str, read: Callable[[str], T]) -> T | None:
        text = self.environment.get(name)
        if not text:
            return None
        try:
            return read(text)
        except ValueError as exc:
            secret = any(part in name for part in ("SECRET", "KEY", "DATABASE"))
            shown = "its value" if secret else repr(text)
            self.problems.append(f"{name} cannot be used: {shown} ({exc})")
            return None
