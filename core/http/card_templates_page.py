"""The page that edits the templates: the draft travels with the form, and is saved at the end."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace

import orjson
from starlette.requests import Request
from starlette.responses import Response

from core.domain.card import Visit
from core.domain.errors import MalformedRequestError
from core.domain.language import Language
from core.domain.templates import (
    TEMPLATE_TEXTS,
    StaleEditError,
    Template,
    TemplateRefusedError,
    TemplateSet,
    drop,
    find,
    keep,
    news,
    read_templates,
)
from core.domain.tokens import MissingPolicy
from core.http.bodies import read_form
from core.http.card_pages import CardPages, language_of
from core.http.card_preview import show_template
from core.http.card_refusals import keep_typed
from core.http.card_words import WORDS
from core.http.guards import Guards
from core.services.card import Card
from core.services.templates import Templates
from core.wire.hubspot_card_link import Purpose

_LONGEST_VERSION = 9


@dataclass(frozen=True, slots=True, kw_only=True)
class _Edit:
    """An edit under way.

    Args:
        version: What was saved when it began.
        draft: All templates as they would be saved.
        name: Of the one at hand.
        text: Of the one at hand.
        stop: Whether the counter counts the mention.
        stale: What somebody else saved since, once that came out.
        news: What was just done, by its name among the words.
        error: Why it could not be.
    """

    version: int
    draft: tuple[Template, ...]
    name: str = ""
    text: str = ""
    stop: bool = False
    stale: TemplateSet | None = None
    news: str = ""
    error: TemplateRefusedError | None = None


class TemplateRoutes:
    """The templates' editor.

    Args:
        guards: Reads bodies.
        card: Checks links.
        templates: Reads and saves.
        pages: Draws.
        missing: What becomes of tokens that nothing stands for.
    """

    def __init__(
        self,
        guards: Guards,
        card: Card,
        templates: Templates,
        pages: CardPages,
        missing: MissingPolicy,
    ) -> None:
        self._guards = guards
        self._card = card
        self._templates = templates
        self._pages = pages
        self._missing = missing

    async def open(self, request: Request) -> Response:
        """Show the templates as they are saved."""
        given = self._card.check(request.query_params.get("link", ""), Purpose.TEMPLATES)
        saved = await self._templates.read(given.visit.portal_id)
        edit = _Edit(version=saved.version, draft=saved.templates)
        return self._draw(language_of(request), given.visit, edit)

    async def edit(self, request: Request) -> Response:
        """Do what a button says: choose, keep, drop, take, save or cancel."""
        form = read_form(await self._guards.body(request))
        language = language_of(request)
        keep_typed(request, form, *_typed(form))
        visit = self._card.check(form.get("link", ""), Purpose.SUBMIT_TEMPLATES).visit
        if form.get("do") == "cancel":
            return self._close(language, "CANCEL", "left")
        edit = await self._read(form, visit)
        try:
            if form.get("do") == "save":
                edit = _with_the_one_at_hand(edit)
                await self._templates.save(
                    visit.portal_id, edit.draft, version=edit.version, by=visit.user
                )
                return self._close(language, "DONE", "saved")
            edit = _act(edit, form)
        except TemplateRefusedError as exc:
            edit = replace(edit, error=exc)
        except StaleEditError as exc:
            edit = replace(edit, version=exc.current.version, stale=exc.current)
        return self._draw(language, visit, edit)

    async def _read(self, form: Mapping[str, str], visit: Visit) -> _Edit:
        """Return the edit that a form carries.

        Raises:
            MalformedRequestError: The form was not made by us.
        """
        version = form.get("version", "")
        if not version.isdecimal() or len(version) > _LONGEST_VERSION:
            msg = "version must be a number"
            raise MalformedRequestError(msg)
        is_stale = form.get("stale") == "true"
        return _Edit(
            version=int(version),
            draft=_draft(form),
            name=" ".join(form.get("name", "").split()),
            text=form.get("text", "").replace("\r\n", "\n"),
            stop=form.get("stop") == "true",
            stale=await self._templates.read(visit.portal_id) if is_stale else None,
        )

    def _draw(self, language: Language, visit: Visit, edit: _Edit) -> Response:
        fields = {"name": edit.name, "text": edit.text, "stop": "true" if edit.stop else ""}
        errors = {"name": "", "text": ""}
        if edit.error is not None:
            errors[edit.error.field] = TEMPLATE_TEXTS[edit.error.fault].spoken_in(language)
        theirs = () if edit.stale is None else edit.stale.templates
        context = {
            "link": self._card.admit(visit, Purpose.SUBMIT_TEMPLATES),
            "version": edit.version,
            "draft": orjson.dumps([asdict(each) for each in edit.draft]).decode(),
            "templates": edit.draft,
            "is_known": find(edit.draft, edit.name) is not None,
            "fields": fields,
            "errors": errors,
            "preview": show_template({**fields, "type": "notification"}, self._missing),
            "news": WORDS[edit.news].spoken_in(language) if edit.news else "",
            "stale": edit.stale,
            "theirs": news(theirs, edit.draft),
            "only_mine": [each.name for each in edit.draft if find(theirs, each.name) is None],
        }
        is_refused = edit.error is not None or (edit.stale is not None and not edit.news)
        status = 409 if edit.stale is not None and is_refused else 422 if is_refused else 200
        return self._pages.draw("templates", language, context, status=status)

    def _close(self, language: Language, action: str, told: str) -> Response:
        context = {
            "title": WORDS["edit"].spoken_in(language),
            "action": action,
            "news": WORDS[told].spoken_in(language),
            "detail": "",
            "follow": False,
            "at_once": True,
        }
        return self._pages.draw("closing", language, context)


def _draft(form: Mapping[str, str]) -> tuple[Template, ...]:
    """Return the templates that a form carries.

    Raises:
        MalformedRequestError: The form was not made by us.
    """
    try:
        return read_templates(orjson.loads(form.get("draft", "")))
    except orjson.JSONDecodeError as exc:
        msg = "draft must be JSON"
        raise MalformedRequestError(msg) from exc


def _typed(form: Mapping[str, str]) -> list[str]:
    """Return what a form holds of its author's, template by template.

    Raises:
        MalformedRequestError: The form was not made by us.
    """
    drafted = (f"{each.name} : {each.text}" for each in _draft(form))
    at_hand = (form.get("name", ""), form.get("text", ""))
    return [*drafted, " : ".join(filter(None, at_hand))]


def _act(edit: _Edit, form: Mapping[str, str]) -> _Edit:
    """Return the edit once a button was pressed that saves nothing.

    Raises:
        TemplateRefusedError: The template at hand cannot be kept.
    """
    if "take" in form and edit.stale is not None:
        taken, edit = find(edit.stale.templates, form["take"]), _set_aside(edit)
        draft = edit.draft if taken is None else keep(edit.draft, taken.name, taken.text)
        return replace(_choose(replace(edit, draft=draft), form["take"]), news="changed")
    if "choose" in form:
        return _choose(_set_aside(edit), form["choose"])
    if form.get("do") == "drop":
        gone = replace(edit, draft=drop(edit.draft, edit.name), name="", text="")
        return replace(gone, news="dropped")
    return _keep(edit)


def _keep(edit: _Edit) -> _Edit:
    is_known = find(edit.draft, edit.name) is not None
    kept = keep(edit.draft, edit.name, edit.text)
    return replace(edit, draft=kept, news="changed" if is_known else "added")


def _set_aside(edit: _Edit) -> _Edit:
    """Return the edit with what is typed among its templates: another is about to be shown.

    Raises:
        TemplateRefusedError: It cannot be kept, and must be named, shortened or emptied first.
    """
    known = find(edit.draft, edit.name)
    is_new = bool(edit.text.strip()) and (known is None or known.text != edit.text)
    return _keep(edit) if is_new else edit


def _choose(edit: _Edit, name: str) -> _Edit:
    chosen = find(edit.draft, name)
    return replace(edit, name="" if chosen is None else name, text=chosen.text if chosen else "")


def _with_the_one_at_hand(edit: _Edit) -> _Edit:
    """Return the edit with what is typed in the form: who saves means what they see.

    Raises:
        TemplateRefusedError: It cannot be kept.
    """
    if not edit.name and not edit.text:
        return edit
    return replace(edit, draft=keep(edit.draft, edit.name, edit.text))
