"""The directives that OFAC issued under its executive orders: maturities, objects and addressees, each with its provision.

An entry says *Subject to Directive 1* and no more. Where a directive was amended, what it forbids goes by the date of issue of
the debt. Sources: 31 CFR 589.202 to 589.205; the directives under E.O. 14024, with OFAC's frequently asked questions 888, 967,
983 and 1000; Directive 1 under E.O. 14014; E.O. 13959 as amended by E.O. 14032.
"""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from comity.catalogue.dialects.ofac_programmes import SECURITIES, US_BANKS, US_PERSONS
from comity.model.measure import Measure, MeasureKind

Kind = MeasureKind

WITHIN_US = "US persons, and anybody within the United States"
PROJECTS = (
    "goods, non-financial services and technology to explore or produce in deepwater, Arctic offshore or shale projects"
)
EFFECTIVE = "effective date"
"""Stands in a table for the day that the entry itself gives."""


class Directive(NamedTuple):
    """A directive: the programme to which it belongs, and its prohibitions."""

    programmes: tuple[str, ...]
    """The first of these under which the entry stands."""
    measures: tuple[Measure, ...]


def _debt(days: int, article: str, since: str, before: str = "", *, binds: str = WITHIN_US) -> Measure:
    window = {"issued_since": since} | ({"issued_before": before} if before else {})
    return Measure(
        kind=Kind.DEBT,
        object="debt of longer maturity, issued since the entity became subject to the directive",
        parameters={"maturity_days_max": str(days)} | window,
        binds=binds,
        since=None if since == EFFECTIVE else date.fromisoformat(since),
        article=article,
    )


def _equity(article: str, since: str, *, binds: str = WITHIN_US) -> Measure:
    start = None if since == EFFECTIVE else date.fromisoformat(since)
    parameters = {"issued_since": since}
    return Measure(
        kind=Kind.EQUITY,
        object="equity issued since the entity became subject to the directive",
        parameters=parameters,
        binds=binds,
        since=start,
        article=article,
    )


def bank(
    kind: MeasureKind,
    object_: str,
    article: str,
    parameters: dict[str, str] | None = None,
    *,
    since: date | None = None,
) -> Measure:
    """Return what is forbidden to US financial institutions alone."""
    parameters = parameters or {}
    return Measure(kind=kind, object=object_, parameters=parameters, binds=US_BANKS, since=since, article=article)


_UKRAINE, _RUSSIA = ("UKRAINE-EO13662",), ("RUSSIA-EO14024",)

DIRECTIVES: dict[str, Directive] = {
    "EO 13662 Directive 1": Directive(
        _UKRAINE,
        (
            _debt(90, "31 CFR 589.202(a)", "2014-07-16", "2014-09-12"),
            _debt(30, "31 CFR 589.202(b)", "2014-09-12", "2017-11-28"),
            _debt(14, "31 CFR 589.202(c)", "2017-11-28"),
            _equity("31 CFR 589.202", "2014-07-16"),
        ),
    ),
    "EO 13662 Directive 2": Directive(
        _UKRAINE,
        (
            _debt(90, "31 CFR 589.203(a)", "2014-07-16", "2017-11-28"),
            _debt(60, "31 CFR 589.203(b)", "2017-11-28"),
        ),
    ),
    "EO 13662 Directive 3": Directive(_UKRAINE, (_debt(30, "31 CFR 589.204", "2014-09-12"),)),
    "EO 13662 Directive 4": Directive(
        _UKRAINE,
        (
            Measure(
                kind=Kind.EXPORT,
                object=f"{PROJECTS}, with the potential to produce oil in Russia or its claimed waters",
                binds=WITHIN_US,
                since=date(2014, 9, 12),
                article="31 CFR 589.205(a)",
            ),
            Measure(
                kind=Kind.EXPORT,
                object=f"{PROJECTS}, with the potential to produce oil anywhere, where the entity owns the share or most votes",
                parameters={"ownership_percent_min": "33", "initiated_since": "2018-01-29"},
                binds=WITHIN_US,
                since=date(2018, 1, 29),
                article="31 CFR 589.205(b)",
            ),
        ),
    ),
    "EO 14024 Directive 1a": Directive(
        _RUSSIA,
        (
            bank(
                Kind.BONDS,
                "primary market for ruble or non-ruble denominated bonds",
                "E.O. 14024, Directive 1A",
                {"issued_after": "2021-06-14"},
                since=date(2021, 6, 14),
            ),
            bank(
                Kind.LOANS,
                "lending of ruble or non-ruble denominated funds",
                "E.O. 14024, Directive 1A",
                since=date(2021, 6, 14),
            ),
            bank(
                Kind.BONDS,
                "secondary market for ruble or non-ruble denominated bonds",
                "E.O. 14024, Directive 1A",
                {"issued_since": EFFECTIVE},
            ),
        ),
    ),
    "EO 14024 Directive 2": Directive(
        _RUSSIA,
        (
            bank(
                Kind.CORRESPONDENT_ACCOUNT,
                "opening or maintaining a correspondent account or a payable-through account",
                "E.O. 14024, Directive 2",
            ),
            bank(Kind.TRANSACTIONS, "processing of transactions that involve the bank", "E.O. 14024, Directive 2"),
        ),
    ),
    "EO 14024 Directive 3": Directive(
        _RUSSIA,
        (
            _debt(14, "E.O. 14024, Directive 3", EFFECTIVE, binds=US_PERSONS),
            _equity("E.O. 14024, Directive 3", EFFECTIVE, binds=US_PERSONS),
        ),
    ),
    "EO 14024 Directive 4": Directive(
        _RUSSIA,
        (
            Measure(
                kind=Kind.TRANSACTIONS,
                object="any transaction, including transfers of assets and foreign exchange for or on behalf of the entity",
                binds=US_PERSONS,
                since=date(2022, 2, 28),
                article="E.O. 14024, Directive 4",
            ),
        ),
    ),
    "EO 14014 Directive 1": Directive(
        ("BURMA-EO14014",),
        (
            Measure(
                kind=Kind.SERVICES,
                object="financial services to or for the benefit of the entity",
                binds=US_PERSONS,
                article="E.O. 14014, Directive 1",
            ),
        ),
    ),
    "CMIC": Directive(("CMIC-EO13959",), (SECURITIES,)),
}
"""By the name that the entries give each directive, without the words around it."""
