"""Fitting what facts are worth: how often each outcome is seen in two entries of one party, and in two namesakes.

    python bench/screening/facts.py [--shared ../shared/data] [--write]

The lists of the United States, the United Nations and the United Kingdom are read with the product's own readers. Every entry is
asked about by its first names; whoever is hit in another list is the same party if both state one UN reference, one passport,
identity or IMO number, or bear one name of three words or more; whoever is hit in the same list is a namesake. Half of the parties
is fitted on, the other half reported. `--write` writes the table (`data/facts.json`) and the page of counts (`docs/facts.md`).
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from math import log
from pathlib import Path
from typing import NamedTuple
from zlib import crc32

import msgspec

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from comity.catalogue.sources import uk_sanctions_list, un_consolidated, us_ofac_sdn
from comity.lists.model.source import InMemory, Source
from comity.matching import facts, scoring
from comity.matching.building import build
from comity.matching.engine import Engine, Match
from comity.matching.index import Bearer
from comity.matching.names import Kind, parse
from comity.model import identifiers
from comity.model.entity import COUNTRY_PROPERTIES, NAME_PROPERTIES
from comity.model.identifiers import ISSUED_BY_COUNTRY, TYPED
from comity.register.model.naming import Named, Said
from comity.register.service.naming import FACTS as READ
from comity.screening.model.question import Question
from comity.screening.service import comparing
from comity.screening.service.comparing import Compared
from comity.screening.service.indexing import KINDS
from comity.screening.service.weighing import Hit, weigh
from screening.lists import _unpack

ROOT = Path(__file__).resolve().parents[2]
HIT_POINTS_MIN = -2_500
"""A name this near is a namesake worth telling apart; about one of thirteen of them is the same party."""
POINTS_MAX = 4_000
"""What one fact is worth at most either way: odds of 55 to 1, about what the best-told one, a whole birth date, reaches."""
COMMON_SHARE = 0.03
"""A country for which more than this part of all entries is listed is common."""
COUNTED_MIN = 30
"""Outcomes of a fact in parties of one kind, below which nothing is fitted."""
WORDS_TELLING = 3
NAMES_ASKED = 3
"""Names of an entry that are asked about."""
WEAK_POINTS_MIN = -2_000
"""A weak alias that is asked about word for word is still shown at the usual threshold: a listed name matches itself."""

ORDER = {
    "birth_date": (
        "same_day", "one_digit_off same_month day_and_month_exchanged same_year_only about_the_same", "within_span", "same_year",
        "near", "years_apart", "far_apart",
    ),
    "country": (
        "same related", "same_common related_common", "differs_otherwise", "differs_unsaid",
        "differs_nationality differs_citizenship differs_jurisdiction differs_birthCountry differs_mainCountry differs_flag",
    ),
    "address": ("same_place", "some_words", "differs"),
    "gender": ("same", "differs"),
    "name": ("full_name", "weak_alias"),
}  # fmt: skip
"""From what speaks most for one party to what speaks most against. Neighbours that were counted the other way round, by chance or
by the ways of single lists, are counted as one."""
AGAINST = frozenset({"near", "years_apart", "far_apart", "weak_alias"})
"""What never speaks for one party, as what differs never does; everything else never speaks against."""
NEUTRAL = {"same_year", "full_name"}
RELATED_PART = 2 / 3
"""What the same country in another relation is worth of what it is worth in the same one. Set, since each list states relations
of its own, so that shared entries state other relations than namesakes of one list do."""
DIFFERS_MOST = {
    "differs_nationality": -1_400, "differs_citizenship": -1_400, "differs_jurisdiction": -1_400, "differs_birthCountry": -1_400,
    "differs_mainCountry": -700, "differs_unsaid": -500, "differs_flag": -300,
}  # fmt: skip
"""What another country may cost at most, by what it is to somebody; why is said under `DIFFERS`, with what was counted."""
LIKE = {"incorporated": "birth_date", "built": "birth_date"}
"""Facts that too few shared entries have: half of what the fact is worth to which they are alike."""
SET = {
    "gender": {"same": 100, "differs": -1_500},
    "vessel_type": {"same": 500, "related": 250, "differs": -500},
    "tonnage": {"same": 1_500, "differs": -1_000},
    "identifier": {
        **dict.fromkeys(("imoNumber", "leiCode", "ogrnCode", "innCode", "isinCode", "uscCode", "unscId"), -3_000),
        **dict.fromkeys(("mmsi", "serialNumber", "registrationNumber", "taxNumber", "idNumber", "swiftBic"), -1_000),
        **dict.fromkeys(("passportNumber", "callSign"), -500),
    },
}  # fmt: skip
"""What is set by judgement, because no shared entries tell: a number that lasts a life speaks strongly, one that is renewed weakly;
namesakes share a gender mostly, and lists seldom mistake it."""


class Entry(NamedTuple):
    """An entry of one list."""

    list: str
    named: Named
    links: frozenset[str]
    """What proves it one with an entry of another list."""
    half: str


def entries(shared: Path) -> Iterator[Entry]:
    """Yield every entry."""
    folder = shared / "sanctions/ofac"
    sdn = _unpack(folder / "sdn_csv_history/sdn_2023-06-20.csv.gz")
    known = {line.partition(b",")[0] for line in sdn.splitlines()}
    files = {"sdn.csv": sdn}
    for name, member in (("alt.csv", "alt"), ("add.csv", "add")):
        lines = _unpack(folder / f"relational_2025-02/{member}.csv.gz").splitlines(keepends=True)
        files[name] = b"".join(line for line in lines if line.partition(b",")[0] in known)
    yield from _entries("US", us_ofac_sdn.SOURCE, "csv", files)
    un = un_consolidated.SOURCE
    raw = _unpack(shared / "sanctions/un/un_consolidated_2025-11-20.xml.gz")
    yield from _entries("UN", un, un.formats[0].id, {un.formats[0].files[0].name: raw})
    raw = _unpack(shared / "sanctions/uk/uk_sanctions_list_2026-02-23.jsonl.gz")
    yield from _entries("GB", uk_sanctions_list.SOURCE, "jsonl", {"uk_sanctions_list.jsonl": raw})


def _entries(code: str, source: Source, form: str, files: dict[str, bytes]) -> Iterator[Entry]:
    (reader,) = (each.read for each in source.formats if each.id == form)
    for record in reader({name: InMemory(name, raw) for name, raw in files.items()}):
        said = sorted({_said(claim, code) for claim in record.claims if not claim.about})
        names = [claim.value for claim in record.claims if claim.property in NAME_PROPERTIES and not claim.about]
        if names:
            strong = {one.value for one in said if one.property in NAME_PROPERTIES and one.property != "weakAlias"}
            named = Named(
                lead=f"{code}:{record.reference}",
                id=record.reference,
                schema=record.schema,
                caption=names[0],
                names=tuple(dict.fromkeys(names)),
                weak=tuple(one for one in said if one.property == "weakAlias" and one.value not in strong),
                identifiers=tuple(one for one in said if one.property in TYPED),
                facts=tuple(one for one in said if one.property in READ),
                references=(record.reference,),
            )
            links = frozenset(_links(named))
            yield Entry(code, named, links, "fit" if crc32(min(links, default=named.lead).encode()) % 2 else "report")


def _said(claim: object, code: str) -> Said:
    property_, value, detail = claim.property, claim.value, claim.detail  # type: ignore[attr-defined]
    if property_ in TYPED:
        issuer = detail.get("country", "") if property_ in ISSUED_BY_COUNTRY else ""
        return Said(property_, identifiers.check(property_, value).value, issuer, (code,))
    return Said(property_, value, "", (code,))


def _links(named: Named) -> Iterator[str]:
    for one in named.identifiers:
        if one.property == "unscId" or (
            one.property in {"passportNumber", "idNumber", "imoNumber"} and len(one.value) > 5
        ):
            yield f"{one.property} {one.value}"
    kind = KINDS.get(named.schema, Kind.ANY)
    for name in named.names:
        words = sorted(word.text for word in parse(name, kind).words)
        if len(words) >= WORDS_TELLING and kind in {Kind.PERSON, Kind.ORGANISATION}:
            yield f"name {kind} {' '.join(words)}"


def questions(named: Named) -> Iterator[Question]:
    """Yield what somebody who knows an entry might ask: everything at once, each country and each number by itself."""
    of: dict[str, list[str]] = defaultdict(list)
    for one in named.facts:
        of[one.property].append(one.value)

    def first(*properties: str) -> str:
        return next((of[name][0] for name in properties if of[name]), "")

    gender = first("gender")
    yield Question(
        text=named.caption[:400],
        schema="",
        birth_date=first("birthDate"),
        gender=gender if gender in {"male", "female"} else "",
        addresses=tuple(of["address"][:1]),
        incorporated=first("incorporationDate"),
        built=first("buildDate"),
        vessel_type=first("type"),
        tonnage="".join(
            filter(str.isdigit, first("tonnage", "grossRegisteredTonnage", "deadweightTonnage").split(".")[0])
        ),
    )
    for property_ in COUNTRY_PROPERTIES:
        for code in of[property_][:2]:
            relation = "" if property_ == "country" else f"{property_}:"
            yield Question(text=named.caption[:400], countries=(f"{relation}{code}",))
    for one in named.identifiers:
        if one.property in ISSUED_BY_COUNTRY and not one.country:
            continue
        issuer = f"{one.country}:" if one.country else ""
        yield Question(text=named.caption[:400], identifiers=(f"{one.property}:{issuer}{one.value}",))


def ranks() -> dict[str, dict[str, int]]:
    """Return points that say only which outcome speaks more for one party than which."""
    found = {
        fact: {outcome: -rank for rank, group in enumerate(order) for outcome in group.split()}
        for fact, order in ORDER.items()
    }
    return (
        found
        | {fact: found[model] for fact, model in LIKE.items()}
        | {f: of for f, of in SET.items() if f != "identifier"}
    )


class Counted:
    """How often each outcome was seen, by half and by whether the two are one party."""

    def __init__(self, common: tuple[str, ...]) -> None:
        self.outcomes: dict[tuple[str, bool], Counter[tuple[str, str]]] = defaultdict(Counter)
        self.table = facts.Table(points=ranks(), common=common)
        """By which the best of several listed values is chosen, before anything is fitted."""
        self.reported: list[tuple[bool, Match, list[tuple[str, str]]]] = []
        """(whether one party, how the names match, what came of everything asked at once), of the half that is reported."""

    def pair(self, one: Entry, other: Entry, match: Match, *, is_same: bool) -> None:
        """Count what comes of comparing two entries."""
        of = self.outcomes[one.half, is_same]
        weak = _is_weak(other.named, match.row.texts)
        of["name", "weak_alias" if weak else "full_name"] += 1
        by_name = any(link.startswith(("name", "unsc")) for link in one.links & other.links)
        asked = list(questions(one.named))
        for question in asked:
            for compared in comparing.compare(question, other.named, comparing.FACTS, self.table):
                if (
                    compared.fact != "identifier" or by_name or not is_same
                ):  # whom a number joined, a number cannot tell apart
                    of[compared.fact, compared.outcome] += 1
        if one.half == "report":
            countries = tuple(dict.fromkeys(code for each in asked for code in each.countries))[:3]
            whole = msgspec.structs.replace(asked[0], countries=countries)
            found = comparing.compare(whole, other.named, comparing.FACTS, self.table)
            said = [(each.fact, each.outcome) for each in found] + [("name", "weak_alias")] * weak
            self.reported.append((is_same, match, said))


def count(listed: list[Entry]) -> Counted:
    """Ask about every entry by its first names, and compare it with whoever is hit."""
    of = {entry.named.lead: entry for entry in listed}
    codes = Counter(code for entry in listed for code in _codes(entry))
    counted = Counted(tuple(code for code, number in codes.most_common() if number > COMMON_SHARE * len(listed)))
    index = build(Bearer(lead, KINDS.get(e.named.schema, Kind.ANY), e.named.names) for lead, e in of.items())
    engine = Engine(index, scoring.shipped())
    for one in listed:
        hits: dict[str, Match] = {}
        weak = {said.value for said in one.named.weak}
        for name in [name for name in one.named.names if name not in weak][:NAMES_ASKED]:
            for match in engine.ask(name, KINDS.get(one.named.schema, Kind.ANY)):
                for bearer in index.bearers[match.row.number].tolist() if match.points >= HIT_POINTS_MIN else ():
                    lead = index.ids[bearer]
                    hits[lead] = max(hits.get(lead, match), match, key=lambda each: each.points)
        for lead, match in hits.items():
            linked = bool(one.links & of[lead].links)
            if lead != one.named.lead and linked != (one.list == of[lead].list):
                counted.pair(one, of[lead], match, is_same=linked)
    return counted


def _codes(entry: Entry) -> set[str]:
    return {said.value for said in entry.named.facts if said.property in COUNTRY_PROPERTIES}


def _is_weak(named: Named, texts: list[str]) -> bool:
    kind = KINDS.get(named.schema, Kind.ANY)
    rows = {said.value: sorted(w.text for w in parse(said.value, kind).words) for said in named.weak}
    return sorted(texts) in rows.values()


class Worth(NamedTuple):
    """What an outcome is worth, and how that came about."""

    points: int
    how: str


def fit(counted: Counted, half: str = "fit") -> dict[str, dict[str, Worth]]:
    """Return what each outcome is worth: fitted where enough was counted, and held back or set where a reason says so."""
    found = {fact: of for fact in ORDER if (of := _fitted(counted, half, fact))}
    country = found["country"]
    for outcome in ("related", "related_common"):
        country[outcome] = Worth(int(country[outcome].points * RELATED_PART), "two thirds of *same*")
    for outcome, most in DIFFERS_MOST.items():
        country[outcome] = _held(country[outcome], most)
    found["name"]["weak_alias"] = _held(found["name"]["weak_alias"], WEAK_POINTS_MIN)
    for fact, model in LIKE.items():
        found[fact] = {outcome: Worth(one.points // 2, f"half of {model}") for outcome, one in found[model].items()}
    for fact, points in SET.items():
        of = {f"{each}_differs": worth for each, worth in points.items()} if fact == "identifier" else points
        found.setdefault(fact, {outcome: Worth(worth, "set") for outcome, worth in of.items()})
    return found


def _fitted(counted: Counted, half: str, fact: str) -> dict[str, Worth]:
    """Return the logarithm of how much oftener each outcome is seen in one party than in namesakes; nothing where too few were."""
    same, other = counted.outcomes[half, True], counted.outcomes[half, False]
    groups = [
        Group(outcomes, sum(same[fact, o] for o in outcomes), sum(other[fact, o] for o in outcomes))
        for outcomes in (frozenset(group.split()) for group in ORDER[fact])
    ]
    m_all, u_all = sum(g.same for g in groups), sum(g.other for g in groups)
    if m_all < COUNTED_MIN:
        return {}
    found: dict[str, Worth] = {}
    for group in _pooled(groups):
        points = _points(group.same, m_all, group.other, u_all, len(groups))
        how = "fitted" if len(group.outcomes) == 1 else "fitted together"
        for outcome in sorted(group.outcomes):
            found[outcome] = Worth(_signed(outcome, points), "neutral" if outcome in NEUTRAL else how)
    return found


def _held(worth: Worth, least: int) -> Worth:
    return worth if worth.points >= least else Worth(least, f"held at {least:+,}; fitted {worth.points:+,}")


class Group(NamedTuple):
    """Outcomes that are counted as one."""

    outcomes: frozenset[str]
    same: int
    other: int


def _pooled(groups: list[Group]) -> list[Group]:
    """Join neighbours that stand in the wrong order (pool adjacent violators)."""
    done: list[Group] = []
    for group in groups:
        done.append(group)
        while len(done) > 1 and done[-1].same * (done[-2].other + 1) > done[-2].same * (done[-1].other + 1):
            later, former = done.pop(), done.pop()
            joined = former.outcomes | later.outcomes
            done.append(Group(joined, former.same + later.same, former.other + later.other))
    return done


def _signed(outcome: str, points: int) -> int:
    if outcome in NEUTRAL:
        return 0
    return min(points, 0) if outcome in AGAINST or outcome.startswith("differs") else max(points, 0)


def _points(m: int, m_all: int, u: int, u_all: int, kinds: int) -> int:
    """Return thousandths of a natural logarithm, with one of each outcome added to what was counted (Laplace)."""
    ratio = ((m + 1) / (m_all + kinds)) / ((u + 1) / (u_all + kinds))
    return max(-POINTS_MAX, min(POINTS_MAX, round(1000 * log(ratio))))


def judged(counted: Counted, table: facts.Table) -> Iterator[tuple[str, int, int]]:
    """Yield how many of the reported half are above even, by name alone and with facts: (what, one party, namesakes)."""
    for what in ("all", "by name alone", "with facts"):
        passed = [0, 0]
        for is_same, match, said in counted.reported:
            asked = tuple(Compared(f, "", Said("", ""), o, facts.points(table, f, o)) for f, o in said if f != "name")
            weak = Said("", "") if ("name", "weak_alias") in said else None
            odds = weigh(0, Hit(match, weak), asked, table)
            points = {"all": 1, "by name alone": match.points, "with facts": odds.points}[what]
            passed[not is_same] += points > 0
        yield what, passed[0], passed[1]


def main() -> None:
    """Count, fit, report; and write where that is asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared/data")
    parser.add_argument("--write", action="store_true")
    given = parser.parse_args()
    listed = list(entries(given.shared))
    counted = count(listed)
    worth = fit(counted)
    points = {fact: {outcome: one.points for outcome, one in of.items()} for fact, of in worth.items()}
    table = facts.Table(points=points, common=counted.table.common)
    lines = list(page(counted, table, worth, stated(listed)))
    print("\n".join(lines))
    if given.write:
        data = ROOT / "src/comity/matching/data/facts.json"
        data.write_bytes(msgspec.json.format(msgspec.json.encode(table), indent=1) + b"\n")
        (ROOT / "docs/facts.md").write_text("\n".join(lines) + "\n", encoding="utf-8")


