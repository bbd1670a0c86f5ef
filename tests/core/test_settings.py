"""The settings: read once, each wrong one named, and no secret ever shown."""

from datetime import timedelta

import pytest

from core.domain.consent import ConsentPolicy
from core.domain.quiet import FRENCH_HOURS, read_hours
from core.domain.senders import SenderPolicy
from core.domain.tokens import MissingPolicy
from core.environment import (
    MARKETING_KEY,
    NOTIFICATION_KEY,
    SettingsError,
    from_env,
    misnamed,
)
from core.settings import Edition, Settings
from core.variables import Secret
from tests.core.builders import SETTINGS, VAULT_KEY
from tests.core.environment import REQUIRED

OPTIONAL = {
    "CORE_DATABASE": "/var/lib/sms.sqlite3",
    "HUBSPOT_API_URL": "http://127.0.0.1:9001",
    "HUBSPOT_APP_URL": "http://127.0.0.1:9001/",
    "SMSMODE_API_URL": "http://127.0.0.1:9002",
    "SMSMODE_CALLBACK_SECRETS": "s3cret-callback",
    "HUBSPOT_EDITION": "2026-03",
    "CORE_COUNTRY": "be",
    "CORE_BATCH_WAIT_SECONDS": "0.5",
    "CORE_CAMPAIGN_WAIT_SECONDS": "3",
    "CORE_LARGEST_CAMPAIGN": "500",
    "CORE_RECONCILE_AFTER_SECONDS": "600",
    "CORE_RECONCILE_REPORTED_AFTER_SECONDS": "7200",
    "CORE_REPORTING_LAG_SECONDS": "60",
    "CORE_BLOCKED_FOR_SECONDS": "3600",
    "CORE_CONSENT_POLICY": "opt_in",
    "CORE_MISSING_NAMES": "refuse",
    "CORE_PROMOTIONAL_HOURS": "mon-fri 09:00-18:00",
    "CORE_SENDER_POLICY": "drop",
    "CORE_DECLARED_SENDERS": "TR:smsmode",
    "CORE_CARD_LANGUAGE": "en",
    "CORE_CARD_LINK_SECONDS": "600",
    "CORE_LARGEST_BODY_BYTES": "1024",
    "CORE_CONCURRENCY": "4",
    "CORE_LOG_FORM": "text",
    "CORE_LOG_LEVEL": "warning",
}
WRONG = [
    ("CORE_PUBLIC_URL", "sms.example"),
    ("CORE_PUBLIC_URL", "ftp://sms.example"),
    ("CORE_PUBLIC_URL", "https://"),
    ("HUBSPOT_APP_ID", "the-app"),
    ("HUBSPOT_APP_ID", "-1"),
    ("HUBSPOT_CLIENT_SECRETS", " , "),
    ("CORE_VAULT_KEYS", ","),
    ("CORE_VAULT_KEYS", "s3cret-vault"),
    ("CORE_VAULT_KEYS", f"{VAULT_KEY},c2hvcnQ="),
    ("CORE_PUBLIC_URL", "https://sms.example:99999"),
    ("CORE_PUBLIC_URL", "https://sms.example/?a=b"),
    ("CORE_COUNTRY", "ZZ"),
    ("CORE_CONCURRENCY", "²"),
    ("HUBSPOT_CALLS_PER_TEN_SECONDS", "many"),
    ("SMSMODE_SENDS_PER_SECOND", "-1"),
    ("CORE_DATABASE", "mysql://host/core"),
    ("CORE_DATABASE", "/"),
    ("CORE_DATABASE", "postgresql://core:s3cret@host:http/core"),
    ("CORE_DATABASE_CONNECTIONS", "0"),
    ("CORE_OPERATOR_TOKEN", "s3crét"),
    ("CORE_OPERATOR_TOKEN", "s3 cret"),
    ("CORE_OPERATOR_TOKEN", "s3cret\n"),
    ("HUBSPOT_API_URL", "api.hubapi.com"),
    ("HUBSPOT_APP_URL", "//app"),
    ("SMSMODE_API_URL", "http://[broken"),
    ("SMSMODE_CALLBACK_SECRETS", ","),
    ("HUBSPOT_EDITION", "v9"),
    ("CORE_COUNTRY", "France"),
    ("CORE_COUNTRY", "33"),
    ("CORE_LOG_FORM", "xml"),
    ("CORE_LOG_LEVEL", "loud"),
    ("CORE_BATCH_WAIT_SECONDS", "-1"),
    ("CORE_BATCH_WAIT_SECONDS", "a while"),
    ("CORE_CAMPAIGN_WAIT_SECONDS", "soon"),
    ("CORE_LARGEST_CAMPAIGN", "1001"),
    ("CORE_REPORTING_LAG_SECONDS", "nan"),
    ("CORE_BLOCKED_FOR_SECONDS", "inf"),
    ("CORE_BLOCKED_FOR_SECONDS", "1e300"),
    ("CORE_CONSENT_POLICY", "maybe"),
    ("CORE_PROMOTIONAL_HOURS", "by day"),
    ("CORE_SENDER_POLICY", "shout"),
    ("CORE_DECLARED_SENDERS", "smsmode"),
    ("CORE_CARD_LANGUAGE", "de"),
    ("CORE_CARD_LINK_SECONDS", "an hour"),
    ("CORE_MISSING_NAMES", "invent"),
    ("CORE_LARGEST_BODY_BYTES", "0"),
    ("CORE_CONCURRENCY", "1.5"),
]


def problems_of(environment: dict[str, str]) -> list[str]:
    with pytest.raises(SettingsError) as caught:
        from_env(environment)
    return caught.value.problems


