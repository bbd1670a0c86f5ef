"""Why an SMS is not sent: the codes."""

from enum import StrEnum


class Refusal(StrEnum):
    """A reason for which we send nothing, so that nothing is paid."""

    NO_NUMBER = "no_number"
    """The contact has no phone number."""
    INVALID_NUMBER = "invalid_number"
    """What stands for a number is none that can be dialled."""
    NOT_A_MOBILE = "not_a_mobile"
    """The number exists, but takes no SMS: fixed line, premium rate, and so on."""
    INVALID_SENDER = "invalid_sender"
    """The sender is not 1 to 11 letters and digits."""
    SENDER_NOT_TAKEN = "sender_not_taken"
    """The recipient's country takes no sender made of letters."""
    SENDER_NOT_DECLARED = "sender_not_declared"
    """The recipient's country takes declared senders only, and this one was not declared."""
    EMPTY_TEXT = "empty_text"
    """Nothing is left to send."""
    TEXT_TOO_LONG = "text_too_long"
    """The text needs more SMS than smsmode sends as one message."""
    UNKNOWN_TOKEN = "unknown_token"  # noqa: S105 - a token of the text, no secret
    """The text holds a ``$word`` that stands for nothing."""
    MISSING_TOKEN_VALUE = "missing_token_value"  # noqa: S105 - likewise
    """The contact lacks the name that the text calls for."""
    UNKNOWN_TYPE = "unknown_type"
    """The kind of send is neither promotional nor notification."""
    UNKNOWN_ENCODING = "unknown_encoding"
    """The encoding is neither GSM7 nor Unicode."""
    NOT_MARKETING_CONTACT = "not_marketing_contact"
    """HubSpot does not count the contact among the marketing ones."""
    NO_CONSENT = "no_consent"
    """The contact's consent says no, or does not say yes where yes is asked for."""
    OPTED_OUT = "opted_out"
    """The recipient answered STOP."""
    KEYS_NOT_LINKED = "keys_not_linked"
    """The account has no API key for this kind of send yet."""
    NOT_CONNECTED = "not_connected"
    """The application is no longer connected to the HubSpot account."""
