"""Japan's End User List (外国ユーザーリスト): organisations whose involvement in weapons programmes cannot be ruled out.

The Ministry of Economy, Trade and Industry publishes it as a spreadsheet and as a PDF of the same table; the spreadsheet is read.
Its `No.` counts the rows of one edition and is no reference. Reference: the country's code and the English name, folded to lower
case without punctuation and without its rendering in Han characters (`no:dresnov trading corp dtc`); the list is sorted by country,
and no name stands twice in a country. The list prohibits nothing: an exporter whose customer is on it applies for a licence, unless
it is clear that the goods will not serve a weapons programme.
"""
# ruff: noqa: RUF001 - the list writes some letters and brackets in full width

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime

import msgspec

from comity.catalogue.dialects import workbook, xlsx
from comity.lists.model import (
    About,
    Designated,
    EditionUnreadable,
    Every,
    Example,
    Expect,
    File,
    Format,
    Head,
    Listed,
    Opened,
    Record,
    Source,
    Standing,
)
from comity.model import countries
from comity.model.claim import Claim
from comity.model.jurisdiction import Issuer
from comity.model.measure import Measure, MeasureKind

NUMBER, COUNTRY, NAME, ALIASES, WEAPONS, CONVENTIONAL = COLUMNS = (
    "No.", "Country or Region", "Company or Organization", "Also Known As", "Type of WMD", "Conventional Weapons",
)  # fmt: skip
HEADINGS = {"国名": COUNTRY, "企業名": NAME, "別名": ALIASES, "懸念区分": WEAPONS, "通常兵器": CONVENTIONAL}
"""How the Japanese half of each heading begins; the English half stands below it."""

CONCERNS = {
    "B": "biological weapons",
    "C": "chemical weapons",
    "M": "missiles",
    "N": "nuclear weapons",
    "CW": "conventional weapons",
}
PROGRAMME = "End User List"
BASIS = (
    "Foreign Exchange and Foreign Trade Act, arts. 25(1) and 48(1)",
    "Export Trade Control Order, art. 4(1) and Appended Table 1, row 16; Foreign Exchange Order, Appended Table, row 16",
)
MEANS = (
    "prohibits nothing by itself: under the catch-all controls the exporter applies for a licence, unless the way and terms of the"
    " transaction make clear that the goods or technology will not be used for the weapons of concern"
)
HAN = r"\u3040-\u30ff\u3400-\u9fff"
"""Kana and Han characters."""


def read(files: Mapping[str, Opened]) -> Iterator[Listed]:
    """Read the sheet, row by row."""
    layouts = (COLUMNS, COLUMNS[:-1])  # the last column was added on 29 September 2025
    for row in xlsx.records(files["end_user_list.xlsx"], layouts, heading=_heading):
        country = " ".join(line for line in row.take(COUNTRY).splitlines() if not re.search(f"[{HAN}]", line))
        about = _about(country, row.take(NAME))
        for alias in re.split(r"\n|・", row.optional(ALIASES)):
            _say_name(about, "alias", alias)
        codes = _codes(row, WEAPONS, row.optional(WEAPONS)) + _codes(row, CONVENTIONAL, row.optional(CONVENTIONAL))
        row.skip(NUMBER)  # the row's number in this edition
        yield row.finish(_end(about, country, codes))


def head(opened: Opened) -> Head:
    """Read the day of publication, which the ministry puts into the file's name, or else when the workbook was saved."""
    if day := re.search(r"(20\d{2})([01]\d)([0-3]\d)", opened.name):
        return Head(published_at=datetime(int(day[1]), int(day[2]), int(day[3]), tzinfo=UTC))
    return Head(published_at=xlsx.modified(opened))


def _heading(text: str) -> str:
    plain = unicodedata.normalize("NFKC", text).strip()
    if plain.rstrip(".").lower() == "no":
        return NUMBER
    return next((name for start, name in HEADINGS.items() if plain.startswith(start)), plain)


def _about(country: str, name: str) -> About:
    latin, han = _halves(name)
    folded = re.sub(r"[\W_]+", " ", unicodedata.normalize("NFKC", latin or han).casefold()).strip()
    about = About(f"{countries.code(country) or country.casefold()}:{folded}", "Organization")
    _say_name(about, "name", name)
    return about


def _say_name(about: About, property_: str, text: str) -> None:
    """Say a name in Latin letters and its rendering in Han characters, which follows it in brackets, as two names."""
    latin, han = _halves(text)
    about.say(property_, unicodedata.normalize("NFKC", latin), original=latin)
    about.say("alias" if latin else property_, han, script="Han")


def _halves(text: str) -> tuple[str, str]:
    plain = " ".join(text.split())
    if re.match(f"[{HAN}]", plain):
        return "", plain
    rendering = re.search(rf"\s*[(（]+[^()（）]*[{HAN}].*$|\s[{HAN}].*$", plain)
    if rendering is None:
        return plain, ""
    return plain[: rendering.start()], re.sub(r"^[(（](.*)[)）]$", r"\1", rendering[0].strip())


def _codes(row: Record, column: str, text: str) -> list[str]:
    r"""Return the codes of a cell, where they stand below or beside their names (`ミサイル、核\nM,N`), in full width or half."""
    plain = re.sub(rf"[{HAN}、,\s]+", " ", unicodedata.normalize("NFKC", text)).split()
    for code in plain:
        row.value_in(column, code, CONCERNS)
    return plain


def _end(about: About, country: str, codes: list[str]) -> Listed:
    about.country("country", country)
    measure = Measure(
        kind=MeasureKind.NONE,
        object=MEANS,
        parameters={"concerns": ",".join(codes)},
        binds="exporters in Japan",
        article="; ".join(BASIS),
    )
    about.designate(
        Designated(
            programme=PROGRAMME,
            legal_basis=BASIS,
            reasons=tuple(f"{code}: {CONCERNS[code]}" for code in codes if code in CONCERNS),
            measures=(measure,),
        )
    )
    about.say("topics", "export.risk")
    return about.listed()


