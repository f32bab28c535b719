"""Make the packaged table of legal forms of ISO 20275: names and abbreviations, each with its kind and where in a name it counts.

    python bench/names/legal_forms.py [--shared ../shared/data] [--out src/comity/matching/data/legal_iso20275.tsv]

Source: the Entity Legal Form code list of GLEIF, version 1.4.1. Licence: CC0 1.0.

The list says no kind, so that the names tell it, by the words of `KINDS`. Left out: phrases in which the written table
(`legal.tsv`) finds the same kind, since the rest of them ("Alberta limited liability partnership") is no legal form; those
of more than six words; and those with a word that is the name of a trade (`institutional`), since a bank is none either. A
phrase that countries use for several kinds becomes `company` if all of them are companies, and is left out otherwise.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from anyascii import anyascii

from comity.matching.equivalents import unify
from comity.matching.glossary import institutional, rows
from comity.matching.legal import FORMS

ROOT: Final = Path(__file__).resolve().parents[2]
OUT: Final = ROOT / "src/comity/matching/data/legal_iso20275.tsv"
SHARED: Final = ROOT.parent / "shared/data"

MIXED: Final = re.compile("[a-z][\u0370-\u04ff]|[\u0370-\u04ff][a-z]")
"""Letters of two alphabets in one word: a slip of the list."""

WORDS_MAX: Final = 6
LETTERS_MIN: Final = 4
"""A shorter abbreviation is a name or initials as well; those in use stand in the written table."""

KINDS: Final = {
    "limited liability partnership": r"limited liability (limited )?partnership|partnerska|beschrankter berufshaftung",
    "branch": r"""\bbranch|zweigniederlassung|succursale|sucursal|filial|sivuliike|oddzial|podruznic|pobocka|zlozka|fioktelep
        |клон""",
    "representative office": r"representative office|representation|reprezentan|predstavni|kepviselet|zyra e perfaqesise",
    "limited partnership": r"""limited partnership|kommandit|commandit|comandita|accomandita|komandit|usaldusuhing|beteti
        |коммандит|командит|توصيه""",
    "partnership": r"""partnership|nom collectif|nome collettivo|nombre colectivo|offene handels|onder firma|maatschap|jawna
        |cywilna|taisuhing|pilnsabiedriba|kozkereseti|handelsbolag|verejna obchod|kollektif|javno trgov|јавно трговско
        |јавно тргов|товарищество|تضامن""",
    "cooperative": r"""coop|co op|koop|genossenschaft|druzstvo|zadruga|spoldziel|uhistu|osuuskunta|szovetkezet|кооператив
        |задруга""",
    "mutual society": r"""mutual|mutuel|mutua\b|mutualid|gegenseitigkeit|friendly society|credit union|wzajemnych|vzajemn
        |vastavuoroi""",
    "interest grouping": r"interest group|interet econom|interes econom|interessenvereinigung|interesow|interesno udruz",
    "foundation": r"""foundation|stiftung|stiftelse|stichting|fondation|fundacion|fundacja|nadac|saatio|sihtasutus|alapitvany
        |заклад|фондация""",
    "association": r"""associat|asocia|verein\b|vereniging|forening|stowarzysz|sdruzeni|zdruzenie|udruga|egyesulet|yhdistys
        |\bbiedriba|mittetulundus|ассоциац|сдружение|社团|协会""",
    "state enterprise": r"""state owned|state enterprise|statni podnik|statny podnik|public enterprise|\bunitar|унитарн|казенн
        |javno podjetje|јавно""",
    "sole trader": r"""sole (trader|propriet)|individual (entrepreneur|enterprise)|eingetragene[rn]? kauf
        |entreprise individuelle|einzel""",
    "trust": r"\btrust",
    "fund": r"\bfund\b|\bfonds\b|\bfondo\b|investment fund|fundusz|rahasto|\bfond\b",
    "limited company": r"""limited liability comp|private (limited|company)|proprietary|beschrankter haftung
        |responsab\w+ limit\w+|ogranich|ogranicen|omejeno|ograniczon|obmedzen|rucenim|besloten|anpartsselskab|einkahluta
        |osauhing|korlatolt|limitada|ограничен|абмежаван|محدود|mesuliyyet|pergjegjesi|atbildibu|περιορισμεν|limited company
        |有限责任|有限責任|유한""",
    "joint-stock company": r"""joint stock|public (limited|company)|aktien|anonym|anonim|actiuni|per azioni|aktiesel|aksjesel
        |aktiebolag|akcyjna|akciov|dionick|delniska|акционерн|акцыян|reszveny|naamloze|osakeyhtio|hlutafelag|aktsiaselts
        |akciju|akcin|aksionar|sehmdar|مساهم|ανωνυμ|股份|주식|株式""",
    "corporation": r"\bcorporation\b",
}
"""Kinds by words of their names, romanised where the alphabet is Latin; the first that fits counts."""

PATTERNS: Final = {name: re.compile(re.sub(r"\n\s+", "", pattern)) for name, pattern in KINDS.items()}

TOLD: Final = frozenset(("cooperative", "association"))
"""Kinds whose word the written table has in every language of the list; what is beyond it says what they do."""

SLIPS: Final = frozenset(("limted", "liabilty", "odgvornost", "socieda", "responabilite", "одговрност"))
"""Misspellings of the list: a damaged word is repaired, and must not count as whole."""

COMPANIES: Final = frozenset(
    ("company", "corporation", "limited company", "joint-stock company", "limited partnership", "partnership")
)

PLAIN: Final = frozenset(
    """corporation association associations society union foundation fund fonds fond fondo trust organisation organization
    state public national joint subsidiary stiftung fondation fundacion fundacja fundacao fondazione staatliche jawna
    general""".split()  # noqa: SIM905 - as it is read
)
"""Institutional words that are words of legal forms as well."""


def tokens(text: str) -> str:
    """Return a phrase as the engine's tokens, with single spaces between: dotted letters joined, without what brackets hold."""
    plain = unicodedata.normalize("NFKC", re.sub(r"\([^)]*\)", " ", text)).casefold()
    joined = re.sub(r"(?<!\w)(?:\w\.){2,}\w?(?!\w)", lambda found: found[0].replace(".", ""), plain)
    joined = re.sub(r"(?<!\w)(\w)/(\w)(?!\w)", r"\1\2", re.sub("['\u2019\u02bc\"\u201d]", "", joined))
    words = re.split(r"[^\w\u0300-\u036f\u0591-\u0fff]+", joined)
    return " ".join(unify(anyascii(word).lower() if is_latin(word) else word) for word in words if word)