def stated(listed: list[Entry]) -> dict[str, str]:
    """Return how often lists disagree on the countries of a person on two of them, and how many people have several on one."""
    people = [one for one in listed if one.named.schema == "Person"]
    linked: dict[str, list[Entry]] = defaultdict(list)
    for one in people:
        for link in one.links:
            linked[link].append(one)
    pairs = {(a.named.lead, b.named.lead): (a, b) for of in linked.values() for a in of for b in of if a.list != b.list}
    told: dict[str, str] = {}
    for kind in ("belongs", "lives"):
        of = {one.named.lead: frozenset(_of_kind(one, kind)) for one in people}
        both = [(of[a], of[b]) for a, b in pairs if of[a] and of[b]]
        told[f"{kind}_all"] = f"{sum(len(a) for a, _ in both):,}"
        told[f"{kind}_off"] = f"{sum(len(a - b) for a, b in both):,}"
        several = [len(of[one.named.lead]) for one in people if one.list == "US" and of[one.named.lead]]
        told[f"{kind}_people"], told[f"{kind}_several"] = f"{len(several):,}", f"{sum(n > 1 for n in several):,}"
    return told


def _of_kind(one: Entry, kind: str) -> Iterator[str]:
    yield from (said.value for said in one.named.facts if facts.RELATED.get(said.property) == kind)


