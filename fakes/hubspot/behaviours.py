"""Behaviours: what HubSpot does beside its routes, with the open questions and their settings."""

from fakes.kit.facts import Certainty, Fact
from fakes.kit.fidelity import Behaviour

_OAUTH = Fact(Certainty.DOCS, "HubSpot developer docs, OAuth")
_LIMITS = Fact(Certainty.DOCS, "HubSpot developer docs, Usage guidelines")
_ACTIONS = Fact(Certainty.DOCS, "HubSpot developer docs, Custom workflow actions")
_WORKFLOW_WEBHOOKS = Fact(Certainty.DOCS, "HubSpot developer docs, webhooks of workflows")
_WEBHOOKS = Fact(Certainty.DOCS, "HubSpot developer docs, Webhooks")
_CARDS = Fact(Certainty.DOCS, "HubSpot developer docs, changelog on legacy CRM cards")
_MARKETING = Fact(Certainty.DOCS, "HubSpot knowledge base, Marketing contacts")
_LIVE = Fact(Certainty.SINGLE, "a live run on a developer test account")
_LOGS = Fact(Certainty.MANY, "answers seen in many clients' logs")
_CAPTURE = Fact(Certainty.SINGLE, "a capture of a real call")


def _guess(why: str) -> Fact:
    return Fact(Certainty.ASSUMED, why)


def _line(question: int | None, name: str, statement: str, fact: Fact, *settings: str) -> Behaviour:
    return Behaviour(
        name=name, statement=statement, fact=fact, settings=settings, question=question
    )


