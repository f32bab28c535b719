"""A payment as the page shows it: the chain of parties, every field with what was found in it marked, and the matches by number."""

from __future__ import annotations

from itertools import chain, pairwise
from typing import TYPE_CHECKING, Final, NamedTuple

from comity.filtering.model.verdict import Hit
from comity.payments.model import AGAINST, FieldKind, Role, Screened, fields

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from comity.alerts.model.answers import Standing
    from comity.filtering.model.holding import Held
    from comity.payments.model import Chain, Named, Transfer

LIKELY: Final = 0.75
"""From here on a match is marked as likely."""

ROUTE: Final = (
    Role.ULTIMATE_DEBTOR,
    Role.DEBTOR,
    Role.DEBTOR_AGENT,
    Role.SENDER,
    Role.INSTRUCTING_AGENT,
    Role.INTERMEDIARY_AGENT_1,
    Role.INTERMEDIARY_AGENT_2,
    Role.INTERMEDIARY_AGENT_3,
    Role.RECEIVER,
    Role.CREDITOR_AGENT,
    Role.CREDITOR,
    Role.ULTIMATE_CREDITOR,
)
"""The way of the money, as the page draws it."""
BESIDE: Final = {
    Role.SENDER: Role.DEBTOR_AGENT,
    Role.RECEIVER: Role.CREDITOR_AGENT,
    Role.INSTRUCTING_AGENT: Role.DEBTOR_AGENT,
}
"""Who stands for another where that one is not named."""


class Numbered(NamedTuple):
    """A match under the number by which the page speaks of it."""

    number: int
    hit: Hit
    alert: str
    """The alert on which a person decides; empty for a territory."""
    stand: str
    """Where the alert stands: `undecided`, `true_match`, `false_positive`; empty for a territory."""

    @property
    def is_likely(self) -> bool:
        """Whether it is marked as likely."""
        return self.hit.probability >= LIKELY


class Link(NamedTuple):
    """Somebody on the way of the money."""

    role: str
    name: str
    bic: str
    found: Numbered | None


class Segment(NamedTuple):
    """A piece of a text: plain, or marked with the numbers of the matches."""

    text: str
    numbers: tuple[int, ...]


class Row(NamedTuple):
    """A field of the message."""

    place: str
    segments: tuple[Segment, ...]
    kind: str
    against: bool
    """Whether it is asked about; otherwise it is evidence."""
    top: Numbered | None

    @property
    def short(self) -> str:
        """The end of a long place, which says enough beside the others: `Cdtr/Nm`."""
        return "/".join(self.place.split("/")[-2:])


def matches(held: Held, standing: Mapping[str, Standing], subject: Mapping[Hit, str]) -> tuple[Numbered, ...]:
    """Return the matches of a payment, numbered from the likeliest."""
    found = []
    for number, hit in enumerate(held.verdict.hits, 1):
        where = standing.get(subject.get(hit, ""))
        stand = ""
        if where is not None:
            decided = {**dict.fromkeys(where.true, "true_match"), **dict.fromkeys(where.false, "false_positive")}
            stand = decided.get(hit.listed.id, "undecided")
        found.append(Numbered(number, hit, where.alert if where else "", stand))
    return tuple(found)


def links(transfer: Transfer, found: Sequence[Numbered]) -> tuple[Link, ...]:
    """Return the chain of parties as far as the message names it; of a cover payment, the customers beneath stand at the ends."""
    named = dict(reversed([(one.role, one) for one in chain(*map(_everybody, _parts(transfer)))]))
    return tuple(_link(role, named[role], found) for role in ROUTE if role in named and BESIDE.get(role) not in named)


def rows(transfer: Transfer, found: Sequence[Numbered]) -> tuple[Row, ...]:
    """Return every field of a message in its order, with what was found in it marked."""
    return tuple(_row(one, found) for one in fields(transfer))


def _parts(transfer: Transfer) -> Iterator[Chain]:
    yield from (one for one in (transfer.underlying, transfer, transfer.original) if one is not None)


def _everybody(part: Chain) -> Iterator[Named]:
    return chain(part.parties, part.agents)


def _link(role: Role, one: Named, found: Sequence[Numbered]) -> Link:
    own = [each for each in found if each.hit.role == role.value]
    return Link(role.value, one.name, one.bic, own[0] if own else None)


def _row(one: Screened, found: Sequence[Numbered]) -> Row:
    spans = sorted(
        (where.start, where.end, each.number)
        for each in found
        for where in each.hit.standing
        if where.place == one.place
        and one.text[where.start : where.end].strip()
        and _is_its(each.hit, one, where.start, where.end)
    )
    numbers = [number for *_, number in spans]
    top = next((each for each in found if each.number in numbers), None)
    return Row(one.place, tuple(_segments(one.text, spans)), one.kind.value, bool(AGAINST[one.kind]), top)


def _is_its(hit: Hit, one: Screened, start: int, end: int) -> bool:
    """Whether a hit is of this text: one place may hold several, as a town and a country on one line."""
    said = " ".join(hit.text.split()).casefold()
    return " ".join(one.text[start:end].split()).casefold() in said and one.kind is not FieldKind.REFERENCE


def _segments(text: str, spans: Sequence[tuple[int, int, int]]) -> Iterator[Segment]:
    """Yield a text in pieces: each piece is covered by the same matches throughout."""
    edges = sorted({0, len(text), *(edge for start, end, _ in spans for edge in (start, end))})
    for start, end in pairwise(edges):
        yield Segment(text[start:end], tuple(number for since, until, number in spans if since <= start < until))
