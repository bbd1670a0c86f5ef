"""The core's settings: one frozen object of all that may differ between two installations."""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from core.domain.consent import ConsentPolicy
from core.domain.language import Language
from core.domain.quiet import FRENCH_HOURS, SendingHours
from core.domain.senders import SenderPolicy
from core.domain.tokens import MissingPolicy
from core.forms import LARGEST_CAMPAIGN
from core.logs import LogForm, LogLevel
from core.variables import Secret

REPORTED_FOR = timedelta(hours=31)
"""How long smsmode goes on trying to report: its last try follows the first by 30 h 13 min.

Source: official client, retries after 30 s, 2 min, 10 min, 1 h, 5 h, 24 h (many).
"""


class Edition(StrEnum):
    """Which of HubSpot's editions the core speaks."""

    LEGACY = "v3"
    """The v1, v3 and v4 paths, supported until 2027."""
    DATED = "2026-03"
    """The date-based paths."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Everything that may differ between two installations of the core.

    What stands here of each is its line in docs/settings.md too.

    Args:
        public_url: Where HubSpot, smsmode and the operator's commands reach this core; HubSpot's
            signatures are checked against it.
        app_id: The HubSpot app's id.
        client_id: The HubSpot app's OAuth client id.
        client_secrets: The app's client secrets: the current one first, then those being retired,
            whose signatures still count.
        developer_key: The HubSpot developer account's API key, with which the action, the event
            templates and the card are put in place.
        operator_token: What the operator's routes ask for, as ``Authorization: Bearer …``: a long
            word of chance.
        vault_keys: What tokens and API keys are encrypted with where they are kept: the current
            key first, then those of before, until ``rotate`` has run.
        database: Where everything is kept: one SQLite file for one process, or a PostgreSQL for
            many.
        connections: How many connections to PostgreSQL a process has at most.
        hubspot_api: HubSpot's API.
        hubspot_app: HubSpot's screens, where accounts consent.
        smsmode_api: smsmode's API.
        callback_secrets: What smsmode signs its callbacks with, the current one first; none when
            it signs nothing, as by default.
        edition: Which of HubSpot's editions to speak: the v1, v3 and v4 paths, or the dated ones.
        country: How national numbers are read when the account's own country is not known.
        batch_wait: How long a timeline event or completion may wait for others to go with it;
            three times as long while many keep coming.
        campaign_wait: How long a promotional SMS may wait for others that say the same.
        largest_campaign: How many SMS go to smsmode in one call, at most 1,000.
        reconcile_after: How long the first delivery report may stay away before smsmode is asked;
            it never is with more than ten days.
        reconcile_reported_after: How long the last one may, once another has come: by default,
            until smsmode's own tries are over.
        reporting_lag: How long smsmode may take to list a message that it has accepted.
        blocked_for: How long a workflow waits for the outcome of a send before it goes on.
        consent: How a consent that nobody has filled in is read: as a yes (``opt_out``), or as a
            no (``opt_in``).
        missing_names: What ``$nom`` or ``$prenom`` becomes when the contact has no such name:
            nothing (``empty``), or a reason not to send (``refuse``), as any other ``$word`` then
            is.
        hours: When promotional SMS may go out to French numbers, public holidays aside; those
            that come outside wait; at any time when ``off``.
        senders: What becomes of a personalised sender that its country does not take: the SMS is
            refused, goes out with the account's own sender (``drop``), or as it is (``ignore``).
        declared_senders: The senders that were declared to the operators of a country.
        card_language: The language of the legacy card, which HubSpot fetches for nobody.
        card_link_lifetime: How long after a card was shown its buttons work, and how long
            somebody may take over a form.
        largest_body: The largest request body read, in bytes.
        concurrency: How many tasks are done at once.
        hubspot_calls: How many calls are made for one account in any ten seconds; HubSpot takes
            110, and the default leaves room for what it counts otherwise than we do.
        smsmode_sends: How many SMS are sent, or asked about, with one key in any second; with 0,
            smsmode's refusals (429) alone set the pace.
        log_form: How the log's lines are written.
        log_level: From which importance on they are written.
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
