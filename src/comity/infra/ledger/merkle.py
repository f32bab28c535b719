"""The Merkle tree of RFC 6962 over SHA-256: hashes, proofs, and their verification. Pure: it never sees a file or a table.

A tree of n leaves is known by its perfect subtrees: `Node` answers with the root of the i-th subtree of 2^h leaves. Everything else
(root, inclusion, consistency) is a list of ranges of leaves, each the sum of such subtrees. Verification follows RFC 9162, sections
2.1.3.2 and 2.1.4.2, to the letter.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from hashlib import sha256
from itertools import pairwise

HASH_BYTES = 32

EMPTY_ROOT = sha256(b"").digest()
"""The root of a tree without leaves."""

Node = Callable[[int, int], bytes]
"""Given a height h and an index i, the root of leaves [i·2^h, (i+1)·2^h)."""

Range = tuple[int, int]
"""Leaves from the first number up to, but without, the second."""


def leaf_hash(entry: bytes) -> bytes:
    """Return the hash of a leaf: SHA-256(0x00 ‖ entry)."""
    return sha256(b"\x00" + entry).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """Return the hash of an inner node: SHA-256(0x01 ‖ left ‖ right)."""
    return sha256(b"\x01" + left + right).digest()


def perfect_root(hashes: bytes) -> bytes:
    """Return the root over concatenated hashes whose number is a power of two."""
    while len(hashes) > HASH_BYTES:
        pair = 2 * HASH_BYTES
        hashes = b"".join(sha256(b"\x01" + hashes[at : at + pair]).digest() for at in range(0, len(hashes), pair))
    return hashes


def peaks(start: int, end: int) -> list[tuple[int, int]]:
    """Split a range into perfect subtrees, from the left, each as (height, index); `start` must be aligned to the largest."""
    found = []
    while start < end:
        height = (end - start).bit_length() - 1
        found.append((height, start >> height))
        start += 1 << height
    return found


def folded(subroots: Sequence[bytes]) -> bytes:
    """Return the root over perfect subtrees of falling size, given from the left."""
    if not subroots:
        return EMPTY_ROOT
    result = subroots[-1]
    for left in reversed(subroots[:-1]):
        result = node_hash(left, result)
    return result


def root(size: int, node: Node) -> bytes:
    """Return the root of the first `size` leaves."""
    return _range_hash((0, size), node)


def inclusion(index: int, size: int, node: Node) -> list[bytes]:
    """Prove that a leaf stands at an index of the tree of `size` leaves: hashes from its sibling up (RFC 6962, 2.1.1)."""
    if not 0 <= index < size:
        raise ValueError(f"no leaf {index} in a tree of {size}")
    start, end = 0, size
    ranges: list[Range] = []
    while end - start > 1:
        middle = start + _split(end - start)
        if index < middle:
            ranges.append((middle, end))
            end = middle
        else:
            ranges.append((start, middle))
            start = middle
    return [_range_hash(each, node) for each in reversed(ranges)]


def consistency(old: int, new: int, node: Node) -> list[bytes]:
    """Prove that the tree of `old` leaves is the beginning of the tree of `new` leaves (RFC 6962, 2.1.2)."""
    if not 0 <= old <= new:
        raise ValueError(f"a tree of {new} does not extend a tree of {old}")
    if old == 0:
        return []  # nothing is the beginning of anything
    start, end = 0, new
    ranges: list[Range] = []
    while old != end:
        middle = start + _split(end - start)
        if old <= middle:
            ranges.append((middle, end))
            end = middle
        else:
            ranges.append((start, middle))
            start = middle
    if start > 0:
        ranges.append((start, end))
    return [_range_hash(each, node) for each in reversed(ranges)]


def includes(root: bytes, size: int, index: int, leaf: bytes, proof: Sequence[bytes]) -> bool:
    """Say whether a proof shows that a leaf, given by its hash, stands at an index of the tree (RFC 9162, 2.1.3.2)."""
    if not 0 <= index < size or not _are_hashes([leaf, root, *proof]):
        return False
    at, last, result = index, size - 1, leaf
    for sibling in proof:
        if last == 0:
            return False
        if at & 1 or at == last:
            result = node_hash(sibling, result)
            while at and not at & 1:
                at, last = at >> 1, last >> 1
        else:
            result = node_hash(result, sibling)
        at, last = at >> 1, last >> 1
    return last == 0 and result == root


def extends(new: tuple[int, bytes], old: tuple[int, bytes], proof: Sequence[bytes]) -> bool:
    """Say whether a proof shows that the new (size, root) begins with the old one (RFC 9162, 2.1.4.2)."""
    (new_size, new_root), (old_size, old_root) = new, old
    if not 0 <= old_size <= new_size:
        return False
    if old_size == 0:
        return not proof and old_root == EMPTY_ROOT and (new_size > 0 or new_root == EMPTY_ROOT)
    if old_size == new_size:
        return not proof and old_root == new_root
    path = [old_root, *proof] if old_size & (old_size - 1) == 0 else list(proof)
    return bool(proof) and _are_hashes([old_root, new_root, *proof]) and _extends(new, old, path)


def _extends(new: tuple[int, bytes], old: tuple[int, bytes], path: list[bytes]) -> bool:
    at, last = old[0] - 1, new[0] - 1
    while at & 1:
        at, last = at >> 1, last >> 1
    older = newer = path[0]
    for sibling in path[1:]:
        if last == 0:
            return False
        if at & 1 or at == last:
            older, newer = node_hash(sibling, older), node_hash(sibling, newer)
            while at and not at & 1:
                at, last = at >> 1, last >> 1
        else:
            newer = node_hash(newer, sibling)
        at, last = at >> 1, last >> 1
    return last == 0 and older == old[1] and newer == new[1]


def _range_hash(leaves: Range, node: Node) -> bytes:
    subtrees = peaks(*leaves)
    assert all(higher[0] > lower[0] for higher, lower in pairwise(subtrees))
    return folded([node(height, index) for height, index in subtrees])


def _split(size: int) -> int:
    """Return the largest power of two below a size of at least two: where RFC 6962 parts a tree."""
    return int(1 << ((size - 1).bit_length() - 1))


def _are_hashes(values: Sequence[bytes]) -> bool:
    return all(len(value) == HASH_BYTES for value in values)
