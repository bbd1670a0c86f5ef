"""The choices that settings offer where HubSpot is not documented, or varies."""

from enum import StrEnum


class TokenAnswer(StrEnum):
    """How much the token endpoint tells."""

    FULL = "full"
    MINIMAL = "minimal"


class RefreshTokens(StrEnum):
    """What a refresh does to the refresh token."""

    KEEP = "keep"
    ROTATE = "rotate"


class AfterUninstall(StrEnum):
    """What becomes of access tokens when their app is uninstalled."""

    DEAD = "dead"
    GRACE = "grace"


class TokenErrors(StrEnum):
    """How the token endpoint's refusals are written."""

    BOTH = "both"
    """RFC 6749's fields and the older ones, since January 2026."""
    LEGACY = "legacy"
    """The older ones only."""


class Told(StrEnum):
    """How somebody learns that an install does not go on."""

    PAGE = "page"
    """HubSpot's own page says so, and the app is not told."""
    REDIRECT = "redirect"
    """The browser goes back to the app with an error."""


class ErrorBody(StrEnum):
    """What an error that nobody has captured looks like."""

    ENVELOPE = "envelope"
    PAGE = "page"


class CardSunset(StrEnum):
    """What has become of legacy cards after 2026-10-31."""

    BANNER = "banner"
    """They are served, and say that their time is over."""
    ENFORCED = "enforced"
    """Their API answers 410, and records show none."""


class TimelineRepeat(StrEnum):
    """What a second timeline event with the same id does."""

    LAST_WINS = "last_wins"
    IMMUTABLE = "immutable"


class RetryAfterUnit(StrEnum):
    """How a ``Retry-After`` from an action is read."""

    GUESS = "guess"
    SECONDS = "seconds"
    MILLISECONDS = "milliseconds"


class UriSigned(StrEnum):
    """Which form of the address goes into a signature."""

    RAW = "raw"
    DECODED = "decoded"


class ArchivedProperty(StrEnum):
    """What making a property does whose name is a deleted one's."""

    RESTORED = "restored"
    TAKEN = "taken"
    """It is refused with 409, as for one that lives."""


class TakenFor(StrEnum):
    """What a workflow makes of an answer that nobody explains."""

    SUCCESS = "success"
    FAILURE = "failure"


class Unwelcome(StrEnum):
    """What becomes of a call that comes too late, or for what it may not touch."""

    REFUSED = "refused"
    IGNORED = "ignored"
    """It is answered as if all were well, and does nothing."""


class EmptyProperty(StrEnum):
    """How a property without a value is shown to who asked for it."""

    NULL = "null"
    OMITTED = "omitted"


class OddName(StrEnum):
    """What a property's name with capitals, spaces or other signs leads to."""

    REFUSED = "refused"
    MENDED = "mended"
    """It is written in small letters, with underscores for the rest."""


class MarketingEnds(StrEnum):
    """When a marketing contact that a person unticks ceases to be one."""

    AT_UPDATE = "at_update"
    """When the account's marketing contacts are next brought up to date."""
    AT_ONCE = "at_once"


class ContactIds(StrEnum):
    """How large contacts' numbers are."""

    LARGE = "large"
    """Above 2^31, as today's: what keeps them in 32 bits fails."""
    SMALL = "small"
    """From 1, as those of old accounts."""


class SentFields(StrEnum):
    """Under which names an execution carries its inputs."""

    BOTH = "both"
    FIELDS = "fields"
    INPUT_FIELDS = "inputFields"


class WebhookOrder(StrEnum):
    """How webhooks come to an app."""

    IN_ORDER = "in_order"
    CHAOS = "chaos"
