"""The environment that settings are read from, once: a variable for each, each wrong one named."""

from collections.abc import Collection, Mapping
from dataclasses import MISSING, fields
from difflib import get_close_matches
from typing import Any

from core.domain.consent import ConsentPolicy
from core.domain.senders import SenderPolicy
from core.domain.tokens import MissingPolicy
from core.forms import (
    ADDRESS,
    CAMPAIGN,
    COUNT,
    COUNTRY,
    DATABASE,
    HOURS,
    LANGUAGE,
    POSITIVE,
    SECONDS,
    SECRET,
    SECRETS,
    SENDERS,
    TEXT,
    TOKEN,
    VAULT_KEYS,
    one_of,
)
from core.logs import LogForm, LogLevel
from core.settings import Edition, Settings
from core.variables import Variable

MARKETING_KEY, NOTIFICATION_KEY = "SMSMODE_MARKETING_KEY", "SMSMODE_NOTIFICATION_KEY"
"""Where ``link-keys`` finds an account's two API keys; no setting of the core's."""

VARIABLES: Mapping[str, Variable] = {
    "public_url": Variable("CORE_PUBLIC_URL", ADDRESS, "https://sms.example.com"),
    "app_id": Variable("HUBSPOT_APP_ID", POSITIVE, "1234567"),
    "client_id": Variable("HUBSPOT_CLIENT_ID", TEXT, "3f2b8c1e-0d4a-4b6e-9c57-1a2b3c4d5e6f"),
    "client_secrets": Variable("HUBSPOT_CLIENT_SECRETS", SECRETS, "the-new-one,the-old-one"),
    "developer_key": Variable("HUBSPOT_DEVELOPER_KEY", SECRET, "the-developer-key"),
    "operator_token": Variable("CORE_OPERATOR_TOKEN", TOKEN, "a-long-word-of-chance"),
    "vault_keys": Variable(
        "CORE_VAULT_KEYS", VAULT_KEYS, "YW4tZXhhbXBsZS1vbmx5LW1ha2UteW91ci1vd24ta2U="
    ),
    "database": Variable(
        "CORE_DATABASE", DATABASE, "postgresql://core:password@db.example.com/core"
    ),
    "connections": Variable("CORE_DATABASE_CONNECTIONS", POSITIVE, "16"),
    "hubspot_api": Variable("HUBSPOT_API_URL", ADDRESS, "http://127.0.0.1:4101"),
    "hubspot_app": Variable("HUBSPOT_APP_URL", ADDRESS, "http://127.0.0.1:4101"),
    "smsmode_api": Variable("SMSMODE_API_URL", ADDRESS, "http://127.0.0.1:4102"),
    "callback_secrets": Variable("SMSMODE_CALLBACK_SECRETS", SECRETS, "the-new-one,the-old-one"),
    "edition": Variable("HUBSPOT_EDITION", one_of(Edition), "2026-03"),
    "country": Variable("CORE_COUNTRY", COUNTRY, "BE"),
    "batch_wait": Variable("CORE_BATCH_WAIT_SECONDS", SECONDS, "0.5"),
    "campaign_wait": Variable("CORE_CAMPAIGN_WAIT_SECONDS", SECONDS, "5"),
    "largest_campaign": Variable("CORE_LARGEST_CAMPAIGN", CAMPAIGN, "500"),
    "reconcile_after": Variable("CORE_RECONCILE_AFTER_SECONDS", SECONDS, "3600"),
    "reconcile_reported_after": Variable("CORE_RECONCILE_REPORTED_AFTER_SECONDS", SECONDS, "7200"),
    "reporting_lag": Variable("CORE_REPORTING_LAG_SECONDS", SECONDS, "60"),
    "blocked_for": Variable("CORE_BLOCKED_FOR_SECONDS", SECONDS, "3600"),
    "consent": Variable("CORE_CONSENT_POLICY", one_of(ConsentPolicy), "opt_in"),
    "missing_names": Variable("CORE_MISSING_NAMES", one_of(MissingPolicy), "refuse"),
    "hours": Variable("CORE_PROMOTIONAL_HOURS", HOURS, "mon-fri 09:00-18:00, sat 10:00-12:00"),
    "senders": Variable("CORE_SENDER_POLICY", one_of(SenderPolicy), "drop"),
    "declared_senders": Variable("CORE_DECLARED_SENDERS", SENDERS, "TR:MaMarque,SG:MaMarque"),
    "card_language": Variable("CORE_CARD_LANGUAGE", LANGUAGE, "en"),
    "card_link_lifetime": Variable("CORE_CARD_LINK_SECONDS", SECONDS, "600"),
    "largest_body": Variable("CORE_LARGEST_BODY_BYTES", POSITIVE, "1048576"),
    "concurrency": Variable("CORE_CONCURRENCY", POSITIVE, "32"),
    "hubspot_calls": Variable("HUBSPOT_CALLS_PER_TEN_SECONDS", POSITIVE, "100"),
    "smsmode_sends": Variable("SMSMODE_SENDS_PER_SECOND", COUNT, "50"),
    "log_form": Variable("CORE_LOG_FORM", one_of(LogForm), "text"),
    "log_level": Variable("CORE_LOG_LEVEL", one_of(LogLevel), "debug"),
}
"""The variable of each setting."""

_NEAR = 0.7
"""How like a known name an unknown one must be, from 0 to 1, to be taken for it mistyped."""


class SettingsError(Exception):
    """The environment cannot be used; every problem is listed.

    Args:
        problems: One sentence for each wrong or missing variable.
    """

    code = "settings_unusable"

    def __init__(self, problems: list[str]) -> None:
        lines = [f"- {problem}" for problem in problems]
        told = "docs/settings.md, or `python -m core settings`, tells what each may be."
        super().__init__("\n".join(("The settings cannot be used:", *lines, told)))
        self.problems = problems


def from_env(environment: Mapping[str, str]) -> Settings:
    """Return the settings that ``environment`` describes; what is empty is as if it were not set.

    Raises:
        SettingsError: Variables are missing or wrong; all of them are named.
    """
    return Settings(**read_some(environment, [setting.name for setting in fields(Settings)]))


def read_some(environment: Mapping[str, str], names: Collection[str]) -> dict[str, Any]:
    """Return the settings of these names that are set, each as ``Settings`` has it.

    Raises:
        SettingsError: Of these, variables are missing or wrong; all of them are named.
    """
    problems: list[str] = []
    values: dict[str, Any] = {}
    for setting in fields(Settings):
        if setting.name not in names:
            continue
        variable = VARIABLES[setting.name]
        text = environment.get(variable.name)
        if not text:
            if setting.default is MISSING:
                problems.append(f"{variable.name} is missing")
            continue
        try:
            values[setting.name] = variable.read(text)
        except ValueError as exc:
            problems.append(str(exc))
    if problems:
        # A name that is mistyped is the usual reason for one that is missing.
        raise SettingsError([*problems, *misnamed(environment)])
    return values


def misnamed(environment: Mapping[str, str]) -> list[str]:
    """Return a sentence for each variable that begins as ours do and is none of them."""
    known = [*(variable.name for variable in VARIABLES.values()), MARKETING_KEY, NOTIFICATION_KEY]
    beginnings = tuple({f"{name.partition('_')[0]}_" for name in known})
    found = []
    for name in sorted(environment):
        if name.startswith(beginnings) and name not in known:
            near = get_close_matches(name, known, n=1, cutoff=_NEAR)
            found.append(f"{name} is unknown" + (f": is {near[0]} meant?" if near else ""))
    return found
