"""Requests for campaigns: read into one order for each recipient."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from fakes.smsmode.errors import Code, refused
from fakes.smsmode.message import Order
from fakes.smsmode.moments import read
from fakes.smsmode.orders import read_order, read_reference, refuse_strangers
from fakes.smsmode.settings import Settings

_OF_EACH = ("body", "from", "callbackUrlStatus", "callbackUrlMo")
_KEYS = frozenset(("recipients", "sentDate", "endDate", "refClient", *_OF_EACH))
_KEYS_OF_RECIPIENTS = frozenset(("to", "refClient"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Blast:
    """What a request for a campaign asks for.

    Args:
        asked: The request itself.
        orders: One for each recipient, each with its own date.
        sent_date: When the first leaves; ``None`` is now.
        end_date: When the last leaves, if they are spread.
        ref_client: The customer's own reference of the whole.
    """

    asked: Mapping[str, Any]
    orders: tuple[Order, ...]
    sent_date: datetime | None
    end_date: datetime | None
    ref_client: str | None


def read_blast(request: object, now: datetime, settings: Settings, notice: timedelta) -> Blast:
    """Return what ``request`` asks for.

    Args:
        request: The JSON value of the campaign.
        now: The present moment.
        settings: How dates and unknown keys are taken.
        notice: How far ahead its date must be, when it has one.

    Raises:
        ServiceError: 400, with the code of the first thing that is wrong.

    Source: smsmode API docs, Campaigns; official client (limits). Assumed: ``endDate`` spreads the
    messages evenly from ``sentDate``.
    """
    if not isinstance(request, Mapping):
        raise refused(Code.MALFORMED, "A campaign is a JSON object")
    if settings.strict_keys:
        refuse_strangers(request, _KEYS)
    start = _date(request, "sentDate", settings)
    if start is not None and start < now + notice:
        detail = f"at least {notice} ahead, or leave it out to send now"
        raise refused(Code.DATE, "sentDate is too near", detail)
    if start is not None and start > now + settings.furthest:
        raise refused(Code.DATE, f"sentDate is more than {settings.furthest.days} days ahead")
    end = _date(request, "endDate", settings)
    if end is not None and end <= (start or now):
        raise refused(Code.DATE, "endDate comes before sentDate")
    if end is not None and end > now + settings.furthest:
        raise refused(Code.DATE, f"endDate is more than {settings.furthest.days} days ahead")
    orders = [
        _order(request, recipient, now, settings)
        for recipient in _recipients(request, settings.campaign_limit)
    ]
    return Blast(
        asked=dict(request),
        orders=tuple(spread(orders, now, start, end)),
        sent_date=start,
        end_date=end,
        ref_client=read_reference(request.get("refClient")),
    )


def spread(
    orders: Sequence[Order], now: datetime, start: datetime | None, end: datetime | None
) -> list[Order]:
    """Return ``orders`` with their dates: all at ``start``, or evenly from then to ``end``."""
    if end is None:
        return [order._replace(sent_date=start) for order in orders]
    first = start or now
    gap = (end - first) / max(1, len(orders) - 1)
    dates = [first + gap * index for index in range(len(orders))]
    return [
        order._replace(sent_date=date if date > now else None)
        for order, date in zip(orders, dates, strict=True)
    ]


def _recipients(request: Mapping[str, Any], most: int) -> Sequence[Mapping[str, Any]]:
    recipients = request.get("recipients")
    if not isinstance(recipients, list) or not recipients:
        raise refused(Code.MISSING, "recipients is required", "recipients must be a list")
    if len(recipients) > most:
        detail = f"there are {len(recipients)}; add the others with POST .../messages"
        raise refused(Code.FIELD, f"A campaign starts with at most {most} recipients", detail)
    for recipient in recipients:
        if not isinstance(recipient, Mapping):
            raise refused(Code.FIELD, "Each recipient is a JSON object", f"not {recipient!r}")
    return recipients


def _order(
    request: Mapping[str, Any], recipient: Mapping[str, Any], now: datetime, settings: Settings
) -> Order:
    if settings.strict_keys:
        refuse_strangers(recipient, _KEYS_OF_RECIPIENTS, "recipients")
    shared = {name: request[name] for name in _OF_EACH if name in request}
    own = {"recipient": {"to": recipient.get("to")}, "refClient": recipient.get("refClient")}
    return read_order({**shared, **own}, now, settings)


def _date(request: Mapping[str, Any], name: str, settings: Settings) -> datetime | None:
    text = request.get(name)
    if text is None:
        return None
    try:
        return read(text if isinstance(text, str) else "", settings.zone)
    except (ValueError, OverflowError) as exc:
        raise refused(Code.DATE, f"{name} is not an ISO 8601 date", f"not {text!r}") from exc
