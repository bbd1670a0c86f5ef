"""HubSpot's refusals, in its error envelope."""

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Any

from starlette.responses import Response

from fakes.kit.answers import json_answer


class Category(StrEnum):
    """The kinds of error that the envelope names."""

    VALIDATION = "VALIDATION_ERROR"
    AUTHENTICATION = "INVALID_AUTHENTICATION"
    EXPIRED = "EXPIRED_AUTHENTICATION"
    SCOPES = "MISSING_SCOPES"
    NOT_FOUND = "OBJECT_NOT_FOUND"
    EXISTS = "OBJECT_ALREADY_EXISTS"
    CONFLICT = "CONFLICT"


class RefusedError(Exception):
    """HubSpot refuses a call.

    Source: HubSpot developer docs, Error handling (docs); the envelope (spec).

    Args:
        status: The HTTP status, 400 to 599.
        message: What it says.
        category: Its kind; often absent.
        sub_category: Its finer kind.
        errors: One item per thing that is wrong.
        context: What it is about: lists of values by name.
        links: Where to read more.
    """

    def __init__(
        self,
        status: int,
        message: str,
        category: Category | None = None,
        *,
        sub_category: str | None = None,
        errors: Sequence[Mapping[str, Any]] = (),
        context: Mapping[str, Sequence[str]] | None = None,
        links: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(f"{status}: {message}")
        self.status = status
        self.message = message
        self.category = category
        self.sub_category = sub_category
        self.errors = errors
        self.context = context
        self.links = links

    def answer(self, correlation_id: str) -> Response:
        """Return the whole answer."""
        return json_answer(self.envelope(correlation_id), self.status)

    def envelope(self, correlation_id: str) -> dict[str, Any]:
        """Return the body of the answer."""
        return {
            "status": "error",
            "message": self.message,
            "correlationId": correlation_id,
            **self._details(),
        }

    def item(self, **context: Sequence[str]) -> dict[str, Any]:
        """Return the refusal as one of the ``errors`` of a batch, with ``context`` added."""
        details = self._details()
        merged = {**details.pop("context", {}), **context}
        return {"status": "error", "message": self.message, **details, "context": merged}

    def _details(self) -> dict[str, Any]:
        found = {
            "category": self.category,
            "subCategory": self.sub_category,
            "errors": list(self.errors),
            "context": self.context,
            "links": self.links,
        }
        return {name: value for name, value in found.items() if value}


def invalid(message: str, **details: Any) -> RefusedError:
    """Return a 400 ``VALIDATION_ERROR``; ``details`` are those of ``RefusedError``."""
    return RefusedError(400, message, Category.VALIDATION, **details)


def missing_fields(names: Sequence[str]) -> RefusedError:
    """Return the 400 that lists the required fields of a body that are not there.

    Source: seen in many clients' logs.
    """
    listed = ", ".join(names)
    return invalid(
        f"Invalid input JSON on line 1, column 2. Some required fields were not set: [{listed}]"
    )


def not_found(message: str = "resource not found") -> RefusedError:
    """Return the 404 of an id that names nothing.

    Source: seen in many clients' logs; it has no category there.
    """
    return RefusedError(404, message)


def not_an_object_id(text: str) -> RefusedError:
    """Return the 404 of an id that is not a number, two spaces included.

    Source: seen in many clients' logs.
    """
    return RefusedError(
        404,
        "Object not found.  objectId are usually numeric.",
        Category.NOT_FOUND,
        context={"id": [text]},
    )
