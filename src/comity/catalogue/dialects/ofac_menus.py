"""The menus from which US authorities pick sanctions for an entity, item by item as OFAC's entries name them.

*FOREIGN EXCHANGE. Sec 235(a)(7)* is an item of the menu in section 235 of the Countering America's Adversaries Through
Sanctions Act. Sources: that section (22 U.S.C. 9529), implemented by E.O. 13849; E.O. 13846, sections 4 and 5; E.O. 14059,
section 2; the Protecting Europe's Energy Security Act of 2019; 22 U.S.C. 9221c with 31 CFR 510.214.
"""

from __future__ import annotations

from typing import NamedTuple

from comity.catalogue.dialects.ofac_directives import WITHIN_US, bank
from comity.catalogue.dialects.ofac_programmes import US_BANKS, US_PERSONS, freeze
from comity.model.measure import Measure, MeasureKind

Kind = MeasureKind

_LOAN_CAP = {"amount_usd_max": "10000000", "period_months": "12"}


def _menu(article: str) -> dict[str, tuple[Measure, ...]]:
    """Return what the items mean that both menus share, each without its paragraph."""
    shares = [
        Measure(kind=kind, object=f"significant amounts of the entity's {what}", binds=US_PERSONS, article=article)
        for kind, what in ((Kind.EQUITY, "equity"), (Kind.DEBT, "debt instruments"))
    ]
    return {
        "loans from united states financial institutions": (
            bank(Kind.LOANS, "loans or credits beyond the amount", article, _LOAN_CAP),
        ),
        "foreign exchange": (
            Measure(
                kind=Kind.FOREIGN_EXCHANGE,
                object="transactions in foreign exchange under US jurisdiction in which the entity has an interest",
                binds=WITHIN_US,
                article=article,
            ),
        ),
        "banking transactions": (
            Measure(
                kind=Kind.BANKING_TRANSACTIONS,
                object="transfers of credit or payments through financial institutions under US jurisdiction",
                binds=US_BANKS,
                article=article,
            ),
        ),
        "blocking property and interests in property": (freeze(article),),
        "ban on investment in equity or debt of sanctioned person": tuple(shares),
        "exclusion of corporate officers": (
            Measure(
                kind=Kind.OFFICERS,
                object="corporate officers, principals and controlling shareholders are excluded from the United States",
                binds="US authorities",
                article=article,
            ),
        ),
        "sanctions on principal executive officers": (
            Measure(
                kind=Kind.OFFICERS,
                object="principal executive officers are sanctioned as the entity is",
                binds=US_PERSONS,
                article=article,
            ),
        ),
        "import sanctions": (
            Measure(kind=Kind.IMPORT, object="imports into the United States", binds=WITHIN_US, article=article),
        ),
        "export sanctions": (
            Measure(
                kind=Kind.EXPORT,
                object="licences for goods or technology under US export controls",
                binds="US authorities",
                article=article,
            ),
        ),
        "export-import bank assistance for exports to sanctioned persons": (
            Measure(
                kind=Kind.OTHER,
                object="assistance of the Export-Import Bank for exports to the entity",
                binds="Export-Import Bank of the United States",
                article=article,
            ),
        ),
        "loans from international financial institutions": (
            Measure(
                kind=Kind.LOANS,
                object="loans from international financial institutions, against which the United States votes",
                binds="US executive directors of international financial institutions",
                article=article,
            ),
        ),
    }


class Menu(NamedTuple):
    """A list of sanctions from which those imposed on an entity are picked."""

    programmes: tuple[str, ...]
    items: dict[str, tuple[Measure, ...]]


_NORTH_KOREA = Measure(
    kind=Kind.TRANSACTIONS,
    object="transactions that US persons may not engage in either",
    binds="persons abroad who are owned or controlled by US financial institutions",
    article="31 CFR 510.214",
)

_DRUGS = "E.O. 14059, section 2"
MENUS: dict[str, Menu] = {
    "CAATSA Section 235 Information": Menu(("CAATSA - RUSSIA", "PEESA"), _menu("CAATSA, section ")),
    "Executive Order 13846 information": Menu(("IRAN-EO13846", "IFCA"), _menu("E.O. 13846, section ")),
    "PEESA Information": Menu(
        ("PEESA-EO14039", "PEESA"),
        {
            "property and interests in property blocked, except importation of goods": (
                freeze("Protecting Europe's Energy Security Act of 2019, as amended", "importation of goods"),
            )
        },
    ),
    "Executive Order 14059 information": Menu(
        ("ILLICIT-DRUGS-EO14059", "ILLICIT-DRUGS-EO"),
        {
            "prohibition on any united states financial institution from making loans or providing credit to this target": (
                bank(Kind.LOANS, "loans and credit", _DRUGS),
            ),
            "prohibition on any transactions in foreign exchange that are subject to the jurisdiction of the united states"
            " and in which this target has any interest": _menu(_DRUGS)["foreign exchange"],
            "prohibition on any united states person from investing in or purchasing significant amounts of equity or debt"
            " instruments of this target": _menu(_DRUGS)["ban on investment in equity or debt of sanctioned person"],
        },
    ),
    "Transactions Prohibited For Persons Owned or Controlled By U.S. Financial Institutions": Menu(
        ("DPRK", "DPRK2", "DPRK3", "DPRK4", "DPRK-NKSPEA", "NPWMD"),
        {"north korea sanctions regulations section 510.214": (_NORTH_KOREA,)},
    ),
}
"""By the words before the item, in the entries; the items in lower case, without their paragraph."""
