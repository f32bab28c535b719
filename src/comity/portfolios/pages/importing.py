"""Taking a file in: chosen, its columns shown and corrected, read in the background, and decided where rows cannot be read."""

from __future__ import annotations

import tempfile
from http import HTTPStatus
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import msgspec
from litestar import Controller, get, post
from litestar.datastructures import UploadFile
from litestar.di import NamedDependency
from litestar.enums import RequestEncodingType
from litestar.params import Body, FromPath, URLEncodedBody
from litestar.response import Redirect, Stream, Template

from comity.infra.work import Work
from comity.kit.errors import Failure
from comity.model.permission import Permission
from comity.portfolios import service
from comity.portfolios.model import columns
from comity.portfolios.model.columns import IGNORED, TARGETS
from comity.portfolios.model.customer import SCHEMAS
from comity.portfolios.model.dates import DateOrder
from comity.portfolios.model.failures import DatesAmbiguous, ImportUnfit, ImportUnknown, MappingUnfit
from comity.portfolios.model.files import ENCODINGS
from comity.portfolios.model.portfolio import Given, Mode
from comity.portfolios.service import Books

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from comity.portfolios.model.columns import Column
    from comity.portfolios.service import Look

UPLOAD_BYTES_MAX = 500_000_000
"""A file that is sent through the console; a larger one is imported from the command line."""
CHUNK_BYTES = 262_144
CSV = "text/csv; charset=utf-8"


class FileForm(msgspec.Struct, frozen=True, kw_only=True):
    """A file of customers."""

    file: UploadFile
    encoding: str = ""


class ImportPages(Controller):
    """Files of customers on their way into a portfolio."""

    path = "/portfolios/{portfolio:str}/imports"
    opt = {"permission": Permission.PORTFOLIOS_READ}  # noqa: RUF012 - Litestar's way

    @post(permission=Permission.PORTFOLIOS_MANAGE, request_max_body_size=UPLOAD_BYTES_MAX, sync_to_thread=True)
    def choose(
        self,
        portfolio: FromPath[str],
        data: Annotated[FileForm, Body(media_type=RequestEncodingType.MULTI_PART)],
        work: NamedDependency[Work],
        books: NamedDependency[Books],
    ) -> Template:
        """Keep a file, and show what its columns seem to hold; nothing is taken yet."""
        with tempfile.TemporaryDirectory(dir=books.blobs.folder) as folder:
            path = Path(folder) / "file"
            with path.open("wb") as kept:
                while chunk := data.file.file.read(CHUNK_BYTES):
                    kept.write(chunk)
            sha256 = service.keep(books.blobs, path)
        return _mapper(
            work, books, portfolio, {"sha256": sha256, "name": data.file.filename, "encoding": data.encoding}
        )

    @post("/map", permission=Permission.PORTFOLIOS_MANAGE, sync_to_thread=True)
    def map(
        self,
        portfolio: FromPath[str],
        data: URLEncodedBody[dict[str, str]],
        work: NamedDependency[Work],
        books: NamedDependency[Books],
    ) -> Template | Redirect:
        """Take the columns as a person says, and order that the file is read; or show them again with what is wrong."""
        return _mapped(work, books, portfolio, data)

    @get("/{import_id:str}", sync_to_thread=True)
    def show(self, portfolio: FromPath[str], import_id: FromPath[str], work: NamedDependency[Work]) -> Template:
        """Show what a file held and changed, and decide about one that waits."""
        one = service.find_import(work, import_id)
        if one.portfolio != portfolio:
            raise ImportUnknown("There is no import with this id.")
        context = {"one": one, "portfolio": service.find(work, portfolio)}
        return Template(template_name="portfolios/import.html", context=context)

    @post("/{import_id:str}/accept", permission=Permission.PORTFOLIOS_MANAGE, sync_to_thread=True)
    def accept(
        self,
        portfolio: FromPath[str],
        import_id: FromPath[str],
        work: NamedDependency[Work],
        books: NamedDependency[Books],
    ) -> Redirect:
        """Take the rows that can be read."""
        service.accept(work, books, import_id, lambda _done, _total: None)
        return Redirect(f"/portfolios/{portfolio}/imports/{import_id}", status_code=303)

    @post("/{import_id:str}/discard", permission=Permission.PORTFOLIOS_MANAGE, sync_to_thread=True)
    def discard(self, portfolio: FromPath[str], import_id: FromPath[str], work: NamedDependency[Work]) -> Redirect:
        """Discard a file of which nothing was taken."""
        service.discard(work, import_id)
        return Redirect(f"/portfolios/{portfolio}/imports/{import_id}", status_code=303)

    @get("/{import_id:str}/errors", sync_to_thread=True, media_type=CSV)
    def errors(
        self,
        portfolio: FromPath[str],
        import_id: FromPath[str],
        work: NamedDependency[Work],
        books: NamedDependency[Books],
    ) -> Stream:
        """Send the error report: a line for each thing that cannot be read."""
        stream = service.report(work, books, import_id)
        headers = {"content-disposition": f'attachment; filename="{portfolio}.{import_id}.errors.csv"'}
        return Stream(_chunks(stream), media_type=CSV, headers=headers)


