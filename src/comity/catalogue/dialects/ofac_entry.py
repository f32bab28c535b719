"""One entry of an OFAC list, built up fact by fact: the same facts give the same claims, whichever format they come from.

Parts: `entry` (who, under which programmes), `aliases`, `addresses` and `remarks` (what the CSV files keep in remarks,
directives included) are common to all formats. `text` and `overflow` hold the remarks verbatim, which only the CSV files know;
`scripts` (names and addresses in other writing), `authorities` (dates, sanction types and legal authorities) and `particulars`
are known to the enhanced XML alone. Names are written as OFAC prints them, the last name first: `DRESNOV, Oleg`.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum

from msgspec.structs import replace

from comity.catalogue.dialects import ofac_remarks as remarks
from comity.catalogue.dialects.ofac_kinds import COLUMNS, KINDS, PROPERTIES, How, document_property, plain
from comity.catalogue.dialects.ofac_named import SECTION_11, Named
from comity.catalogue.dialects.ofac_programmes import PROGRAMMES, Force
from comity.catalogue.dialects.ofac_remarks import Fact, WeakAlias
from comity.lists.model import About, Designated, Listed, Record
from comity.model import countries
from comity.model.claim import ENTRY, Claim
from comity.model.measure import Measure, MeasureKind

ALIASES, ADDRESSES, REMARKS, TEXT, OVERFLOW = "aliases", "addresses", "remarks", "text", "overflow"
SCRIPTS, AUTHORITIES, PARTICULARS = "scripts", "authorities", "particulars"
COMMON = (ENTRY, ALIASES, ADDRESSES, REMARKS)
_RANKS = {part: rank for rank, part in enumerate((*COMMON, SCRIPTS, AUTHORITIES, PARTICULARS, TEXT, OVERFLOW))}

SCHEMAS = {
    "-0-": "Organization",
    "entity": "Organization",
    "individual": "Person",
    "vessel": "Vessel",
    "aircraft": "Airplane",
}
COMPANIES = "CMIC-EO13959"
"""The programme whose entries are companies with securities in trade."""

GENDERS = {"Male": "male", "Female": "female"}
_IMO = "IMO "


class ListKind(Enum):
    """Which of OFAC's two lists an entry stands on."""

    SDN = "sdn"
    """Specially Designated Nationals and Blocked Persons: everybody on it is blocked."""
    NON_SDN = "non_sdn"
    """Everybody else; an entry may stand on both, under one number, with the programmes of both."""


