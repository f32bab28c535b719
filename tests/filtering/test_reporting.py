"""A draft holds what the form asks for, says what is missing, and means what it quotes."""

from __future__ import annotations

from datetime import date

import pytest

from comity.catalogue import messages
from comity.catalogue.dialects.told_cases import Teller
from comity.filtering.model import Direction, Draft, Duty, Fact, Part, decide, draft, facts, written
from comity.kit.catalogue import discover
from comity.model.measure import MeasureKind
from comity.payments.model import InMemory, MessageKind, read
from support.law import REGIMES, law

KINDS = discover(messages, "MESSAGE", MessageKind)
OURS = Teller(source="exercise:qm", currency="QMF")


def told(kind: str) -> dict[Fact, str]:
    raw = KINDS[kind].examples[0].text.encode()
    return facts(next(iter(read(KINDS, InMemory("example", raw)))))


def duty() -> Duty:
    match = OURS.match(Part.PAYEE, MeasureKind.ASSET_FREEZE)
    (found,) = decide(law("exercise"), OURS.pays(Direction.OUTGOING), (match,)).duties
    return found


def drafted(**known: str) -> Draft:
    return draft(duty(), {Fact(name): value for name, value in known.items()})


def test_a_payment_tells_who_pays_whom_through_whom_and_how_much() -> None:
    found = told("pacs_008")
    assert found[Fact.PAYER] == "Orvelle Trading House, Harbour Street, Port Quam, Pier 4, Gate 2, QM"
    assert found[Fact.PAYER_ACCOUNT] == "1000200030"
    assert found[Fact.PAYEE] == "Talvi Ostrand"
    assert found[Fact.PAYEE_BANK] == "Second Bank of Zorland"
    assert found[Fact.AMOUNT] == "1250.50 EUR"
    assert found[Fact.VALUE_DATE] == "2031-11-21"
    assert found[Fact.PURPOSE] == "Repair of the ferry Lumen"


def test_beneath_a_cover_payment_the_customers_are_told() -> None:
    found = told("mt202_cov")
    assert found[Fact.PAYER].startswith("HIDDEN PAYER OF QUAMARIA")
    assert found[Fact.PAYEE].startswith("HIDDEN PAYEE OF ZORLAND")


def test_a_draft_says_to_whom_by_when_and_what_is_missing() -> None:
    found = drafted(institution="Harbour Bank", payer="Orvelle")
    assert (found.due_on, found.to) == (date(2031, 11, 26), "the Meridia Sanctions Office (fictional)")
    assert "Payer" not in found.missing
    assert "Payer's account" not in found.missing, "it is not needed"
    assert "Payee" in found.missing


def test_a_written_draft_shows_each_field_once_and_each_gap() -> None:
    text = written(drafted(payer="Orvelle"))
    assert text.startswith(
        "# Report to the sanctions office (fictional)\n\nTo the Meridia Sanctions Office (fictional), by 2031-11-26 "
    )
    assert "- **Payer**: Orvelle\n" in text
    assert "- **Payee**: *to be found*\n" in text
    assert "- **Payee's account**: not known\n" in text


@pytest.mark.parametrize("value", ["*bold*", "<b>x</b>", "a\n# heading", "[x](http://example.org)", "a|b", "`code`"])
def test_what_a_payment_says_cannot_shape_the_draft(value: str) -> None:
    (line,) = [one for one in written(drafted(payer=value)).splitlines() if one.startswith("- **Payer**")]
    plain = line.removeprefix("- **Payer**: ")
    assert plain.replace("\\", "") == " ".join(value.split())
    assert not any(mark in plain.replace(f"\\{mark}", "") for mark in "*<[|`#")


@pytest.mark.parametrize("regime", REGIMES.values(), ids=list(REGIMES))
def test_every_report_of_every_regime_can_be_drafted(regime: object) -> None:
    for report in REGIMES[getattr(regime, "id")].reports:  # noqa: B009
        text = written(draft(Duty(regime="x", report=report, due_on=date(2031, 11, 21)), told("pacs_008")))
        assert all(f"**{field.says}**" in text for field in report.fields)
