"""Settings: what smsmode's documentation leaves open, each question by its name."""

from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal

from fakes.smsmode.choices import (
    ForeignMention,
    MentionWhen,
    OperatorBlock,
    Opposed,
    Orientation,
    Refusal,
    Replacement,
    Scope,
    StopMention,
    Window,
)

RETRY_DELAYS = (
    timedelta(seconds=30),
    timedelta(minutes=2),
    timedelta(minutes=10),
    timedelta(hours=1),
    timedelta(hours=5),
    timedelta(hours=24),
)
"""When a callback that was not answered by a 2xx is sent again, each counted from the last try.

Source: official client, README (written of RCS; assumed of SMS).
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """How this smsmode answers what the documentation does not settle.

    Every default is the documented behaviour where there is one, and is ``Assumed:`` otherwise.

    Args:
        base_url: What an ``href`` starts with.
        zone: The zone of the dates, which carry none on the wire.
        replacement: Characters outside the GSM alphabet.
        stop_mention: How the mention is written.
        foreign_mention: What the mention is abroad.
        mention_when: When the mention is written.
        short_code: The French short code of a channel that has none of its own.
        stop_words: What a phone writes to opt out; case and surrounding spaces do not count.
        stop_recalls: Whether a STOP holds back what was accepted before it and is not delivered yet.
        start_words: What a phone writes to be written to again; none by default.
        reply_countries: Countries (ISO codes) whose phones can reply. Source: smsmode.com, replies.
        reply_orientation: Where a reply names the phone.
        blacklist_scope: How far a STOP reaches.
        blacklist_refuses: What it refuses there. Source: smsmode HubSpot tutorial (single), *Refus
            des SMS promotionnels*.
        confirms_stop: Whether a confirmation SMS answers a STOP.
        default_mo_address: Whether a reply to a message without an address for replies goes to
            its channel's.
        stop_price: What a STOP is debited, in euros: one credit.
        bills_refused: Whether a message that smsmode itself refuses is paid all the same.
        price_shown: Whether ``price`` is told before a message's last status, and so in the answer
            to a send.
        strict_senders: Whether an undeclared sender is refused rather than replaced.
        strict_keys: Whether an unknown key in a request is refused rather than ignored.
        batch_refusal: What a batch with a wrong message becomes.
        batch_limit: The messages that one request may hold. Source: official client (of RCS).
        batch_status_shown: Whether each element of a batch's answer has a ``status``.
        campaign_limit: The recipients that a new campaign may have. Source: official client.
        campaign_notice: How far ahead a campaign must be scheduled. Source: official client.
        unscheduled_status: The HTTP status of a change to a message that is not scheduled.
        change_status: The HTTP status of a change that is made; 204 comes without the resource.
        cancel_status: The HTTP status of a cancellation; 200 comes with the resource.
        invented_codes: Whether refusals carry ``errorCode`` numbers that are ours; otherwise all
            but the documented one end in ``.000``.
        foreign_status: The HTTP status of an id that is out of a key's sight: 404 or 403.
        immediate_within: A ``sentDate`` nearer than this is sent at once; also how long before
            its date a scheduled message can no longer be changed.
        past_tolerance: A ``sentDate`` at most this old is sent at once; an older one is refused.
        furthest: How far ahead a ``sentDate`` may be.
        furthest_change: How far ahead a change may move it. Source: official client (of RCS).
        reporting_lag: How long an accepted message cannot be read yet. Source: one production
            user saw some minutes.
        list_window: The date that the window of a list of messages looks at.
        list_days: How many days a list goes back by default.
        wide_lists: Whether a manager's list without a channel in its path shows every channel.
        rate_limit: Requests that a key may make in a second; ``None`` for no limit.
        retry_after: What a 429 asks to wait.
        organisation_state: The ``state`` of an organisation in use.
        key_type: The ``type`` of an API key.
        payment_type: How a new organisation pays.
        transfer_type: The ``type`` of a transfer of credit.
        enroute_after: When the network takes a message, after its acceptance.
        delivered_after: When a phone that is on has it, after its acceptance.
        jitter: What chance adds to ``delivered_after``, at most.
        part_after: What each part beyond the first adds to it.
        operator_block: Whether operators stop marketing messages that the law forbids.
        stray_status: A status that no documentation names, reported of every message before its
            last one; none by default.
        reports_enroute: Whether ``ENROUTE`` has a report of its own.
        bare_reports: Whether reports come without ``direction``, ``acceptedAt`` and ``sentDate``.
        retry_delays: When a callback is tried again.
        retry_scale: What those delays are multiplied by.
        callback_timeout: How long a callback waits for its answer.
        callback_secret: Signs callbacks with ``X-Smsmode-256`` when given. Source: one client,
            doubtful.
    """

    base_url: str = "https://rest.smsmode.com"
    zone: str = "Europe/Paris"
    replacement: Replacement = Replacement.QUESTION_MARK
    stop_mention: StopMention = StopMention.STANDARD
    foreign_mention: ForeignMention = ForeignMention.DOMAIN
    mention_when: MentionWhen = MentionWhen.ALWAYS
    short_code: str = "36034"
    stop_words: tuple[str, ...] = (
        "STOP",
        "STOPSMS",
        "STOP SMS",
        "UNSUBSCRIBE",
        "DESABONNEMENT",
        "DESABO",
    )
    stop_recalls: bool = True
    start_words: tuple[str, ...] = ()
    reply_countries: tuple[str, ...] = ("FR",)
    reply_orientation: Orientation = Orientation.DOCUMENTED
    blacklist_scope: Scope = Scope.ORGANISATION
    blacklist_refuses: Opposed = Opposed.MARKETING
    confirms_stop: bool = True
    default_mo_address: bool = True
    stop_price: Decimal = Decimal("0.061")
    bills_refused: bool = False
    price_shown: bool = True
    strict_senders: bool = False
    strict_keys: bool = False
    batch_refusal: Refusal = Refusal.WHOLE
    batch_limit: int = 1000
    batch_status_shown: bool = True
    campaign_limit: int = 1000
    campaign_notice: timedelta = timedelta(minutes=30)
    unscheduled_status: int = 409
    change_status: int = 200
    cancel_status: int = 204
    invented_codes: bool = True
    foreign_status: int = 404
    immediate_within: timedelta = timedelta(minutes=5)
    past_tolerance: timedelta = timedelta(minutes=5)
    furthest: timedelta = timedelta(days=3653)
    furthest_change: timedelta = timedelta(days=365)
    reporting_lag: timedelta = timedelta()
    list_window: Window = Window.SENT
    list_days: int = 10
    wide_lists: bool = False
    rate_limit: int | None = None
    retry_after: timedelta = timedelta(seconds=1)
    organisation_state: str = "ACTIVATED"
    key_type: str = "API_KEY"
    payment_type: str = "PREPAID"
    transfer_type: str = "TRANSFER"
    enroute_after: timedelta = timedelta(milliseconds=200)
    delivered_after: timedelta = timedelta(seconds=3)
    jitter: timedelta = timedelta(seconds=1)
    part_after: timedelta = timedelta(milliseconds=100)
    operator_block: OperatorBlock = OperatorBlock.NEVER
    stray_status: str | None = None
    reports_enroute: bool = True
    bare_reports: bool = False
    retry_delays: tuple[timedelta, ...] = RETRY_DELAYS
    retry_scale: Decimal = Decimal(1)
    callback_timeout: timedelta = timedelta(seconds=10)
    callback_secret: str | None = None
