"""Shapes -> the parts of openapi.json that the framework cannot see."""

from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from api.problems import KINDS, MEDIA_TYPE
from api.schemas import ProblemOut


def problems(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """Return the problem answers of an operation for openapi.json; 500 is added, a client has to expect it."""
    return {status: _problem(status) for status in (*statuses, 405, 500)}


def _problem(status: int) -> dict[str, Any]:
    titles = " or ".join(kind.title for kind in KINDS.values() if kind.status == status)
    return {"description": titles, "content": {MEDIA_TYPE: {"schema": {"$ref": f"#/components/schemas/{ProblemOut.__name__}"}}}}


def request_body(*shapes: type[BaseModel]) -> dict[str, Any]:
    """Describe a JSON body that is one of the shapes; the body is read by hand, so the framework does not know it."""
    return {"requestBody": {"required": True, "content": {"application/json": {"schema": {"anyOf": [inlined(shape) for shape in shapes]}}}}}


def inlined(shape: type[BaseModel]) -> dict[str, Any]:
    """Return the JSON schema of a shape with every reference replaced by what it refers to."""
    _, whole = models_json_schema([(shape, "validation")])
    definitions = whole["$defs"]
    found = _resolve(definitions[shape.__name__], definitions)
    assert isinstance(found, dict)  # noqa: S101  a schema of a model is an object
    return found


def _resolve(node: Any, definitions: dict[str, Any]) -> Any:
    if isinstance(node, list):
        return [_resolve(child, definitions) for child in node]
    if not isinstance(node, dict):
        return node
    if "$ref" in node:
        beside = {name: child for name, child in node.items() if name != "$ref"}
        return {**_resolve(definitions[node["$ref"].rpartition("/")[2]], definitions), **beside}
    return {name: _resolve(child, definitions) for name, child in node.items()}
