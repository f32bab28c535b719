"""Files by hash: whole or absent, and never silently changed."""

from __future__ import annotations

import gzip
import hashlib
import io
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import BinaryIO, cast

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from comity.infra.blobs import CHUNK_BYTES, BlobAbsent, BlobCorrupt, Blobs, BlobTooLarge

LIMIT = 10_000_000


@pytest.fixture
def blobs(tmp_path: Path) -> Blobs:
    return Blobs(tmp_path / "blobs")


def put(blobs: Blobs, content: bytes) -> str:
    return blobs.put(io.BytesIO(content), LIMIT).sha256


def files(blobs: Blobs) -> list[Path]:
    return [path for path in blobs.folder.rglob("*") if path.is_file()]


@given(content=st.binary(max_size=2_000))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_what_is_put_is_what_is_opened_under_the_hash_of_the_plain_bytes(blobs: Blobs, content: bytes) -> None:
    blob = blobs.put(io.BytesIO(content), LIMIT)
    assert blob.sha256 == hashlib.sha256(content).hexdigest()
    assert blob.bytes == len(content)
    with blobs.open(blob.sha256) as stream:
        assert stream.read() == content
    assert blobs.verify(blob.sha256) == blob


def test_a_file_is_plain_gzip_in_two_folders_named_by_its_hash(blobs: Blobs) -> None:
    content = b"one line of a list\n" * 1_000
    sha256 = put(blobs, content)
    (file,) = files(blobs)
    assert file.relative_to(blobs.folder).as_posix() == f"{sha256[:2]}/{sha256[2:4]}/{sha256}.gz"
    assert gzip.decompress(file.read_bytes()) == content
    assert file.stat().st_size < len(content)


def test_the_same_content_is_kept_once_with_the_same_bytes(blobs: Blobs) -> None:
    put(blobs, b"same")
    (file,) = files(blobs)
    before = file.read_bytes()
    put(blobs, b"same")
    assert files(blobs) == [file]
    assert file.read_bytes() == before


def test_putting_content_again_heals_a_damaged_file(blobs: Blobs) -> None:
    sha256 = put(blobs, b"content")
    files(blobs)[0].write_bytes(b"")
    put(blobs, b"content")
    assert blobs.verify(sha256).bytes == 7


def test_names_lists_every_file_in_order(blobs: Blobs) -> None:
    assert list(blobs.names()) == []
    assert {put(blobs, b"a"), put(blobs, b"b")} == set(blobs.names())
    assert list(blobs.names()) == sorted(blobs.names())


@pytest.mark.parametrize("name", ["0" * 64, "../../node.toml", "", "A" * 64])
def test_an_unknown_name_is_absent(blobs: Blobs, name: str) -> None:
    with pytest.raises(BlobAbsent):
        blobs.open(name)


def test_a_name_that_is_no_hash_opens_no_file(blobs: Blobs) -> None:
    (blobs.folder / "x").mkdir(parents=True)
    (blobs.folder / "x" / "x.gz").write_bytes(gzip.compress(b"content"))
    with pytest.raises(BlobAbsent):
        blobs.open("x")


def test_a_file_over_the_limit_leaves_nothing(blobs: Blobs) -> None:
    assert blobs.put(io.BytesIO(b"12345"), 5).bytes == 5
    with pytest.raises(BlobTooLarge):
        blobs.put(io.BytesIO(b"123456"), 5)
    assert len(files(blobs)) == 1


class Failing(io.BytesIO):
    """A stream that breaks off."""

    def read(self, size: int | None = -1, /) -> bytes:
        chunk = super().read(size)
        if not chunk:
            raise ConnectionResetError
        return chunk


def test_a_stream_that_breaks_off_leaves_nothing(blobs: Blobs) -> None:
    with pytest.raises(ConnectionResetError):
        blobs.put(Failing(b"x" * CHUNK_BYTES * 3), LIMIT)
    assert files(blobs) == []


def flipped(content: bytes, place: int) -> bytes:
    return content[:place] + bytes([content[place] ^ 1]) + content[place + 1 :]


def test_a_flipped_bit_anywhere_in_the_data_is_found(blobs: Blobs) -> None:
    sha256 = put(blobs, b"The quick brown fox jumps over the lazy dog.")
    (file,) = files(blobs)
    whole = file.read_bytes()
    header = 10  # a gzip header's time and system mean nothing to the content
    for place in range(header, len(whole)):
        file.write_bytes(flipped(whole, place))
        with pytest.raises(BlobCorrupt):
            blobs.verify(sha256)


def test_a_file_cut_anywhere_is_found(blobs: Blobs) -> None:
    sha256 = put(blobs, b"The quick brown fox jumps over the lazy dog.")
    (file,) = files(blobs)
    whole = file.read_bytes()
    for length in range(len(whole)):
        file.write_bytes(whole[:length])
        with pytest.raises(BlobCorrupt):
            blobs.verify(sha256)


def test_other_content_under_a_name_is_found_by_whoever_reads_to_the_end(blobs: Blobs) -> None:
    sha256 = put(blobs, b"genuine")
    files(blobs)[0].write_bytes(gzip.compress(b"forged!"))
    with pytest.raises(BlobCorrupt), blobs.open(sha256) as stream:
        read_out(stream)


def read_out(stream: BinaryIO) -> None:
    assert stream.read(7) == b"forged!"
    stream.read(1)


def test_leftovers_of_a_killed_process_are_tidied_by_age(blobs: Blobs) -> None:
    put(blobs, b"kept")
    left = blobs.folder / "incoming" / "left"
    left.write_bytes(b"half")
    written_at = datetime.fromtimestamp(left.stat().st_mtime, UTC)
    assert blobs.tidy(written_at - timedelta(days=1)) == 0
    assert blobs.tidy(written_at + timedelta(days=1)) == 1
    assert len(files(blobs)) == 1


class Zeros(io.RawIOBase):
    """An endless stream."""

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1, /) -> bytes:
        return bytes(size)


def test_an_endless_stream_ends_at_the_limit(blobs: Blobs) -> None:
    with pytest.raises(BlobTooLarge):
        blobs.put(cast("BinaryIO", Zeros()), LIMIT)
    assert files(blobs) == []
