"""Who or what a payment speaks of, as alerts are told: a party with all that the message says of it, or what stands in a text."""

from __future__ import annotations

from itertools import chain
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from comity.alerts.model.subject import Said, Subject, SubjectKind
from comity.filtering.model.enquiry import NAMES, SCHEMES, Way
from comity.kit.limits import SEARCH_TEXT_CHARS_MAX
from comity.payments.model import FieldKind, Screened, Transfer, fields
from comity.screening.model import saying

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from comity.filtering.model.verdict import Hit

PROPERTIES: Final = MappingProxyType(
    {
        **dict.fromkeys(NAMES, "name"),
        FieldKind.BIRTH_DATE: "birthDate",
        FieldKind.COUNTRY: "country",
        FieldKind.ADDRESS_LINE: "address",
        FieldKind.STREET: "address",
        FieldKind.TOWN: "address",
        FieldKind.NATIONAL_ID: "idNumber",
        FieldKind.ORGANISATION_ID: "registrationNumber",
        FieldKind.BIC: "swiftBic",
        FieldKind.LEI: "leiCode",
        FieldKind.CLEARING_ID: "bikCode",
        FieldKind.IBAN: "ibanCode",
        FieldKind.ACCOUNT: "accountNumber",
    }
)
"""What the message says of a party, as FollowTheMoney calls it."""
OF_NUMBER: Final = MappingProxyType(
    {
        **dict.fromkeys(("imoNumber", "mmsi"), "Vessel"),
        **dict.fromkeys(("swiftBic", "leiCode", "bikCode", "ogrnCode"), "Organization"),
        **dict.fromkeys(("passportNumber", "socialSecurityNumber"), "Person"),
        "publicKey": "CryptoWallet",
        "isinCode": "Security",
    }
)
"""What has a number of each type; other types say nothing of their bearer."""
OF_FIELD: Final = MappingProxyType(
    {
        **dict.fromkeys((FieldKind.BIRTH_DATE, FieldKind.BIRTH_PLACE, FieldKind.NATIONAL_ID), "Person"),
        **dict.fromkeys(
            (FieldKind.ORGANISATION_ID, FieldKind.LEI, FieldKind.BIC, FieldKind.CLEARING_ID, FieldKind.AGENT_NAME),
            "Organization",
        ),
    }
)
"""What a party is of which the message has such a field."""
SAID_MAX: Final = 10
"""Texts of one subject that are shown."""


def subject(id_: str, hits: Sequence[Hit], transfer: Transfer) -> Subject:
    """Return of whom or what some hits of a payment speak."""
    role = hits[0].role
    spoken = [one for one in fields(transfer) if role and one.role and one.role.value == role]
    numbers = [(kind, hit.text) for hit in hits if (kind := number_of(hit))]
    properties: dict[str, list[str]] = {}
    for name, text in chain(numbers, _properties(spoken)):
        properties.setdefault(name, []).append(text.strip()[:SEARCH_TEXT_CHARS_MAX])
    return Subject(
        kind=SubjectKind.PAYMENT_PARTY,
        id=id_,
        caption=_caption(hits[0], spoken),
        schema=_schema(hits, spoken),
        properties={name: tuple(dict.fromkeys(filter(None, values))) for name, values in properties.items()},
        said=tuple(dict.fromkeys(chain.from_iterable(_said(hit, transfer) for hit in hits)))[:SAID_MAX],
    )


def dealt(id_: str, hit: Hit) -> Subject:
    """Return of whom or what an earlier dealing speaks: of past payments only what was asked is kept."""
    kind, text = number_of(hit), hit.text.strip()[:SEARCH_TEXT_CHARS_MAX]
    return Subject(
        kind=SubjectKind.PAYMENT_PARTY,
        id=id_,
        caption=text,
        schema=_of_text(hit),
        properties={kind: (text,)} if kind else {},
    )


def number_of(hit: Hit) -> str:
    """Return of which type the number is that was found, as FollowTheMoney calls it; empty where a name was."""
    return saying.type_of(hit.evidence[0].text) if hit.evidence[0].kind == "identifier" else ""


def _properties(spoken: Sequence[Screened]) -> Iterator[tuple[str, str]]:
    for one in spoken:
        kinds = SCHEMES.get(one.scheme, frozenset())
        name = next(iter(kinds)) if len(kinds) == 1 else PROPERTIES.get(one.kind)
        if name:
            yield name, one.text


def _caption(hit: Hit, spoken: Sequence[Screened]) -> str:
    """Return what a subject is called: by its name where the message gives one, else by what was found."""
    own = [one.text for one in spoken if one.place == hit.standing[0].place and one.kind in NAMES]
    named = own if hit.way is Way.NAME else [one.text for one in spoken if one.kind in NAMES] if number_of(hit) else []
    return next((text for one in (*named, hit.text) if (text := one.strip()[:SEARCH_TEXT_CHARS_MAX])), hit.text)


def _schema(hits: Sequence[Hit], spoken: Sequence[Screened]) -> str:
    """Return what a subject is, as far as the message says it; empty where that is not told."""
    told = {OF_FIELD[one.kind] for one in spoken if one.kind in OF_FIELD} or {
        _of_text(hit) for hit in hits if not hit.role
    }
    return told.pop() if len(told) == 1 else ""


def _of_text(hit: Hit) -> str:
    """Return what it is that a text names: a ship is only found where the words beside it say that it is one."""
    return OF_NUMBER.get(number_of(hit), "Vessel" if hit.listed.schema == "Vessel" else "")


def _said(hit: Hit, transfer: Transfer) -> Iterator[Said]:
    """Yield the texts in which a hit stands, whole."""
    for where in hit.standing:
        for one in fields(transfer):
            found = one.text[where.start : where.end].strip()
            if one.place == where.place and found and found in hit.text:
                yield Said(place=one.place, text=one.text, start=where.start, end=where.end)
