"""Which column of a file says what: guessed from headings and contents, corrected by a person, remembered for the next file."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

import msgspec
from stdnum import bic, imo, lei

from comity.model import countries
from comity.model.dates import DateMalformed
from comity.portfolios.model import dates
from comity.portfolios.model.customer import DATES, PROPERTIES, SCHEMAS
from comity.portfolios.model.dates import DateOrder
from comity.portfolios.model.failures import MappingUnfit
from comity.portfolios.model.headings import folded, property_of

if TYPE_CHECKING:
    from collections.abc import Mapping as Map
    from collections.abc import Sequence

IGNORED: Final = "ignore"
PARTS: Final = ("firstName", "middleName", "fatherName", "lastName", "street", "postalCode", "city")
"""Columns from which a name or an address is put together, in this order."""
TARGETS: Final = ("id", "schema", *PROPERTIES, *PARTS, IGNORED)
"""What a column can be said to hold."""
SAMPLES: Final = 5
"""Values of a column that are shown."""
LOOKED_AT: Final = 500
"""Rows from which a mapping is guessed."""
SHARE: Final = 0.9
"""Of a column's values that must look like something, for the column to be taken for it."""


class Column(msgspec.Struct, frozen=True, kw_only=True):
    """A column of a file, what it seems to hold, and why."""

    name: str
    target: str
    """One of `TARGETS`."""
    why: str
    """`heading`, `content`, `remembered`, `said` or `unknown`."""
    samples: tuple[str, ...]
    filled: int
    """Rows of those looked at in which something stands."""
    order: DateOrder | None = None
    """Of a column of dates: which of day and month comes first, where its dates prove it."""
    needs_order: bool = False
    """Of a column of dates: whether a person must say it."""


class Mapping(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What each column of a file is taken for."""

    columns: dict[str, str]
    """The target of each column that is not ignored."""
    schema: str = "Person"
    """What every row is for which no column says it."""
    order: DateOrder | None = None
    """Which of day and month comes first, where dates do not say it."""
    separator: str = ""
    """What stands between several values of one cell; empty: a cell has one value."""

    def __post_init__(self) -> None:
        """Refuse what cannot be followed. Raises `MappingUnfit`."""
        odd = sorted({target for target in self.columns.values() if target not in TARGETS})
        if odd:
            raise MappingUnfit(f"A column cannot be {', '.join(odd)}. It can be {', '.join(TARGETS)}.")
        if self.schema not in SCHEMAS:
            raise MappingUnfit(f"A schema is one of {', '.join(SCHEMAS)}.")
        single = [one for one in ("id", "schema") if list(self.columns.values()).count(one) > 1]
        if single:
            raise MappingUnfit(f"Only one column can be the {single[0]}.")

    def complete(self) -> None:
        """Refuse a mapping by which nobody can be read. Raises `MappingUnfit`."""
        said = set(self.columns.values())
        if "id" not in said:
            raise MappingUnfit("No column is the customer's id. Say which: --map COLUMN=id")
        if not said & {"name", "firstName", "lastName"}:
            raise MappingUnfit("No column holds a name. Say which: --map COLUMN=name")


def corrected(guessed: Sequence[Column], said: Map[str, str]) -> tuple[Column, ...]:
    """Return the columns as a person says that they are. Raises `MappingUnfit` for a column that is not there."""
    known = {folded(one.name): one.name for one in guessed}
    wanted = {known.get(folded(name), name): target for name, target in said.items()}
    strange = sorted(set(wanted) - {one.name for one in guessed})
    if strange:
        there = ", ".join(one.name for one in guessed)
        raise MappingUnfit(f"There is no column {', '.join(strange)}. The columns are: {there}.")
    return tuple(
        msgspec.structs.replace(one, target=wanted[one.name], why="said") if one.name in wanted else one
        for one in guessed
    )


def guess(names: Sequence[str], rows: Sequence[Sequence[str]], remembered: Map[str, str]) -> tuple[Column, ...]:
    """Guess what each column holds, from what was said of a former file, from its heading, then from its contents."""
    found: list[Column] = []
    taken: set[str] = set()
    for at, name in enumerate(names):
        values = [row[at].strip() for row in rows if at < len(row) and row[at].strip()]
        target, why = _target(name, values, remembered, taken)
        taken |= {target} & {"id", "schema"}
        found.append(_column(name, target, why, values))
    return _named(tuple(found))


def _target(name: str, values: Sequence[str], remembered: Map[str, str], taken: set[str]) -> tuple[str, str]:
    if name in remembered:
        return remembered[name], "remembered"
    target = property_of(name)
    if target and target not in taken:
        return target, "heading"
    target = _by_content(values)
    return (target, "content") if target else (IGNORED, "unknown")


def _by_content(values: Sequence[str]) -> str:
    """Return what nearly all values of a column prove to be; only what proves itself, since a wrong guess is worse than none."""
    if not values:
        return ""
    for target, looks in (
        ("leiCode", lei.is_valid),
        ("imoNumber", lambda text: text.upper().startswith("IMO") and imo.is_valid(text)),
        ("swiftBic", lambda text: text.isupper() and bic.is_valid(text)),
        ("gender", lambda text: text.casefold() in {"m", "f", "male", "female"}),
        ("schema", lambda text: text in SCHEMAS),
        ("country", lambda text: len(text) > 1 and countries.code(text) is not None),
    ):
        if sum(map(looks, values)) >= SHARE * len(values):
            return target
    return ""


def _column(name: str, target: str, why: str, values: Sequence[str]) -> Column:
    samples = tuple(dict.fromkeys(values))[:SAMPLES]
    order, needs = None, False
    if target in DATES:
        try:
            order, needs = dates.order_of(values)
        except DateMalformed:
            order, needs = None, True
    return Column(
        name=name,
        target=target,
        why=why,
        samples=samples,
        filled=len(values),
        order=order,
        needs_order=needs and order is None,
    )


def _named(columns: tuple[Column, ...]) -> tuple[Column, ...]:
    """Take a family name, or a given name, that stands alone for the whole name: `Nom`, `Nome`."""
    targets = [one.target for one in columns]
    if "name" in targets:
        return columns
    for part, other in (("lastName", "firstName"), ("firstName", "lastName")):
        if targets.count(part) == 1 and other not in targets:
            return tuple(msgspec.structs.replace(one, target="name") if one.target == part else one for one in columns)
    return columns


def mapping(columns: Sequence[Column], *, schema: str, order: DateOrder | None, separator: str = "") -> Mapping:
    """Return the mapping that some columns make. Raises `MappingUnfit`."""
    proven = {one.order for one in columns if one.target in DATES and one.order}
    return Mapping(
        columns={one.name: one.target for one in columns if one.target != IGNORED},
        schema=schema,
        order=order or (next(iter(proven)) if len(proven) == 1 else None),
        separator=separator,
    )


def is_word(text: str) -> bool:
    """Whether a text has a letter or a digit."""
    return re.search(r"\w", text) is not None
