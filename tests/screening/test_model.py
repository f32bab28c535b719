"""Questions, profiles, files of names and answers: what can be asked, what cannot, and which place is named."""

from __future__ import annotations

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.screening.model.answer import Cleared, Matched, Screened, answer_bytes, read_answer
from comity.screening.model.failures import FileUnfit, GroundAbsent, ProfileUnfit, QuestionUnfit
from comity.screening.model.profile import Profile
from comity.screening.model.question import ANYTHING, NATURES, Question, may_be
from comity.screening.model.table import Problem, Row, answered, refused, rows

CLEARED = Cleared(editions=("qm_list@2031-01-10.aaaaaaaa",), digest="d")


def read(text: str) -> list[Row | Problem]:
    return list(rows(io.BytesIO(text.encode())))


@pytest.mark.parametrize(
    ("field", "said"),
    [
        ("name", {"text": " "}),
        ("name", {"text": "…—!"}),
        ("name", {"text": "a" * 401}),
        ("name", {"text": "Ol\0eg"}),
        ("schema", {"text": "a", "schema": "Human"}),
        ("birth_date", {"text": "a", "birth_date": "14.3.1971"}),
        ("country", {"text": "a", "countries": ("Atlantis",)}),
        ("identifier", {"text": "a", "identifiers": ("1",) * 21}),
        ("identifier", {"text": "a", "identifiers": ("1" * 401,)}),
        ("identifier", {"text": "a", "identifiers": ("1\0",)}),
        ("address", {"text": "a", "addresses": ("1\0 Pier",)}),
    ],
)
def test_what_nobody_can_look_for_is_refused_by_field(field: str, said: dict[str, str]) -> None:
    with pytest.raises(QuestionUnfit) as refused_:
        Question.of(**said)  # type: ignore[arg-type]
    assert refused_.value.field == field
    assert "Atlantis" not in refused_.value.detail


def test_what_is_known_is_read_into_one_form() -> None:
    question = Question.of("  Oleg Dresnov ", "Person", "1971-03", ("Norway", "", "qm"), (" 4418 20937 ", " "))
    assert question == Question(
        text="Oleg Dresnov", schema="Person", birth_date="1971-03", countries=("no", "qm"), identifiers=("4418 20937",)
    )


@pytest.mark.parametrize("profile", [{"threshold": -0.1}, {"threshold": 1.1}, {"limit": 0}, {"limit": 101}])
def test_a_profile_is_within_bounds(profile: dict[str, int]) -> None:
    with pytest.raises(ProfileUnfit):
        Profile(**profile)


@given(st.sampled_from([*NATURES, "", "Asset"]), st.sampled_from([*NATURES, "Asset"]))
def test_whether_something_may_be_asked_for_does_not_depend_on_who_asks(one: str, other: str) -> None:
    assert may_be(one, other) is may_be(other, one)
    assert may_be("", other)
    assert NATURES.get(one, ANYTHING) <= ANYTHING


def test_a_person_is_no_vessel_and_may_be_what_nobody_knows() -> None:
    assert not may_be("Person", "Vessel")
    assert not may_be("Person", "Company")
    assert may_be("Person", "LegalEntity")
    assert may_be("Company", "Organization")


@pytest.mark.parametrize("make", [Cleared, Matched, Screened])
def test_nobody_is_cleared_or_matched_against_nothing(make: type) -> None:
    rest: dict[str, object] = {"results": ()} if make is Matched else {}
    if make is Screened:
        rest = {"rows": 0, "matched": 0, "matches": 0, "sha256": ""}
    with pytest.raises(GroundAbsent):
        make(editions=(), digest="d", **rest)


def test_an_answer_is_read_back_from_its_bytes_and_cleared_has_no_results() -> None:
    raw = b'{"digest":"d","editions":["qm_list@2031-01-10.aaaaaaaa"],"outcome":"cleared","results":[]}'
    assert answer_bytes(CLEARED) == raw
    assert read_answer(raw) == CLEARED


# --- files


def test_a_file_is_read_row_by_row_with_any_of_its_columns_in_any_order() -> None:
    found = read('\ufeffname,id,country\r\nOleg Dresnov,7,no\r\n\r\n"Vosk, Ilse",8,\r\n')
    assert found == [
        Row("7", Question.of("Oleg Dresnov", countries=("no",)), 2),
        Row("8", Question.of("Vosk, Ilse"), 4),
    ]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "id and name must be among them"),
        ("id,title\n1,a\n", "name must be among them"),
        ("id,name,shoe\n1,a,b\n", "Column 3 is unknown"),
        ("id,name,name\n1,a,b\n", "Column 3 is unknown or there twice"),
        ('id,name\n1,"a\n', "cannot be read: it is not CSV"),
    ],
)
def test_a_file_without_its_columns_is_refused(text: str, said: str) -> None:
    with pytest.raises(FileUnfit, match=said):
        read(text)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_a_file_is_read_in_utf_8_and_in_utf_16_that_says_so(encoding: str) -> None:
    mark = "\ufeff" if encoding in {"utf-16-le", "utf-16-be"} else ""
    raw = f"{mark}id,name\r\n1,François Łódź\r\n".encode(encoding)
    assert list(rows(io.BytesIO(raw))) == [Row("1", Question.of("François Łódź"), 2)]


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (b"id,name\n1,a\n2,Fran\xe7ois\n3,b\n", r"Line 3 cannot be read: it is not in UTF-8 \(byte 0xe7\)"),
        (b"id,name\n" + b"".join(b"%d,a\n" % at for at in range(5_000)) + b"x,\xff\n", r"Line 5002 cannot be read"),
        ("id,name\n1,a\n".encode("utf-16-le"), "seems to be in UTF-16 or UTF-32 without a byte order mark"),
        ("id,name\n1,a\n".encode("utf-32"), "is in UTF-32"),
        ("id,name\n1,a\n".encode("utf-16")[:-1], "begins as UTF-16, and does not go on in it"),
    ],
)
def test_a_file_in_another_encoding_is_refused_and_told_what_is_read(raw: bytes, said: str) -> None:
    with pytest.raises(
        FileUnfit, match=f"{said}.*is read in UTF-8, with or without a byte order mark, or in UTF-16 with"
    ):
        list(rows(io.BytesIO(raw)))


def test_every_row_that_cannot_be_asked_about_is_named_and_never_quoted() -> None:
    found = read("id,name,schema,birth_date\n1,Secret Person,Human,\n2,,,\n,b,,\n4,d\n5,e,,tomorrow\n6,f,,\n")
    problems = [one for one in found if isinstance(one, Problem)]
    assert [(one.line, one.field) for one in problems] == [
        (2, "schema"), (3, "name"), (4, "id"), (5, "row"), (6, "birth_date")
    ]  # fmt: skip
    failure = refused(problems[:2], len(problems))
    assert failure.detail.startswith("5 rows cannot be screened, and nothing was written.\nline 2, schema: ")
    assert failure.detail.endswith("and 3 more")
    assert "Secret" not in failure.detail


def test_a_cleared_row_is_written_with_nobody() -> None:
    assert list(answered("7", CLEARED, {})) == [("7", "", "", "", "", "")]
