"""The tree: roots, proofs and tiles agree with the definition in RFC 6962, written out here as plainly as it stands there."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.infra.ledger import merkle
from comity.infra.ledger.tiles import ENTRIES, Builder, Place, Shelf, TileMissing

SIZES = st.integers(1, 700) | st.sampled_from([255, 256, 257, 511, 512, 513])


def mth(leaves: Sequence[bytes]) -> bytes:
    """RFC 6962, section 2.1."""
    if not leaves:
        return sha256(b"").digest()
    if len(leaves) == 1:
        return sha256(b"\x00" + leaves[0]).digest()
    k = 1
    while k * 2 < len(leaves):
        k *= 2
    return sha256(b"\x01" + mth(leaves[:k]) + mth(leaves[k:])).digest()


def entries(size: int) -> list[bytes]:
    return [sha256(index.to_bytes(8, "big")).digest() for index in range(size)]


ALL = entries(700)


def node(height: int, index: int) -> bytes:
    return mth(ALL[index << height : (index + 1) << height])


def flipped(raw: bytes, bit: int) -> bytes:
    at = bit % (len(raw) * 8)
    return raw[: at // 8] + bytes([raw[at // 8] ^ 1 << at % 8]) + raw[at // 8 + 1 :]


@given(st.integers(0, 700))
def test_the_root_is_that_of_the_definition(size: int) -> None:
    builder = Builder()
    list(builder.grow(ALL[:size]))
    assert merkle.root(size, node) == builder.root() == mth(ALL[:size])


@given(st.data())
def test_an_inclusion_proof_convinces_and_no_flipped_bit_does(data: st.DataObject) -> None:
    size = data.draw(SIZES)
    index = data.draw(st.integers(0, size - 1))
    root, leaf = mth(ALL[:size]), merkle.leaf_hash(ALL[index])
    proof = merkle.inclusion(index, size, node)
    assert merkle.includes(root, size, index, leaf, proof)
    bit = data.draw(st.integers(0, 255))
    assert not merkle.includes(flipped(root, bit), size, index, leaf, proof)
    assert not merkle.includes(root, size, index, flipped(leaf, bit), proof)
    assert not merkle.includes(root, size, index ^ (1 << bit % 12), leaf, proof)
    if proof:
        at = data.draw(st.integers(0, len(proof) - 1))
        assert not merkle.includes(root, size, index, leaf, [*proof[:at], flipped(proof[at], bit), *proof[at + 1 :]])
        assert not merkle.includes(root, size, index, leaf, [*proof[:at], *proof[at + 1 :]])
    assert not merkle.includes(root, size, index, leaf, [*proof, root])
    assert not merkle.includes(root, size, index, leaf, [*proof, b""])


@given(st.data())
def test_a_consistency_proof_convinces_and_no_flipped_bit_does(data: st.DataObject) -> None:
    new = data.draw(SIZES)
    old = data.draw(st.integers(1, new))
    before, after = (old, mth(ALL[:old])), (new, mth(ALL[:new]))
    proof = merkle.consistency(old, new, node)
    assert merkle.extends(after, before, proof)
    bit = data.draw(st.integers(0, 255))
    assert not merkle.extends(after, (old, flipped(before[1], bit)), proof)
    assert not merkle.extends((new, flipped(after[1], bit)), before, proof)
    if proof:
        at = data.draw(st.integers(0, len(proof) - 1))
        assert not merkle.extends(after, before, [*proof[:at], flipped(proof[at], bit), *proof[at + 1 :]])
        assert not merkle.extends(after, before, [*proof[:at], *proof[at + 1 :]])
        assert not merkle.extends(before, after, proof)
    assert not merkle.extends(after, before, [*proof, before[1]])


def test_everything_extends_the_empty_tree_and_it_extends_nothing_else() -> None:
    empty, one = (0, merkle.EMPTY_ROOT), (1, mth(ALL[:1]))
    assert merkle.consistency(0, 5, node) == []
    assert merkle.extends(one, empty, [])
    assert merkle.extends(empty, empty, [])
    assert not merkle.extends(one, (0, one[1]), [])
    assert not merkle.extends((0, one[1]), empty, [])
    assert not merkle.extends(empty, one, [])
    assert not merkle.includes(merkle.EMPTY_ROOT, 0, 0, merkle.leaf_hash(b""), [])


@pytest.mark.parametrize(("index", "size"), [(0, 0), (5, 5), (-1, 5)])
def test_no_proof_is_made_of_a_leaf_that_is_not_there(index: int, size: int) -> None:
    with pytest.raises(ValueError, match="no leaf"):
        merkle.inclusion(index, size, node)


def test_no_proof_is_made_that_a_smaller_tree_extends_a_larger_one() -> None:
    with pytest.raises(ValueError, match="extend"):
        merkle.consistency(6, 5, node)


@given(st.lists(st.integers(1, 300), max_size=5))
def test_a_tree_may_be_left_and_taken_up_at_any_size(
    tmp_path_factory: pytest.TempPathFactory, steps: list[int]
) -> None:
    folder = tmp_path_factory.mktemp("log")
    shelf, size = Shelf(folder), 0
    for step in steps:
        start = size - size % 256
        builder = Builder(size, ALL_LARGE[start:size], shelf.uppers(size))
        for tile in [*builder.grow(ALL_LARGE[size : size + step]), *builder.edge()]:
            (folder / tile.path).parent.mkdir(parents=True, exist_ok=True)
            (folder / tile.path).write_bytes(tile.data)
        size += step
        assert builder.root() == mth(ALL_LARGE[:size]) == merkle.root(size, shelf.node(size))
        last = size - 1
        assert merkle.includes(
            builder.root(),
            size,
            last // 2,
            merkle.leaf_hash(ALL_LARGE[last // 2]),
            merkle.inclusion(last // 2, size, shelf.node(size)),
        )


ALL_LARGE = entries(1500)


def test_the_tiles_of_a_tree_are_those_that_the_specification_counts() -> None:
    # c2sp.org/tlog-tiles: "a tree of size 70,000 will be represented by 273 full level 0 tiles, one partial level 0 tile of
    # width 112, one full level 1 tile, one partial level 1 tile of width 17, and one partial level 2 tile of width 1"
    builder = Builder()
    tiles = [(*tile.place, tile.width) for tile in builder.grow(bytes(32) for _ in range(70_000))]
    tiles += [(*tile.place, tile.width) for tile in builder.edge()]
    assert [each for each in tiles if each[0] == 0] == [*((0, n, 256) for n in range(273)), (0, 273, 112)]
    assert [each for each in tiles if each[0] == ENTRIES] == [
        *((ENTRIES, n, 256) for n in range(273)),
        (ENTRIES, 273, 112),
    ]
    assert [each for each in tiles if each[0] not in (0, ENTRIES)] == [(1, 0, 256), (1, 1, 17), (2, 0, 1)]


def test_a_full_tile_begins_the_level_above() -> None:
    # the same place: "a tree of size 256 will be represented by a full level 0 tile and a partial level 1 tile of width 1"
    builder = Builder()
    assert [tile.path for tile in builder.grow(ALL[:256])] == ["tile/entries/000", "tile/0/000"]
    assert [tile.path for tile in builder.edge()] == ["tile/1/000.p/1"]


def test_a_missing_or_short_tile_is_named(tmp_path: Path) -> None:
    place = Place(0, 1001)
    with pytest.raises(TileMissing, match=r"tile/0/x001/001\.p/3"):
        Shelf(tmp_path).read(place, 3)
    (tmp_path / place.path).parent.mkdir(parents=True)
    (tmp_path / place.path).write_bytes(bytes(95))
    with pytest.raises(TileMissing):
        Shelf(tmp_path).read(place, 3)
    (tmp_path / place.path).write_bytes(bytes(96))
    assert Shelf(tmp_path).read(place, 3) == bytes(96)
