"""The fidelity ledger as a page, in French or English: behaviours and their settings, then routes.

What a line says is written in the code, and so in English.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from html import escape
from typing import Any

from fakes.kit.call import Call
from fakes.kit.fidelity import Line, Standing
from fakes.kit.languages import Lang, language_of, languages_of


def ledger_page(
    call: Call[Any], vendor: str, lines: Sequence[Line], settings: Mapping[str, object]
) -> str:
    """Return the ledger as an HTML page in the language of the request.

    Args:
        call: The request.
        vendor: Whom the fake stands for.
        lines: The ledger.
        settings: What each setting is at present, by name.
    """
    lang = language_of(call)
    words = _WORDS[lang]
    behaviours = [line for line in lines if line.kind == "behaviour"]
    endpoints = [line for line in lines if line.kind != "behaviour"]
    counts = ((standing, sum(line.standing is standing for line in lines)) for standing in Standing)
    return _PAGE.format(
        lang=lang,
        title=escape(words["title"].format(vendor=vendor)),
        languages=_languages(call, lang),
        summary=", ".join(f"{count} {words[standing]}" for standing, count in counts),
        lead=words["lead"],
        **{name: words[name] for name in ("behaviours", "endpoints")},
        behaviour_table=_table(
            words,
            ("what", "default", "standing", "source", "settings"),
            (_behaviour(line, words, settings) for line in behaviours),
        ),
        endpoint_table=_table(
            words,
            ("what", "standing", "source"),
            ((_name(line), _standing(line, words), escape(line.fact.source)) for line in endpoints),
        ),
    )


def _languages(call: Call[Any], lang: Lang) -> str:
    current = {lang: ' aria-current="true"'}
    links = (
        f'<a href="{escape(address)}" lang="{code}" hreflang="{code}"'
        f"{current.get(code, '')}>{name}</a>"
        for code, name, address in languages_of(call)
    )
    return " · ".join(links)


def _behaviour(
    line: Line, words: Mapping[str, str], settings: Mapping[str, object]
) -> tuple[str, ...]:
    named = (f"<code>{escape(f'{name}={typed(settings[name])}')}</code>" for name in line.settings)
    return (
        _name(line),
        escape(line.statement),
        _standing(line, words),
        escape(line.fact.source),
        "<br>".join(named),
    )


def typed(value: object) -> str:
    """Return a setting's value as ``--set`` takes it: a text, or JSON."""
    return value if isinstance(value, str) else json.dumps(value)


def _name(line: Line) -> str:
    return escape(line.name)


def _standing(line: Line, words: Mapping[str, str]) -> str:
    return words[line.standing] if line.is_built else f"{words[line.standing]}, {words['absent']}"


def _table(words: Mapping[str, str], heads: Sequence[str], rows: Iterable[tuple[str, ...]]) -> str:
    head = "".join(f'<th scope="col">{words[name]}</th>' for name in heads)
    body = "\n".join(
        f'<tr><th scope="row">{first}</th>{"".join(f"<td>{cell}</td>" for cell in others)}</tr>'
        for first, *others in rows
    )
    return f"<table>\n<thead><tr>{head}</tr></thead>\n<tbody>\n{body}\n</tbody>\n</table>"


_WORDS: dict[Lang, dict[str, str]] = {
    "en": {
        "title": "Fidelity of the fake {vendor}",
        "lead": "Each thing that it does, how sure that is, and who says so. Settings stand as "
        "they are now.",
        "behaviours": "Behaviours and settings",
        "endpoints": "Routes",
        "what": "What",
        "default": "By default",
        "standing": "Standing",
        "source": "Source",
        "settings": "Settings",
        "absent": "not built",
        Standing.DOCUMENTED: "documented",
        Standing.SEEN: "seen",
        Standing.ASSUMED: "assumed",
    },
    "fr": {
        "title": "Fidélité du faux {vendor}",
        "lead": "Tout ce qu'il fait, avec quelle certitude et d'après qui, en anglais comme dans "
        "le code. Les réglages sont ceux du moment.",
        "behaviours": "Comportements et réglages",
        "endpoints": "Routes",
        "what": "Quoi",
        "default": "Par défaut",
        "standing": "Certitude",
        "source": "Source",
        "settings": "Réglages",
        "absent": "non construit",
        Standing.DOCUMENTED: "documenté",
        Standing.SEEN: "observé",
        Standing.ASSUMED: "supposé",
    },
}

_PAGE = """<!doctype html>
<html lang="{lang}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<style>
body{{font:16px/1.5 system-ui,sans-serif;margin:0 auto;max-width:75rem;padding:1rem 2rem;color:#1d2733;background:#fff}}
header{{display:flex;justify-content:space-between;flex-wrap:wrap;align-items:baseline;gap:0 2rem}}
a{{color:#00566e}}
:focus-visible{{outline:3px solid currentColor;outline-offset:2px}}
table{{border-collapse:collapse;width:100%}}
th,td{{text-align:left;vertical-align:top;padding:.4rem .8rem .4rem 0;border-bottom:1px solid #c9d3dd}}
tbody th,code{{font:.85em/1.6 ui-monospace,monospace}}
tbody th{{overflow-wrap:anywhere}}
@media (max-width:60rem){{
body{{padding:1rem}}
table,tbody,tr,th,td{{display:block}}
thead{{position:absolute;left:-99rem}}
tr{{padding:.6rem 0;border-bottom:1px solid #c9d3dd}}
th,td{{border:0;padding:0;overflow-wrap:anywhere}}
}}
@media (prefers-color-scheme:dark){{body{{color:#e6ebf0;background:#12181f}}a{{color:#7cc7dd}}}}
</style>
</head>
<body>
<header>
<h1>{title}</h1>
<nav>{languages}</nav>
</header>
<main>
<p>{lead}</p>
<p>{summary}. <a href="#behaviours">{behaviours}</a> · <a href="#endpoints">{endpoints}</a></p>
<h2 id="behaviours">{behaviours}</h2>
{behaviour_table}
<h2 id="endpoints">{endpoints}</h2>
{endpoint_table}
</main>
</body>
</html>
"""
