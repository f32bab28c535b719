"""Packed files: opened by what they are, refused when they are cut, damaged or bombs."""

from __future__ import annotations

import gzip
import io
import tracemalloc
import zipfile
from pathlib import Path
from typing import BinaryIO, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.infra.blobs import Blobs
from comity.infra.unpack import MEMBERS_MAX, UnpackRefused, unpack
from comity.kit.limits import EDITION_BYTES_MAX, UNPACK_FREE_BYTES, UNPACK_RATIO_MAX

LIST = b"".join(b"<entry>%d of a fictional list</entry>\n" % n for n in range(20_000))


def zipped(*files: tuple[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", method) as archive:
        for name, content in files:
            archive.writestr(name, content)
    return packed.getvalue()


def unpacked(packed: bytes, name: str = "list") -> list[tuple[str, bytes]]:
    return [(member.name, member.stream.read()) for member in unpack(io.BytesIO(packed), name)]


def refusal(packed: bytes) -> str:
    with pytest.raises(UnpackRefused) as refused:
        unpacked(packed)
    return refused.value.detail


@given(st.binary(max_size=5_000), st.integers(0, 9))
def test_gzip_comes_out_as_it_went_in(content: bytes, level: int) -> None:
    assert unpacked(gzip.compress(content, level), "list.xml.gz") == [("list.xml", content)]


@given(st.binary(max_size=500).filter(lambda content: content[:2] not in {b"\x1f\x8b", b"PK"}))
def test_a_plain_file_is_left_as_it_is(content: bytes) -> None:
    assert unpacked(content, "folder/list.xml") == [("list.xml", content)]


def test_a_large_file_comes_out_whole() -> None:
    assert unpacked(gzip.compress(LIST)) == [("list", LIST)]
    assert unpacked(zipped(("list.xml", LIST))) == [("list.xml", LIST)]


def test_gzip_in_several_members_and_padded_with_zeros_is_one_file() -> None:
    assert unpacked(gzip.compress(b"one ") + gzip.compress(b"two") + bytes(70_000)) == [("list", b"one two")]


def test_the_bytes_decide_and_not_the_name() -> None:
    assert unpacked(gzip.compress(b"content"), "list.zip") == [("list.zip", b"content")]
    assert unpacked(zipped(("inner.csv", b"content")), "list.gz") == [("inner.csv", b"content")]


def test_every_file_of_a_zip_comes_out_under_its_own_name() -> None:
    packed = zipped(
        ("a/sdn.csv", b"1"), ("../alt.csv", b"2"), ("c\\add.csv", b"3"), ("empty/", b""), ("__MACOSX/._a", b"x")
    )
    assert unpacked(packed) == [("sdn.csv", b"1"), ("alt.csv", b"2"), ("add.csv", b"3")]


def test_a_stream_that_cannot_seek_is_read_all_the_same(tmp_path: Path) -> None:
    blobs = Blobs(tmp_path)
    blob = blobs.put(io.BytesIO(zipped(("a.csv", b"content"))), 10_000)
    with blobs.open(blob.sha256) as stream:
        assert [(member.name, member.stream.read()) for member in unpack(stream, "a.zip")] == [("a.csv", b"content")]


def test_gzip_cut_short_anywhere_says_so() -> None:
    packed = gzip.compress(LIST)
    for tenth in range(1, 10):
        assert refusal(packed[: len(packed) * tenth // 10]) == "The gzip file is cut short."
    assert refusal(packed[:-1]) == "The gzip file is cut short."


def test_zip_cut_short_anywhere_says_so() -> None:
    packed = zipped(("list.xml", LIST))
    for tenth in range(1, 10):
        assert refusal(packed[: len(packed) * tenth // 10]) == "The zip file is cut short or damaged."


def test_damage_is_named() -> None:
    packed = bytearray(gzip.compress(LIST))
    packed[len(packed) // 2] ^= 0xFF
    assert refusal(bytes(packed)) == "The gzip file is damaged."
    assert refusal(gzip.compress(b"content") + b"rubbish") == "The gzip file is damaged."
    for place in (50, 1_000, 20_000):
        packed = bytearray(zipped(("list.xml", LIST)))
        packed[place] ^= 0xFF
        assert refusal(bytes(packed)) == "The zip file is damaged."


def test_a_zip_whose_inner_header_disagrees_is_refused() -> None:
    packed = bytearray(zipped(("list.xml", LIST)))
    packed[30:34] = b"LIST"  # the name in the member's own header
    assert refusal(bytes(packed)) == "The zip file is damaged."


def test_an_encrypted_zip_is_refused() -> None:
    packed = bytearray(zipped(("list.xml", b"content")))
    packed[packed.index(b"PK\x01\x02") + 8] |= 1
    assert refusal(bytes(packed)) == "The zip file is encrypted."


def test_only_deflate_is_opened_for_others_unpack_without_a_bound() -> None:
    assert refusal(zipped(("list.xml", LIST), method=zipfile.ZIP_LZMA)).endswith("other than deflate.")


def test_a_zip_holds_a_bounded_number_of_files_and_at_least_one() -> None:
    assert refusal(zipped()).startswith("The zip file holds 0 files")
    assert refusal(zipped(*((f"{n}.csv", b"") for n in range(MEMBERS_MAX + 1)))).startswith(
        "The zip file holds 101 files"
    )


def test_two_gigabytes_of_zeros_are_refused_after_the_first_megabytes_and_nothing_is_kept(tmp_path: Path) -> None:
    bomb = io.BytesIO(gzip.compress(bytes(100_000_000)) * 20)
    blobs = Blobs(tmp_path)
    tracemalloc.start()
    with pytest.raises(UnpackRefused, match=f"more than {UNPACK_RATIO_MAX}-fold"):
        blobs.put(next(unpack(bomb, "list.xml.gz")).stream, EDITION_BYTES_MAX)
    _, peak_bytes = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak_bytes < 5_000_000
    assert bomb.tell() < 200_000
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_zeros_in_a_zip_are_refused_before_anything_is_unpacked() -> None:
    assert refusal(zipped(("zeros", bytes(UNPACK_FREE_BYTES + 1)))).endswith("when it is unpacked.")


def test_a_zip_that_lies_about_its_size_gives_no_more_than_it_declared() -> None:
    packed = bytearray(zipped(("zeros", bytes(30_000_000))))
    for header, offset in ((b"PK\x01\x02", 24), (b"PK\x03\x04", 22)):
        place = packed.index(header) + offset
        packed[place : place + 4] = (1_000).to_bytes(4, "little")
    assert refusal(bytes(packed)) == "The zip file is damaged."


def test_a_short_repetitive_file_is_no_bomb() -> None:
    content = bytes(UNPACK_FREE_BYTES)
    assert unpacked(gzip.compress(content)) == [("list", content)]


class Long(io.BytesIO):
    """A plain file as long as it says."""

    def seek(self, offset: int, whence: int = 0, /) -> int:
        return EDITION_BYTES_MAX + 1 if whence == io.SEEK_END else super().seek(offset, whence)


def test_a_plain_file_over_the_limit_is_refused() -> None:
    with pytest.raises(UnpackRefused, match="larger than"):
        next(unpack(cast("BinaryIO", Long(b"content")), "list.xml"))


def test_a_spreadsheet_is_a_file_not_an_archive() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("xl/workbook.xml", "<workbook/>")
    raw = out.getvalue()
    (member,) = [(one.name, one.stream.read()) for one in unpack(io.BytesIO(raw), "list.xlsx")]
    assert member == ("list.xlsx", raw)
