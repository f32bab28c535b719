"""Statements are worked out from records alone: what ends one, and what does not."""

from __future__ import annotations

from collections.abc import Sequence
from collections.abc import Set as AbstractSet

from hypothesis import given
from hypothesis import strategies as st

from comity.lists.model import Listed, Span
from comity.model.claim import Claim, entity_id, statement_id
from comity.register.model.statements import Run, Statement, Version, described, statements, versions

ALL = frozenset({"entry", "aliases", "addresses"})
OWN = entity_id("qm_list", "QM-1")


def claim(value: str, part: str = "entry", property_: str = "alias") -> Claim:
    return Claim(property=property_, value=value, part=part)


def listed(*claims: Claim, silent: tuple[str, ...] = (), linked: tuple[Listed, ...] = ()) -> Listed:
    return Listed(reference="QM-1", schema="Person", claims=claims, silent=silent, linked=linked)


def said(*rows: tuple[AbstractSet[str], Listed | None]) -> dict[str, list[tuple[str, str | None]]]:
    """Work out the statements of editions a, b, c, … and return the runs of each value."""
    return {one.claim.value: [(run.since, run.until) for run in one.runs] for one in worked_out(rows)}


def worked_out(rows: Sequence[tuple[AbstractSet[str], Listed | None]]) -> list[Statement]:
    history = [
        Version("abcdefgh"[number], frozenset(parts), None if record is None else b"%d" % number)
        for number, (parts, record) in enumerate(rows)
    ]
    records = {b"%d" % number: record for number, (_, record) in enumerate(rows) if record is not None}
    return statements("qm_list", history, records)


def test_a_value_in_two_consecutive_editions_is_one_run() -> None:
    assert said((ALL, listed(claim("x"))), (ALL, listed(claim("x")))) == {"x": [("a", None)]}


def test_a_value_that_a_record_no_longer_gives_has_ended() -> None:
    assert said((ALL, listed(claim("x"), claim("y"))), (ALL, listed(claim("y")))) == {
        "x": [("a", "b")],
        "y": [("a", None)],
    }


def test_a_value_that_comes_back_has_two_runs() -> None:
    rows = [(ALL, listed(claim("x"))), (ALL, listed()), (ALL, listed(claim("x")))]
    assert said(*rows) == {"x": [("a", "b"), ("c", None)]}


def test_a_record_that_is_gone_ends_everything() -> None:
    rows = [(ALL, listed(claim("x"), claim("y", "aliases"))), ({"entry"}, None)]
    assert said(*rows) == {"x": [("a", "b")], "y": [("a", "b")]}


def test_a_part_of_which_an_edition_does_not_speak_ends_nothing() -> None:
    rows = [(ALL, listed(claim("x", "aliases"))), ({"entry"}, listed()), (ALL, listed(claim("x", "aliases")))]
    assert said(*rows) == {"x": [("a", None)]}


def test_the_next_edition_that_speaks_of_the_part_ends_it() -> None:
    rows = [(ALL, listed(claim("x", "aliases"))), ({"entry"}, listed()), (ALL, listed())]
    assert said(*rows) == {"x": [("a", "c")]}


def test_a_record_that_is_silent_on_a_part_ends_nothing_in_it() -> None:
    rows = [(ALL, listed(claim("x", "aliases"), claim("y"))), (ALL, listed(silent=("aliases",)))]
    assert said(*rows) == {"x": [("a", None)], "y": [("a", "b")]}


def test_an_entry_that_was_away_has_lost_what_its_next_edition_does_not_speak_of() -> None:
    rows = [(ALL, listed(claim("x", "aliases"))), (ALL, None), ({"entry"}, listed(claim("y")))]
    assert said(*rows) == {"x": [("a", "b")], "y": [("c", None)]}


def test_a_value_that_another_format_gives_in_another_part_stays_the_same_statement() -> None:
    rows = [
        ({"entry", "remarks"}, listed(claim("x", "remarks"))),
        ({"entry", "scripts"}, listed(claim("x", "scripts"))),
    ]
    assert said(*rows) == {"x": [("a", None)]}
    (statement,) = worked_out(rows)
    assert statement.id == statement_id(OWN, claim("x"))


