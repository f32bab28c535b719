"""Legal forms and institutional words: found in every script, told apart by kind, repaired where damaged."""

# ruff: noqa: RUF001 - the letters are meant

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from comity.matching import legal
from comity.matching.equivalents import unify
from comity.matching.glossary import rows

ROOT = Path(__file__).resolve().parents[2]
WRITTEN = [row for table in ("legal.tsv", "legal_iso20275.tsv") for row in rows(table)]
WORDS = sorted({word for phrase, _, _ in WRITTEN for word in phrase.split()})
ALPHABET = "abcdefghijklmnopqrstuvwxyz"

tokens = st.lists(st.sampled_from([*WORDS, "lumen", "vexa", "люмен", "لومن", "流明"]), max_size=12)


def named(name: str) -> list[tuple[str, str]]:
    """The legal phrases of a name, spelt as they stand, each with its form in English."""
    words = name.split()
    return [(" ".join(words[one.start : one.end]), legal.form_name(one.form)) for one in legal.phrases(words)]


# --- phrases ---


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("ooo lumen", [("ooo", "limited company")]),
        ("lumen limited liability company", [("limited liability company", "limited company")]),
        (
            "общество с ограниченной ответственностью люмен",
            [("общество с ограниченной ответственностью", "limited company")],
        ),
        (
            "obshchestvo s ogranichennoi otvetstvennostyu lumen",
            [("obshchestvo s ogranichennoi otvetstvennostyu", "limited company")],
        ),
        ("lumen vexa co ltd", [("co ltd", "limited company")]),
        ("lumen gmbh", [("gmbh", "limited company")]),
        ("lumen gmbh co kg", [("gmbh co kg", "limited partnership")]),
        ("lumen sp z oo", [("sp z oo", "limited company")]),
        ("lumen s a de c v", [("s a de c v", "joint-stock company")]),
        ("pjsc lumen", [("pjsc", "joint-stock company")]),
        ("пао люмен", [("пао", "joint-stock company")]),
        ("closed joint stock company lumen", [("closed joint stock company", "joint-stock company")]),
        ("lumen anonim sirketi", [("anonim sirketi", "joint-stock company")]),
        ("фгуп люмен", [("фгуп", "state enterprise")]),
        ("federal state unitary enterprise lumen", [("federal state unitary enterprise", "state enterprise")]),
        ("شركة لومن ش م م", [("شركة", "company"), ("ش م م", "limited company")]),
        ("شركة لومن ذات المسؤولية المحدودة", [("شركة", "company"), ("ذات المسؤولية المحدودة", "limited company")]),
        ("شرکت لومن سهامی خاص", [("شرکت", "company"), ("سهامی خاص", "joint-stock company")]),
        ("流明 有限公司", [("有限公司", "limited company")]),
        ("루멘 유한회사", [("유한회사", "limited company")]),
        ("株式会社 ルーメン", [("株式会社", "company")]),
        ("לומן בע מ", [("בע מ", "limited company")]),
        ("λουμεν α ε", [("α ε", "joint-stock company")]),
        ("Εταιρεία Περιορισμένης Ευθύνης λουμεν".lower(), [("εταιρεία περιορισμένης ευθύνης", "limited company")]),
        ("บริษัท ลูเมน จํากัด", [("บริษัท", "company"), ("จํากัด", "limited company")]),
        ("тов люмен", [("тов", "limited company")]),
        ("lumen fze branch", [("fze", "limited company"), ("branch", "branch")]),
        ("lumen stiftung", [("stiftung", "foundation")]),
        ("lumen waqf", [("waqf", "foundation")]),
        ("lumen e v", [("e v", "association")]),
    ],
)
def test_a_form_is_found_in_its_language(name: str, found: list[tuple[str, str]]) -> None:
    assert named(name) == found


@pytest.mark.parametrize(
    "name", ["as lumenov", "sa vexa of lumen", "ag vexa lumen", "trust bank of vexa", "lumen holding", "al lumen"]
)
def test_short_words_count_only_where_forms_stand(name: str) -> None:
    assert named(name) == []


