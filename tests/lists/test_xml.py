"""Reading XML strictly: streamed, and refusing whatever no official list contains."""

from __future__ import annotations

import io
from collections.abc import Collection
from typing import BinaryIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.lists.model import EditionEmpty, EditionUnreadable, FieldUnread, InMemory, NotThisList, Record, xml

GOOD = """<?xml version="1.0" encoding="UTF-8"?>
<LIST day="2031-11-21"><ABOUT><COUNT>2</COUNT></ABOUT>
<PERSONS><PERSON id="1"><NAME>Oro Vasht</NAME><ALIAS kind="good"><TEXT>Örø</TEXT></ALIAS></PERSON></PERSONS>
<FIRMS><FIRM id="2"><NAME>Veltrona</NAME></FIRM></FIRMS></LIST>
"""
AT = ("PERSONS/PERSON", "FIRMS/FIRM")


def read(raw: bytes | str, at: Collection[str] = AT, **more: Collection[str]) -> list[Record]:
    opened = InMemory("list.xml", raw if isinstance(raw, bytes) else raw.encode())
    return list(
        xml.records(
            opened, root="LIST", at=at, header=more.get("header", ("ABOUT",)), containers=more.get("containers", ())
        )
    )


def taken(record: Record) -> tuple[str, str]:
    found = record.take("@id"), record.take("NAME")
    for alias in record.children("ALIAS"):
        alias.skip("@kind")
        alias.take("TEXT")
    record.audit()
    return found


def test_records_come_in_the_order_of_the_file_and_headings_are_passed_over() -> None:
    assert [taken(one) for one in read(GOOD)] == [("1", "Oro Vasht"), ("2", "Veltrona")]


def test_a_record_keeps_its_raw_form() -> None:
    assert (
        read(GOOD)[0].raw == '<PERSON id="1"><NAME>Oro Vasht</NAME><ALIAS kind="good"><TEXT>Örø</TEXT></ALIAS></PERSON>'
    )


@pytest.mark.parametrize(
    ("place", "field"),
    [
        ("<LIST", "SURPRISE"),
        ("<PERSONS>", "PERSONS/SURPRISE"),
        ("<FIRMS>", "FIRMS/SURPRISE"),
    ],
)
def test_an_unknown_element_between_the_records_is_refused_by_its_path(place: str, field: str) -> None:
    at = GOOD.index(place)
    end = GOOD.index(">", at) + 1
    with pytest.raises(FieldUnread, match=f"field {field}: the element is not known"):
        read(GOOD[:end] + "<SURPRISE><DEEP/></SURPRISE>" + GOOD[end:])


@pytest.mark.parametrize(
    ("before", "field"), [("<NAME>", "SURPRISE"), ("<TEXT>", "ALIAS/SURPRISE"), ("Örø", "ALIAS/TEXT/SURPRISE")]
)
def test_an_unknown_element_within_a_record_is_left_over(before: str, field: str) -> None:
    (person, *_) = read(GOOD.replace(before, f"<SURPRISE/>{before}", 1))
    with pytest.raises(FieldUnread, match=field):
        taken(person)


def test_an_unknown_attribute_is_left_over() -> None:
    with pytest.raises(FieldUnread, match="field @surprise"):
        taken(read(GOOD.replace('<PERSON id="1"', '<PERSON id="1" surprise="x"'))[0])


def test_text_between_the_elements_of_a_record_is_left_over() -> None:
    with pytest.raises(FieldUnread, match="#text"):
        taken(read(GOOD.replace("<NAME>Oro", "stray<NAME>Oro"))[0])
    with pytest.raises(FieldUnread, match="#text"):
        taken(read(GOOD.replace("</NAME><ALIAS", "</NAME>stray<ALIAS"))[0])


def test_a_field_that_stands_twice_is_refused() -> None:
    with pytest.raises(FieldUnread, match="twice"):
        taken(read(GOOD.replace("<NAME>Oro Vasht</NAME>", "<NAME>Oro</NAME><NAME>Vasht</NAME>"))[0])


