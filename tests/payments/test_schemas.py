"""The tables of the readers against the schemas of ISO 20022: every path is known, and every text is screened at its path."""

from __future__ import annotations

from pathlib import Path

import pytest

from comity.catalogue import messages
from comity.kit.catalogue import discover
from comity.payments.model import InMemory, MessageKind, Standard, fields, read
from support.schema_instances import ALTERNATIVES_MAX, Schema

pytestmark = pytest.mark.data

KINDS = discover(messages, "MESSAGE", MessageKind)
NAMES = {name for kind in KINDS.values() if kind.standard is Standard.ISO_20022 for name in kind.names}

NOT_SCREENED = {"PmtSgntr/ILPV4": "a cryptographic key", "PmtSgntr/Sgntr": "a cryptographic signature"}
"""Texts of the schemas that nobody screens, with the reason."""


def schemas(shared: Path) -> list[Path]:
    return [file for file in sorted((shared / "messages" / "xsd").glob("*.xsd")) if file.stem in NAMES]


def test_there_are_schemas_of_every_kind(shared: Path) -> None:
    found = {file.stem for file in schemas(shared)}
    for kind in KINDS.values():
        if kind.standard is Standard.ISO_20022:
            assert found & set(kind.names), kind.id


@pytest.mark.parametrize("alternative", range(ALTERNATIVES_MAX))
def test_every_path_of_every_schema_is_known_and_every_text_is_screened(shared: Path, alternative: int) -> None:
    for file in schemas(shared):
        raw, leaves = Schema(file).instance(alternative)
        (transfer,) = read(KINDS, InMemory(file.name, raw))
        found = {(one.place, one.text) for one in fields(transfer)}
        texts = [leaf for leaf in leaves if leaf.is_text and "/".join(leaf.path.split("/")[-2:]) not in NOT_SCREENED]
        assert len(texts) > 30, file.name
        assert [leaf.path for leaf in texts if (leaf.path, leaf.text) not in found] == [], file.name
