"""What one record of a list says: who, described how, under which programmes, with which measures."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from comity.model import countries, identifiers
from comity.model import designation as d
from comity.model.claim import ENTRY, Claim
from comity.model.dates import PartialDate
from comity.model.measure import Measure

if TYPE_CHECKING:
    from collections.abc import Iterable


class Oddity(msgspec.Struct, frozen=True):
    """A value that the reader does not know, in a field whose values it should know all of."""

    field: str
    value: str


class Designated(msgspec.Struct, frozen=True, kw_only=True):
    """One designation of the listed entity: the act under one programme."""

    programme: str
    """The programme's code or name as the list spells it; the key of the designation within the record."""
    reference: str = ""
    """The designation's own number, where it differs from the record's."""
    authority: str = ""
    """Who designated, where it is not the list's issuer."""
    legal_basis: tuple[str, ...] = ()
    listed_on: PartialDate | None = None
    amended_on: tuple[PartialDate, ...] = ()
    delisted_on: PartialDate | None = None
    """The dated end that the list itself states; the record stays on some lists as history."""
    status: str = ""
    """The list's own word for a state other than in force (`suspended`, `de-listed`)."""
    reasons: tuple[str, ...] = ()
    measures: tuple[Measure, ...] = ()

    def claims(self, part: str = ENTRY) -> tuple[Claim, ...]:
        """Return the designation as claims about itself, made by one part of the publication."""
        facts: list[tuple[str, str]] = [(d.PROGRAMME, self.programme)]
        facts += [(d.REFERENCE, self.reference), (d.AUTHORITY, self.authority), (d.STATUS, self.status)]
        facts += [(d.LEGAL_BASIS, basis) for basis in self.legal_basis]
        facts += [(d.LISTED_ON, str(self.listed_on or "")), (d.DELISTED_ON, str(self.delisted_on or ""))]
        facts += [(d.AMENDED_ON, str(on)) for on in self.amended_on]
        facts += [(d.MEASURE, measure.write()) for measure in self.measures]
        facts += [(d.REASON, reason) for reason in self.reasons]
        return tuple(
            Claim(property=name, value=value, about=self.programme, part=part) for name, value in facts if value
        )


class Listed(msgspec.Struct, frozen=True, kw_only=True):
    """One record of a list, read."""

    reference: str
    """The publisher's id, or the natural key that the source declares."""
    schema: str
    """FollowTheMoney schema: Person, Organization, Company, LegalEntity, Vessel, Airplane, CryptoWallet, …"""
    claims: tuple[Claim, ...]
    """About the entity and its designations, each once, in the order of the record."""
    linked: tuple[Listed, ...] = ()
    """Further entities that the record describes, such as wallets; their references begin with this record's."""
    silent: tuple[str, ...] = ()
    """Parts of which this record says nothing although its edition does: a remark cut short by a missing file."""
    oddities: tuple[Oddity, ...] = ()
    raw: str = ""
    """The record exactly as published."""

    @property
    def caption(self) -> str:
        """The first name given."""
        return next((claim.value for claim in self.claims if claim.property == "name"), self.reference)


class About:
    """Collects what one record says. Empty values are dropped and equal claims kept once, so that readers stay plain."""

    def __init__(self, reference: str, schema: str) -> None:
        self.reference = reference
        self.schema = schema
        self._claims: dict[object, Claim] = {}
        self._linked: list[Listed] = []
        self._silent: list[str] = []

    def say(
        self, name: str, value: str, *, part: str = ENTRY, lang: str = "", original: str = "", **detail: str
    ) -> None:
        """Say one value of one property; the white space of the source is folded."""
        folded = " ".join(value.split())
        if not folded:
            return
        kept = {key: text for key, raw in detail.items() if (text := " ".join(raw.split()))}
        spelt = "" if original == folded else original
        self._keep(Claim(property=name, value=folded, part=part, lang=lang, original=spelt, detail=kept))

    def tell(self, name: str, text: str, *, part: str = ENTRY, lang: str = "") -> None:
        """Say a longer text, keeping its paragraphs."""
        if text.strip():
            self._keep(Claim(property=name, value=text.strip(), part=part, lang=lang))

    def country(self, name: str, text: str, *, part: str = ENTRY, **detail: str) -> None:
        """Say a country by whatever name the list uses; one that cannot be told is kept as a note, in the list's words."""
        text = " ".join(text.split())
        if not text:
            return
        code = countries.code(text)
        if code:
            self.say(name, code, part=part, original=text, **detail)
        else:
            self.say("notes", f"{name}: {text}", part=part)

    def on(self, name: str, when: PartialDate | None, *, part: str = ENTRY, **detail: str) -> None:
        """Say a date."""
        if when is not None:
            self.say(name, str(when), part=part, **detail)

    def address(self, *lines: str, country: str = "", part: str = "entry", **detail: str) -> None:
        """Say an address, written in one line, with its parts kept beside it."""
        full = ", ".join(text for line in (*lines, country) if (text := " ".join(line.split()).strip(" ,")))
        if full:
            self.say("address", full, part=part, country=countries.code(country) or country, **detail)
        if country:
            self.country("country", country, part=part)

    def identify(
        self, name: str, number: str, *, country: str = "", kind: str = "", part: str = ENTRY, **detail: str
    ) -> None:
        """Say an identifier as printed, with who issued it and whether its check digit is right."""
        if not number.strip():
            if kind or any(detail.values()):
                self.say("notes", "; ".join(filter(None, (kind, country, *detail.values()))), part=part)
            return
        checked = identifiers.check(name, number)
        verdict = {True: "right", False: "wrong", None: ""}[checked.is_valid]
        issuer = countries.code(country) or country
        self.say(name, number, part=part, country=issuer, kind=kind, check_digit=verdict, **detail)

    def designate(self, *designations: Designated, part: str = ENTRY) -> None:
        """Say under which programmes it is listed; further facts of one may follow from another part."""
        for designated in designations:
            for claim in designated.claims(part):
                self._keep(claim)

    def link(self, others: Iterable[Listed]) -> None:
        """Add further entities that this record describes."""
        self._linked += others

    def silence(self, *parts: str) -> None:
        """Say that this record says nothing of a part."""
        self._silent += parts

    def listed(self) -> Listed:
        """Return all that was said."""
        return Listed(
            reference=self.reference,
            schema=self.schema,
            claims=tuple(self._claims.values()),
            linked=tuple(self._linked),
            silent=tuple(self._silent),
        )

    def _keep(self, claim: Claim) -> None:
        detail = tuple(sorted(claim.detail.items())) if claim.detail else ()
        key = (claim.about, claim.property, claim.value, claim.lang, claim.original, detail)
        self._claims.setdefault(key, claim)
