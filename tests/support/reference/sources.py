"""The catalogue of lists: an index, and a page for each."""

from __future__ import annotations

import ast
import importlib
import inspect
from collections.abc import Iterator
from types import ModuleType

from comity.catalogue import sources as package
from comity.kit.catalogue import discover
from comity.lists.model import Closed, Example, Format, Listed, Source, Standing
from comity.model import designation as d
from comity.model.measure import Measure
from support.reference.prose import code, first, folded, listed, page, table

DIALECTS = "comity.catalogue.dialects"


def pages() -> dict[str, str]:
    """Return the index of the catalogue and a page for each list."""
    found = discover(package, "SOURCE", Source)
    rows = [
        (f"[`{one.id}`](sources/{one.id}.md)", one.title, one.issuer.code, _schedule(one), listed(_loaded(one)))
        for one in found.values()
    ]
    index = page(
        "Lists",
        "Every list that a node can read. Each is one file in `src/comity/catalogue/sources/`.",
        table(("List", "Title", "Regime", "Asked for", "Forms that are loaded"), rows),
    )
    return {"sources.md": index, **{f"sources/{one.id}.md": _page(one) for one in found.values()}}


def _page(source: Source) -> str:
    module = importlib.import_module(f"{package.__name__}.{source.id}")
    facts = [
        ("Published by", source.issuer.authority),
        ("Regime", f"{source.issuer.name} ({code(source.issuer.code)})"),
        ("Homepage", f"<{source.homepage}>"),
        ("Terms of use", source.licence),
        ("Schedule", _schedule(source)),
        ("Expected", _expected(source)),
        ("Being on it means", source.says or "a designation with measures of its own, under each programme"),
    ]
    if source.aggregates:
        facts.append(("Aggregator", "it repeats other authorities' lists: it adds facts, and never a second regime"))
    if source.has_datasets:
        facts.append(("Loaded as", f"{listed(source.lists)}, or as {code(source.id)} with `--dataset`"))
    return page(
        source.title,
        folded(module.__doc__),
        table(("", ""), facts),
        "## Forms\n\n" + table(("Form", "Standing", "File", "Speaks of", "Official address"), _files(source)),
        _standings(source),
        _datasets(source),
        "## Layout and law\n\n" + table(("Module", "What it holds"), _dialects(module)),
        "## Measures in its example\n\nThe example is fictional; the measures are not.\n\n" + _examples(source),
    )


def _schedule(source: Source) -> str:
    match source.schedule:
        case Closed(on=on, successor=successor):
            return f"closed on {on}" + (f"; continued by {code(successor)}" if successor else "")
        case every:
            return f"every {every.hours} hours; overdue after {every.overdue_days} days without a new edition"


def _expected(source: Source) -> str:
    expect = source.expect
    fewest, most = expect.designations
    return (
        f"{fewest:,} to {most:,} records; between two editions at most {expect.removed_at_once_max:.0%} of them vanish, and "
        f"{expect.removed_per_month_max:.0%} more with each month between the two"
    )


def _loaded(source: Source) -> Iterator[str]:
    for one in source.formats:
        if one.standing in {Standing.OFFICIAL, Standing.TRANSCRIBED}:
            yield one.id


def _files(source: Source) -> Iterator[tuple[str, ...]]:
    for one in source.formats:
        for file in one.files:
            yield (
                code(one.id),
                one.standing.value,
                code(file.name),
                listed(file.parts),
                f"<{file.url}>" if file.url else "",
            )


def _standings(source: Source) -> str:
    several = any(len(one.files) > 1 for one in source.formats)
    notes = [
        "The first file of a form says who is on the list; without the others an edition says nothing of their parts."
        if several
        else "",
        "A derived or partial form is read for comparison, and never becomes an edition."
        if any(_is_left_out(one) for one in source.formats)
        else "",
    ]
    return " ".join(filter(None, notes))


def _datasets(source: Source) -> str:
    rows = [(code(f"{source.id}:{name}"), one.title, one.issuer.authority) for name, one in source.datasets.items()]
    return "## Lists of this form\n\n" + table(("List", "Title", "Published by"), rows) if rows else ""


def _is_left_out(one: Format) -> bool:
    return one.standing in {Standing.DERIVED, Standing.PARTIAL}


def _dialects(module: ModuleType) -> Iterator[tuple[str, str]]:
    yield code(module.__name__.removeprefix("comity.")), "the list itself"
    for name in sorted(_imported(module)):
        yield code(name.removeprefix("comity.")), first(importlib.import_module(name).__doc__)


def _imported(module: ModuleType) -> set[str]:
    """Return the dialects on which a module stands, those of its dialects among them."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(inspect.getsource(module))):
        if isinstance(node, ast.ImportFrom) and node.module == DIALECTS:
            found |= {f"{DIALECTS}.{alias.name}" for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and str(node.module).startswith(f"{DIALECTS}."):
            found.add(str(node.module))
    return found.union(*(_imported(importlib.import_module(name)) for name in found))


def _examples(source: Source) -> str:
    seen = {
        (programme, measure.kind.value, measure.object, _bounds(measure), measure.binds, measure.article)
        for example in source.examples
        for listed_ in _everything(example)
        for programme, measure in _measures(listed_)
    }
    heads = ("Programme", "Measure", "Object", "Bounds", "Binds", "Article")
    rows = [(code(programme), code(kind), *rest) for programme, kind, *rest in sorted(seen)]
    return table(heads, rows) if rows else "Its example names none."


def _everything(example: Example) -> Iterator[Listed]:
    for one in example.yields:
        yield one
        yield from one.linked


def _measures(one: Listed) -> Iterator[tuple[str, Measure]]:
    for claim in one.claims:
        if claim.property == d.MEASURE:
            yield claim.about, Measure.read(claim.value)


def _bounds(measure: Measure) -> str:
    return ", ".join(f"`{name}` {value}" for name, value in sorted(measure.parameters.items()))
