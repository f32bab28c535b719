"""The description of the API (OpenAPI 3.1): what Litestar finds out by itself, finished so that it promises exactly what is kept.

It is built from the API's controllers alone, at the first request for it: no page of the console and no renderer of
documentation can get into it. Added are what Litestar leaves out: closed objects, discriminators of unions, the problem
document as every other answer, how one authenticates, and streams by their name. Its automatic 400 is taken away, because
nothing here answers so.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

import msgspec
from litestar import Controller, Litestar, Response, route
from litestar.connection import Request
from litestar.handlers import HTTPRouteHandler
from litestar.openapi.config import OpenAPIConfig
from litestar.openapi.plugins import JsonRenderPlugin
from litestar.response import ServerSentEvent

from comity.edge.problems import MEDIA_TYPE, Problem
from comity.model.permission import Permission

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

TITLE: Final = "Comity"
SUMMARY: Final = "One harmonised register of official lists. Problems are RFC 9457 documents; `code` is stable."
DOCUMENT: Final = "openapi_document"
"""Where the application keeps its `Document`."""
PROBLEM_REF: Final = {"$ref": "#/components/schemas/Problem"}
EVENTS: Final = "text/event-stream"


class Document:
    """The description of one application's API, made when it is first asked for."""

    def __init__(self, controllers: Sequence[Any], dependencies: Mapping[str, Any], version: str) -> None:
        self._controllers = list(controllers)
        self._dependencies = dict(dependencies)
        self._version = version

    @cached_property
    def content(self) -> dict[str, Any]:
        """The description, as plain JSON values."""
        config = OpenAPIConfig(
            title=TITLE,
            version=self._version,
            summary=SUMMARY,
            render_plugins=[JsonRenderPlugin()],
            use_handler_docstrings=True,
        )
        application = Litestar(self._controllers, dependencies=self._dependencies, openapi_config=config)
        drafted: dict[str, Any] = application.openapi_schema.to_schema()
        return finish(drafted, application)

    @cached_property
    def raw(self) -> bytes:
        """The description, as it is sent."""
        return msgspec.json.encode(self.content)


class OpenApiDocument(Controller):
    """Serves the description of the API."""

    include_in_schema = False

    @route("/openapi.json", http_method=("GET", "HEAD"), permission=Permission.PUBLIC, sync_to_thread=True)
    def show(self, request: Request[Any, Any, Any]) -> Response[bytes]:
        """Send the description."""
        document: Document = request.app.state[DOCUMENT]
        return Response(document.raw, media_type="application/json", headers={"cache-control": "no-cache"})


def finish(document: dict[str, Any], application: Litestar) -> dict[str, Any]:
    """Complete a drafted description in place, and return it."""
    schemas = document.setdefault("components", {}).setdefault("schemas", {})
    components = msgspec.json.schema_components((Problem,), ref_template="#/components/schemas/{name}")[1]
    schemas.update(components)
    document["components"]["securitySchemes"] = {"token": {"type": "http", "scheme": "bearer"}}
    for struct, schema in _structs(application, schemas):
        if struct.__struct_config__.forbid_unknown_fields:
            schema["additionalProperties"] = False
    _discriminate(document, schemas)
    for operation, handler in _operations(document, application):
        _complete(operation, handler)
    return document


def _complete(operation: dict[str, Any], handler: HTTPRouteHandler) -> None:
    answers: dict[str, Any] = operation["responses"]
    answers.pop("400", None)
    if handler.parsed_fn_signature.return_type.is_subclass_of(ServerSentEvent):
        answers["200"]["content"] = {EVENTS: {"schema": {"type": "string"}}}
    answers["default"] = {
        "description": "A problem: its `code` says which.",
        "content": {MEDIA_TYPE: {"schema": PROBLEM_REF}},
    }
    permission: Permission | None = handler.opt.get("permission")
    operation["security"] = [] if permission is Permission.PUBLIC else [{"token": []}]
    operation["x-permission"] = permission.value if permission else None


def _operations(document: dict[str, Any], application: Litestar) -> Iterator[tuple[dict[str, Any], HTTPRouteHandler]]:
    for each in application.routes:
        item = document.get("paths", {}).get(each.path_format, {})
        handlers: dict[str, tuple[HTTPRouteHandler, Any]] = getattr(each, "route_handler_map", {})
        for method, (handler, _) in handlers.items():
            if method.lower() in item:
                yield item[method.lower()], handler


def _structs(application: Litestar, schemas: dict[str, Any]) -> Iterator[tuple[type[msgspec.Struct], dict[str, Any]]]:
    """Yield each msgspec type that a handler takes or gives, with its schema, under whichever name Litestar gave to it."""
    for struct in _reachable(application):
        for name, schema in schemas.items():
            if name == struct.__name__ or name.endswith(f"_{struct.__name__}"):
                fields = set(struct.__struct_encode_fields__)
                if fields <= set(schema.get("properties", ())):
                    yield struct, schema


def _reachable(application: Litestar) -> set[type[msgspec.Struct]]:
    found: set[type[msgspec.Struct]] = set()
    for each in application.routes:
        for handler, _ in getattr(each, "route_handler_map", {}).values():
            signature = handler.parsed_fn_signature
            for field in (*signature.parameters.values(), signature.return_type):
                _walk(field.annotation, found)
    return found


def _walk(annotation: Any, found: set[type[msgspec.Struct]]) -> None:
    try:
        waiting: list[Any] = [msgspec.inspect.type_info(annotation)]
    except (TypeError, NameError):
        return  # a response class, a stream, a request: nothing of ours to describe
    while waiting:
        node = waiting.pop()
        if isinstance(node, msgspec.inspect.StructType):
            if node.cls in found:
                continue
            found.add(node.cls)
        if isinstance(node, msgspec.inspect.Type | msgspec.inspect.Field):
            waiting.extend(getattr(node, name) for name in node.__struct_fields__)
        elif isinstance(node, tuple):
            waiting.extend(node)


def _discriminate(node: Any, schemas: dict[str, Any]) -> None:
    """Name the field by which the members of a union of tagged types are told apart."""
    if isinstance(node, list):
        for each in node:
            _discriminate(each, schemas)
    if not isinstance(node, dict):
        return
    members = [each.get("$ref", "") for each in node.get("oneOf", ()) if isinstance(each, dict)]
    if len(members) > 1 and all(members):
        tags = [_tag(schemas.get(ref.rpartition("/")[2], {})) for ref in members]
        fields = {field for field, _ in filter(None, tags)}
        if len(fields) == 1 and all(tags):
            mapping = {value: ref for (_, value), ref in zip(filter(None, tags), members, strict=True)}
            node["discriminator"] = {"propertyName": fields.pop(), "mapping": mapping}
    for each in node.values():
        _discriminate(each, schemas)


def _tag(schema: dict[str, Any]) -> tuple[str, str] | None:
    for field, said in schema.get("properties", {}).items():
        if isinstance(said, dict) and "const" in said:
            return field, str(said["const"])
    return None
