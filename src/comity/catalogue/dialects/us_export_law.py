"""What the lists of the US Departments of Commerce and State forbid, each with its provision.

Denied persons: General Prohibition Four, 15 CFR 736.2(b)(4), and 764.2(k); the terms of the standard order stand in Supplement
No. 1 to part 764. Entity List: 744.11 and Supplement No. 4 to part 744. Unverified List: 744.15, 740.2(a)(17) and 758.1(b)(8).
Military end users: 744.21 and Supplement No. 7 to part 744. Debarred parties: 22 CFR 127.1(d) and 127.7. Nonproliferation
sanctions: the law that the list names, as the notice in the Federal Register applies it.
"""

from __future__ import annotations

from datetime import date

from comity.catalogue.dialects.ofac_programmes import freeze
from comity.model.measure import Measure, MeasureKind

EXPORTERS = "exporters, reexporters and transferors of items subject to the EAR"
GOVERNMENT = "departments and agencies of the United States Government"
NOTICE = "as the notice in the Federal Register states"


def denial(until: date | None, *, is_standard: bool) -> Measure:
    """Return the denial of export privileges, until the day on which the order expires."""
    terms = "part 764, Supp. No. 1" if is_standard else "non-standard terms, in the order itself"
    return Measure(
        kind=MeasureKind.EXPORT_PRIVILEGES,
        object="any part in an export from the United States of items subject to the EAR, by the person or for its benefit",
        binds="the denied person, and whoever deals with it in items subject to the EAR",
        until=until,
        article=f"15 CFR 736.2(b)(4) and 764.2(k); {terms}",
    )


def entity(requirement: str, policy: str) -> Measure:
    """Return the licence requirement of an entry of the Entity List, in the words of the entry."""
    return Measure(
        kind=MeasureKind.EXPORT,
        object=requirement or "items subject to the EAR, as far as the entry in Supp. No. 4 to part 744 says",
        parameters={"licence_review_policy": policy} if policy else {},
        binds=EXPORTERS,
        article="15 CFR 744.11 and part 744, Supp. No. 4",
    )


def military_end_user(requirement: str, policy: str) -> Measure:
    """Return the licence requirement for a military end user, in the words of the entry."""
    return Measure(
        kind=MeasureKind.EXPORT,
        object=requirement or "items listed in Supp. No. 2 to part 744",
        parameters={"licence_review_policy": policy} if policy else {},
        binds=EXPORTERS,
        article="15 CFR 744.21 and part 744, Supp. No. 7",
    )


UNVERIFIED = (
    Measure(
        kind=MeasureKind.NONE,
        object="prohibits nothing by itself: its bona fides could not be verified, and its presence is a red flag to be resolved",
        article="15 CFR 744.15 and part 744, Supp. No. 6",
    ),
    Measure(
        kind=MeasureKind.EXPORT,
        object=(
            "conditions of export, reexport and transfer: no licence exception may be used; where no licence is required, a UVL"
            " statement of the party must be had first; every export is filed in the Automated Export System"
        ),
        binds=EXPORTERS,
        article="15 CFR 744.15(b), 740.2(a)(17) and 758.1(b)(8)",
    ),
)

DEBARRED = (
    Measure(
        kind=MeasureKind.EXPORT_PRIVILEGES,
        object="any part in activities subject to the ITAR: defence articles, technical data and defence services",
        binds="the debarred party, and whoever deals with it under the ITAR",
        article="22 CFR 127.7 and 127.1(d); Arms Export Control Act, section 38(g)(4)",
    ),
)


def _as_noticed(what: str, article: str, kind: MeasureKind = MeasureKind.OTHER) -> tuple[Measure, ...]:
    return (Measure(kind=kind, object=f"{what}, {NOTICE}", binds=GOVERNMENT, article=article),)


_CBW = "procurement, imports, assistance and export licences for chemical or biological weapons proliferation"
_CBW_ARTICLE = "Chemical and Biological Weapons Control and Warfare Elimination Act of 1991 (22 U.S.C. 2798 and 5605)"
NONPROLIFERATION: dict[str, tuple[Measure, ...]] = {
    "E.O. 13382": (freeze("E.O. 13382, section 1(a)"),),
    "E.O. 12938": _as_noticed("procurement, assistance and imports", "E.O. 12938, section 4, as amended by E.O. 13094"),
    "INKSNA": _as_noticed(
        "procurement, assistance, arms sales and licences for dual-use items",
        "Iran, North Korea, and Syria Nonproliferation Act, section 3 (50 U.S.C. 1701 note)",
    ),
    "Missile Sanctions laws": _as_noticed(
        "contracts, export licences and imports for missile proliferation",
        "Arms Export Control Act, section 73 (22 U.S.C. 2797b); Export Control Reform Act of 2018 (50 U.S.C. 4842)",
    ),
    "Chemical and Biological Weapons Act": _as_noticed(_CBW, _CBW_ARTICLE),
    "Chemical and Biological Weapons Control and Warfare Elimination Act (CBW Act)": _as_noticed(_CBW, _CBW_ARTICLE),
    "Nuclear Proliferation Prevention Act": _as_noticed(
        "no goods or services may be procured from it",
        "Nuclear Proliferation Prevention Act of 1994, section 821 (22 U.S.C. 6301)",
        MeasureKind.PROCUREMENT,
    ),
    "Export-Import Bank Act": _as_noticed(
        "no credit, guarantee or insurance of the Export-Import Bank",
        "Export-Import Bank Act of 1945, section 2(b)(4) (12 U.S.C. 635(b)(4))",
        MeasureKind.LOANS,
    ),
    "Transfer of Lethal Military Equipment": _as_noticed(
        "assistance, procurement and export licences for transfers of lethal military equipment",
        "Foreign Assistance Act of 1961, section 620H (22 U.S.C. 2378), and yearly appropriations acts",
    ),
}
"""By the name under which the list of nonproliferation sanctions gives each law."""