def _mapped(work: Work, books: Books, portfolio: str, form: Mapping[str, str]) -> Template | Redirect:
    try:
        looked, found = _found(work, books, portfolio, form)
        order = DateOrder(form["dates"]) if form.get("dates") else None
        _told_apart(found, order)
        made = columns.mapping(
            found, schema=form.get("schema", "Person"), order=order, separator=form.get("separator", "")
        )
        made.complete()
    except (MappingUnfit, DatesAmbiguous) as failure:  # nothing is written yet
        return _mapper(work, books, portfolio, form, failure)
    given = Given(
        portfolio=portfolio,
        name=form["name"],
        sha256=form["sha256"],
        form=looked.form,
        mapping=made,
        mode=Mode(form.get("mode", "full")),
    )
    service.order_take(work, given)
    return Redirect(f"/portfolios/{portfolio}", status_code=303)


def _told_apart(found: Sequence[Column], order: DateOrder | None) -> None:
    if order is None and any(one.needs_order for one in found if one.target != IGNORED):
        raise DatesAmbiguous("Day and month cannot be told apart in some dates: say which comes first.")


def _found(work: Work, books: Books, portfolio: str, form: Mapping[str, str]) -> tuple[Look, tuple[Column, ...]]:
    one = service.find(work, portfolio)
    looked = service.look(books.blobs, form["sha256"], one, encoding=form.get("encoding", ""))
    said = {column.name: form[key] for at, column in enumerate(looked.columns) if (key := f"column-{at}") in form}
    return looked, columns.corrected(looked.columns, {name: said[name] for name in said if said[name] in TARGETS})


def _mapper(
    work: Work, books: Books, portfolio: str, form: Mapping[str, str], failure: Failure | None = None
) -> Template:
    one = service.find(work, portfolio)
    looked: Look | None = None
    found: tuple[Column, ...] = ()
    try:
        looked, found = _found(work, books, portfolio, form)
    except ImportUnfit as unfit:
        failure = unfit
    remembered = one.mapping
    context = {
        "portfolio": one,
        "looked": looked,
        "columns": found,
        "targets": TARGETS,
        "schemas": SCHEMAS,
        "encodings": ENCODINGS,
        "form": form,
        "schema": form.get("schema") or (remembered.schema if remembered else "Person"),
        "dates": form.get("dates") or (remembered.order.value if remembered and remembered.order else ""),
        "needs_order": any(column.needs_order for column in found if column.target != IGNORED),
        "failure": failure,
    }
    status = HTTPStatus.OK if failure is None else HTTPStatus.UNPROCESSABLE_ENTITY
    return Template(template_name="portfolios/mapper.html", context=context, status_code=status)


def _chunks(stream: Any) -> Iterator[bytes]:
    with stream:
        yield from iter(lambda: stream.read(CHUNK_BYTES), b"")
