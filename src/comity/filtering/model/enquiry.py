"""The screening plan: what is asked of the lists for each text of a transfer, and which texts are not asked about, and why.

The kind of a field decides (`comity.payments.model.screened`). A party is asked about by its names, each with the birth date and
the country that the message gives of it; numbers are compared with listed numbers of their own kind; running text is read for
mentions.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from enum import Enum
from itertools import chain, groupby
from types import MappingProxyType
from typing import Final, NamedTuple

import msgspec

from comity.filtering.model import wording
from comity.filtering.model.reading import BIC
from comity.kit.limits import SEARCH_TEXT_CHARS_MAX
from comity.model import countries
from comity.model.dates import DateMalformed, PartialDate
from comity.payments.model import Against, Agent, Chain, FieldKind, Named, Role, Screened, Transfer
from comity.screening.model.question import Question

K = FieldKind


class Way(Enum):
    """How a text is asked about."""

    NAME = "name"
    """As one name, whole."""
    NUMBER = "number"
    """As one number, among listed numbers of its own kind."""
    MENTION = "mention"
    """As running text, in which names, ships and numbers may be mentioned."""
    TERRITORY = "territory"
    """As a text in which a country or a town under a territorial measure may stand."""


class Enquiry(msgspec.Struct, frozen=True, kw_only=True):
    """One text that is asked about in one way."""

    way: Way
    said: tuple[Screened, ...]
    """The pieces of the message that it was put together from, in order."""
    text: str
    """The pieces, with one space between two of them."""
    role: Role | None = None
    against: frozenset[Against]
    question: Question | None = None
    """For a name: with what the message knows of its bearer; for a text that begins with a party's name, of that party."""
    kinds: frozenset[str] = frozenset()
    """For a number: the FollowTheMoney properties with which it is compared."""
    countries: frozenset[str] = frozenset()
    """Where the message says that whoever it speaks of is: codes in lower case."""
    is_cut: bool = False
    """Whether the field is so full that its last word may go on beyond it."""


NAMES: Final = frozenset({K.PARTY_NAME, K.AGENT_NAME, K.ACCOUNT_NAME, K.CONTACT_NAME})
TEXTS: Final = frozenset({K.REMITTANCE, K.FREE_TEXT})
PLACES: Final = frozenset({Against.PLACE, Against.COUNTRY})
OF_SOMEBODY: Final = frozenset({Against.PARTY, Against.VESSEL, Against.IDENTIFIER})

NAME_CHARS_FULL: Final = 33
"""From here on a name may have been cut: fields have 35 characters in the older formats, and 70 or 140 in the newer."""
CODE_CHARS: Final = 2
"""Of a country's code (ISO 3166-1)."""
NAME_WORDS_PLAIN: Final = 4
"""A name of more words may hold two (`… on behalf of …`), and is read as running text too."""

NUMBERS: Final = MappingProxyType(
    {
        K.BIC: frozenset({"swiftBic"}),
        K.LEI: frozenset({"leiCode"}),
        K.CLEARING_ID: frozenset({"bikCode", "registrationNumber"}),
        K.IBAN: frozenset({"ibanCode", "accountNumber"}),
        K.ACCOUNT: frozenset({"accountNumber", "ibanCode", "publicKey"}),
        K.PROXY: frozenset({"publicKey", "phone", "email"}),
        K.CONTACT: frozenset({"phone", "email"}),
        K.NATIONAL_ID: frozenset({"passportNumber", "idNumber", "taxNumber", "innCode", "socialSecurityNumber"}),
        K.ORGANISATION_ID: frozenset(
            {"registrationNumber", "idNumber", "taxNumber", "innCode", "ogrnCode", "leiCode", "swiftBic"}
        ),
    }
)
"""With which listed numbers each kind of number is compared; with no other, so that an account is never a ship."""

SCHEMES: Final = MappingProxyType(
    {
        "CCPT": frozenset({"passportNumber"}),
        "NIDN": frozenset({"idNumber"}),
        "DRLC": frozenset({"idNumber"}),
        "ARNU": frozenset({"idNumber"}),
        "SOSE": frozenset({"idNumber", "socialSecurityNumber"}),
        "TXID": frozenset({"taxNumber", "innCode"}),
        "COID": frozenset({"registrationNumber", "ogrnCode", "idNumber"}),
        "CUST": frozenset[str](),
        "EMPL": frozenset[str](),
        "BANK": frozenset[str](),
    }
)
"""The same where the message says of which scheme a number is (ISO 20022 external code sets); a customer's or an employer's own
numbering says nothing to others."""


def plan(transfer: Transfer) -> Iterator[Enquiry]:
    """Yield what is asked of a transfer: of the customer's payment beneath a cover payment, and of an original payment, too."""
    for part in (transfer, transfer.underlying, transfer.original):
        if part is not None:
            yield from _of_chain(part)


def _of_chain(part: Chain) -> Iterator[Enquiry]:
    for one in chain(part.parties, part.agents):
        yield from _of_named(one)
    spoken = (one for one in chain(part.remittance.said, part.texts))
    yield from _of_texts(spoken, None, frozenset())


def _of_named(named: Named) -> Iterator[Enquiry]:
    where = frozenset(code for one in named.said if one.kind is K.COUNTRY and (code := _country(one.text)))
    facts = _facts(named, where)
    lines = [one for one in named.said if one.kind in NAMES or one.kind is K.NAME_OR_ADDRESS]
    for one in named.said:
        if Against.PARTY in one.against and one.kind not in TEXTS | {K.NAME_OR_ADDRESS}:
            yield from _of_name(one, named, facts)
    if any(one.kind is K.NAME_OR_ADDRESS for one in lines):
        against = frozenset({Against.PARTY})
        known = _question(lines[0], lines[0].text, facts)
        yield _enquiry(Way.MENTION, lines, role=named.role, against=against, question=known, is_cut=_is_full(lines))
    yield from _of_texts(named.said, named.role, where)


