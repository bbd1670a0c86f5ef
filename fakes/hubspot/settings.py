"""What HubSpot does not document, or does one way or another: each a named choice."""

from dataclasses import dataclass
from datetime import timedelta

from fakes.hubspot.choices import (
    AfterUninstall,
    ArchivedProperty,
    CardSunset,
    ContactIds,
    EmptyProperty,
    ErrorBody,
    MarketingEnds,
    OddName,
    RefreshTokens,
    RetryAfterUnit,
    SentFields,
    TakenFor,
    TimelineRepeat,
    TokenAnswer,
    TokenErrors,
    Told,
    Unwelcome,
    UriSigned,
    WebhookOrder,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """The choices of one fake.

    Assumed: every default; the facts that are documented are not settings.

    Args:
        code_lifetime: How long an authorization code may wait to be exchanged.
        access_lifetime: How long an access token lives; HubSpot documents 1800 s.
        session_lifetime: How long a sign-in lasts without *Se souvenir de moi*.
        remembered_lifetime: How long it lasts with it.
        token_answer: Eight fields in a token answer, or the four of older answers.
        refresh_tokens: Whether a refresh gives the same refresh token or a new one.
        reinstall_ends_refresh_token: Whether installing again ends the refresh token of before, on
            which a worker may be running; the new install has its own either way.
        after_uninstall: Whether live access tokens die with the install or reach their end.
        token_errors: Whether token refusals carry RFC 6749's fields beside the older ones.
        on_cancel: How the app learns that the person said no.
        on_scope_mismatch: How missing or foreign scopes in an install URL are told.
        on_missing_right: How it is told that a person may not install apps.
        takes_developer_key: Whether ``?hapikey=`` opens what developers set up, beside a bearer.
        media_type_error: The body of a 415.
        token_accepts_json: Whether the token endpoint reads JSON; otherwise it answers 415.
        timeline_repeat: Whether the same event id overwrites, or is refused with 409.
        timeline_creates_contacts: Whether an event for an unknown email creates the contact.
        timeline_unknown_template: The status of an event whose template does not exist.
        app_event_repeat: The same for the events of edition 2026-03.
        card_sunset: Whether legacy cards are still served.
        fetch_timeout: How long an app card waits for its backend.
        connect_timeout: How long an app's address may take to be connected to.
        action_timeout: How long a custom action may take to answer.
        action_retry_first: The gap before the second try of a failed action.
        action_retry_cap: The longest gap; gaps double until it.
        action_retry_span: How long after the first try the last one may start.
        action_wait: How long ``BLOCK`` waits when the action does not say.
        retry_after_unit: How a ``Retry-After`` is read; a guess takes 1000 and more for
            milliseconds.
        action_without_json: What a 2xx whose body is not JSON is taken for.
        action_unknown_state: What an ``hs_execution_state`` that is not HubSpot's is taken for.
        late_completion: What becomes of a completion that no execution waits for, since it was
            completed before, or has expired.
        sent_fields: Whether executions carry ``fields``, ``inputFields`` or both.
        omit_empty_fields: Whether inputs without a value are left out of an execution.
        publishing_enrols_existing: Whether a flow that is turned on enrols who meets its trigger
            already; a person is asked on the screen.
        webhook_order: Whether webhooks come in order and once, or late, mixed, more than once,
            and again after they were taken.
        webhook_batch_wait: How long events are gathered before they are sent.
        webhook_timeout: How long an app may take to answer a webhook.
        webhook_retries: How many times a webhook that failed is sent again.
        webhook_retry_span: Over how long these tries are spread, at random.
        webhook_cache: How long a former address is used after it was changed.
        signs_v3_uri: Which form of the URI the v3 signature covers.
        signs_v2_uri: Which form of the URI the v2 signature covers.
        sends_v2: Whether calls to actions and cards carry the v2 signature beside v3.
        search_delay: How long searches go on seeing a contact as it was before a change.
        search_negations_match_unknown: Whether ``NEQ``, ``NOT_IN`` and ``NOT_CONTAINS_TOKEN``
            match contacts without a value.
        merge_gives_new_id: Whether merged contacts get a new id, as today, or the primary's.
        archived_property: Whether the name of a deleted property brings it back.
        odd_property_name: What becomes of a property's name that is not all small letters.
        empty_property: How a property without a value is shown to who asks for it.
        marketing_writes: What becomes of ``hs_marketable_status`` when it is written by the API.
        marketing_ends: When a contact that is set as a non-marketing one ceases to be one.
        contact_ids: From where contacts are numbered.
        stage_goes_back: Whether ``lifecyclestage`` may be set to an earlier stage without being
            cleared first; otherwise such a write leaves it as it is.
        limits_calls: Whether calls are counted and turned away with 429.
        calls_per_window: How many calls an app may make for an account in ten seconds.
        private_calls_per_window: How many a private app may make; HubSpot's plans differ.
        private_calls_per_day: How many all private apps of an account may make in a day.
        searches_per_second: How many searches an account may make.
        resolves_phones: Whether ``hs_calculated_phone_number`` and its parts are computed.
    """

    code_lifetime: timedelta = timedelta(seconds=60)
    access_lifetime: timedelta = timedelta(seconds=1800)
    session_lifetime: timedelta = timedelta(hours=1)
    remembered_lifetime: timedelta = timedelta(days=30)
    token_answer: TokenAnswer = TokenAnswer.FULL
    refresh_tokens: RefreshTokens = RefreshTokens.KEEP
    reinstall_ends_refresh_token: bool = False
    after_uninstall: AfterUninstall = AfterUninstall.DEAD
    token_errors: TokenErrors = TokenErrors.BOTH
    on_cancel: Told = Told.REDIRECT
    on_scope_mismatch: Told = Told.PAGE
    on_missing_right: Told = Told.PAGE
    takes_developer_key: bool = True
    media_type_error: ErrorBody = ErrorBody.ENVELOPE
    token_accepts_json: bool = False
    timeline_repeat: TimelineRepeat = TimelineRepeat.LAST_WINS
    timeline_creates_contacts: bool = True
    timeline_unknown_template: int = 404
    app_event_repeat: TimelineRepeat = TimelineRepeat.IMMUTABLE
    card_sunset: CardSunset = CardSunset.BANNER
    fetch_timeout: timedelta = timedelta(seconds=15)
    connect_timeout: timedelta = timedelta(seconds=3)
    action_timeout: timedelta = timedelta(seconds=30)
    action_retry_first: timedelta = timedelta(minutes=1)
    action_retry_cap: timedelta = timedelta(hours=8)
    action_retry_span: timedelta = timedelta(days=3)
    action_wait: timedelta = timedelta(weeks=1)
    retry_after_unit: RetryAfterUnit = RetryAfterUnit.GUESS
    action_without_json: TakenFor = TakenFor.SUCCESS
    action_unknown_state: TakenFor = TakenFor.SUCCESS
    late_completion: Unwelcome = Unwelcome.REFUSED
    sent_fields: SentFields = SentFields.BOTH
    omit_empty_fields: bool = True
    publishing_enrols_existing: bool = False
    webhook_order: WebhookOrder = WebhookOrder.IN_ORDER
    webhook_batch_wait: timedelta = timedelta()
    webhook_timeout: timedelta = timedelta(seconds=5)
    webhook_retries: int = 10
    webhook_retry_span: timedelta = timedelta(hours=24)
    webhook_cache: timedelta = timedelta(minutes=5)
    signs_v3_uri: UriSigned = UriSigned.DECODED
    signs_v2_uri: UriSigned = UriSigned.RAW
    sends_v2: bool = True
    search_delay: timedelta = timedelta()
    search_negations_match_unknown: bool = True
    merge_gives_new_id: bool = True
    archived_property: ArchivedProperty = ArchivedProperty.RESTORED
    odd_property_name: OddName = OddName.REFUSED
    empty_property: EmptyProperty = EmptyProperty.NULL
    marketing_writes: Unwelcome = Unwelcome.REFUSED
    marketing_ends: MarketingEnds = MarketingEnds.AT_UPDATE
    contact_ids: ContactIds = ContactIds.LARGE
    stage_goes_back: bool = False
    limits_calls: bool = True
    calls_per_window: int = 110
    private_calls_per_window: int = 190
    private_calls_per_day: int = 625_000
    searches_per_second: int = 5
    resolves_phones: bool = True
