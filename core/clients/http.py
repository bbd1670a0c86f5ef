"""The HTTP client that all vendors are asked with: it keeps no cookies, and reads no address twice."""

from functools import lru_cache
from typing import Any

import httpx


class _NoCookies(httpx.Cookies):
    """Stays empty, whatever comes."""

    def extract_cookies(self, response: httpx.Response) -> None:
        """Leave the cookies of an answer where they are."""


_NONE = _NoCookies()
_KEPT = 128
"""How many addresses are kept in parts: nearly all calls go to a handful."""


class Client(httpx.AsyncClient):
    """A client that keeps no cookies, and the parts of the addresses that it calls the most.

    What a vendor sets while one account is served must not go out with another's call; and to read
    the cookies of an answer costs more than to read the answer.
    """

    @property  # type: ignore[misc] # nobody is to set any
    def cookies(self) -> httpx.Cookies:
        """None, ever."""
        return _NONE

    def build_request(self, method: str, url: httpx.URL | str, **how: Any) -> httpx.Request:
        """Return a request, its address taken apart once for many."""
        return super().build_request(method, _parts(url) if isinstance(url, str) else url, **how)


@lru_cache(_KEPT)
def _parts(url: str) -> httpx.URL:
    return httpx.URL(url)