class Entry:
    """Collects what one entry says, and decides at its end what is forbidden under each of its programmes."""

    def __init__(self, record: Record, reference: str, type_: str, programmes: Iterable[str]) -> None:
        self.record = record
        self.programmes = tuple(dict.fromkeys(programmes))
        kind = type_.lower()
        record.value_in("type", kind, SCHEMAS)
        schema = SCHEMAS.get(kind, "Organization")
        if schema == "Organization" and COMPANIES in self.programmes:
            schema = "Company"
        self.about = About(reference, schema)
        self.is_complete = True
        """Whether its remarks are here to their end."""
        self.kinds: set[MeasureKind] = set()
        """Kinds of its measures, known when it has been listed."""
        self._properties = PROPERTIES[schema]
        self._named = Named()
        self._titles: frozenset[str] = frozenset()
        self._wallets: dict[str, dict[str, None]] = {}
        self._follows_section_11 = False

    def name(self, full: str) -> None:
        """Say the primary name, written `LAST, First` for individuals."""
        full = _quoted(full)
        self.about.say("name", full)
        if self.about.schema == "Person" and "," in full:
            last, _, first = full.partition(",")
            self.about.say("firstName", first)
            self.about.say("lastName", last)
        self.about.say("ofacUid", self.about.reference)
        self.about.say("topics", "sanction")

    def alias(self, kind: str, name: str, *, is_weak: bool = False) -> None:
        """Say a further name: also, formerly or now known as; weak ones are kept apart, as they must be screened with care."""
        name = _quoted(name)
        if is_weak:
            self.about.say("weakAlias", name, part=REMARKS, kind="" if kind == "a.k.a." else kind)
        elif kind == "f.k.a.":
            self.about.say("previousName", name, part=ALIASES)
        else:
            self.about.say("alias", name, part=ALIASES, kind="" if kind == "a.k.a." else kind)

    def address(self, *lines: str, place: str, country: str) -> None:
        """Say an address: the lines, then city, state and postal code in one, then the country."""
        self.about.address(*map(_quoted, (*lines, place)), country=country, part=ADDRESSES)

    def titles(self, text: str) -> None:
        """Say the title column, which holds offices and honours, separated by semicolons."""
        self._titles = frozenset(" ".join(title.split()) for title in text.split(";") if title.strip())
        for title in sorted(self._titles):
            self._place("position", title, "Title", ENTRY)

    def remark(self, text: str) -> None:
        """Say what a remark says; a remark that breaks off is read up to its last complete fact."""
        if not self.is_complete:
            text = remarks.complete(text)
        for item in remarks.facts(text):
            if isinstance(item, Fact):
                self.fact(item)
            elif isinstance(item, WeakAlias):
                self.alias(item.kind, item.name, is_weak=True)
            elif item not in self._titles:
                self._note(item)

    def fact(self, fact: Fact) -> None:
        """Say one fact in the place that the table of kinds gives it."""
        kind = plain(fact.kind)
        currency = kind.partition(" - ")[2]
        if currency:
            kind, fact = kind.partition(" - ")[0], fact._replace(value=f"{currency} {fact.value}")
        if kind not in KINDS:
            self.record.odd("kind of fact", fact.kind)
            self._note(f"{kind}: {fact.value}")
            return
        how, name = KINDS[kind]
        value = fact.value if kind in COLUMNS else remarks.ended(fact.value)
        if how is How.DOCUMENT:
            self._document(kind, name, fact)
        elif how in {How.NAMED, How.NAMED_ON}:
            self._take(kind, value, how)
        elif how is How.WALLET:
            self._wallet(value)
        else:
            self._plain(kind, value, how, name)

    @property
    def dated(self) -> frozenset[str]:
        """Programmes under which its remarks give a day of listing."""
        return frozenset(self._named.listed_on(self.programmes))

    def note(self, text: str, part: str) -> None:
        """Say something in the list's words."""
        self.about.say("notes", text, part=part)

    def designate(self, list_: ListKind) -> None:
        """Say under which programmes it stands, and what each forbids; to be asked when all facts have been said."""
        if not self.is_complete:
            self.about.silence(REMARKS)
        named = self._named.measures(self.programmes) if self.programmes else {}
        dates = self._named.listed_on(self.programmes) if list_ is ListKind.NON_SDN else {}
        for code in self.programmes:
            self.record.value_in("program", code, PROGRAMMES)
            programme = PROGRAMMES.get(code)
            always, by_remarks = self._forces(code, named.get(code, ()), list_)
            self.kinds.update(measure.kind for measure in (*always, *by_remarks))
            basis = programme.basis if programme else ()
            self.about.designate(Designated(programme=code, legal_basis=basis, measures=always))
            if by_remarks or code in dates:
                told = Designated(programme=code, listed_on=dates.get(code), measures=by_remarks)
                self.about.designate(told, part=REMARKS)

    def listed(self) -> Listed:
        """Return the entry with the wallets that it names; its claims in one order, whatever the order of the format."""
        self.about.link(sorted(self._linked_wallets(), key=lambda wallet: wallet.reference))
        listed = self.about.listed()
        return replace(listed, claims=tuple(sorted(listed.claims, key=_order)))

    def _forces(
        self, code: str, named: tuple[Measure, ...], list_: ListKind
    ) -> tuple[tuple[Measure, ...], tuple[Measure, ...]]:
        """Return the measures of a programme that do not depend on the remarks, and those that do."""
        programme = PROGRAMMES.get(code)
        if programme is None:
            return (), named
        is_sdn = list_ is ListKind.SDN
        if programme.force is Force.BLOCKS or (programme.force is Force.BLOCKS_IF_SDN and is_sdn):
            return programme.measures, named
        if not named and not self.is_complete:
            return (), ()
        if not named and not is_sdn and programme.blocks and len(self.programmes) == 1:
            self.record.odd("program", f"{code}, without a directive or a sanction from its menu")
            return (), ()
        has_freeze = any(measure.kind is MeasureKind.ASSET_FREEZE for measure in named)
        is_unexplained = is_sdn and self.is_complete and not has_freeze and not self._is_blocked_besides(code)
        is_marked = code == "RUSSIA-EO14024" and self._follows_section_11
        return (), ((*programme.measures, *named) if not named or is_unexplained or is_marked else named)

    def _is_blocked_besides(self, code: str) -> bool:
        others = (PROGRAMMES.get(other) for other in self.programmes if other != code)
        return any(other is not None and other.blocks and other.force is not Force.NAMED for other in others)

    def _plain(self, kind: str, value: str, how: How, name: str) -> None:
        part = ENTRY if kind in COLUMNS else REMARKS
        if how is How.TEXT:
            self._place(name, value, kind, part)
        elif how is How.COUNTRY:
            self._country(name, value, kind, part)
        elif how is How.DATE:
            self._date(name, value, kind)
        elif how is How.GENDER:
            self._place(name, GENDERS.get(value, value.lower()), kind, part)
        else:
            self._note(f"{kind}: {value}", part)
            self._follows_section_11 |= SECTION_11 in value.lower()

    def _document(self, kind: str, name: str, fact: Fact) -> None:
        number = fact.value.removeprefix("# ").strip()
        if number.startswith(_IMO) and kind in {
            "Vessel Registration Identification",
            "Identification Number",
            "Company Number",
        }:
            name, number = "imoNumber", number.removeprefix(_IMO).strip()
        name = document_property(name, number, countries.code(fact.country) or "")
        if name not in self._properties:
            name = "idNumber" if "idNumber" in self._properties else ""
        if not name:
            self._note(f"{kind}: {' '.join(text for text in fact[1:] if text)}")
            return
        self.about.identify(
            name,
            number,
            country=fact.country,
            kind=kind,
            part=REMARKS,
            issued_on=fact.issued,
            expires_on=fact.expires,
        )

    def _place(self, name: str, value: str, kind: str, part: str) -> None:
        if name in {"deadweightTonnage", "grossRegisteredTonnage"}:
            value = value.replace(",", "")
        if name in self._properties:
            self.about.say(name, value, part=part)
        elif value:
            self._note(f"{kind}: {value}", part)

    def _country(self, name: str, value: str, kind: str, part: str) -> None:
        if countries.code(value) is None:
            self._note(f"{kind}: {value}", part)
        else:
            self.about.country(name if name in self._properties else "country", value, part=part)

    def _date(self, name: str, value: str, kind: str) -> None:
        when = remarks.date(value)
        if when is not None and name in self._properties:
            self.about.on(name, when, part=REMARKS)
        else:
            self._note(f"{kind}: {value}")

    def _take(self, kind: str, value: str, how: How) -> None:
        when = remarks.date(value) if how is How.NAMED_ON else None
        known = self._named.date(kind, when) if when else self._named.take(kind, value)
        if value.startswith("For more information"):
            self._note(f"{kind}: {value}")
        elif not known:
            self.record.odd(kind, value)

    def _wallet(self, value: str) -> None:
        currency, _, address = value.partition(" ")
        if address:
            self._wallets.setdefault(address.strip(), {})[currency] = None

    def _linked_wallets(self) -> Iterable[Listed]:
        for address, currencies in self._wallets.items():
            wallet = About(f"{self.about.reference}/wallet/{address}", "CryptoWallet")
            wallet.identify("publicKey", address, part=REMARKS)
            for currency in currencies:
                wallet.say("currency", currency, part=REMARKS)
            wallet.say("topics", "sanction", part=REMARKS)
            yield wallet.listed()

    def _note(self, text: str, part: str = REMARKS) -> None:
        self.about.say("notes", text, part=part)


def _order(claim: Claim) -> tuple[int, str, str, str]:
    return _RANKS[claim.part], claim.about, claim.property, claim.value


def _quoted(text: str) -> str:
    """Return a text with single quotation marks, as the CSV files write them because of their own."""
    return text.replace('"', "'")