def is_latin(word: str) -> bool:
    return all("LATIN" in unicodedata.name(letter, "") for letter in word if letter.isalpha())


def kind(name: str) -> str | None:
    """Return the kind of company that a name speaks of."""
    return next((one for one, pattern in PATTERNS.items() if pattern.search(name)), None)


def claims(shared: Path) -> Iterator[tuple[str, str, str]]:
    """Yield every usable phrase of the list with a kind and its place."""
    path = shared / "company/gleif_elf_codes_1.4.1.csv.gz"
    with gzip.open(path, "rt", encoding="utf-8-sig", newline="") as lines:
        for row in csv.DictReader(lines):
            local, latin = (
                tokens(row[f"Entity Legal Form name {way}"])
                for way in ("Local name", "Transliterated name (per ISO 01-140-10)")
            )
            found = kind(local) or kind(latin)
            if found is None or found in TOLD:
                continue
            for name in {local, latin}:
                if usable(name):
                    yield name, found, "any" if " " in name else "edge"
            for column in ("Abbreviations Local language", "Abbreviations transliterated"):
                for short in map(tokens, row[column].split(";")):
                    if usable(short) and len(short.replace(" ", "")) >= LETTERS_MIN:
                        yield short, found, "end"


def usable(phrase: str) -> bool:
    """Whether a phrase can be recognised in a name without taking a word of its own away."""
    words = phrase.split()
    if (
        not words
        or len(words) > WORDS_MAX
        or len(phrase) < LETTERS_MIN
        or any(map(MIXED.search, words))
        or SLIPS & set(words)
    ):
        return False
    return all(institutional(word) is None or word in PLAIN for word in words)


def table(shared: Path) -> str:
    """Return the table: phrase, kind, place; sorted."""
    written = {phrase: found for phrase, found, _ in rows("legal.tsv")}
    kinds: dict[str, set[str]] = {}
    places: dict[str, str] = {}
    for phrase, found, place in claims(shared):
        told = {written[part] for part in parts(phrase) if part in written}
        if phrase not in written and (not told or (place == "any" and found not in told)):
            kinds.setdefault(phrase, set()).add(found)
            places[phrase] = min(place, places.get(phrase, place))
    settled_kinds = {phrase: settled(kinds[phrase]) for phrase in sorted(kinds)}
    return "".join(f"{phrase}\t{one}\t{places[phrase]}\n" for phrase, one in settled_kinds.items() if one is not None)


def parts(phrase: str) -> Iterator[str]:
    """Yield every run of words in a phrase."""
    words = phrase.split()
    yield from (" ".join(words[start:end]) for start in range(len(words)) for end in range(start + 1, len(words) + 1))


def settled(found: set[str]) -> str | None:
    """Return the one kind of a phrase, the coarser one for several of companies, or None."""
    return next(iter(found)) if len(found) == 1 else "company" if found <= COMPANIES else None


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=SHARED)
    parser.add_argument("--out", type=Path, default=OUT)
    asked = parser.parse_args()
    made = table(asked.shared)
    asked.out.write_text(made, encoding="utf-8")
    counts = {form: sum(line.split("\t")[1] == form for line in made.splitlines()) for form in FORMS}
    print(f"{asked.out}: {len(made.splitlines())} phrases", {form: count for form, count in counts.items() if count})


if __name__ == "__main__":
    main()