# --- linked entities ---

WALLET = Listed(
    reference="QM-1/wallet/k",
    schema="CryptoWallet",
    claims=(
        Claim(property="publicKey", value="k", part="remarks"),
        Claim(property="currency", value="XBT", part="remarks"),
    ),
)


def test_a_linked_wallet_is_an_entity_that_names_its_holder() -> None:
    own, wallet = described("qm_list", listed(claim("x"), linked=(WALLET,)))
    assert (own.entity_id, own.reference, own.schema) == (OWN, "QM-1", "Person")
    assert (wallet.entity_id, wallet.schema) == (entity_id("qm_list", WALLET.reference), "CryptoWallet")
    assert [one.value for one in wallet.claims if one.property == "holder"] == [OWN]


def test_a_wallet_keeps_its_holder_while_nothing_is_said_of_it() -> None:
    rows = [(ALL | {"remarks"}, listed(claim("x"), linked=(WALLET,))), (ALL, listed(claim("x")))]
    assert said(*rows) == {"x": [("a", None)], "k": [("a", None)], "XBT": [("a", None)], OWN: [("a", None)]}


# --- what holds of every history ---

parts = st.sets(st.sampled_from(["aliases", "addresses"])).map(lambda some: {"entry", *some})
claims = st.builds(claim, st.sampled_from("xyz"), st.sampled_from(sorted(ALL)))


@st.composite
def records(draw: st.DrawFn) -> Listed | None:
    if not draw(st.integers(0, 3)):
        return None
    made = {one.value: one for one in draw(st.lists(claims, max_size=3))}
    return listed(*made.values(), silent=tuple(draw(st.sets(st.sampled_from(["aliases", "addresses"])))))


histories = st.lists(st.tuples(parts, records()), max_size=6)


def stands(rows: Sequence[tuple[AbstractSet[str], Listed | None]], value: str) -> list[bool]:
    """Say of each edition whether a value stands in it, by the definition."""
    found, part = [False], ""
    for spoken, record in rows:
        made = {one.value: one for one in record.claims} if record else {}
        if value in made:
            part = made[value].part
        unheard = record is not None and (part not in spoken or part in record.silent)
        found.append(value in made or (found[-1] and unheard))
    return found[1:]


@given(histories)
def test_a_value_stands_where_it_is_said_and_where_nothing_is_said_of_its_part(
    rows: list[tuple[AbstractSet[str], Listed | None]],
) -> None:
    made = {one.claim.value: one for one in worked_out(rows)}
    for value in "xyz":
        expected = stands(rows, value)
        assert [value in made and made[value].holds(key) for key in "abcdefgh"[: len(rows)]] == expected


@given(histories)
def test_runs_are_in_order_and_do_not_touch(rows: list[tuple[AbstractSet[str], Listed | None]]) -> None:
    for one in worked_out(rows):
        ends = [end for run in one.runs for end in (run.since, run.until or "~")]
        assert ends == sorted(set(ends))
        assert all(run.until is not None for run in one.runs[:-1])


@given(histories)
def test_versions_that_say_nothing_new_can_be_left_out(rows: list[tuple[AbstractSet[str], Listed | None]]) -> None:
    """What `versions` leaves out changes no statement."""
    keys = "abcdefgh"[: len(rows)]
    by_text: dict[str, bytes] = {}
    records: dict[bytes, Listed] = {}
    spans = []
    for number, (_, record) in enumerate(rows):
        if record is not None:
            digest = by_text.setdefault(repr(record), b"%d" % number)
            records[digest] = record
            spans.append(Span("QM-1", keys[number], keys[number + 1] if number + 1 < len(rows) else None, digest))
    along = [(key, frozenset(spoken)) for key, (spoken, _) in zip(keys, rows, strict=True)]
    short = statements("qm_list", versions(along, spans), records)
    assert {one.id: one.runs for one in short} == {one.id: one.runs for one in worked_out(rows)}


def test_a_statement_stands_in_no_edition_where_there_is_none() -> None:
    statement = Statement(id=b"", entity_id=OWN, source="qm_list", claim=claim("x"), runs=(Run("a", None),))
    assert statement.holds("a")
    assert not statement.holds(None)