def test_a_form_that_ends_the_name_may_be_followed_by_another() -> None:
    assert named("lumen sa holding") == []
    assert named("lumen sa branch") == [("sa", "joint-stock company"), ("branch", "branch")]


@given(tokens)
def test_phrases_stand_in_order_within_the_name_and_do_not_overlap(words: list[str]) -> None:
    found = legal.phrases(words)
    assert found == legal.phrases(tuple(words))
    ends = [0, *(one.end for one in found)]
    for before, one in zip(ends, found, strict=False):
        assert before <= one.start < one.end <= len(words)
        assert 0 <= one.form < len(legal.FORMS)


@given(tokens)
def test_every_phrase_found_is_one_of_the_table(words: list[str]) -> None:
    forms = {phrase: form for phrase, form, _ in WRITTEN}
    for start, end, form in legal.phrases(words):
        assert forms[" ".join(unify(word) for word in words[start:end])] == legal.form_name(form)
        assert all(map(legal.is_legal_word, words[start:end]))


def test_every_phrase_alone_is_found_whole() -> None:
    assert [row for row in WRITTEN if named(row[0]) != [(row[0], row[1])]] == []


# --- forms ---

SAME = [
    ("ooo", "limited liability company"),
    ("ооо", "llc"),
    ("тоо", "gmbh"),
    ("ao", "joint stock company"),
    ("акционерное общество", "sa"),
    ("سهامی عام", "public joint stock company"),
    ("ش م م", "ltd"),
    ("фонд", "fund"),
    ("ип", "individual entrepreneur"),
    ("фгуп", "federal state unitary enterprise"),
    ("филиал", "branch"),
    ("分公司", "branch"),
    ("合作社", "cooperative"),
    ("جمعية", "association"),
    ("بنیاد", "foundation"),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_translations_name_one_form(one: str, other: str) -> None:
    assert named(one)[0][1] == named(other)[0][1]


def test_contradiction_is_mutual_and_never_of_a_form_with_itself() -> None:
    for one in range(len(legal.FORMS)):
        assert not legal.contradict(one, one)
        for other in range(len(legal.FORMS)):
            assert legal.contradict(one, other) == legal.contradict(other, one)


def test_a_company_may_be_limited_but_a_foundation_is_not_a_joint_stock_company() -> None:
    number = legal.FORMS.index
    assert not legal.contradict(number("company"), number("limited company"))
    assert not legal.contradict(number("corporation"), number("joint-stock company"))
    assert legal.contradict(number("limited company"), number("joint-stock company"))
    assert legal.contradict(number("foundation"), number("joint-stock company"))


# --- damage ---


@pytest.mark.parametrize(
    ("damaged", "whole"),
    [
        ("limted", "limited"),
        ("limitedd", "limited"),
        ("comapny", "company"),
        ("conpany", "company"),
        ("gmbhh", "gmbh"),
        ("gbmh", "gmbh"),
        ("copr", "corp"),
        ("corproation", "corporation"),
        ("aktiengeselschaft", "aktiengesellschaft"),
        ("ltdd", "ltd"),
    ],
)
def test_a_damaged_legal_word_is_repaired(damaged: str, whole: str) -> None:
    assert legal.repaired(damaged) == whole


@pytest.mark.parametrize(
    "word", ["karl", "carp", "ranch", "trist", "lumen", "limited", "gmb", "компани", "abcdef1", ""]
)
def test_other_words_are_left_alone(word: str) -> None:
    assert legal.repaired(word) is None


@given(st.sampled_from([word for word in WORDS if word.isascii() and len(word) > 7]), st.data())
def test_a_repair_is_a_legal_word_one_edit_away(word: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(word) - 1))
    letter = data.draw(st.sampled_from(ALPHABET))
    shapes = (word[:at] + word[at + 1 :], word[:at] + letter + word[at:], word[:at] + letter + word[at + 1 :])
    damaged = data.draw(st.sampled_from(shapes))
    repaired = legal.repaired(damaged)
    if repaired is not None:
        assert legal.is_legal_word(repaired)
        assert OSA.distance(damaged, repaired) == 1


