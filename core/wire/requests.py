"""A request to a vendor as a value: what to ask, before anybody asks it."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

import orjson

from core.domain.errors import ProviderDownError

JSON = "application/json"
FORM = "application/x-www-form-urlencoded"


@dataclass(frozen=True, slots=True, kw_only=True)
class VendorRequest:
    """One request, without the host that answers it and the credentials that go with it.

    Args:
        method: The HTTP method.
        path: The path, with its leading slash.
        query: Query parameters.
        body: The exact bytes to send; ``None`` for none.
        content_type: Of the body.
    """

    method: str
    path: str
    query: Mapping[str, str] = field(default_factory=dict)
    body: bytes | None = None
    content_type: str = JSON

    @property
    def target(self) -> str:
        """The path with the query."""
        return f"{self.path}?{urlencode(self.query)}" if self.query else self.path


def get(path: str, **query: str) -> VendorRequest:
    """Return a GET."""
    return VendorRequest(method="GET", path=path, query=query)


def with_json(method: str, path: str, body: object) -> VendorRequest:
    """Return a request that carries ``body`` as compact JSON in UTF-8."""
    data = json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode()
    return VendorRequest(method=method, path=path, body=data)


def with_form(path: str, fields: Mapping[str, str]) -> VendorRequest:
    """Return a POST that carries ``fields`` as a URL-encoded form."""
    return VendorRequest(
        method="POST", path=path, body=urlencode(fields).encode(), content_type=FORM
    )


def read_object(body: bytes, whose: str) -> dict[str, Any]:
    """Return a vendor's answer read as a JSON object.

    Args:
        body: The answer's bytes.
        whose: Whose answer it is, for the error's sentence.

    Raises:
        ProviderDownError: It is not a JSON object: ask again.
    """
    try:
        value = orjson.loads(body)
    except orjson.JSONDecodeError as exc:
        msg = f"{whose} answered something that is not JSON"
        raise ProviderDownError(msg) from exc
    if not isinstance(value, dict):
        msg = f"{whose} answered JSON that is not an object"
        raise ProviderDownError(msg)
    return value
