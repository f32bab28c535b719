"""The catalogue of regimes: the cases in one table that a lawyer can read, and for each regime its rules and reports."""

from __future__ import annotations

import importlib
from collections.abc import Iterable
from enum import Enum

from comity.catalogue import regimes as package
from comity.filtering.model import Fact, Outcome, Regime
from comity.filtering.model.regime import Case, Checked, Reading, Report, Rule
from comity.kit.catalogue import discover
from support.law import check, cited
from support.reference.prose import attributes, code, first, folded, page, table

VERIFIED = {
    Reading.TEXT: "text",
    Reading.PARTLY: "in part or in quotation",
    Reading.UNREAD: "**not verified against the text**",
    Reading.NAMED: "named by the list",
}


def pages() -> dict[str, str]:
    """Return the page on outcomes with all cases, and a page for each regime."""
    found = discover(package, "REGIME", Regime)
    return {
        "payment-outcomes.md": _outcomes(found.values()),
        **{f"regimes/{regime.id}.md": _regime(regime) for regime in found.values()},
    }


def _outcomes(regimes: Iterable[Regime]) -> str:
    said = attributes(Outcome)
    return page(
        "Payment outcomes",
        "What the law of each regime makes of a match in a payment, case by case. Each case is run by the test suite. Nothing "
        "here is legal advice; *needs a lawyer's eye* marks what its authors are not sure of. What it means: "
        "[What the law makes of a payment](../explanation/payment-outcomes.md).",
        _verified(),
        "## Outcomes\n\n" + table(("Word", "Meaning"), [(code(one.value), said[one.name]) for one in Outcome]),
        "## Regimes\n\n"
        + table(
            ("Regime", "Lists that it makes binding", "Cases"),
            [
                (f"[{one.title}](regimes/{one.id}.md)", ", ".join(map(code, sorted(one.sources))), str(len(one.cases)))
                for one in regimes
            ],
        ),
        *(_cases(regime) for regime in regimes),
    )


def _cases(regime: Regime) -> str:
    rows = [(case.facts, _words(case.outcome), *_provision(case, check(regime, case))) for case in regime.cases]
    return f"## Cases: {regime.title}\n\n" + table(("Facts", "Outcome", "Provision", "Verified"), rows)


def _provision(case: Case, checked: Checked | None) -> tuple[str, str]:
    also = f"; binding too: {', '.join(case.also)}" if case.also else ""
    note = f" (*{case.note}*)" if case.note else ""
    if checked is None:
        return f"undecided{also}{note}", ""
    return f"{_linked(checked)}{also}{note}", VERIFIED[checked.how]


def _verified() -> str:
    said = attributes(Reading)
    return (
        "## How provisions were verified\n\nEach provision leads to its text, or to what was read instead. The version that was "
        "read, and what is missing, stands on the page of the regime. What was amended since is not seen here, and of *its like* "
        "nothing was read but what is named.\n\n"
        + table(("Word", "Meaning"), [(VERIFIED[one], said[one.name]) for one in Reading])
    )


def _marked(regime: Regime, article: str) -> str:
    """Return a citation, with a mark if nobody has read it."""
    how = regime.check(article).how
    return f"{article} ({VERIFIED[how]})" if how is Reading.UNREAD else article


def _linked(checked: Checked) -> str:
    return f"[{checked.article}]({checked.link})" if checked.link else checked.article


def _regime(regime: Regime) -> str:
    module = importlib.import_module(f"{package.__name__}.{regime.id}")
    return page(
        regime.title,
        first(module.__doc__),
        folded(module.__doc__).partition("\n\n")[2],
        regime.note,
        "## Who is bound\n\n"
        + table(
            ("Nexus", "Who", "Provision"),
            [(code(one.id), one.says, _marked(regime, one.article)) for one in regime.nexuses],
        ),
        "## What follows from a true match\n\nThe rules are asked in this order, and the first that fits answers. Where none "
        "does, the payment is held.\n\n"
        + table(
            ("Measures", "Part", "Payment", "Paid for", "Outcome", "Why", "Provision"),
            [_rule(regime, one) for one in regime.rules],
        ),
        _owned(regime),
        _passing(regime),
        _counters(regime),
        f"## Authorisations\n\nGiven under: {_marked(regime, regime.licensing)}. Blocked money stays under: "
        f"{_marked(regime, regime.kept)}.",
        _reports(regime),
        _provisions(regime),
    )


