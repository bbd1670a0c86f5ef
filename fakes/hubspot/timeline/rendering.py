"""Events as people see them: templates filled, Markdown read, nothing that could run.

Assumed: HubSpot reads Markdown in values too; HTML is shown as text, wherever it comes from.
"""

from datetime import UTC, tzinfo
from typing import Any

import nh3
from markdown_it import MarkdownIt

from fakes.hubspot.timeline.handlebars import fill
from fakes.hubspot.timeline.records import Template, TimelineEvent
from fakes.hubspot.times import epoch_ms

_MARKDOWN = MarkdownIt("commonmark", {"html": False, "breaks": True}).enable(
    ["table", "strikethrough"]
)
_TAGS = {
    "a",
    "blockquote",
    "br",
    "code",
    "em",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "li",
    "ol",
    "p",
    "pre",
    "s",
    "strong",
    "table",
    "tbody",
    "td",
    "th",
    "thead",
    "tr",
    "ul",
}
_SCHEMES = {"http", "https", "mailto", "tel"}


def render_header(template: Template, event: TimelineEvent, zone: tzinfo = UTC) -> str:
    """Return the line that always shows, as HTML; it sees tokens only; dates are of ``zone``."""
    return inline(fill(template.header, _scope(template, event), zone))


def render_detail(template: Template, event: TimelineEvent, zone: tzinfo = UTC) -> str:
    """Return what unfolds, as HTML; it sees tokens and ``extraData``; dates are of ``zone``."""
    scope = {**_scope(template, event), "extraData": event.extra or {}}
    return blocks(fill(template.detail, scope, zone))


def inline(markdown: str) -> str:
    """Return one line of Markdown as HTML that is safe to show."""
    return _clean(_MARKDOWN.renderInline(" ".join(markdown.split("\n"))))


def blocks(markdown: str) -> str:
    """Return Markdown of several lines as HTML that is safe to show."""
    return _clean(_MARKDOWN.render(markdown)).strip()


def _clean(html: str) -> str:
    return nh3.clean(html, tags=_TAGS, url_schemes=_SCHEMES, link_rel="noopener noreferrer")


def _scope(template: Template, event: TimelineEvent) -> dict[str, Any]:
    shown = dict(event.tokens)
    for name, token in template.tokens.items():
        labels = {str(option.get("value")): option.get("label") for option in token.options}
        if name in shown:
            shown[name] = labels.get(str(shown[name]), shown[name])
    return {"timestamp": epoch_ms(event.at), **shown}
