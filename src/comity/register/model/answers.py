"""What the register answers, and why it may not."""

from __future__ import annotations

from datetime import date, datetime
from enum import Enum

import msgspec

from comity.kit.errors import Conflict, Invalid, NotFound
from comity.kit.limits import PAGE_ROWS_DEFAULT, PAGE_ROWS_MAX, SEARCH_TEXT_CHARS_MAX
from comity.model.designation import Act, State
from comity.register.model.listing import Interval, state_on, strongest


class EntityUnknown(NotFound):
    """There is no entity with this id."""

    code = "register.entity_unknown"


class QuestionTooLong(Invalid):
    """What is looked for is longer than any name."""

    code = "register.question_too_long"


class PageOutOfRange(Invalid):
    """A page has between one and `PAGE_ROWS_MAX` rows, and begins at row 0 or later."""

    code = "register.page_out_of_range"


class ActContradicts(Conflict):
    """The act cannot have happened as dated: an accepted edition says otherwise."""

    code = "register.act_contradicts"


class ProgrammeUnknown(NotFound):
    """The entry was never listed under this programme."""

    code = "register.programme_unknown"


class ActIncomplete(Invalid):
    """An act needs the day on which it takes effect, and where it is published."""

    code = "register.act_incomplete"


class RecordUnknown(NotFound):
    """The entity was never read from such a record."""

    code = "register.record_unknown"


class ActUnknown(NotFound):
    """There is no such act, or it was withdrawn already."""

    code = "register.act_unknown"


class CardDesignation(msgspec.Struct, frozen=True, omit_defaults=True):
    """A designation in short: enough to say, for any day, whether it stood."""

    programme: str
    intervals: tuple[Interval, ...]
    measures: tuple[str, ...] = ()
    """The kinds of its measures."""
    is_aggregated: bool = False


class Card(msgspec.Struct, frozen=True, omit_defaults=True):
    """One list entry in short, as search results show it."""

    caption: str
    code: str
    """The regime's two letters."""
    original: str = ""
    """The name in its own script, where the list gives one."""
    born: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    designations: tuple[CardDesignation, ...] = ()

    def state(self, on: date) -> State:
        """Return the strongest state of its designations on a day."""
        return strongest(state_on(one.intervals, on) for one in self.designations)


class EnteredAct(msgspec.Struct, frozen=True, kw_only=True):
    """A dated act that a person entered, and whether it was withdrawn."""

    id: str
    entity_id: str
    programme: str
    act: Act
    entered_at: datetime
    entered_by: str
    withdrawn_at: datetime | None = None
    withdrawn_by: str = ""
    withdrawn_because: str = ""

    def is_known(self, at: datetime | None) -> bool:
        """Whether the act was known and not withdrawn at an instant; None: now."""
        entered = at is None or self.entered_at <= at
        return entered and (self.withdrawn_at is None or (at is not None and at < self.withdrawn_at))


class Published(msgspec.Struct, frozen=True, kw_only=True):
    """A record of a list, exactly as published."""

    entity_id: str
    source: str
    reference: str
    since_edition: str
    until_edition: str | None
    raw: str


class SearchOrder(Enum):
    """In which order found entities stand: the best answer first, by name, or the latest listed first."""

    BEST = "best"
    NAME = "name"
    LATEST = "latest"


class Search(msgspec.Struct, frozen=True, kw_only=True):
    """What somebody looks for in the register."""

    text: str = ""
    as_of: date | None = None
    """The legal day; None: today."""
    known_at: datetime | None = None
    """By what was known then; None: now."""
    sources: tuple[str, ...] = ()
    programmes: tuple[str, ...] = ()
    measures: tuple[str, ...] = ()
    schemas: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    states: tuple[State, ...] = ()
    order: SearchOrder = SearchOrder.BEST
    limit: int = PAGE_ROWS_DEFAULT
    offset: int = 0

    def __post_init__(self) -> None:
        """Refuse what no page asks for. Raises `QuestionTooLong`, `PageOutOfRange`."""
        if len(self.text) > SEARCH_TEXT_CHARS_MAX:
            raise QuestionTooLong(f"The text is longer than {SEARCH_TEXT_CHARS_MAX} characters.")
        if not 1 <= self.limit <= PAGE_ROWS_MAX or self.offset < 0:
            raise PageOutOfRange(f"A page has between 1 and {PAGE_ROWS_MAX} rows, and begins at row 0 or later.")

    @property
    def has_filters(self) -> bool:
        """Whether anything but the text is asked for."""
        return bool(self.sources or self.programmes or self.measures or self.schemas or self.countries or self.states)


class Standing(msgspec.Struct, frozen=True):
    """Where a found entity stands under one regime on the day asked for; the strongest comes first."""

    source: str
    code: str
    state: State
    since: date | None = None
    is_aggregated: bool = False


class Hit(msgspec.Struct, frozen=True, kw_only=True):
    """One found entity."""

    id: str
    schema: str
    caption: str
    original: str
    sources: tuple[str, ...]
    programmes: tuple[str, ...]
    countries: tuple[str, ...]
    born: tuple[str, ...]
    measures: tuple[str, ...]
    standing: tuple[Standing, ...]
    score: float
    """From 0 to 1, how well its best name answers the text; 1 where there is no text."""
    matched: str = ""
    """The name that answered best."""

    @property
    def state(self) -> State:
        """Its strongest state under any regime."""
        return strongest(one.state for one in self.standing)


class Found(msgspec.Struct, frozen=True, kw_only=True):
    """The answer to a search."""

    results: tuple[Hit, ...]
    total: int
    """How many answer the question, on all pages."""
    as_of: date
    known_at: datetime | None
    facets: dict[str, dict[str, int]]
    """How many of them have each source, programme, measure, schema, country and state."""
    is_cut: bool = False
    """Whether weaker answers were left out to keep the answer within bounds."""


class StatementSearch(msgspec.Struct, frozen=True, kw_only=True):
    """Which statements somebody asks for; what is empty is not asked."""

    sources: tuple[str, ...] = ()
    entity: str = ""
    """One list entry."""
    cluster: str = ""
    """One entity, with all its entries."""
    property: str = ""
    value: str = ""
    schema: str = ""
    limit: int = PAGE_ROWS_DEFAULT
    offset: int = 0


class Said(msgspec.Struct, frozen=True, kw_only=True):
    """A statement that stands in the edition in force of its list."""

    id: str
    """The content hash, in hexadecimal."""
    entity: str
    cluster: str
    schema: str
    source: str
    property: str
    value: str
    original: str
    lang: str
    part: str
    since: str
    """The key of the first edition of those, without a gap, in which it stands."""
