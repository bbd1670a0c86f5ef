"""JSON Schemas of a fake's answers, compiled once and asked often."""

from collections.abc import Mapping
from importlib.resources import files
from typing import Any

import orjson
from jsonschema import Draft202012Validator
from jsonschema.exceptions import best_match
from referencing import Registry, Resource

_SUFFIX = ".json"


class MismatchError(Exception):
    """A value is not what its schema says.

    Args:
        schema: The schema's name.
        place: Where in the value, as a JSON path.
        reason: What is wrong there.
    """

    def __init__(self, schema: str, place: str, reason: str) -> None:
        super().__init__(f"{schema}: {place}: {reason}")
        self.schema = schema
        self.place = place
        self.reason = reason


class Schemas:
    """The schemas of one package's folder ``schemas``, by name.

    A name is a file's without its suffix, or that and a definition: ``control#phone`` is
    ``$defs/phone`` of ``control.json``. Files refer to each other by their ``$id``.

    Args:
        package: The package that has the folder.
    """

    def __init__(self, package: str) -> None:
        folder = files(package) / "schemas"
        self._documents: dict[str, Mapping[str, Any]] = {
            entry.name.removesuffix(_SUFFIX): orjson.loads(entry.read_bytes())
            for entry in sorted(folder.iterdir(), key=lambda entry: entry.name)
            if entry.name.endswith(_SUFFIX)
        }
        pairs = [(d["$id"], Resource.from_contents(d)) for d in self._documents.values()]
        self._registry: Registry[Any] = Registry().with_resources(pairs)
        self._validators: dict[str, Draft202012Validator] = {}

    def names(self) -> set[str]:
        """Return every name that can be asked for."""
        parts = {
            f"{name}#{part}" for name, d in self._documents.items() for part in d.get("$defs", ())
        }
        return parts | set(self._documents)

    def check(self, name: str, value: object) -> None:
        """Let a JSON ``value`` pass that is what ``name`` says.

        Raises:
            KeyError: There is no such schema.
            MismatchError: It is not.
        """
        error = best_match(self._validator(name).iter_errors(value))
        if error is not None:
            raise MismatchError(name, error.json_path, error.message)

    def _validator(self, name: str) -> Draft202012Validator:
        found = self._validators.get(name)
        if found is None:
            file, _, part = name.partition("#")
            document = self._documents[file]
            if part:
                _ = document["$defs"][part]
            pointer = f"#/$defs/{part}" if part else ""
            schema = {"$ref": f"{document['$id']}{pointer}"}
            found = Draft202012Validator(schema, registry=self._registry)
            self._validators[name] = found
        return found
