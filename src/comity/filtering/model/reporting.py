"""Drafting the report that a regime asks for: its fields, what is known of each, what is missing, and the day by which it is due.

A draft is for the institution's own people, who complete and file it. It names listed persons and customers: it is not to be
logged, and nobody outside may see it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date
from typing import TYPE_CHECKING, Final

import msgspec

from comity.filtering.model.regime import Fact
from comity.payments.model import Role, Transfer

if TYPE_CHECKING:
    from comity.filtering.model.decision import Duty
    from comity.payments.model import Named

MARKUP: Final = re.compile(r"([\\`*_{}\[\]<>#|~])")


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """One field of a report; an empty value is not known yet."""

    fact: Fact
    says: str
    value: str
    is_needed: bool

    @property
    def is_missing(self) -> bool:
        """Whether the report cannot be filed without it."""
        return self.is_needed and not self.value


class Draft(msgspec.Struct, frozen=True, kw_only=True):
    """A report that is owed, as far as it can be filled in."""

    regime: str
    report: str
    title: str
    to: str
    article: str
    within: str
    due_on: date
    rows: tuple[Row, ...]
    note: str = ""

    @property
    def missing(self) -> tuple[str, ...]:
        """What a person must still find, in the words of the form."""
        return tuple(row.says for row in self.rows if row.is_missing)


def draft(duty: Duty, known: Mapping[Fact, str]) -> Draft:
    """Fill in a report from what is known."""
    report = duty.report
    return Draft(
        regime=duty.regime,
        report=report.id,
        title=report.title,
        to=report.to,
        article=report.article,
        within=report.within.says,
        due_on=duty.due_on,
        rows=tuple(
            Row(fact=one.fact, says=one.says, value=known.get(one.fact, ""), is_needed=one.is_needed)
            for one in report.fields
        ),
        note=report.note,
    )


def facts(transfer: Transfer) -> dict[Fact, str]:
    """Return what a payment itself tells for a report; beneath a cover payment, of the customer's payment."""
    chain = transfer.underlying or transfer
    payer, payee = chain.named(Role.DEBTOR), chain.named(Role.CREDITOR)
    between = [one for one in chain.agents if one.role not in {Role.DEBTOR_AGENT, Role.CREDITOR_AGENT}]
    told = {
        Fact.PAYER: _who(payer),
        Fact.PAYER_ACCOUNT: payer.account if payer else "",
        Fact.PAYER_BANK: _who(chain.named(Role.DEBTOR_AGENT)),
        Fact.PAYEE: _who(payee),
        Fact.PAYEE_ACCOUNT: payee.account if payee else "",
        Fact.PAYEE_BANK: _who(chain.named(Role.CREDITOR_AGENT)),
        Fact.INTERMEDIARIES: _joined((_who(one) for one in between), "; "),
        Fact.AMOUNT: str(transfer.amount or ""),
        Fact.VALUE_DATE: transfer.settles_on.isoformat() if transfer.settles_on else "",
        Fact.REFERENCE: _joined((transfer.message_id, transfer.end_to_end_id, transfer.uetr), "; "),
        Fact.PURPOSE: _joined((*chain.remittance.unstructured, transfer.purpose), " "),
    }
    return {fact: value for fact, value in told.items() if value}


def _who(named: Named | None) -> str:
    return _joined((named.name, *named.address, named.country, named.bic), ", ") if named else ""


def _joined(parts: Iterable[str], between: str) -> str:
    return between.join(dict.fromkeys(part for part in parts if part))


def written(drafted: Draft) -> str:
    """Write a draft as Markdown, for a person to complete."""
    lines = [
        f"# {_plain(drafted.title)}",
        "",
        f"To {_plain(drafted.to)}, by {drafted.due_on} ({_plain(drafted.within)}; {_plain(drafted.article)}).",
        "",
        "Confidential draft. It is not complete until a person has checked and filed it.",
        "",
        *(f"- **{_plain(row.says)}**: {_plain(row.value) or _gap(row)}" for row in drafted.rows),
        *(["", _plain(drafted.note)] if drafted.note else ()),
    ]
    return "\n".join(lines) + "\n"


def _gap(row: Row) -> str:
    return "*to be found*" if row.is_needed else "not known"


def _plain(text: str) -> str:
    """Return a text in one line whose characters mean themselves in Markdown."""
    return MARKUP.sub(r"\\\1", " ".join(text.split()))
