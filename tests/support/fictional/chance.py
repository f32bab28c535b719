"""Chance that falls the same way on every machine and in every version of Python."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import date, timedelta
from typing import TypeVar

T = TypeVar("T")


def number(key: str, below: int) -> int:
    """Return a number from 0 to `below` - 1 that depends on the key alone."""
    return int.from_bytes(hashlib.sha256(key.encode()).digest()[:8]) % below


def pick(key: str, options: Sequence[T]) -> T:
    return options[number(key, len(options))]


def happens(key: str, percent: int) -> bool:
    return number(key, 100) < percent


def day(key: str, first: date, last: date) -> date:
    return first + timedelta(days=number(key, (last - first).days + 1))


def digits(key: str, count: int) -> str:
    return f"{number(key, 10**count):0{count}}"


def imo(key: str) -> str:
    """Return a ship's number with a right check digit, from a range that has never been given out."""
    head = f"499{number(key, 1000):03}"
    return head + str(sum(int(digit) * weight for digit, weight in zip(head, range(7, 1, -1), strict=True)) % 10)


ALPHABET = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"


def wallet(key: str) -> str:
    """Return a Bitcoin address with right check digits, whose key nobody can know: its hash is that of a sentence."""
    payload = b"\x00" + hashlib.sha256(key.encode()).digest()[:20]
    raw = payload + hashlib.sha256(hashlib.sha256(payload).digest()).digest()[:4]
    left, text = int.from_bytes(raw), ""
    while left:
        left, rest = divmod(left, 58)
        text = ALPHABET[rest] + text
    return "1" * (len(raw) - len(raw.lstrip(b"\x00"))) + text
