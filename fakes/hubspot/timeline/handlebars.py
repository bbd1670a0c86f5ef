"""Event templates in Handlebars, with the one helper that HubSpot adds to Handlebars' own."""

from collections.abc import Mapping
from datetime import UTC, tzinfo
from functools import lru_cache
from html import escape
from typing import Any

from dotpromptz_handlebars import Handlebars, HelperOptions, TemplateRecursionError

from fakes.hubspot.times import read_moment

_ZONE = "zone"


def fill(template: str, scope: Mapping[str, Any], zone: tzinfo = UTC) -> str:
    """Return ``template`` with its places filled from ``scope``.

    What is filled in is never read as a template. Assumed: a template that Handlebars cannot read
    shows as it stands, so that its author sees it.

    Args:
        template: Text with places and helpers: ``each``, ``formatDate`` (HubSpot developer docs,
            Timeline events: docs), and Handlebars' own.
        scope: What the places name.
        zone: Where dates are shown.
    """
    try:
        return _reader().compile(template)(dict(scope), data={_ZONE: zone})
    except (ValueError, TemplateRecursionError):
        return escape(template, quote=False)


@lru_cache(maxsize=1)
def _reader() -> Handlebars:
    # It holds helpers and nothing else: one serves every world.
    reader = Handlebars()
    reader.register_helper("formatDate", _format_date)
    # Handlebars' own, which writes to the terminal: a template is not to reach that.
    reader.unregister_helper("log")
    return reader


def _format_date(values: list[Any], options: HelperOptions) -> str:
    moment = read_moment(values[0]) if values else None
    zone = options.data[_ZONE]
    return "" if moment is None else moment.astimezone(zone).strftime("%d/%m/%Y %H:%M:%S")
