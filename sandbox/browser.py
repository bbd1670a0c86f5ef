"""A small browser: it keeps cookies, follows links and fills in forms, as a person would."""

from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urljoin

import httpx


class NoSuchFormError(Exception):
    """The page has no form with the field or button that was asked for.

    Args:
        wanted: What was looked for.
        url: The page.
    """

    def __init__(self, wanted: str, url: str) -> None:
        super().__init__(f"no form with {wanted!r} on {url}")
        self.wanted = wanted
        self.url = url


@dataclass(slots=True)
class Form:
    """A form of a page.

    Args:
        action: Where it goes, absolute.
        method: ``get`` or ``post``.
        fields: The values that it holds so far.
        buttons: Each button's words, with the name and value that it sends.
    """

    action: str
    method: str
    fields: dict[str, str] = field(default_factory=dict)
    buttons: dict[str, tuple[str, str]] = field(default_factory=dict)


@dataclass(slots=True)
class Page:
    """What the browser shows.

    Args:
        url: Where it is.
        status: The HTTP status.
        text: What can be read, white space folded.
        html: The source.
        forms: The forms on it.
        links: Each link's words, with its absolute address.
    """

    url: str
    status: int
    text: str
    html: str
    forms: list[Form]
    links: dict[str, str]

    def form_with(self, wanted: str) -> Form:
        """Return the first form that has a field or a button named or worded ``wanted``.

        Raises:
            NoSuchFormError: There is none.
        """
        for form in self.forms:
            if wanted in form.fields or wanted in form.buttons:
                return form
        raise NoSuchFormError(wanted, self.url)


class Browser:
    """One person's browser.

    Args:
        transport: The way to the world's hosts; cookies are this browser's own.
        language: What it asks for.
    """

    def __init__(self, transport: httpx.AsyncBaseTransport, *, language: str = "fr") -> None:
        self._http = httpx.AsyncClient(
            transport=transport, follow_redirects=True, headers={"accept-language": language}
        )
        self.page = Page(url="", status=0, text="", html="", forms=[], links={})

    async def open(self, url: str) -> Page:
        """Go to ``url`` and return the page."""
        return self._show(await self._http.get(urljoin(self.page.url, url)))

    async def follow(self, words: str) -> Page:
        """Follow the link that reads ``words`` and return the page.

        Raises:
            NoSuchFormError: There is no such link.
        """
        if words not in self.page.links:
            raise NoSuchFormError(words, self.page.url)
        return await self.open(self.page.links[words])

    async def submit(self, button: str, **values: str) -> Page:
        """Fill in the form that has ``button``, press it, and return the page.

        Raises:
            NoSuchFormError: There is no such button.
        """
        form = self.page.form_with(button)
        fields = {**form.fields, **values}
        name, value = form.buttons.get(button, ("", ""))
        if name:
            fields[name] = value
        if form.method == "get":
            return self._show(await self._http.get(form.action, params=fields))
        return self._show(await self._http.post(form.action, data=fields))

    def forget(self) -> None:
        """Drop all cookies, as a new browser."""
        self._http.cookies.clear()

    async def close(self) -> None:
        """Free the connections."""
        await self._http.aclose()

    def _show(self, answer: httpx.Response) -> Page:
        reader = _Reader(str(answer.url))
        reader.feed(answer.text)
        self.page = Page(
            url=str(answer.url),
            status=answer.status_code,
            text=" ".join(" ".join(reader.words).split()),
            html=answer.text,
            forms=reader.forms,
            links=reader.links,
        )
        return self.page


class _Reader(HTMLParser):
    """Reads the forms, links and words of a page."""

    def __init__(self, url: str) -> None:
        super().__init__()
        self.url = url
        self.words: list[str] = []
        self.forms: list[Form] = []
        self.links: dict[str, str] = {}
        self._open: Form | None = None
        self._button: tuple[str, str] | None = None
        self._link: str | None = None
        self._caption: list[str] = []
        self._area: tuple[str, list[str]] | None = None
        self._select: str | None = None
        self._hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag in {"style", "script", "title"}:
            self._hidden += 1
        elif tag == "form":
            action = urljoin(self.url, given.get("action", self.url))
            self._open = Form(action=action, method=given.get("method", "get").lower())
            self.forms.append(self._open)
        elif tag == "a" and "href" in given:
            self._link, self._caption = urljoin(self.url, given["href"]), []
        elif tag == "button":
            self._button, self._caption = (given.get("name", ""), given.get("value", "")), []
        elif tag == "option":
            self._add_option(given)
        elif tag in {"input", "select", "textarea"}:
            self._add_field(given)
            self._select = given.get("name") if tag == "select" else None
            self._area = (given["name"], []) if tag == "textarea" and "name" in given else None

    def handle_endtag(self, tag: str) -> None:
        caption = " ".join(" ".join(self._caption).split())
        if tag in {"style", "script", "title"}:
            self._hidden -= 1
        elif tag == "form":
            self._open = None
        elif tag == "textarea":
            self._end_area()
        elif tag == "a" and self._link is not None:
            self.links[caption] = self._link
            self._link = None
        elif tag == "button" and self._button is not None:
            if self._open is not None:
                self._open.buttons[caption] = self._button
            self._button = None

    def handle_data(self, data: str) -> None:
        if self._area is not None:
            self._area[1].append(data)
        if not self._hidden:
            self.words.append(data)
            self._caption.append(data)

    def _add_field(self, given: dict[str, str]) -> None:
        if self._open is None or "name" not in given:
            return
        ticked = given.get("type") not in {"checkbox", "radio"} or "checked" in given
        if ticked and "disabled" not in given:
            self._open.fields[given["name"]] = given.get("value", "")

    def _add_option(self, given: dict[str, str]) -> None:
        """Take the option that is selected, or else the first."""
        if self._open is None or self._select is None:
            return
        if "selected" in given or not self._open.fields.get(self._select):
            self._open.fields[self._select] = given.get("value", "")

    def _end_area(self) -> None:
        if self._area is not None and self._open is not None:
            name, words = self._area
            # The line end right after the tag is not part of the text.
            self._open.fields[name] = "".join(words).removeprefix("\n")
        self._area = None