def test_what_is_required_is_enough() -> None:
    settings = from_env(REQUIRED)
    assert (settings.public_url, settings.app_id) == ("https://sms.example", 4242)
    assert settings.client_secrets == ("s3cret-new", "s3cret-old")
    assert settings.hubspot_api == "https://api.hubapi.com"
    assert settings.smsmode_api == "https://rest.smsmode.com"


def test_everything_else_may_be_set() -> None:
    settings = from_env(REQUIRED | OPTIONAL)
    assert (settings.edition, settings.country) == (Edition.DATED, "BE")
    assert settings.hubspot_app == "http://127.0.0.1:9001"
    assert settings.batch_wait == timedelta(seconds=0.5)
    assert settings.blocked_for == timedelta(hours=1)
    assert (settings.consent, settings.missing_names) == (
        ConsentPolicy.OPT_IN,
        MissingPolicy.REFUSE,
    )
    assert (settings.largest_body, settings.concurrency) == (1024, 4)
    assert (settings.log_form, settings.log_level) == ("text", "warning")
    assert settings.hours == read_hours("mon-fri 09:00-18:00")
    assert (settings.senders, settings.card_language) == (SenderPolicy.DROP, "en")
    assert settings.declared_senders == {("TR", "smsmode")}
    assert settings.callback_secrets == ("s3cret-callback",)
    assert settings.card_link_lifetime == timedelta(minutes=10)


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("CORE_PUBLC_URL", "CORE_PUBLC_URL is unknown: is CORE_PUBLIC_URL meant?"),
        (
            "SMSMODE_KEY_MARKETING",
            "SMSMODE_KEY_MARKETING is unknown: is SMSMODE_MARKETING_KEY meant?",
        ),
        ("HUBSPOT_ZZZ", "HUBSPOT_ZZZ is unknown"),
    ],
)
def test_a_variable_that_begins_as_ours_do_and_is_none_is_named(name: str, told: str) -> None:
    assert misnamed(REQUIRED | {name: "s3cret", "PATH": "/bin"}) == [told]


def test_a_name_that_is_mistyped_stands_beside_the_one_that_is_missing() -> None:
    mistyped = {name.replace("PUBLIC", "PUBLC"): value for name, value in REQUIRED.items()}
    assert problems_of(mistyped) == [
        "CORE_PUBLIC_URL is missing",
        "CORE_PUBLC_URL is unknown: is CORE_PUBLIC_URL meant?",
    ]


@pytest.mark.parametrize("name", [*REQUIRED, *OPTIONAL, MARKETING_KEY, NOTIFICATION_KEY])
def test_a_variable_of_ours_is_not_taken_for_another(name: str) -> None:
    assert misnamed({name: ""}) == []


def test_promotional_hours_may_be_switched_off() -> None:
    assert from_env(REQUIRED).hours == FRENCH_HOURS
    assert from_env(REQUIRED | {"CORE_PROMOTIONAL_HOURS": "off"}).hours is None


@pytest.mark.parametrize("name", OPTIONAL)
def test_what_is_set_to_nothing_is_as_if_it_were_not_set(name: str) -> None:
    assert from_env(REQUIRED | {name: ""}) == from_env(REQUIRED)


@pytest.mark.parametrize("name", REQUIRED)
@pytest.mark.parametrize("empty", [True, False])
def test_what_is_missing_is_named(name: str, *, empty: bool) -> None:
    rest = {key: value for key, value in REQUIRED.items() if key != name}
    assert problems_of(rest | ({name: ""} if empty else {})) == [f"{name} is missing"]


@pytest.mark.parametrize(("name", "value"), WRONG)
def test_each_wrong_value_is_named(name: str, value: str) -> None:
    (problem,) = problems_of(REQUIRED | OPTIONAL | {name: value})
    assert problem.startswith(f"{name} cannot be used: ")


def test_all_wrong_values_are_named_at_once() -> None:
    wrong = dict(WRONG)
    named = [problem.split()[0] for problem in problems_of(wrong)]
    missing = set(REQUIRED) - set(wrong)
    assert set(named) == {*wrong, *missing}
    assert len(named) == len(set(named))


def test_a_problem_shows_no_secret() -> None:
    secrets = {
        "CORE_VAULT_KEYS": "s3cret-vault",
        "HUBSPOT_CLIENT_SECRETS": ",,",
        "CORE_OPERATOR_TOKEN": "s3cret token",
        "CORE_DATABASE": "mysql://core:s3cret@host/core",
    }
    told = str(SettingsError(problems_of(REQUIRED | secrets | {"HUBSPOT_APP_ID": "x"})))
    assert "s3cret" not in told
    assert ",," not in told


def test_settings_show_no_secret() -> None:
    shown = repr(from_env(REQUIRED))
    assert "s3cret" not in shown
    assert VAULT_KEY not in shown
    assert shown.count("***") == 5
    assert "client_id='client-id'" in shown


def test_a_secret_is_a_text_that_hides_itself() -> None:
    secret = Secret("s3cret")
    assert (repr(secret), f"{secret!r}", secret) == ("***", "***", "s3cret")
    assert repr([secret]) == "[***]"


def test_settings_do_not_change() -> None:
    with pytest.raises(AttributeError):
        SETTINGS.country = "BE"  # type: ignore[misc] # it must not be possible
    assert isinstance(SETTINGS, Settings)


def test_what_may_be_chosen_is_told() -> None:
    (problem,) = problems_of(REQUIRED | {"HUBSPOT_EDITION": "v9"})
    assert problem.endswith("(one of these is needed: v3, 2026-03)")
