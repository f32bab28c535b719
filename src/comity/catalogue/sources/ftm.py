"""Any dataset in FollowTheMoney's JSON lines, such as an OpenSanctions export.

One line is one entity of any schema (persons, addresses, sanctions, ownerships, …), known by its FollowTheMoney id. The dataset
gets its name when it is loaded. Such datasets repeat what authorities publish: they add facts and connections, and never a regime
of their own. Whoever they mark as a target is shown under the names of the datasets that say so, without a measure. A *delta* file
names only what changed since another version, and is no edition. The form is open: further keys of a line stay in its raw text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

import msgspec

from comity.catalogue.dialects.json_lines import decode, lines
from comity.lists.model import (
    About,
    Designated,
    Every,
    Example,
    Expect,
    File,
    Format,
    Listed,
    Oddity,
    Opened,
    Source,
    Standing,
    ValueMalformed,
)
from comity.model import ftm
from comity.model.claim import Claim
from comity.model.dates import DateMalformed, PartialDate
from comity.model.entity import DATE_PROPERTIES
from comity.model.jurisdiction import Issuer
from comity.model.measure import Measure, MeasureKind

SAYS = "reported by an aggregator; the regimes' own lists say what is forbidden"
UNNAMED = "dataset"
"""The programme of a target in a file that names no datasets."""

ENTITIES = re.compile(rb'\s*\{\s*"(?:id|caption|schema|properties)"\s*:')
DELTA = re.compile(rb'\s*\{\s*"(?:op|entity)"\s*:')


class Line(msgspec.Struct):
    """One entity, as FollowTheMoney and OpenSanctions write it; when it was seen and how it is called follow from the rest."""

    id: str
    schema: str = ""
    properties: dict[str, list[str]] = {}
    datasets: list[str] = []
    referents: list[str] = []
    target: bool = False


class Whole(Line):
    """An entity of a complete dataset, which has a schema and properties."""

    schema: str
    properties: dict[str, list[str]]


class Change(msgspec.Struct):
    """One line of a delta."""

    op: str
    entity: Line


OPERATIONS = frozenset({"ADD", "MOD", "DEL"})


def read_entities(files: Mapping[str, Opened]) -> Iterator[Listed]:
    """Read a dataset, entity by entity."""
    opened = files["entities.ftm.json"]
    for number, raw in lines(opened):
        line, text = decode(raw, Whole, number, opened)
        if not line.schema:
            raise ValueMalformed("the schema is empty", file=opened.name, record=f"line {number}", field="schema")
        yield _listed(line, text, opened)


def read_delta(files: Mapping[str, Opened]) -> Iterator[Listed]:
    """Read what a delta names; a deleted entity says nothing any more."""
    opened = files["entities.delta.json"]
    for number, raw in lines(opened):
        change, text = decode(raw, Change, number, opened)
        if change.op not in OPERATIONS:
            raise ValueMalformed("the operation is not known", file=opened.name, record=f"line {number}", field="op")
        yield _listed(change.entity, text, opened)


def _listed(line: Line, raw: str, opened: Opened) -> Listed:
    if not line.id:
        raise ValueMalformed("the id is empty", file=opened.name, field="id")
    about = About(line.id, line.schema or "LegalEntity")
    for name, values in line.properties.items():
        for value in values:
            _say(about, name, value, opened.name)
    if line.schema in ftm.THINGS:
        for referent in line.referents:
            about.say("sourceId", referent)
    if line.target or "sanction" in line.properties.get("topics", ()):
        measure = Measure(kind=MeasureKind.NONE, object=SAYS)
        about.designate(*(Designated(programme=name, measures=(measure,)) for name in line.datasets or [UNNAMED]))
    odd = () if line.schema in ftm.SCHEMATA or not line.schema else (Oddity("schema", line.schema),)
    return msgspec.structs.replace(about.listed(), raw=raw, oddities=odd)


def _say(about: About, name: str, value: str, file: str) -> None:
    if name in ftm.TEXTS:
        about.tell(name, value)
    elif name in DATE_PROPERTIES:
        try:
            about.say(
                name, str(PartialDate.parse(value[:10])), original=value
            )  # FollowTheMoney also knows times of day
        except DateMalformed as error:
            raise ValueMalformed(f"{value!r} is no date", file=file, record=about.reference, field=name) from error
    else:
        about.say(name, value)


EXAMPLE = b"""{"id":"NK-1","caption":"Ilvar Denoshka","schema":"Person",
"properties":{"name":["Ilvar Denoshka"],"birthDate":["1980-03"],
"country":["no"],"topics":["sanction"],"createdAt":["2031-02-03T10:20:30"],"notes":["Pilots the fleet.\\nAnd more."],
"addressEntity":["addr-1"]},"referents":["qm-list-7"],"datasets":["qm_list","qn_list"],"first_seen":"2031-02-03T10:20:30",
"last_seen":"2031-02-04T10:20:30","last_change":"2031-02-03T10:20:30","target":true}
{"id":"addr-1","schema":"Address","properties":{"full":["4 Quay Road, Skaldvik"],"country":["no"]},"target":false}
{"id":"own-1","schema":"Ownership","properties":{"owner":["NK-1"],"asset":["NK-2"],"percentage":["51"]}}
""".replace(b",\n", b",")

DELTA_EXAMPLE = b"""{"op":"MOD","entity":{"id":"NK-2","schema":"Company",
"properties":{"name":["Veltrona Reagents"]},"datasets":["qm_list"],
"target":true}}
{"op":"DEL","entity":{"id":"NK-3"}}
""".replace(b",\n", b",")

_NONE = f'{{"kind":"none","object":"{SAYS}"}}'

SOURCE = Source(
    id="ftm",
    title="FollowTheMoney dataset",
    issuer=Issuer(code="XX", name="Aggregated data", authority="whoever publishes the dataset"),
    homepage="https://followthemoney.tech",
    licence="As the dataset's publisher states; OpenSanctions: CC BY-NC 4.0",
    says="What others publish about persons and companies, brought together; it prohibits nothing by itself.",
    formats=(
        Format(
            id="entities",
            files=(File(name="entities.ftm.json", recognises=lambda _name, start: ENTITIES.match(start) is not None),),
            read=read_entities,
        ),
        Format(
            id="delta",
            files=(File(name="entities.delta.json", recognises=lambda _name, start: DELTA.match(start) is not None),),
            read=read_delta,
            standing=Standing.PARTIAL,
        ),
    ),
    schedule=Every(hours=24),
    expect=Expect(designations=(1, 20_000_000), removed_at_once_max=0.2, removed_per_month_max=0.1),
    aggregates=True,
    has_datasets=True,
    examples=(
        Example(
            format="entities",
            files={"entities.ftm.json": EXAMPLE},
            yields=(
                Listed(
                    reference="NK-1",
                    schema="Person",
                    claims=(
                        Claim(property="name", value="Ilvar Denoshka"),
                        Claim(property="birthDate", value="1980-03"),
                        Claim(property="country", value="no"),
                        Claim(property="topics", value="sanction"),
                        Claim(property="createdAt", value="2031-02-03", original="2031-02-03T10:20:30"),
                        Claim(property="notes", value="Pilots the fleet.\nAnd more."),
                        Claim(property="addressEntity", value="addr-1"),
                        Claim(property="sourceId", value="qm-list-7"),
                        Claim(property="programme", value="qm_list", about="qm_list"),
                        Claim(property="measure", value=_NONE, about="qm_list"),
                        Claim(property="programme", value="qn_list", about="qn_list"),
                        Claim(property="measure", value=_NONE, about="qn_list"),
                    ),
                ),
                Listed(
                    reference="addr-1",
                    schema="Address",
                    claims=(
                        Claim(property="full", value="4 Quay Road, Skaldvik"),
                        Claim(property="country", value="no"),
                    ),
                ),
                Listed(
                    reference="own-1",
                    schema="Ownership",
                    claims=(
                        Claim(property="owner", value="NK-1"),
                        Claim(property="asset", value="NK-2"),
                        Claim(property="percentage", value="51"),
                    ),
                ),
            ),
        ),
        Example(
            format="delta",
            files={"entities.delta.json": DELTA_EXAMPLE},
            yields=(
                Listed(
                    reference="NK-2",
                    schema="Company",
                    claims=(
                        Claim(property="name", value="Veltrona Reagents"),
                        Claim(property="programme", value="qm_list", about="qm_list"),
                        Claim(property="measure", value=_NONE, about="qm_list"),
                    ),
                ),
                Listed(reference="NK-3", schema="LegalEntity", claims=()),
            ),
        ),
    ),
)
