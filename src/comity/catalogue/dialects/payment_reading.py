"""What has been read of one transaction, in whatever format, and how a transfer is made of it."""

from __future__ import annotations

from datetime import date

import msgspec

from comity.model.money import Money, MoneyMalformed
from comity.payments.model import Chain, Gathered, Original, Transfer, ValueMalformed


class Fact(msgspec.Struct, frozen=True):
    """A text that the transfer itself keeps, with its place."""

    text: str
    place: str
    currency: str = ""


class Reading:
    """What has been read of one transaction: texts by whom they speak of, facts by name, and chains apart."""

    def __init__(self) -> None:
        self.gathered = Gathered()
        self.facts: dict[str, list[Fact]] = {}
        self.apart: dict[str, Reading] = {}

    def extend(self, other: Reading) -> None:
        """Add what another has read; its facts outweigh those of the same name."""
        self.gathered.extend(other.gathered)
        self.facts.update(other.facts)
        for name, reading in other.apart.items():
            self.apart.setdefault(name, Reading()).extend(reading)

    def all(self, name: str) -> list[Fact]:
        """Return every fact of a name."""
        return self.facts.get(name, [])

    def one(self, name: str) -> Fact | None:
        """Return the only fact of a name. Raises `ValueMalformed` if there are several."""
        found = self.facts.get(name)
        if found is None:
            return None
        if len(found) > 1:
            raise ValueMalformed("stands twice where it may stand once", field=found[1].place)
        return found[0]

    def text(self, name: str) -> str:
        """Return the text of the only fact of a name, or nothing."""
        found = self.one(name)
        return found.text if found else ""


def transfer(kind: str, version: str, number: int, reading: Reading) -> Transfer:
    """Make a transfer of what was read. Raises `ValueMalformed`."""
    parties, agents, remittance, texts = reading.gathered.parts()
    beneath = reading.apart.get("underlying")
    return Transfer(
        kind=kind,
        version=version,
        number=number,
        parties=parties,
        agents=agents,
        remittance=remittance,
        texts=texts,
        message_id=reading.text("message_id"),
        instruction_id=reading.text("instruction_id"),
        end_to_end_id=reading.text("end_to_end_id"),
        transaction_id=reading.text("transaction_id"),
        uetr=reading.text("uetr"),
        amount=_money(reading.one("amount")),
        instructed_amount=_money(reading.one("instructed_amount")),
        settles_on=_day(reading.one("settles_on")),
        charge_bearer=reading.text("charge_bearer"),
        charges=tuple(money for fact in reading.all("charge") if (money := _money(fact))),
        purpose=reading.text("purpose"),
        category_purpose=reading.text("category_purpose"),
        service_levels=tuple(fact.text for fact in reading.all("service_level")),
        local_instrument=reading.text("local_instrument"),
        is_cover=beneath is not None or ".cov" in reading.text("service"),
        underlying=_chain(beneath),
        original=_original(reading),
        reasons=tuple(fact.text for fact in reading.all("reason")),
    )


def _chain(reading: Reading | None) -> Chain | None:
    if reading is None:
        return None
    parties, agents, remittance, texts = reading.gathered.parts()
    return Chain(parties=parties, agents=agents, remittance=remittance, texts=texts)


def _original(reading: Reading) -> Original | None:
    apart = reading.apart.get("original")
    if apart is None and not any(name.startswith("original_") for name in reading.facts):
        return None
    gathered = (apart or Reading()).gathered
    for beneath in apart.apart.values() if apart else ():
        gathered.extend(beneath.gathered)
    parties, agents, remittance, texts = gathered.parts()
    return Original(
        parties=parties,
        agents=agents,
        remittance=remittance,
        texts=texts,
        message_id=reading.text("original_message_id"),
        message_name=reading.text("original_message_name"),
        instruction_id=reading.text("original_instruction_id"),
        end_to_end_id=reading.text("original_end_to_end_id"),
        transaction_id=reading.text("original_transaction_id"),
        uetr=reading.text("original_uetr"),
        amount=_money(reading.one("original_amount")),
        settles_on=_day(reading.one("original_settles_on")),
    )


def _money(fact: Fact | None) -> Money | None:
    if fact is None:
        return None
    try:
        return Money.parse(fact.text, fact.currency)
    except MoneyMalformed as error:
        raise ValueMalformed(error.detail, field=fact.place) from error


def _day(fact: Fact | None) -> date | None:
    if fact is None:
        return None
    try:
        return date.fromisoformat(fact.text[:10])  # a time zone after the day is not part of it
    except ValueError as error:
        raise ValueMalformed(f"{fact.text!r} is no date", field=fact.place) from error
