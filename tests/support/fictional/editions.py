"""What each regime published on each of its days, and the bytes of it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from support.fictional import names
from support.fictional.chance import day, happens, number, pick
from support.fictional.regimes import ALL, OSTRAVIA, Regime
from support.fictional.story import STORY, WITHDRAWN_ON, mended
from support.fictional.world import Being, beings

Entry = dict[str, Any]


def written() -> dict[str, bytes]:
    """Return every bundled file by its name."""
    found: dict[str, bytes] = {}
    for regime in ALL:
        for which, on in enumerate(regime.editions):
            found[f"{regime.code}-{on}.jsonl"] = _bytes(regime, on, list(_entries(regime, which)))
    latest = list(_entries(OSTRAVIA, 1))
    kept = [mended(entry) for entry in latest if entry["schema"] != "Vessel"]
    found[f"qo-{WITHDRAWN_ON}.jsonl"] = _bytes(OSTRAVIA, WITHDRAWN_ON, kept, says=len(latest))
    return found


def _bytes(regime: Regime, on: date, entries: list[Entry], says: int | None = None) -> bytes:
    programmes = [{"name": name, **facts} for name, facts in regime.programmes.items()]
    first = {
        "fictional_list": regime.code,
        "published_at": f"{on}T06:00:00Z",
        "entries": len(entries) if says is None else says,
        "programmes": programmes,
    }
    ordered = sorted(entries, key=lambda entry: str(entry["reference"]))
    return "".join(
        json.dumps(line, ensure_ascii=False, separators=(",", ":")) + "\n" for line in [first, *ordered]
    ).encode()


def _entries(regime: Regime, which: int) -> Iterator[Entry]:
    yield from STORY[regime.code][which]
    for index, being in enumerate(beings()):
        if regime.code in being.regimes:
            entry = _entry(regime, which, being, index)
            if entry is not None:
                yield entry


def _entry(regime: Regime, which: int, being: Being, index: int) -> Entry | None:
    """Return what a regime says of somebody on its first or second day; None where it does not list them then."""
    key = f"{regime.code} {being.key}"
    first, second = regime.editions
    fate = number(f"{key} fate", 100)
    leaves, comes, ends, changes = fate < 9, 9 <= fate < 19, 19 <= fate < 24, 24 <= fate < 46
    if (leaves and which == 1) or (comes and which == 0):
        return None
    late = day(f"{key} late", first + timedelta(days=20), second)
    listed = late if comes and not happens(f"{key} backdated", 30) else _listed(being, regime)
    programme = regime.ships if being.schema in {"Vessel", "Airplane"} else pick(f"{key} programme", regime.persons)
    designation: Entry = {"programme": programme, "listed_on": str(listed)}
    if ends and which == 1:
        designation |= {"delisted_on": str(late), "status": "de-listed"}
    elif changes and which == 1:
        designation["amended_on"] = [str(late)]
    if happens(f"{key} reason", 60):
        designation["reasons"] = [pick(f"{being.key} reason", names.REASONS)]
    said = _said(regime, being, knows_more=not changes or which == 1)
    return {
        "reference": _reference(regime, being, index, listed.year),
        "schema": being.schema,
        **said,
        "designations": [designation],
    }


def _listed(being: Being, regime: Regime) -> date:
    """Return the day of listing: regimes follow one another within weeks."""
    begun = day(f"{being.key} listed", date(2022, 2, 1), date(2023, 4, 1))
    return begun + timedelta(days=number(f"{regime.code} {being.key} lag", 40))


def _reference(regime: Regime, being: Being, index: int, year: int) -> str:
    schedule = {"Vessel": 4, "Airplane": 4}.get(being.schema, 2)
    return regime.number.format(
        n=index + 201, year=min(year, 2023), series=pick(f"{being.key} series", (40, 88)), schedule=schedule
    )


def _said(regime: Regime, being: Being, *, knows_more: bool) -> Entry:
    said: Entry = {"names": _names(regime, being, knows_more=knows_more)}
    if facts := _facts(regime, being, knows_more=knows_more):
        said["facts"] = facts
    issuer = being.country if being.schema != "Vessel" else ""
    if being.numbers and (being.schema != "Person" or (regime.code in {"wa", "qm", "qo"} and knows_more)):
        said["identifiers"] = [
            {
                "kind": kind,
                "number": _printed(regime, being, text),
                **({"country": issuer} if issuer else {}),
                "calls": calls,
            }
            for kind, text, calls in being.numbers
        ]
    if being.schema not in {"Vessel", "Airplane"} and happens(f"{regime.code} {being.key} address", 45):
        place = pick(f"{being.key} place", names.PLACES[being.country])
        street = f"{1 + number(f'{being.key} house', 140)} {pick(f'{being.key} street', names.STREETS)}"
        said["addresses"] = [{"text": f"{street}, {place}" if knows_more else place, "country": being.country}]
    if being.wallets and regime.code in {"wa", "qm"}:
        said["wallets"] = [{"key": key, "currency": currency} for currency, key in being.wallets]
    return said


def _printed(regime: Regime, being: Being, text: str) -> str:
    """Return a number as the regime prints it; Meridia has one ship's number wrong."""
    is_wrong = regime.code == "qm" and being.name == "Yarushkal Pearl"
    return text[:-1] + str((int(text[-1]) + 1) % 10) if is_wrong else text


def _names(regime: Regime, being: Being, *, knows_more: bool) -> list[Entry]:
    if regime.code == "qn" and being.loose:
        found = [{"name": being.loose if being.schema == "Person" else being.name}]
        return [*found, {"name": being.name, "kind": "weakAlias"}] if being.schema == "Person" and knows_more else found
    found = [{"name": being.name}]
    if being.script and regime.code in {"qo", "wa"}:
        found.append({"name": being.script, "kind": "alias"})
    if being.loose and knows_more and regime.code == "qm":
        found.append({"name": being.loose, "kind": "previousName" if being.schema == "Vessel" else "weakAlias"})
    return found


def _facts(regime: Regime, being: Being, *, knows_more: bool) -> Entry:
    facts = {
        name: [value] for name, value in being.facts.items() if regime.code != "qn" or name in {"flag", "type", "model"}
    }
    if being.schema == "Person":
        facts["nationality"] = [being.country]
    elif being.schema in {"Company", "Organization"}:
        facts["country"] = [being.country]
    if being.born is not None:
        facts["birthDate"] = [_born(regime, being, being.born, knows_more=knows_more)]
        if regime.code == "qm" and knows_more:
            facts["birthPlace"] = [pick(f"{being.key} birthplace", names.PLACES[being.country])]
    return facts


def _born(regime: Regime, being: Being, born: date, *, knows_more: bool) -> str:
    match regime.code:
        case "wa" if not knows_more or happens(f"{being.key} month", 20):
            return f"{born:%Y-%m}" if knows_more else str(born.year)
        case "qn" if happens(f"{being.key} vague", 45):
            return f"{born.year - 2}/{born.year + 1}" if happens(f"{being.key} span", 40) else str(born.year)
        case "qo" if happens(f"{being.key} slip", 20):
            return str(born - timedelta(days=1 + number(being.key, 3)))
        case "qm" if not knows_more:
            return str(born.year) + ("~" if happens(f"{being.key} circa", 30) else "")
        case _:
            return str(born)
