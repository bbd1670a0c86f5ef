"""Events as people see them: templates filled, Markdown read, nothing that could run.

Assumed: HubSpot reads Markdown in values too; HTML is escaped before, wherever it comes from.
"""

import re
from typing import Any

from fakes.hubspot.timeline.handlebars import fill
from fakes.hubspot.timeline.records import Template, TimelineEvent
from fakes.hubspot.times import epoch_ms

_BOLD = re.compile(r"\*\*(.+?)\*\*")
_ITALIC = re.compile(r"(?<!\*)\*([^*\n]+)\*(?!\*)")
_LINK = re.compile(r"\[([^\]\n]+)\]\((https?://[^)\s\"]+)\)")


def render_header(template: Template, event: TimelineEvent) -> str:
    """Return the line that always shows, as HTML; it sees tokens only."""
    return _inline(fill(template.header, _scope(template, event)).replace("\n", " "))


def render_detail(template: Template, event: TimelineEvent) -> str:
    """Return what unfolds, as HTML; it sees tokens and ``extraData``."""
    scope = {**_scope(template, event), "extraData": event.extra or {}}
    paragraphs = re.split(r"\n\s*\n", fill(template.detail, scope).strip())
    return "".join(
        f"<p>{_inline(text).replace(chr(10), '<br>')}</p>" for text in paragraphs if text
    )


def _scope(template: Template, event: TimelineEvent) -> dict[str, Any]:
    shown = dict(event.tokens)
    for name, token in template.tokens.items():
        labels = {str(option.get("value")): option.get("label") for option in token.options}
        if name in shown:
            shown[name] = labels.get(str(shown[name]), shown[name])
    return {"timestamp": epoch_ms(event.at), **shown}


def _inline(text: str) -> str:
    linked = _LINK.sub(r'<a href="\2" rel="noopener noreferrer">\1</a>', text)
    return _ITALIC.sub(r"<em>\1</em>", _BOLD.sub(r"<strong>\1</strong>", linked))