def read_flattened(files: Mapping[str, Opened]) -> Iterator[Listed]:
    """Read a third party's JSON form, in which a few rows are torn between the columns: for comparison only."""
    opened = files["flattened.json"]
    with opened.stream() as stream:
        try:
            rows = msgspec.json.decode(stream.read(), type=list[dict[str, str | list[str] | None]])
        except msgspec.MsgspecError as error:
            raise EditionUnreadable(str(error), file=opened.name) from error
    for raw in rows:
        yield _flattened(raw, opened.name)


def _flattened(raw: dict[str, str | list[str] | None], file: str) -> Listed:
    fields: dict[str, list[str | Record]] = {
        name: list(value) if isinstance(value, list) else [value or ""] for name, value in raw.items()
    }
    row = Record(fields, file=file, raw=msgspec.json.encode(raw).decode())
    row.label = row.take("id")
    [country] = row.texts("addresses")
    about = _about(country, row.optional("entity_name") or f"torn row {row.label}")
    for alias in row.texts("aliases"):
        _say_name(about, "alias", alias)
    codes = _codes(row, "reason", re.sub(r"[^;:]*:", "", row.take("reason")).replace(";", " "))
    row.skip(
        "country", "date_added", "entity_type", "last_verified", "list_id", "source_list_name", "source_url"
    )  # constant
    return row.finish(_end(about, country, codes))


EXAMPLE: list[list[workbook.Cell]] = [
    ["No.", "国名、地域名\nCountry or Region", "企業名､組織名\nCompany or Organization", "別名\nAlso Known As",
     "懸念区分\nType of WMD", "通常兵器\nConventional Weapons"],
    [1, "ノルウェー\nNorway", "Dresnov Trading Corp. （ＤＴＣ）\n(架空貿易会社)",
     "・Dresnov General\n・The Ferryman Works", "ミサイル、核\nＭ、N", "CW"],
    [2, "チリ\nChile", "Varimovich Steel", "", "", "CW"],
]  # fmt: skip
NOTHING = f'"article":"{"; ".join(BASIS)}","binds":"exporters in Japan","kind":"none","object":"{MEANS}"'


def _about_list(*concerns: str) -> tuple[Claim, ...]:
    """Return what the example says of every entry."""
    codes = ",".join(concern.partition(":")[0] for concern in concerns)
    facts = [
        ("programme", "End User List"),
        *(("legalBasis", basis) for basis in BASIS),
        ("measure", f'{{{NOTHING},"parameters":{{"concerns":"{codes}"}}}}'),
        *(("reason", concern) for concern in concerns),
    ]
    said = (Claim(property=name, value=value, about="End User List") for name, value in facts)
    return (*said, Claim(property="topics", value="export.risk"))


SOURCE = Source(
    id="jp_meti_end_user",
    title="Japan: Foreign End User List",
    issuer=Issuer(code="JP", name="Japan", authority="Ministry of Economy, Trade and Industry"),
    homepage="https://www.meti.go.jp/policy/anpo/law00.html",
    licence="Public Data License (version 1.0), Ministry of Economy, Trade and Industry",
    formats=(
        Format(
            id="xlsx",
            files=(
                File(
                    name="end_user_list.xlsx",
                    # Named by its day: each revision has a new address, which the homepage links.
                    url="https://www.meti.go.jp/policy/anpo/20250929_4.xlsx",
                    recognises=lambda name, start: (
                        start.startswith(xlsx.MAGIC)
                        and re.fullmatch(r"(.*/)?(20\d{6}_\d+|.*end.?user.*)\.xlsx", name) is not None
                    ),
                ),
            ),
            read=read,
            head=head,
        ),
        Format(
            id="flattened",
            files=(
                File(
                    name="flattened.json",
                    recognises=lambda _name, start: start.lstrip(b"[ \r\n").startswith(b"{") and b'"jp-eul-' in start,
                ),
            ),
            read=read_flattened,
            standing=Standing.DERIVED,
        ),
    ),
    schedule=Every(hours=24, overdue_days=450),
    expect=Expect(designations=(500, 2_000), removed_at_once_max=0.05, removed_per_month_max=0.01),
    says=(
        "Being on this list is a warning: an export to the organisation needs a licence, unless it is clear that it will not"
        " serve weapons of mass destruction, missiles or conventional weapons."
    ),
    examples=(
        Example(
            format="xlsx",
            files={"end_user_list.xlsx": workbook.write({"ユーザーリスト": EXAMPLE})},
            yields=(
                Listed(
                    reference="no:dresnov trading corp dtc",
                    schema="Organization",
                    claims=(
                        Claim(
                            property="name",
                            value="Dresnov Trading Corp. (DTC)",
                            original="Dresnov Trading Corp. （ＤＴＣ）",
                        ),
                        Claim(property="alias", value="架空貿易会社", detail={"script": "Han"}),
                        Claim(property="alias", value="Dresnov General"),
                        Claim(property="alias", value="The Ferryman Works"),
                        Claim(property="country", value="no", original="Norway"),
                        *_about_list("M: missiles", "N: nuclear weapons", "CW: conventional weapons"),
                    ),
                ),
                Listed(
                    reference="cl:varimovich steel",
                    schema="Organization",
                    claims=(
                        Claim(property="name", value="Varimovich Steel"),
                        Claim(property="country", value="cl", original="Chile"),
                        *_about_list("CW: conventional weapons"),
                    ),
                ),
            ),
        ),
    ),
)