def test_an_element_of_the_same_name_elsewhere_is_no_record() -> None:
    with pytest.raises(FieldUnread, match="PERSON: the element is not known"):
        read(GOOD.replace("<PERSONS>", "<PERSON/><PERSONS>"))


def test_a_record_may_hold_an_element_of_its_own_name() -> None:
    (outer,) = read(
        "<LIST><TARGET><NAME>a</NAME><TARGET><NAME>b</NAME></TARGET></TARGET></LIST>", at=("TARGET",), header=()
    )
    assert outer.take("NAME") == "a"
    assert [inner.take("NAME") for inner in outer.children("TARGET")] == ["b"]


def test_containers_hold_records_and_nothing_else() -> None:
    raw = "<LIST><BOX><PERSONS><PERSON/></PERSONS></BOX></LIST>"
    assert len(read(raw, at=("BOX/PERSONS/PERSON",), containers=("BOX",), header=())) == 1
    with pytest.raises(FieldUnread, match="field BOX"):
        read(raw, at=("BOX/PERSONS/PERSON",), header=())


def test_namespaces_comments_instructions_and_cdata_are_only_form() -> None:
    dressed = GOOD.replace("<LIST ", '<LIST xmlns="urn:x" ').replace(
        "<NAME>Oro", "<!-- a --><?b c?><NAME><![CDATA[Oro]]>"
    )
    assert [taken(one) for one in read(dressed)] == [("1", "Oro Vasht"), ("2", "Veltrona")]


def test_an_empty_list_has_no_records_and_its_expectations_will_say_so() -> None:
    assert read("<LIST/>") == []


BOMB = """<?xml version="1.0"?><!DOCTYPE LIST [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">
<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;"><!ENTITY d "&c;&c;&c;&c;&c;&c;&c;&c;&c;&c;">]>
<LIST><PERSONS><PERSON id="1"><NAME>&d;</NAME></PERSON></PERSONS></LIST>"""


@pytest.mark.parametrize(
    "raw",
    [
        BOMB,
        '<!DOCTYPE LIST [<!ENTITY x SYSTEM "file:///etc/passwd">]><LIST><PERSONS><PERSON><NAME>&x;</NAME></PERSON></PERSONS></LIST>',
        '<!DOCTYPE LIST SYSTEM "https://example.invalid/list.dtd"><LIST/>',
        '<!DOCTYPE LIST [<!ENTITY % p SYSTEM "file:///etc/passwd"> %p;]><LIST/>',
        "<!DOCTYPE LIST [<!ATTLIST PERSON id CDATA 'added'>]><LIST><PERSONS><PERSON/></PERSONS></LIST>",
        "<!DOCTYPE LIST><LIST/>",
    ],
    ids=["bomb", "file", "dtd", "parameter", "defaults", "bare"],
)
def test_a_document_type_is_refused_before_anything_is_read(raw: str) -> None:
    with pytest.raises(EditionUnreadable, match="document type"):
        read(raw, header=())


def test_an_entity_that_nobody_declared_is_refused() -> None:
    with pytest.raises(EditionUnreadable):
        read(GOOD.replace("Oro", "&oro;"))


