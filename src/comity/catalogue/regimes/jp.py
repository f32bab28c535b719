"""Japan: the Foreign Exchange and Foreign Trade Act (Act No. 228 of 1949).

Payments to and from listed persons need a permission (Art. 16) of the Minister of Finance or the Minister of Economy, Trade and
Industry, whom a notice names (Foreign Exchange Order, Art. 6(1)); taking money needs one as paying it does. A bank confirms that
there is a permission, or that none is needed, before it carries a payment out (Art. 17). Nothing is frozen by the payment itself:
what has no permission is not carried out. Payments within the country fall under another Act, which freezes (Act No. 124 of 2014).
The ministry's list is not in the catalogue; the end-user list warns and prohibits nothing by itself. Sources:
japaneselawtranslation.go.jp; mof.go.jp.
"""

from __future__ import annotations

from typing import Final

from comity.catalogue.dialects import asked_in_reports as ask
from comity.catalogue.dialects.checking import named, partly, read, unread
from comity.catalogue.dialects.dealings import bounded, unsettled, untouched
from comity.catalogue.dialects.freezing import BOTH, ONWARD
from comity.catalogue.dialects.told_cases import Teller, Told, licence
from comity.filtering.model import Direction, Outcome, Ownership, Part
from comity.filtering.model.regime import EYE, Nexus, Owned, Regime, Report, Rule
from comity.filtering.model.term import Term, Unit
from comity.model.measure import MeasureKind

Kind, To, Then = MeasureKind, Direction, Outcome

PERMISSION: Final = "Foreign Exchange and Foreign Trade Act, Arts. 16(1) and 17"
OWNED: Final = (
    f"notices under the Foreign Exchange and Foreign Trade Act, Art. 16(1): 50 per cent or more held directly ({EYE})"
)
ASKED: Final = "Foreign Exchange and Foreign Trade Act, Art. 55-8"
DOMESTIC: Final = "Act on Special Measures Concerning Freezing of Assets (Act No. 124 of 2014), Arts. 9 to 16"
GIVEN: Final = "Foreign Exchange and Foreign Trade Act, Art. 16(1); Foreign Exchange Order, Art. 6(1) and (2)"
ABROAD: Final = "Foreign Exchange and Foreign Trade Act, Art. 16(1)"
BODIES: Final = "Foreign Exchange and Foreign Trade Act, Art. 5"
CITED: Final = "the provision that the measure cites"

RULES: Final = (
    Rule(
        measures=BOTH,
        parts=frozenset({Part.PAYER, Part.ULTIMATE_PAYER, Part.PAYEE, Part.ULTIMATE_PAYEE}),
        directions=frozenset({To.OUTGOING}),
        then=Then.REJECT_AND_REPORT,
        says="The payment needs a minister's permission, and the bank may not carry it out without.",
        article=PERMISSION,
    ),
    Rule(
        measures=BOTH,
        parts=frozenset({Part.PAYEE_AGENT}),
        directions=ONWARD,
        then=Then.HOLD,
        says="Whether paying into a listed bank needs a permission must be found.",
        article=PERMISSION,
        note=EYE,
    ),
    Rule(
        measures=BOTH,
        directions=frozenset({To.WITHIN}),
        then=Then.HOLD,
        says="Between accounts in Japan another Act freezes, for those whom it lists: that must be found.",
        article=DOMESTIC,
        note=EYE,
    ),
    Rule(
        measures=BOTH,
        then=Then.HOLD,
        says="Taking the money needs a minister's permission, and sending it back may need one too.",
        article=PERMISSION,
        note=EYE,
    ),
    *bounded(CITED, Kind.ARMS_EMBARGO, Kind.EXPORT, Kind.IMPORT),
    untouched(CITED),
    unsettled(CITED, Kind.TRANSACTIONS, Kind.SERVICES, Kind.SECURITIES, Kind.OTHER),
)

_UN = Teller(source="un_consolidated", currency="JPY")
_END = Teller(source="jp_meti_end_user", currency="JPY")
_FREEZE = Kind.ASSET_FREEZE

