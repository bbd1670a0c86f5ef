"""What an editor remarks of an SMS before it is sent: tokens left open, characters that change."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from core.domain import gsm, tokens
from core.domain.compose import Draft, size
from core.domain.errors import SendRefusedError
from core.domain.gsm import Encoding
from core.domain.language import Words
from core.domain.refusals import Refusal
from core.domain.tokens import MissingPolicy

_MOST_SHOWN = 8


class Remark(StrEnum):
    """What is remarked; nothing of it keeps an SMS from being sent."""

    UNKNOWN_TOKEN = "unknown_token"  # noqa: S105 - a token of the text, no secret
    """A ``$word`` stands for nothing, and is sent as it is written."""
    MISSING_NAME = "missing_name"
    """The contact lacks a name that the text calls for."""
    SIMPLIFIED = "simplified"
    """The standard encoding cannot write a character, and another stands in for it."""
    COSTLY_UNICODE = "costly_unicode"
    """The text takes more SMS in Unicode than in the standard encoding."""
    POSTPONED = "postponed"
    """It is not the hour of promotional SMS: it would wait."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Remarked:
    """One remark.

    Args:
        code: What it is, for programs; a refusal's own where the SMS would be refused.
        said: What people are told of it.
    """

    code: Remark | Refusal
    said: Words

    @property
    def refuses(self) -> bool:
        """Whether the SMS would be refused."""
        return isinstance(self.code, Refusal)


@dataclass(frozen=True, slots=True, kw_only=True)
class Names:
    """What a contact's tokens stand for.

    Args:
        lastname: For ``$nom``.
        firstname: For ``$prenom``.
    """

    lastname: str | None
    firstname: str | None


def remarks(draft: Draft, names: Names | None, missing: MissingPolicy) -> tuple[Remarked, ...]:
    """Return what is to be remarked of a draft, what would refuse it first.

    A text that is empty, too long or wrongly signed is not remarked here: ``compose`` and
    ``preview`` refuse it.

    Args:
        draft: What somebody filled in.
        names: The contact's; ``None`` where no contact is known.
        missing: What becomes of tokens that nothing stands for.
    """
    found = (*_on_tokens(draft.text, names, missing), *_on_alphabet(draft, names))
    return tuple(sorted(found, key=lambda each: not each.refuses))


def refused(error: SendRefusedError) -> Remarked:
    """Return a refusal as a remark."""
    return Remarked(code=error.refusal, said=Words(fr=error.text("fr"), en=error.text("en")))


def _on_tokens(text: str, names: Names | None, missing: MissingPolicy) -> Iterator[Remarked]:
    refuses = missing is MissingPolicy.REFUSE
    if unknown := tokens.unknown_tokens(text):
        yield _refusal(Refusal.UNKNOWN_TOKEN, unknown) if refuses else _unknown(unknown)
    if names is None:
        return
    if lacking := tokens.missing_tokens(text, names.lastname, names.firstname):
        yield _refusal(Refusal.MISSING_TOKEN_VALUE, lacking) if refuses else _lacking(lacking)


def _on_alphabet(draft: Draft, names: Names | None) -> Iterator[Remarked]:
    text = draft.text
    if names is not None:
        text = tokens.fill(text, names.lastname, names.firstname, MissingPolicy.EMPTY)
    foreign = gsm.replaced(text)
    standard, unicode = (size(replace(draft, text=text, encoding=each))[1] for each in Encoding)
    if draft.encoding is Encoding.GSM7 and foreign:
        yield _simplified(foreign, standard, unicode)
    if draft.encoding is Encoding.UNICODE and unicode > standard:
        yield _costly(foreign, standard, unicode)


def _refusal(refusal: Refusal, names: tuple[str, ...]) -> Remarked:
    return refused(SendRefusedError(refusal, {"token": _listed(names)}))


def _unknown(names: tuple[str, ...]) -> Remarked:
    listed = _listed(names)
    fr = f"{listed} : champ inconnu, envoyé tel quel. Seuls $nom et $prenom sont remplacés."
    en = f"{listed}: unknown token, sent as it is. Only $nom and $prenom are replaced."
    return Remarked(code=Remark.UNKNOWN_TOKEN, said=Words(fr=fr, en=en))


def _lacking(names: tuple[str, ...]) -> Remarked:
    listed = _listed(names)
    fr = f"{listed} : le contact n'en a pas, rien ne sera mis à la place."
    en = f"{listed}: the contact has none, nothing is put in its place."
    return Remarked(code=Remark.MISSING_NAME, said=Words(fr=fr, en=en))


def _simplified(foreign: Mapping[str, str], standard: int, unicode: int) -> Remarked:
    pairs = _listed(tuple(f"{char} → {plain}" for char, plain in foreign.items()))
    fr = f"Remplacés par l'encodage standard : {pairs}. L'Unicode les garde, en {unicode} SMS"
    en = f"Replaced by the standard encoding: {pairs}. Unicode keeps them, in {unicode} SMS"
    more = unicode != standard
    return Remarked(
        code=Remark.SIMPLIFIED,
        said=Words(
            fr=f"{fr} au lieu de {standard}." if more else f"{fr} aussi.",
            en=f"{en} rather than {standard}." if more else f"{en} too.",
        ),
    )


def _costly(foreign: Mapping[str, str], standard: int, unicode: int) -> Remarked:
    cost_fr = f"{unicode} SMS au lieu de {standard} en encodage standard"
    cost_en = f"{unicode} SMS rather than {standard} in the standard encoding"
    if not foreign:
        fr = f"Rien dans ce texte ne demande l'Unicode : {cost_fr}."
        en = f"Nothing in this text asks for Unicode: {cost_en}."
    else:
        chars = _listed(tuple(foreign))
        fr = f"L'Unicode garde {chars} : {cost_fr}."
        en = f"Unicode keeps {chars}: {cost_en}."
    return Remarked(code=Remark.COSTLY_UNICODE, said=Words(fr=fr, en=en))


def _listed(names: tuple[str, ...]) -> str:
    shown = ", ".join(names[:_MOST_SHOWN])
    return f"{shown}…" if len(names) > _MOST_SHOWN else shown
