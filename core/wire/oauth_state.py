"""The OAuth ``state``: a nonce that cannot be forged, tied to one browser."""

import hashlib
import hmac


def seal(nonce: str, *, key: str) -> str:
    """Return the ``state`` that carries ``nonce``: the nonce, a dot, and its seal."""
    return f"{nonce}.{_mac(nonce, key)}"


def open_sealed(state: str, *, key: str) -> str | None:
    """Return the nonce that ``state`` carries, or ``None`` when the seal is not ours."""
    nonce, dot, mac = state.rpartition(".")
    if not dot or not hmac.compare_digest(mac.encode(), _mac(nonce, key).encode()):
        return None
    return nonce


def browser_mark(cookie: str) -> str:
    """Return what is remembered of a browser's cookie: its digest, not the cookie."""
    return hashlib.sha256(cookie.encode()).hexdigest()


def _mac(nonce: str, key: str) -> str:
    return hmac.new(key.encode(), f"oauth-state:{nonce}".encode(), hashlib.sha256).hexdigest()
