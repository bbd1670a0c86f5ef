"""Behaviours: what smsmode does beside its routes, with the open questions and their settings."""

from fakes.kit.facts import Certainty, Fact
from fakes.kit.fidelity import Behaviour

_CLIENT = Fact(Certainty.DOCS, "official client, README and types (written of RCS)")
_LEGACY = Fact(Certainty.DOCS, "smsmode legacy HTTP API docs")
_SITE = Fact(Certainty.DOCS, "smsmode.com, STOP mention and replies")
_CLIENTS = Fact(Certainty.MANY, "published clients of the API")
_USER = Fact(Certainty.SINGLE, "a production user of the API")
_CONNECTOR = Fact(Certainty.SINGLE, "a published connector")
_TUTORIAL = Fact(Certainty.DOCS, "the vendor's tutorial, HubSpot x smsmode")


def _assumed(why: str) -> Fact:
    return Fact(Certainty.ASSUMED, why)


def _line(
    name: str, statement: str, fact: Fact, *settings: str, question: int | None = None
) -> Behaviour:
    return Behaviour(
        name=name, statement=statement, fact=fact, settings=settings, question=question
    )


_QUESTIONS = (
    _line("dates", "Written without a zone, on Paris's clocks", _CLIENTS, "zone", question=1),
    _line(
        "error codes",
        "400.029 is the vendor's; every other number is ours",
        _assumed("one code alone is documented"),
        "invented_codes",
        question=2,
    ),
    _line(
        "mention and parts",
        "Always appended, and the parts counted again",
        _assumed("the REST boolean's choice is not documented"),
        "mention_when",
        question=3,
    ),
    _line("mention abroad", "no-sms.eu", _SITE, "foreign_mention", question=4),
    _line("characters outside GSM", "Replaced by ?", _LEGACY, "replacement", question=5),
    _line("reply orientation", "from is the phone", _CLIENT, "reply_orientation", question=6),
    _line("signed callbacks", "Not signed", _USER, "callback_secret", question=7),
    _line("bare reports", "Reports have their direction", _CLIENT, "bare_reports", question=8),
    _line(
        "retries",
        "After 30 s, 2 min, 10 min, 1 h, 5 h and 24 h; an answer is awaited 10 s",
        _CLIENT,
        "retry_delays",
        "retry_scale",
        "callback_timeout",
        question=9,
    ),
    _line(
        "ENROUTE is reported", "Just after the acceptance", _CLIENT, "reports_enroute", question=10
    ),
    _line(
        "refused after acceptance",
        "201, then UNDELIVERABLE for lack of credit or a blacklisted phone; not billed",
        _CLIENT,
        "bills_refused",
        question=11,
    ),
    _line(
        "reply without an address",
        "The channel's address is used; a STOP counts in any case",
        _assumed("the message's value wins; the channel's comes next"),
        "default_mo_address",
        question=12,
    ),
    _line(
        "blacklist",
        "One for each organisation; it refuses what marketing channels send",
        _assumed("the legacy docs say: the account; the tutorial: promotional SMS"),
        "blacklist_scope",
        "blacklist_refuses",
        question=13,
    ),
    _line(
        "undeclared sender",
        "Replaced by the channel's default one",
        _assumed("no source"),
        "strict_senders",
        question=14,
    ),
    _line(
        "sentDate",
        "Nearer than 5 min, or 5 min past: now; older, or 10 years ahead: 400",
        _CLIENTS,
        "immediate_within",
        "past_tolerance",
        "furthest",
        question=15,
    ),
    _line(
        "change too late",
        "409",
        _assumed("no source for the status"),
        "unscheduled_status",
        question=16,
    ),
    _line(
        "change and cancellation",
        "200 with the resource; 204",
        _CLIENT,
        "change_status",
        "cancel_status",
        question=17,
    ),
    _line(
        "batch",
        "Up to 1,000; each element of the answer has status and message; one wrong, none sent",
        _CLIENT,
        "batch_limit",
        "batch_status_shown",
        "batch_refusal",
        question=18,
    ),
    _line("reporting lag", "None", _USER, "reporting_lag", question=19),
    _line("price at acceptance", "Shown", _CLIENTS, "price_shown", question=20),
    _line(
        "rate limit",
        "None; 429 asks to wait 1 s",
        _CLIENT,
        "rate_limit",
        "retry_after",
        question=21,
    ),
    _line(
        "unlawful marketing",
        "Passed on at night, on Sundays and without a mention",
        _assumed("no sign that smsmode or operators enforce it to the minute"),
        "operator_block",
        question=22,
    ),
    _line("stray statuses", "Never", _USER, "stray_status", question=23),
    _line(
        "words of accounts",
        "ACTIVATED, API_KEY, PREPAID, TRANSFER",
        _assumed("one of them is seen in a client"),
        "organisation_state",
        "key_type",
        "payment_type",
        "transfer_type",
        question=24,
    ),
    _line(
        "ids out of sight",
        "404; 403 for a channel that is known and forbidden",
        _assumed("no source"),
        "foreign_status",
        question=25,
    ),
)
_OTHERS = (
    _line("links", "href starts with the API's address", _CLIENTS, "base_url"),
    _line("mention in France", "STOP and a short code", _SITE, "stop_mention", "short_code"),
    _line("opt-out words", "STOP and five others", _USER, "stop_words"),
    _line("opt-in words", "None", _assumed("no source"), "start_words"),
    _line(
        "STOP and what is on its way",
        "Held back",
        _assumed("an opt-out binds at once"),
        "stop_recalls",
    ),
    _line("confirmed STOP", "An SMS, debited one credit", _SITE, "confirms_stop", "stop_price"),
    _line("countries of replies", "France", _SITE, "reply_countries"),
    _line("unknown fields", "Ignored", _assumed("no source"), "strict_keys"),
    _line(
        "campaigns",
        "Up to 1,000 recipients; at least 30 min ahead",
        _CLIENT,
        "campaign_limit",
        "campaign_notice",
    ),
    _line("changed sentDate", "From 5 min to a year ahead", _CLIENT, "furthest_change"),
    _line("windows of lists", "10 days, by sentDate", _CONNECTOR, "list_window", "list_days"),
    _line(
        "lists of managers",
        "Their own channel, unless the path names another",
        _assumed("the official client does not say"),
        "wide_lists",
    ),
    _line(
        "delivery time",
        "3 s and a little, by operator, by part and by chance",
        _assumed("no source"),
        "enroute_after",
        "delivered_after",
        "jitter",
        "part_after",
    ),
    _line("parts", "160 then 153 in GSM, 70 then 67 in Unicode, up to 10", _LEGACY),
    _line("name of callbacks", "User-Agent: smsmode", _assumed("no source")),
    _line("test credits", "20 for a new account", _SITE),
    _line("registration", "Form, password rules, captcha", _TUTORIAL),
    _line(
        "verification",
        "A share for each of five steps",
        _assumed("the tutorial shows 35 % with two steps left"),
    ),
)
BEHAVIOURS = (*_QUESTIONS, *_OTHERS)
"""Every behaviour; each setting belongs to exactly one."""