CASES: Final = (
    Told("A customer orders a transfer abroad to a person whom the Security Council has listed.")
    .when(_UN.pays(To.OUTGOING), _UN.match(Part.PAYEE, _FREEZE))
    .then(Then.REJECT_AND_REPORT, PERMISSION, note=f"That the ministry has given notice of the listing {EYE}."),
    Told("Money arrives from such a person: taking it needs a permission, and sending it back may need one too.")
    .when(_UN.pays(To.INCOMING), _UN.match(Part.PAYER, _FREEZE))
    .then(Then.HOLD, PERMISSION, note=EYE),
    Told("Both are customers of the bank in Japan, and the payee is such a person.")
    .when(_UN.pays(To.WITHIN), _UN.match(Part.PAYEE, _FREEZE))
    .then(Then.HOLD, DOMESTIC, note=EYE),
    Told("Such a person holds exactly one half of the payee.")
    .when(_UN.pays(To.OUTGOING), _UN.match(Part.PAYEE, _FREEZE, ownership=Ownership(share_bp=5000)))
    .then(Then.REJECT_AND_REPORT, PERMISSION),
    Told("The payee is on the ministry of economy's end-user list, which warns exporters.")
    .when(_END.pays(To.OUTGOING), _END.match(Part.PAYEE, Kind.NONE))
    .then(Then.RELEASE, CITED),
    Told("The minister has permitted the payment.")
    .when(_UN.pays(To.OUTGOING), _UN.match(Part.PAYEE, _FREEZE))
    .then(Then.RELEASE_UNDER_LICENCE, PERMISSION, licences=(licence("jp", "M-4", GIVEN),)),
)

REGIME = Regime(
    id="jp",
    title="Japan",
    sources=frozenset({"jp_meti_end_user", "un_consolidated"}),
    nexuses=(
        Nexus(
            id="in_japan",
            says="payments from Japan to abroad, and between residents and non-residents",
            article=ABROAD,
        ),
        Nexus(
            id="japanese_body",
            says="acts abroad of bodies with their principal office in Japan",
            article=BODIES,
        ),
    ),
    rules=RULES,
    owned=Owned(share_bp=5000, is_enough=True, control=False, article=OWNED, kinds=BOTH),
    kept=PERMISSION,
    licensing=GIVEN,
    reports=(
        Report(
            id="on_demand",
            title="Report on demand",
            to="the Ministry of Finance",
            after=frozenset({Then.REJECT_AND_REPORT, Then.BLOCK_AND_REPORT}),
            within=Term(unit=Unit.AT_ONCE, says="when the ministry asks; to be kept ready"),
            article=ASKED,
            fields=ask.FROZEN,
            note=EYE,
        ),
    ),
    checked=(
        *partly(
            "https://laws.e-gov.go.jp/law/324AC0000000228",
            "Art. 17, in Japanese, as in force since 1 April 2024",
            PERMISSION,
            note="Art. 16(1) was read where Art. 17 and the Foreign Exchange Order, Art. 6(1), restate it.",
        ),
        *partly(
            "https://laws.e-gov.go.jp/law/355CO0000000260",
            "Foreign Exchange Order, Art. 6, in Japanese, as in force since 10 May 2022",
            ABROAD,
            GIVEN,
        ),
        *read(
            "https://www.japaneselawtranslation.go.jp/ja/laws/download/2076/08/s24Aa002280204en4.0_h21A59.txt",
            "translation with the amendments of 2009",
            BODIES,
        ),
        *partly(
            "https://www.japaneselawtranslation.go.jp/ja/laws/view/4876/tb",
            "table of contents, with the amendments of 2022",
            DOMESTIC,
            note="That Arts. 9 to 16 restrict dealings was read, their own words were not.",
        ),
        *unread("The Act's chapter on reports, Arts. 55 to 55-9, was found; the article was not read.", ASKED),
        *unread("No notice was read.", OWNED),
        *named(CITED),
    ),
    cases=CASES,
    calendar="JP",
)
