"""From a decided match to the payment: what the law that binds makes of it, and which acts that leaves open."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from comity.alerts import service as alerts
from comity.alerts.model.asking import Decide, WhichAlerts
from comity.alerts.model.state import Disposition
from comity.alerts.service import Office
from comity.catalogue.regimes.exercise import REGIME
from comity.filtering import service as filtering
from comity.filtering.model import Binding, Bindings, Branch, Law, NotAnswered, Outcome, Unrejectable
from comity.filtering.model.failures import ActClosed
from comity.filtering.model.holding import Act, State
from comity.filtering.service import Place, Shown, Stands
from comity.infra.work import Work
from comity.lists.service import Desk
from comity.model.actor import Actor
from comity.screening import service as screening
from support.invented import load_document
from support.paying import KINDS, LISTED

MESSAGE = """{{1:F01QUAMQMQMAXXX0000000000}}{{2:I103ZORLQZQZXXXXN}}{{3:{{121:{uetr}}}}}{{4:
:20:QM103-1
:23B:CRED
:32A:311121EUR1250,5
:50K:/1000200030
{payer}
:52A:QUAMQMQM
:57A:ZORLQNQN
:59:/9988
{payee}
:70:RENT
:71A:SHA
-}}
"""
PAYER_LISTED = MESSAGE.format(payer="OLEG DRESNOV", payee="FEN MARLOW", uetr="00000000-0000-4000-8000-000000000001")
PAYEE_LISTED = MESSAGE.format(payer="FEN MARLOW", payee="OLEG DRESNOV", uetr="00000000-0000-4000-8000-000000000002")

RECALL = """<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.056.001.08"><FIToFIPmtCxlReq>
<Assgnmt><Id>QM-REC-{number}</Id><Assgnr><Agt><FinInstnId><BICFI>ZORLQZQZ</BICFI></FinInstnId></Agt></Assgnr>
<Assgne><Agt><FinInstnId><BICFI>QUAMQMQM</BICFI></FinInstnId></Agt></Assgne></Assgnmt>
<Undrlyg><TxInf><OrgnlUETR>00000000-0000-4000-8000-00000000000{uetr}</OrgnlUETR></TxInf></Undrlyg></FIToFIPmtCxlReq></Document>
"""


@pytest.fixture
def place(work: Work, desk: Desk, tmp_path: Path) -> Place:
    """A bank that the fictional regime binds everywhere, with the fictional list in force."""
    load_document(work, desk, "2031-01-10", *LISTED)
    regime = msgspec.structs.replace(REGIME, sources=frozenset({"qm_list"}))
    bound = Bindings(
        version=1,
        branches=(Branch(id="kavrel", country="QM"),),
        bindings=(Binding(regime="exercise", nexus="in_meridia"),),
    )
    stands = Stands(Law(regimes={"exercise": regime}, bindings=bound), "kavrel", frozenset({"QUAMQMQM"}))
    return Place(screening.Place(desk, tmp_path / "screening"), KINDS, Office(desk), lambda: stands)


def as_(work: Work, name: str) -> Work:
    actor = Actor(id=f"user:{name}", name=name)
    return Work(work.connection, actor=actor, purpose=work.purpose, permission=work.permission, at=work.at)


def screened(work: Work, place: Place, message: str) -> str:
    file = filtering.screen_message(work, place, message.encode(), "message.fin")
    return filtering.listed(work, file=file.id).payments[0].id


def decided(work: Work, place: Place, disposition: Disposition) -> None:
    """Decide every alert that waits, by as many people as the practice asks for."""
    for row in alerts.queue(work, WhichAlerts()).rows:
        shown = alerts.show(work, place.office, row.alert.id)
        said = Decide(
            hit=shown.hit.id,
            disposition=disposition,
            reasons=(shown.reasons[disposition][0].id,),
            measures=shown.consequences.digest,
        )
        first = as_(work, "ana")
        alerts.decide(first, place.office, said)
        if disposition in shown.needs_second:
            alerts.confirm(as_(work, "ben"), shown.hit.id)


def open_acts(shown: Shown) -> set[Act]:
    return {one.act for one in shown.ways if one.is_open}


def test_an_undecided_match_holds_and_nothing_can_be_done_with_the_money(work: Work, place: Place) -> None:
    shown = filtering.show(work, place, screened(work, place, PAYER_LISTED))
    assert (shown.judged.outcome, open_acts(shown)) == (Outcome.HOLD, {Act.ASK, Act.ESCALATE})
    assert filtering.rejection(work, place, shown.held, shown.judged) is None


def test_money_of_a_listed_payer_is_blocked_never_rejected(work: Work, place: Place) -> None:
    id_ = screened(work, place, PAYER_LISTED)
    decided(work, place, Disposition.TRUE_MATCH)
    shown = filtering.show(work, place, id_)
    assert (shown.judged.outcome, open_acts(shown)) == (Outcome.BLOCK_AND_REPORT, {Act.BLOCK, Act.ASK, Act.ESCALATE})
    assert filtering.rejection(work, place, shown.held, shown.judged) is None
    assert shown.judged.decision is not None
    assert [one.report.id for one in shown.judged.decision.duties] == ["office"]
    with pytest.raises(ActClosed, match="Blocking is not rejecting"):
        filtering.act(as_(work, "ana"), place, id_, Act.REJECT, "Send it back.")
    filtering.act(as_(work, "ana"), place, id_, Act.BLOCK, "The passport is his.")
    done = filtering.confirm(as_(work, "ben"), place, id_, "Seen.")
    assert done.payment.state is State.BLOCKED


def test_a_recall_of_what_is_held_is_pending_and_of_what_is_blocked_refused(work: Work, place: Place) -> None:
    id_ = screened(work, place, PAYER_LISTED)
    recall, other = (screened(work, place, RECALL.format(number=n, uetr=uetr)) for n, uetr in ((1, "1"), (2, "9")))
    held = filtering.recall_answer(work, place, recall)
    assert ("PDCR" in held.text, "RJCR" in held.text) == (True, False)
    shown = filtering.show(work, place, id_).held.payment
    assert [(one.recall.id, one.written.to) for one in filtering.recalls(work, place, shown)] == [(recall, "ZORLQZQZ")]
    decided(work, place, Disposition.TRUE_MATCH)
    filtering.act(as_(work, "ana"), place, id_, Act.BLOCK, "The passport is his.")
    filtering.confirm(as_(work, "ben"), place, id_, "Seen.")
    blocked = filtering.recall_answer(work, place, recall)
    assert ("PDCR" in blocked.text, "RJCR" in blocked.text) == (False, True)
    with pytest.raises(NotAnswered):
        filtering.recall_answer(work, place, other)
    with pytest.raises(Unrejectable):
        filtering.recall_answer(work, place, id_)


def test_a_payment_to_somebody_listed_is_rejected_without_saying_why(work: Work, place: Place) -> None:
    id_ = screened(work, place, PAYEE_LISTED)
    decided(work, place, Disposition.TRUE_MATCH)
    shown = filtering.show(work, place, id_)
    assert (shown.judged.outcome, open_acts(shown)) == (Outcome.REJECT_AND_REPORT, {Act.REJECT, Act.ASK, Act.ESCALATE})
    written = filtering.rejection(work, place, shown.held, shown.judged)
    assert written is not None
    assert not any(word in written.text.casefold() for word in ("sanction", "list", "dresnov", "frozen", "block"))


def test_what_is_nobody_is_released_and_nothing_else_is_open(work: Work, place: Place) -> None:
    id_ = screened(work, place, PAYEE_LISTED)
    decided(work, place, Disposition.FALSE_POSITIVE)
    shown = filtering.show(work, place, id_)
    assert (shown.judged.outcome, open_acts(shown)) == (Outcome.RELEASE, {Act.RELEASE, Act.ASK, Act.ESCALATE})
    assert filtering.settle(work, place) == 1
    assert filtering.show(work, place, id_).held.payment.state is State.RELEASED