_QUESTIONS = (
    _line(1, "code lifetime", "60 s, once", _guess("not documented"), "code_lifetime"),
    _line(2, "token errors", "Both shapes at once", _OAUTH, "token_errors"),
    _line(3, "token answer", "All fields", _LOGS, "token_answer"),
    _line(4, "refresh tokens", "Kept by a refresh", _LIVE, "refresh_tokens"),
    _line(5, "after an uninstall", "Tokens die", _guess("not documented"), "after_uninstall"),
    _line(
        6,
        "set-up run twice",
        "409; an archived property comes back by POST",
        _LIVE,
        "archived_property",
    ),
    _line(7, "body of a 415", "An envelope", _guess("not captured"), "media_type_error"),
    _line(8, "JSON at the token endpoint", "415", _OAUTH, "token_accepts_json"),
    _line(
        9,
        "timeline errors",
        "Unknown template 404; unknown email makes a contact",
        _guess("no list of errors is published"),
        "timeline_unknown_template",
        "timeline_creates_contacts",
    ),
    _line(
        10,
        "same event again",
        "v3: the last wins; 2026-03: 409",
        _guess("descriptions and practice differ"),
        "timeline_repeat",
        "app_event_repeat",
    ),
    _line(
        11,
        "action timeout",
        "3 s to connect, 30 s to answer",
        _WORKFLOW_WEBHOOKS,
        "connect_timeout",
        "action_timeout",
    ),
    _line(
        12,
        "action retries",
        "After 1 min, doubling to 8 h, for 3 days",
        _WORKFLOW_WEBHOOKS,
        "action_retry_first",
        "action_retry_cap",
        "action_retry_span",
    ),
    _line(13, "Retry-After of an action", "ms from 1000 on", _ACTIONS, "retry_after_unit"),
    _line(14, "2xx that is no JSON", "A success without outputs", _CAPTURE, "action_without_json"),
    _line(
        15,
        "unknown execution state",
        "A success with a warning",
        _guess("not documented"),
        "action_unknown_state",
    ),
    _line(16, "completed twice", "404", _guess("not documented"), "late_completion"),
    _line(17, "signatures sent", "v2 and v3; app cards v3 only", _CAPTURE, "sends_v2"),
    _line(
        18,
        "signed URI",
        "v2 raw, v3 decoded",
        _guess("documentation and clients differ"),
        "signs_v2_uri",
        "signs_v3_uri",
    ),
    _line(19, "legacy cards", "Served, with a banner", _CARDS, "card_sunset"),
    _line(20, "asked, empty property", "null", _LOGS, "empty_property"),
    _line(21, "developer's calls", "hapikey or bearer", _ACTIONS, "takes_developer_key"),
    _line(
        22,
        "marketing status by API",
        "400 READ_ONLY_VALUE",
        _guess("not captured"),
        "marketing_writes",
    ),
    _line(23, "consent cancelled", "Back, access_denied", _guess("RFC 6749"), "on_cancel"),
    _line(24, "scopes do not match", "An error page", _OAUTH, "on_scope_mismatch"),
    _line(25, "may not install", "An error page", _guess("not captured"), "on_missing_right"),
    _line(26, "odd property names", "400", _guess("not captured"), "odd_property_name"),
    _line(27, "computed phones", "E.164 when readable", _guess("unsaid"), "resolves_phones"),
    _line(28, "search lag", "None", _guess("brief, of unknown length"), "search_delay"),
    _line(
        29,
        "rate limits",
        "On: 110 in 10 s per app and account, 5 searches a second",
        _LIMITS,
        "limits_calls",
        "calls_per_window",
        "private_calls_per_window",
        "private_calls_per_day",
        "searches_per_second",
    ),
    _line(30, "ids", "Contacts above 2^31, accounts below", _LOGS, "contact_ids"),
    _line(31, "webhook order", "In order, once", _WEBHOOKS, "webhook_order"),
    _line(32, "fields and inputFields", "Both are sent", _CAPTURE, "sent_fields"),
)
_OTHERS = (
    _line(
        None,
        "sessions",
        "A sign-in ends after an hour, or 30 days when remembered",
        _guess("not documented"),
        "session_lifetime",
        "remembered_lifetime",
    ),
    _line(
        None,
        "installed again",
        "A new refresh token; the one before goes on, with its own scopes, until the uninstall",
        _guess("a new token is documented, the end of the earlier one is not"),
        "reinstall_ends_refresh_token",
    ),
    _line(None, "access tokens", "1800 s", _OAUTH, "access_lifetime"),
    _line(None, "BLOCK", "Waits a week unless told", _ACTIONS, "action_wait"),
    _line(None, "inputs without value", "Left out", _LOGS, "omit_empty_fields"),
    _line(
        None,
        "flow turned on",
        "Who meets its trigger already is left alone",
        _guess("a person is asked"),
        "publishing_enrols_existing",
    ),
    _line(
        None,
        "webhooks",
        "Within 5 s, else up to 10 more tries over 24 h",
        _WEBHOOKS,
        "webhook_batch_wait",
        "webhook_timeout",
        "webhook_retries",
        "webhook_retry_span",
        "webhook_cache",
    ),
    _line(
        None,
        "searches without a value",
        "Negations match them",
        _guess("not documented"),
        "search_negations_match_unknown",
    ),
    _line(
        None,
        "no longer a marketing contact",
        "At the account's next update, as the next month begins there",
        _MARKETING,
        "marketing_ends",
    ),
    _line(None, "merge", "A new id", _guess("seen, not said"), "merge_gives_new_id"),
    _line(None, "lifecycle stage", "Goes forward only", _LOGS, "stage_goes_back"),
    _line(None, "app cards' calls", "15 s", _CARDS, "fetch_timeout"),
    _line(
        None,
        "flows that loop",
        "A trigger brings a contact in at most 100 times a minute; then the journal says so",
        _guess("ours, so that the clock can go on"),
    ),
    _line(
        None,
        "templates that Handlebars cannot read",
        "Taken, and shown as they stand on the timeline",
        _guess("HubSpot may refuse them when they are made: no list of errors is published"),
    ),
    _line(
        None,
        "types of tokens",
        "Any value is taken, whatever the token's type",
        _guess("the types are documented, a refusal is not"),
    ),
    _line(
        None,
        "client assertions",
        "501: the client secret is asked for",
        _guess("named in the interface description, and explained nowhere"),
    ),
)
BEHAVIOURS = (*_QUESTIONS, *_OTHERS)
"""Every behaviour; the open questions first, in their order."""