def _of_name(one: Screened, named: Named, facts: Facts) -> Iterator[Enquiry]:
    """Yield a name as a whole and, where it is long, as a text that may hold several names or half of one."""
    against = one.against & OF_SOMEBODY
    if any(char.isalnum() for char in one.text):
        bare = wording.ship(one.text) if Against.VESSEL in against else ""
        question = _question(one, bare or one.text, facts, "Vessel" if bare else "")
        yield _enquiry(Way.NAME, (one,), role=named.role, against=against, question=question)
    if one.kind in NAMES and (len(one.text.split()) > NAME_WORDS_PLAIN or len(one.text) >= NAME_CHARS_FULL):
        known = _question(one, one.text, facts)
        yield _enquiry(Way.MENTION, (one,), role=named.role, against=against, question=known, is_cut=_is_full((one,)))


def _of_texts(said: Iterable[Screened], role: Role | None, where: frozenset[str]) -> Iterator[Enquiry]:
    """Yield numbers one by one, and running text and places in runs: what one field was divided into is read as one."""
    for run in _runs(said):
        first = run[0]
        against = first.against
        if first.kind in NUMBERS and Against.IDENTIFIER in against:
            yield _enquiry(Way.NUMBER, run, role=first.role or role, against=against, kinds=_kinds(first))
        if first.kind in TEXTS:
            cut = _is_full(run)
            yield _enquiry(Way.MENTION, run, role=first.role, against=against & OF_SOMEBODY, is_cut=cut)
        if PLACES & against:
            apart = {_country(one.text) for one in run if first.kind is K.COUNTRY}
            known = frozenset() if apart else where
            yield _enquiry(Way.TERRITORY, run, role=first.role or role, against=against & PLACES, countries=known)


def _runs(said: Iterable[Screened]) -> Iterator[tuple[Screened, ...]]:
    """Yield neighbours of one field, told by their places, together where they are lines of a text."""
    joined = TEXTS | {K.ADDRESS_LINE, K.NAME_OR_ADDRESS}
    for (kind, _), run in groupby(said, lambda one: (one.kind, _field(one) if one.kind in joined else one.place)):
        if kind in joined:
            yield tuple(run)
        else:
            yield from ((one,) for one in run)


def _field(one: Screened) -> str:
    """Return a place without its counters and its line: `RmtInf/Ustrd` of `RmtInf/Ustrd[2]`, `:70:` of `:70:3-4`."""
    if one.place.startswith(":"):
        return one.place.rpartition(":")[0]
    return re.sub(r"\[\d+\]", "", one.place)


def _kinds(one: Screened) -> frozenset[str]:
    return SCHEMES.get(one.scheme, NUMBERS[one.kind])


def _is_full(said: Iterable[Screened]) -> bool:
    return len(tuple(said)[-1].text) >= NAME_CHARS_FULL


def _country(text: str) -> str:
    return countries.code(text.strip()) or ""


class Facts(NamedTuple):
    """What a message says of a party or an agent beside its name, as it can be compared."""

    birth_date: str
    countries: tuple[str, ...]


def _facts(named: Named, where: frozenset[str]) -> Facts:
    """Return what counts for or against whoever is named, as docs/facts.md weighs it.

    The country of an address is one of which nobody says what it is to its bearer, and counts as that: told as a residence it
    would say nothing against a listed nationality. Where it is not told apart, an address may end with it. A bank's identifier code
    says where the bank is (ISO 9362), and nothing of its customers.
    """
    said = set(where) or set(_at_the_end(named))
    if isinstance(named, Agent):
        said |= _codes(one.text[4:6] for one in named.said if one.kind is K.BIC and BIC.fullmatch(one.text))
    born = _codes(one.text for one in named.said if one.kind is K.BIRTH_PLACE)
    return Facts(_birth_date(named), (*sorted(said), *(f"birthCountry:{code}" for code in sorted(born))))


def _codes(texts: Iterable[str]) -> set[str]:
    """Return the countries of which some texts are the codes."""
    return {code for text in texts if len(text.strip()) == CODE_CHARS and (code := _country(text))}


def _at_the_end(named: Named) -> Iterator[str]:
    """Yield the country that the last line of an address names, alone or after a comma; two letters may be anything."""
    lines = [one.text for one in named.said if one.kind in {K.ADDRESS_LINE, K.NAME_OR_ADDRESS}]
    last = lines[-1].rpartition(",")[2].strip(" .") if lines else ""
    if len(last) > CODE_CHARS and (code := _country(last)):
        yield code


def _question(one: Screened, text: str, facts: Facts, schema: str = "") -> Question:
    """Ask about a name: of an account or a contact the message says nothing but that."""
    known = facts if one.kind in {K.PARTY_NAME, K.AGENT_NAME} else Facts("", ())
    return Question(
        text=text.strip()[:SEARCH_TEXT_CHARS_MAX],
        schema=schema,
        birth_date=known.birth_date,
        countries=known.countries,
    )


def _birth_date(named: Named) -> str:
    """Return a birth date that can be compared; one that cannot be read is shown with the payment, and weighs nothing."""
    text = next((one.text for one in named.said if one.kind is K.BIRTH_DATE), "")
    try:
        return str(PartialDate.parse(text)) if text.strip() else ""
    except DateMalformed:
        return ""


def _enquiry(way: Way, said: Iterable[Screened], **more: object) -> Enquiry:
    pieces = tuple(said)
    text = " ".join(one.text for one in pieces)
    return Enquiry(way=way, said=pieces, text=text, **more)  # type: ignore[arg-type]