@pytest.mark.parametrize("word", ["limited", "corporation", "incorporated", "gesellschaft", "otvetstvennostyu"])
def test_a_long_word_without_any_one_of_its_letters_is_repaired(word: str) -> None:
    damaged = {word[:at] + word[at + 1 :] for at in range(len(word))}
    assert {legal.repaired(one) for one in damaged if not legal.is_legal_word(one)} == {word}


# --- institutions ---


@pytest.mark.parametrize(
    ("concept", "words"),
    [
        (
            "ministry",
            "ministry ministere министерство міністерство وزارة الوزارة وزارت 部 ministerio bakanligi vezarat",
        ),
        ("shipping", "shipping کشتیرانی 海运 해운 судоходство denizcilik"),
        ("plant", "plant завод заводов zavod مصنع"),
        ("bank", "bank банк بنك بانک 银行 은행 banque"),
        ("university", "university университет دانشگاه جامعة 大学 대학"),
        ("trading", "trading торговый торговая торговой للتجارة بازرگانی 贸易 무역 ticaret"),
        ("oil", "oil нефть نفط نفت 石油 petroleo"),
        ("research institute", "нии nii پژوهشگاه 研究所 연구소"),
        ("russia", "russia российской российский روسيا 俄罗斯"),
    ],
)
def test_words_of_institutions_are_one_concept_in_every_language(concept: str, words: str) -> None:
    found = {legal.institutional(word) for word in words.split()}
    assert [legal.concept_name(one) for one in found if one is not None] == [concept]
    assert None not in found


@pytest.mark.parametrize("word", ["lumen", "люменов", "لومن", "", "7", "портов"])
def test_other_words_are_no_institution(word: str) -> None:
    assert legal.institutional(word) is None


# --- scripts without spaces ---


@pytest.mark.parametrize(
    ("token", "parts"),
    [
        ("流明贸易有限公司", ("流明", "贸易", "有限公司")),
        ("루멘무역주식회사", ("루멘", "무역", "주식회사")),
        ("株式会社ルーメン", ("株式会社", "ルーメン")),
        ("流明", ("流明",)),
        ("lumen", ("lumen",)),
        ("", ()),
    ],
)
def test_what_is_written_without_spaces_is_cut_at_the_words_known(token: str, parts: tuple[str, ...]) -> None:
    assert legal.cut(token) == parts


@given(
    st.lists(st.sampled_from(["有限公司", "贸易", "集团", "流", "明", "무역", "루", "株式会社"]), max_size=9).map(
        "".join
    )
)
def test_the_parts_are_the_token(token: str) -> None:
    assert "".join(legal.cut(token)) == token
    assert all(legal.cut(token))


# --- the tables ---


@pytest.mark.parametrize("table", ["legal.tsv", "legal_iso20275.tsv"])
def test_a_table_of_forms_is_sorted_in_tokens_and_says_what_it_may(table: str) -> None:
    phrases = [phrase for phrase, _, _ in rows(table)]
    assert phrases == sorted(set(phrases))
    for phrase, form, where in rows(table):
        assert phrase == " ".join(unify(word) for word in phrase.split()), phrase
        assert form in legal.FORMS
        assert where in {"any", "edge", "end"}


def test_no_phrase_is_of_two_forms() -> None:
    phrases = [phrase for phrase, _, _ in WRITTEN]
    assert len(phrases) == len(set(phrases))


def test_the_glossary_is_sorted_and_no_word_is_of_two_concepts() -> None:
    listed = list(rows("concepts.tsv"))
    names = [name for name, _ in listed]
    words = [word for _, line in listed for word in line.split()]
    assert names == sorted(set(names))
    assert len(words) == len(set(words))
    assert all(word == unify(word) for word in words)
    assert all(line.split() == sorted(line.split()) for _, line in listed)


@pytest.mark.data
def test_the_table_of_iso_20275_is_what_the_bench_makes_of_the_code_list(shared: Path, tmp_path: Path) -> None:
    out = tmp_path / "made.tsv"
    script = ROOT / "bench/names/legal_forms.py"
    subprocess.run([sys.executable, script, "--shared", shared, "--out", out], check=True, capture_output=True)
    assert out.read_bytes() == (ROOT / "src/comity/matching/data/legal_iso20275.tsv").read_bytes()
