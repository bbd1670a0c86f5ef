"""The vault: tokens and API keys are encrypted at rest, and keys may be rotated."""

from collections.abc import Sequence
from functools import lru_cache
from hashlib import sha256

from cryptography.fernet import Fernet, InvalidToken, MultiFernet

from core.variables import Secret


class VaultError(Exception):
    """A stored secret was encrypted with none of the keys that are set."""

    code = "vault_unreadable"


def mark_of(key: str) -> str:
    """Return eight digits that tell a vault's key from others, and do not tell it."""
    return sha256(key.encode()).hexdigest()[:8]


class Vault:
    """Encrypts with the first key, and reads what any of them encrypted.

    Args:
        keys: Fernet keys (32 bytes in URL-safe base64), the current one first.

    Raises:
        VaultError: A key has not that form, or there is none.
    """

    def __init__(self, keys: Sequence[str]) -> None:
        try:
            self._fernet = MultiFernet([Fernet(key) for key in keys])
        except ValueError as exc:
            msg = "a vault key must be 32 bytes in URL-safe base64, as Fernet.generate_key() makes"
            raise VaultError(msg) from exc
        # The same few tokens are asked for at every call to a vendor.
        self._opened = lru_cache(maxsize=1024)(self._open)

    def seal(self, secret: str) -> bytes:
        """Return ``secret`` encrypted."""
        return self._fernet.encrypt(secret.encode())

    def unseal(self, sealed: bytes) -> Secret:
        """Return what was sealed.

        Raises:
            VaultError: No key opens it; set the retired key again behind the current one.
        """
        try:
            return self._opened(sealed)
        except InvalidToken as exc:
            msg = "no vault key opens a stored secret: keep retired keys behind the current one"
            raise VaultError(msg) from exc

    def _open(self, sealed: bytes) -> Secret:
        return Secret(self._fernet.decrypt(sealed).decode())