def page(
    counted: Counted, table: facts.Table, worth: dict[str, dict[str, Worth]], told: dict[str, str]
) -> Iterator[str]:
    """Yield the lines of the page of counts."""
    yield INTRODUCTION.format(common=", ".join(code.upper() for code in table.common))
    yield "| Fact | Outcome | One party | Namesakes | Points | How |"
    yield "|---|---|--:|--:|--:|---|"
    same, other = counted.outcomes["fit", True], counted.outcomes["fit", False]
    for fact, of in sorted(worth.items()):
        for outcome, one in sorted(of.items(), key=lambda item: (-item[1].points, item[0])):
            is_counted = fact in ORDER and fact not in SET
            seen = (f"{same[fact, outcome]:,}", f"{other[fact, outcome]:,}") if is_counted else ("", "")
            yield f"| {fact} | {outcome.replace('_', ' ')} | {seen[0]} | {seen[1]} | {one.points:+,} | {one.how} |"
    yield DIFFERS.format(**told)
    yield CHECKED
    yield "| Above even | One party | Namesakes |"
    yield "|---|--:|--:|"
    yield from (f"| {what} | {mine:,} | {others:,} |" for what, mine, others in judged(counted, table))
    yield CAPPED


INTRODUCTION = """# What a fact is worth

Written by `python bench/screening/facts.py --write`; do not edit.

Points are thousandths of a natural logarithm of odds: +693 doubles the odds that two names are one person's, -693 halves them. Each
outcome of a comparison is worth the logarithm of how much oftener it is seen between two entries of one party on different lists
than between two namesakes of one list, one of each outcome added to what was counted (Laplace), 4,000 at most either way.

Countries for which many are listed ({common}) say less. What differs never speaks for anybody. The last column says how the points
came about:

- *fitted*: from the counts beside them, as above; *fitted together*: from the sum of the counts of several outcomes, because each
  has too few, or because neighbours were counted the wrong way round;
- *held*: fitted, and then set, because the counts say more than is true of a customer's file ([below](#another-country));
- *half of …*, *two thirds of …*: set, by what it resembles, because too few shared entries have it, or because each list states
  relations of its own; the counts have no say in it;
- *neutral*, *set*: by judgement.

Namesakes of one list share countries and generations oftener than a customer and a listed person do, so that what agrees is rather
undervalued here.
"""
DIFFERS = """
## Another country

Points of *differs* that were fitted would cost a listed customer with two passports the match: these lists copy each other, and a
customer's file copies none. So what another country costs is held, by what the country is to somebody:

- nationality, birth, registration: the lists themselves disagree on {belongs_off} of {belongs_all} nationalities of people that two
  of them share, and {belongs_several} of {belongs_people} people have several on the list of the United States.
  A file that shows one passport is taken to disagree about one listed customer in ten, and about four strangers in ten:
  ln(0.1 / 0.4) = -1.4. The two shares are a judgement;
- residence: people move, and {lives_off} of {lives_all} such countries are not on the other list: half of that;
- a country of which nobody says what it is: less than the least certain of these;
- flag: vessels that hide change it."""
CHECKED = """
## On parties that were not fitted on

How many pairs whose names are near have odds above even, by the name alone and with the facts that both lists state:
"""
CAPPED = """
## Where the name contradicts

Where words are left over on both sides of a name and the name alone is below even, the fact that speaks loudest lifts the odds to
even at most. It takes a second one to go beyond: no single fact outweighs another name.
"""


if __name__ == "__main__":
    main()
