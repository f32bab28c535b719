"""What differs between two readings of a record: property by property, and nothing for a mere change of format."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from comity.lists.model import Designated, Listed, Op, PropertyChange, compare, whole
from comity.model.claim import Claim

PARTS = frozenset({"entry", "aliases", "addresses"})


def listed(*claims: Claim, linked: tuple[Listed, ...] = (), silent: tuple[str, ...] = ()) -> Listed:
    return Listed(reference="QM-1", schema="Person", claims=claims, linked=linked, silent=silent)


def name(value: str, *, original: str = "", lang: str = "") -> Claim:
    return Claim(property="name", value=value, original=original, lang=lang)


def alias(value: str) -> Claim:
    return Claim(property="alias", value=value, part="aliases")


claims = st.builds(
    Claim,
    property=st.sampled_from(["name", "alias", "programme"]),
    value=st.sampled_from(["Åsa", "Asa", "ASA", "Bo"]),
    about=st.sampled_from(["", "HARBOUR"]),
    part=st.sampled_from(sorted(PARTS)),
    original=st.sampled_from(["", "x"]),
    detail=st.sampled_from([{}, {"note": "y"}]),
)
records = st.lists(claims, max_size=5).map(lambda made: listed(*made))


@given(records, st.booleans())
def test_a_record_does_not_differ_from_itself(record: Listed, same_format: bool) -> None:  # noqa: FBT001 - drawn
    assert compare(record, record, parts=PARTS, same_format=same_format) == ()


@given(records, records, st.booleans())
def test_what_goes_one_way_comes_the_other(one: Listed, other: Listed, same_format: bool) -> None:  # noqa: FBT001 - drawn
    forth = compare(one, other, parts=PARTS, same_format=same_format)
    back = compare(other, one, parts=PARTS, same_format=same_format)
    assert [(c.property, c.about, set(c.removed), set(c.added)) for c in forth] == [
        (c.property, c.about, set(c.added), set(c.removed)) for c in back
    ]


@given(records, records)
def test_another_format_never_adds_a_difference(one: Listed, other: Listed) -> None:
    between_formats = {(c.about, c.property) for c in compare(one, other, parts=PARTS, same_format=False)}
    assert between_formats <= {(c.about, c.property) for c in compare(one, other, parts=PARTS)}


@given(records, records)
def test_nothing_differs_in_parts_of_which_one_edition_says_nothing(one: Listed, other: Listed) -> None:
    assert compare(one, other, parts=frozenset()) == ()


@given(records, st.sampled_from([Op.ADDED, Op.REMOVED]))
def test_a_record_that_comes_or_goes_is_told_whole(record: Listed, op: Op) -> None:
    told = {
        (c.about, c.property, value) for c in whole(record, op) for value in (c.added if op is Op.ADDED else c.removed)
    }
    everything = {(claim.about, claim.property, claim.value) for claim in record.claims}
    assert told <= everything
    assert {key[:2] for key in told} == {key[:2] for key in everything}


def test_values_that_went_and_came_are_told_by_property_and_programme() -> None:
    before = listed(name("Oleg"), *Designated(programme="HARBOUR", reasons=("old",)).claims())
    after = listed(name("Oleg"), name("Olga"), *Designated(programme="HARBOUR", reasons=("new",)).claims())
    assert compare(before, after, parts=PARTS) == (
        PropertyChange(property="name", added=("Olga",)),
        PropertyChange(property="reason", about="HARBOUR", removed=("old",), added=("new",)),
    )


def test_another_spelling_of_the_source_or_another_detail_is_a_change() -> None:
    before, after = listed(name("Oleg", original="ОЛЕГ")), listed(name("Oleg", original="Олег"))
    assert compare(before, after, parts=PARTS) == (PropertyChange(property="name", removed=("Oleg",), added=("Oleg",)),)
    detailed = listed(Claim(property="alias", value="Oleg", detail={"note": "maiden name", "born": "1971"}))
    assert compare(listed(Claim(property="alias", value="Oleg")), detailed, parts=PARTS) == (
        PropertyChange(property="alias", removed=("Oleg",), added=("Oleg (born: 1971; note: maiden name)",)),
    )


def test_a_change_of_format_is_not_a_legal_change() -> None:
    table = listed(name("Dresnov, Asa"), alias("VOSK"))
    document = listed(
        name("Dresnov, Åsa", lang="nor"), Claim(property="alias", value="Vosk", detail={"quality": "good"})
    )
    assert compare(table, document, parts=PARTS, same_format=False) == ()
    assert compare(table, document, parts=PARTS) != ()


def test_a_new_value_is_a_change_in_any_format() -> None:
    assert compare(listed(name("Asa")), listed(name("Åsa"), name("Bo")), parts=PARTS, same_format=False) == (
        PropertyChange(property="name", added=("Bo",)),
    )


def test_aliases_of_which_an_edition_does_not_speak_were_not_taken_away() -> None:
    before, after = listed(name("Oleg"), alias("The Ferryman")), listed(name("Oleg"))
    assert compare(before, after, parts={"entry"}) == ()
    assert compare(before, after, parts=PARTS) == (PropertyChange(property="alias", removed=("The Ferryman",)),)


def test_a_record_that_is_silent_on_a_part_takes_nothing_away() -> None:
    before, after = listed(name("Oleg"), alias("The Ferryman")), listed(name("Oleg"), silent=("aliases",))
    assert compare(before, after, parts=PARTS) == compare(after, before, parts=PARTS) == ()


def test_what_is_said_of_a_linked_entity_is_compared_too() -> None:
    wallet = Listed(reference="QM-1/wallet/x", schema="CryptoWallet", claims=(Claim(property="publicKey", value="x"),))
    assert compare(listed(name("Oleg")), listed(name("Oleg"), linked=(wallet,)), parts=PARTS) == (
        PropertyChange(property="publicKey", added=("x",)),
    )


def test_another_kind_of_thing_is_a_change() -> None:
    before, after = listed(name("Nordhavn")), Listed(reference="QM-1", schema="Company", claims=(name("Nordhavn"),))
    assert compare(before, after, parts=PARTS) == (
        PropertyChange(property="schema", removed=("Person",), added=("Company",)),
    )
    assert compare(before, after, parts=PARTS, same_format=False) == ()
    assert compare(before, after, parts=()) == ()