def _rule(regime: Regime, rule: Rule) -> tuple[str, ...]:
    measures = _several(rule.measures) + (
        f"; programmes {', '.join(sorted(rule.programmes))}" if rule.programmes else ""
    )
    note = f" *{rule.note}*" if rule.note else ""
    return (
        measures,
        _several(rule.parts) or "any",
        _several(rule.directions) or "any",
        _several(rule.matters) or "anything",
        _words(rule.then),
        rule.says + note,
        _marked(regime, rule.article),
    )


def _owned(regime: Regime) -> str:
    owned = regime.owned
    if owned is None:
        return ""
    share = f"{'at least' if owned.is_enough else 'more than'} {owned.share_bp / 100:g} per cent"
    control = ", or control by other means" if owned.control else "; control alone does not suffice"
    kinds = f" For the measures {_several(owned.kinds)}; for others the payment is held." if owned.kinds else ""
    return (
        f"## Owned and controlled\n\nA party that is not listed is treated as if it were where listed persons together hold "
        f"{share} of it{control}. What is not known holds the payment.{kinds} Provision: "
        f"{_marked(regime, owned.article)}. {owned.note}".rstrip()
    )


def _passing(regime: Regime) -> str:
    rows = [
        (
            _several(one.parts),
            one.currency,
            ", ".join(sorted(one.within)) or "anywhere",
            one.instead,
            _marked(regime, one.article),
        )
        for one in regime.passing
    ]
    heads = ("Part", "Currency", "All banks in", "Instead", "Provision")
    return f"## Instant payments that are not held for an undecided match\n\n{table(heads, rows)}" if rows else ""


def _counters(regime: Regime) -> str:
    rows = [
        (code(one.regime), ", ".join(sorted(one.programmes)), _marked(regime, one.article), one.note)
        for one in regime.counters
    ]
    return (
        f"## Forbidden to comply with\n\n{table(('Regime', 'Programmes', 'Provision', 'Note'), rows)}" if rows else ""
    )


def _reports(regime: Regime) -> str:
    if not regime.reports:
        return ""
    asked = attributes(Fact)
    assert asked.keys() >= {one.name for one in Fact}
    return "## Reports\n\n" + table(
        ("Report", "To", "After", "By when", "Provision", "Fields"), [_report(regime, one) for one in regime.reports]
    )


def _provisions(regime: Regime) -> str:
    found = [regime.check(article) for article in cited(regime)]
    rows = [(_linked(one), VERIFIED[one.how], one.stand, one.note) for one in found]
    return "## Provisions\n\n" + table(("Provision", "Verified", "Version that was read", "Note"), rows)


def _report(regime: Regime, report: Report) -> tuple[str, ...]:
    fields = "; ".join(field.says + ("" if field.is_needed else " (if known)") for field in report.fields)
    under = f", programmes {', '.join(sorted(report.programmes))}" if report.programmes else ""
    note = f" *{report.note}*" if report.note else ""
    where = "".join(f", {_several(one)}" for one in (report.parts, report.directions) if one)
    return (
        report.title,
        report.to,
        f"{_several(report.after)}{where}{under}",
        report.within.says,
        _marked(regime, report.article) + note,
        fields,
    )


def _several(values: Iterable[Enum]) -> str:
    return ", ".join(sorted(_words(one) for one in values))


def _words(one: Enum) -> str:
    return str(one.value).replace("_", " ")
