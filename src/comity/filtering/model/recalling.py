"""Writing the answer to a recall of money that does not move here; it never says why.

A recall (camt.056) asks for the money of an earlier payment back. Money that is frozen is not given back, to nobody: to return it
would make funds available, as to pay it out would. It is refused (`RJCR`), by the decision of this bank (`AGNT`, ISO 20022 external
payment cancellation rejection codes), which says whose decision it is and not on what ground; `LEGL` would tell. Money that is held
until a person has decided is neither promised nor refused: the request is pending (`PDCR`), without a reason. Money that has moved
on, and money that was rejected, is answered for by whoever has it.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from comity.filtering.model.holding import State
from comity.filtering.model.rejecting import UETR, Notice, Unrejectable, Written, add, check, root_of, text_of
from comity.kit.errors import Refused
from comity.payments.model import Role

if TYPE_CHECKING:
    from lxml import etree

    from comity.payments.model import Transfer

RECALL: Final = "camt_056"
REASON: Final = "AGNT"
LATER: Final = 11
"""The first version of camt.056 that is answered by the later of the two resolutions."""
RESOLUTION: Final = ("camt.029.001.09", "camt.029.001.13")
ANSWERS: Final = MappingProxyType({State.HELD: "PDCR", State.BLOCKED: "RJCR"})
"""What is answered where the payment that is called back stands here."""


class NotAnswered(Refused):
    """The payment that is called back is neither held nor blocked here: whoever has the money answers."""

    code = "filtering.recall_not_answered"


def answer(recall: Transfer, state: State, notice: Notice) -> Written:
    """Write the answer to a recall of a payment that stands here. Raises `NotAnswered`, `Unrejectable`."""
    if recall.kind != RECALL or recall.original is None:
        raise Unrejectable(f"A {recall.version} is not answered as a recall.")
    if state not in ANSWERS:
        raise NotAnswered("The payment that is called back is neither held nor blocked here.")
    check(notice)
    name = RESOLUTION[int(recall.version.rpartition(".")[2]) >= LATER]
    to = _asker(recall)
    root = root_of(name, "RsltnOfInvstgtn")
    assigned = add(root, "Assgnmt")
    add(assigned, "Id", notice.reference)
    for element, bic in (("Assgnr", notice.bic), ("Assgne", to)):
        add(add(add(add(assigned, element), "Agt"), "FinInstnId"), "BICFI", bic)
    add(assigned, "CreDtTm", notice.at.isoformat(timespec="seconds"))
    add(add(root, "Sts"), "Conf", ANSWERS[state])
    _original(add(add(root, "CxlDtls"), "TxInfAndSts"), recall, state)
    return Written(name=name, to=to, text=text_of(root))


def _asker(recall: Transfer) -> str:
    """Return the BIC of the bank that called the payment back. Raises `Unrejectable`."""
    named = recall.named(Role.ASSIGNER)
    if named is None or not named.bic:
        raise Unrejectable("The recall does not name the bank that asks by its BIC.", field="Assgnr")
    return named.bic


def _original(parent: etree._Element, recall: Transfer, state: State) -> None:
    """Say which payment was called back, and of a refusal that it is this bank's."""
    said = recall.original
    assert said is not None, "a recall speaks of a payment"
    add(parent, "CxlStsId", recall.message_id)
    if said.message_id and said.message_name:
        group = add(parent, "OrgnlGrpInf")
        add(group, "OrgnlMsgId", said.message_id)
        add(group, "OrgnlMsgNmId", said.message_name)
    told = (
        ("OrgnlInstrId", said.instruction_id),
        ("OrgnlEndToEndId", said.end_to_end_id),
        ("OrgnlTxId", said.transaction_id),
        ("OrgnlUETR", said.uetr if UETR.fullmatch(said.uetr) else ""),
        ("TxCxlSts", ANSWERS[state]),
    )
    for element, text in told:
        if text:
            add(parent, element, text)
    if state is State.BLOCKED:
        add(add(add(parent, "CxlStsRsnInf"), "Rsn"), "Cd", REASON)