@pytest.mark.parametrize("tenth", range(1, 10))
def test_a_truncated_file_never_comes_to_its_end(tenth: int) -> None:
    raw = GOOD.encode()
    with pytest.raises(EditionUnreadable, match="breaks off or is damaged"):
        read(raw[: len(raw) * tenth // 10])


@given(st.integers(min_value=1, max_value=len(GOOD.rstrip().encode()) - 1))
def test_no_cut_anywhere_passes_for_the_whole(length: int) -> None:
    with pytest.raises(EditionUnreadable):
        read(GOOD.encode()[:length])


@pytest.mark.parametrize("raw", [b"", b" \r\n\t", b"\xef\xbb\xbf"])
def test_an_empty_file_is_said_to_be_empty(raw: bytes) -> None:
    with pytest.raises(EditionUnreadable) as refusal:
        read(raw)
    assert isinstance(refusal.value, EditionEmpty) or raw.startswith(b"\xef")


@pytest.mark.parametrize(
    "raw",
    [
        b"<!DOCTYPE html><html><body><p>Service unavailable</p></body></html>",
        b"<html><head><title>Sign in</title></head><body><br></body></html>",
        b"<!doctype HTML>\n<HTML><BODY>Down<BR></BODY></HTML>",
        b"<OTHER/>",
        b"<sdnList xmlns='urn:x'/>",
    ],
)
def test_another_document_is_not_this_list(raw: bytes) -> None:
    with pytest.raises(EditionUnreadable) as refusal:
        read(raw)
    assert isinstance(refusal.value, NotThisList) or b"OCTYPE" in raw.upper()


@pytest.mark.parametrize(
    "raw",
    [
        b"\x00" * 5_000,
        b'{"list": []}',
        b"name,id\r\nOro,1\r\n",
        b"PK\x03\x04rest",
        GOOD.encode().replace(b"Oro", b"O\x00ro"),
        GOOD.encode() + b"\x00",
        GOOD.encode() + b"<LIST/>",
    ],
    ids=["zeros", "json", "csv", "zip", "nul", "nul at the end", "two roots"],
)
def test_what_is_no_xml_is_refused(raw: bytes) -> None:
    with pytest.raises(EditionUnreadable):
        read(raw)


def test_bytes_in_another_encoding_than_the_file_says_are_refused() -> None:
    with pytest.raises(EditionUnreadable):
        read(GOOD.encode("cp1252"))


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_an_encoding_that_the_file_declares_is_read(encoding: str) -> None:
    raw = GOOD.replace("UTF-8", "UTF-16" if encoding == "utf-16" else "UTF-8").encode(encoding)
    assert [taken(one) for one in read(raw)] == [("1", "Oro Vasht"), ("2", "Veltrona")]


def test_a_nest_without_end_is_refused() -> None:
    with pytest.raises(EditionUnreadable):
        read("<LIST><PERSONS><PERSON>" + "<A>" * 5_000 + "</A>" * 5_000 + "</PERSON></PERSONS></LIST>", header=())


def test_a_text_without_end_is_refused() -> None:
    with pytest.raises(EditionUnreadable):
        read("<LIST><PERSONS><PERSON><NAME>" + "x" * 11_000_000 + "</NAME></PERSON></PERSONS></LIST>", header=())


class Breaking:
    """A file that cannot be read beyond a point."""

    name = "list.xml"

    def __init__(self, raw: bytes) -> None:
        self.raw = raw

    def stream(self) -> BinaryIO:
        class Stream(io.BytesIO):
            def read(self, size: int | None = -1, /) -> bytes:
                part = super().read(size)
                if not part:
                    raise OSError("the cable is cut")
                return part

        return Stream(self.raw)

    def head(self, count: int) -> bytes:
        return self.raw[:count]


def test_records_are_given_before_the_file_has_come_to_its_end() -> None:
    raw = b"<LIST><PERSONS>" + b"<PERSON id='1'><NAME>Oro</NAME></PERSON>" * 5_000
    found = xml.records(Breaking(raw), root="LIST", at=("PERSONS/PERSON",))
    assert next(found).take("@id") == "1"
    with pytest.raises(OSError, match="cable"):
        list(found)


def test_a_heading_is_the_roots_attributes_and_what_stands_before_the_records() -> None:
    heading = xml.heading(InMemory("list.xml", GOOD.encode()), root="LIST", until=("PERSONS", "FIRMS"))
    assert heading.take("@day") == "2031-11-21"
    (about,) = heading.children("ABOUT")
    assert about.take("COUNT") == "2"
    heading.audit()


def test_a_heading_is_read_even_where_the_rest_is_broken() -> None:
    raw = GOOD[: GOOD.index("<FIRMS>")].encode()
    assert xml.heading(InMemory("list.xml", raw), root="LIST", until=("PERSONS",)).take("@day") == "2031-11-21"


def test_a_heading_of_another_document_is_refused() -> None:
    with pytest.raises(NotThisList):
        xml.heading(InMemory("list.xml", b"<OTHER/>"), root="LIST")
