"""The HTTP client that all vendors are asked with: it keeps no cookies."""

import httpx


class _NoCookies(httpx.Cookies):
    """Stays empty, whatever comes."""

    def extract_cookies(self, response: httpx.Response) -> None:
        """Leave the cookies of an answer where they are."""


_NONE = _NoCookies()


class Client(httpx.AsyncClient):
    """A client that keeps no cookies.

    What a vendor sets while one account is served must not go out with another's call; and to read
    the cookies of an answer costs more than to read the answer.
    """

    @property  # type: ignore[misc] # nobody is to set any
    def cookies(self) -> httpx.Cookies:
        """None, ever."""
        return _NONE
