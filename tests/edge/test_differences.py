"""What differs between two texts is marked, all of it and nothing else."""

from __future__ import annotations

import html
import re
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from comity.edge.differences import KEPT, against, pairs, sides

WORDS = st.lists(st.sampled_from(["owner", "of", "a", "ship", "<b>", "&", "Kavrel", "port", "1971"]), max_size=KEPT)
NAMES = st.text(st.sampled_from("Oleg DRESNOV олег-<&'é 19"), max_size=24)
GONE, COME = re.compile(r"<del[^>]*>(.*?)</del>\s*"), re.compile(r"<ins[^>]*>(.*?)</ins>\s*")


def plain(marked: str) -> str:
    return html.unescape(re.sub("<[^>]+>", "", marked))


@given(WORDS, WORDS)
def test_without_what_came_stands_what_was_and_without_what_went_what_is(old: list[str], new: list[str]) -> None:
    found = sides(" ".join(old), " ".join(new))
    assert plain(COME.sub("", found.both)).split() == old
    assert plain(GONE.sub("", found.both)).split() == new
    assert plain(found.before).split() == old
    assert plain(found.after).split() == new


@given(WORDS)
def test_nothing_is_marked_where_nothing_differs(words: list[str]) -> None:
    assert "<del" not in sides(" ".join(words), " ".join(words)).both
    assert "<ins" not in sides(" ".join(words), " ".join(words)).both


def test_of_a_long_text_only_the_words_around_a_difference_are_kept() -> None:
    before = " ".join(f"word{n}" for n in range(60))
    found = sides(before, before.replace("word30", "phrase"))
    assert found.both == Markup(
        '<span class="cut">…</span> word24 word25 word26 word27 word28 word29 <del class="d-del">word30</del> '
        '<ins class="d-add">phrase</ins> word31 word32 word33 word34 word35 word36 <span class="cut">…</span>'
    )


def test_one_word_alone_between_two_differences_holds_nothing_together() -> None:
    found = sides(
        "He owns the old ship and sails it himself every year", "He sold the new boat and sails it himself every year"
    )
    assert found.both.startswith(
        'He <del class="d-del">owns the old ship</del> <ins class="d-add">sold the new boat</ins> and'
    )


def test_two_texts_that_share_next_to_nothing_stand_whole() -> None:
    found = sides("Owner of a shipping line", "Wanted for fraud in Ostravia since 2029")
    assert found.both == (
        '<del class="d-del">Owner of a shipping line</del> <ins class="d-add">Wanted for fraud in Ostravia since 2029</ins>'
    )


def test_what_a_list_says_cannot_run() -> None:
    assert "<script" not in sides("a <script>x</script> b", "a <script>y</script> b").both
    assert "<script" not in against("<script>x</script>", "<script>y</script>")


@given(st.lists(NAMES.filter(bool), max_size=4), st.lists(NAMES.filter(bool), max_size=4))
def test_every_value_stands_in_one_pair(gone: list[str], come: list[str]) -> None:
    found = pairs(gone, come)
    assert Counter(old for old, _ in found if old) == Counter(gone)
    assert Counter(new for _, new in found if new) == Counter(come)


def test_a_value_stands_beside_the_one_that_came_in_its_place() -> None:
    assert pairs(("Quay 7, Kavrel", "PO box 9"), ("Port Aurel", "Quay 9, Kavrel")) == [
        ("Quay 7, Kavrel", "Quay 9, Kavrel"), ("PO box 9", ""), ("", "Port Aurel"),
    ]  # fmt: skip


@given(NAMES, NAMES)
def test_a_marked_spelling_reads_as_before(one: str, other: str) -> None:
    assert plain(against(one, other)) == one
    assert "<span" not in against(one, one)


@pytest.mark.parametrize(
    ("one", "other", "marked"),
    [
        ("DRESNOV, Oleg", "Oleg Dresnov", "DRESNOV, Oleg"),
        ("Oleg Dresnov", "Oleh Dresnow", 'Ole<span class="diff">g</span> Dresno<span class="diff">v</span>'),
        ("QO 4418 11650", "QO 4418 20937", 'QO 4418 <span class="diff">11650</span>'),
        ("Oleg", "Олег", "Oleg"),
        ("Kavrel <i>", "Kavral", 'Kavr<span class="diff">e</span>l &lt;<span class="diff">i</span>&gt;'),
    ],
)
def test_letters_are_marked_whatever_the_capitals_and_the_order(one: str, other: str, marked: str) -> None:
    assert against(one, other) == marked
