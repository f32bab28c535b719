"""Writing the message by which a payment is rejected; it never says why.

The reason is `MS03`, not specified (ISO 20022 external status reason codes; among the reject reasons of the SEPA schemes).
`NARR` would promise a narrative, `RR04` (regulatory reason) and `AC06` (account blocked) would tell. A payment whose outcome is
not a rejection has no such message: blocked money is neither rejected nor returned. A recall is answered by a message of its
own (`recalling`). SWIFT MT payments are rejected by an MT199 or MT299 whose field 79 has the form of SWIFT's guidelines on rejects
and returns, with the code that the ISO 20022 translation writes for one that MT does not know. Schemes ask for more of the
original payment to be repeated than is written here.
"""

from __future__ import annotations

import re
from datetime import datetime
from types import MappingProxyType
from typing import TYPE_CHECKING, Annotated, Final

import msgspec
from lxml import etree
from msgspec import Meta

from comity.filtering.model.outcome import Outcome
from comity.kit.errors import Invalid, Refused
from comity.payments.model import Role, Transfer

if TYPE_CHECKING:
    from comity.filtering.model.decision import Decision

REASON: Final = "MS03"
REJECTED: Final = "RJCT"
LATER: Final = 11
"""The first version of pacs.008 and pacs.009 that is answered by the later of the two status reports."""
STATUS: Final = ("pacs.002.001.10", "pacs.002.001.14")
ORDER_STATUS: Final = "pain.002.001.10"
NOTICES: Final = MappingProxyType({"mt103": "MT199", "mt101": "MT199", "mt202": "MT299", "mt202_cov": "MT299"})
UETR: Final = re.compile(r"[a-f0-9]{8}-[a-f0-9]{4}-4[a-f0-9]{3}-[89ab][a-f0-9]{3}-[a-f0-9]{12}")

Reference = Annotated[str, Meta(pattern=r"^[0-9A-Za-z]([0-9A-Za-z /?:().,'+-]{0,14}[0-9A-Za-z])?$")]
"""At most 16 characters that every network takes."""


class NotRejected(Refused):
    """The outcome of this payment is no rejection, so that there is nothing to send: blocked money stays where it is."""

    code = "filtering.not_rejected"


class Unrejectable(Invalid):
    """There is no message by which such a payment could be rejected, or it lacks the references that one must repeat."""

    code = "filtering.unrejectable"


class Notice(msgspec.Struct, frozen=True, kw_only=True):
    """What this institution puts into the message."""

    bic: Annotated[str, Meta(pattern="^[A-Z0-9]{4}[A-Z]{2}[A-Z0-9]{2}([A-Z0-9]{3})?$")]
    reference: Reference
    at: datetime
    """The instant of writing, with its time zone."""


class Written(msgspec.Struct, frozen=True, kw_only=True):
    """A message, ready to be sent."""

    name: str
    """`pacs.002.001.10`, `MT199`."""
    to: str
    """The BIC of whoever instructed this institution; empty where the payment does not name it."""
    text: str


def reject(decision: Decision, transfer: Transfer, notice: Notice) -> Written:
    """Write the rejection of a payment. Raises `NotRejected`, `Unrejectable`."""
    if decision.outcome is not Outcome.REJECT_AND_REPORT:
        raise NotRejected("The outcome of this payment is no rejection.")
    check(notice)
    if transfer.kind in {"pacs_008", "pacs_009"}:
        return _status(transfer, notice)
    if transfer.kind == "pain_001":
        return _order_status(transfer, notice)
    if transfer.kind in NOTICES:
        return _swift(transfer, notice)
    raise Unrejectable(f"A {transfer.version} is not answered by a rejection.")


def check(notice: Notice) -> None:
    """Refuse what no network would take; a value that was made in code has not been looked at yet."""
    try:
        msgspec.convert(msgspec.to_builtins(notice), Notice)
    except msgspec.ValidationError as error:
        raise Unrejectable(f"The rejection cannot be written: {error}.") from error


def _status(transfer: Transfer, notice: Notice) -> Written:
    """Write a FIToFIPaymentStatusReport."""
    _demand(transfer, "message_id")
    number = int(transfer.version.rpartition(".")[2])
    name = STATUS[number >= LATER]
    to = _instructing(transfer)
    root = root_of(name, "FIToFIPmtStsRpt")
    _header(root, notice)
    one = add(root, "TxInfAndSts")
    original = add(one, "OrgnlGrpInf")
    add(original, "OrgnlMsgId", transfer.message_id)
    add(original, "OrgnlMsgNmId", transfer.version)
    _original(one, transfer, with_transaction=True)
    for element, bic in (("InstgAgt", notice.bic), ("InstdAgt", to)):
        if bic:
            add(add(add(one, element), "FinInstnId"), "BICFI", bic)
    return Written(name=name, to=to, text=text_of(root))


def _order_status(transfer: Transfer, notice: Notice) -> Written:
    """Write a CustomerPaymentStatusReport, for the customer's eyes."""
    _demand(transfer, "message_id")
    block = next((one.text for one in transfer.texts if one.place.endswith("/PmtInfId")), "")
    if not block:
        raise Unrejectable("The order does not name its block of payments.", field="PmtInfId")
    root = root_of(ORDER_STATUS, "CstmrPmtStsRpt")
    _header(root, notice)
    original = add(root, "OrgnlGrpInfAndSts")
    add(original, "OrgnlMsgId", transfer.message_id)
    add(original, "OrgnlMsgNmId", transfer.version)
    within = add(root, "OrgnlPmtInfAndSts")
    add(within, "OrgnlPmtInfId", block)
    _original(add(within, "TxInfAndSts"), transfer, with_transaction=False)
    return Written(name=ORDER_STATUS, to="", text=text_of(root))


def _swift(transfer: Transfer, notice: Notice) -> Written:
    """Write the text block of a free-format message; its headers are the network interface's."""
    _demand(transfer, "message_id")
    lines = [
        f":20:{notice.reference}",
        f":21:{transfer.message_id}",
        ":79:/REJT/99",
        f"/XT99/{REASON}/",
        f"/MREF/{transfer.message_id}",
        *([f"/TEXT//UETR/{transfer.uetr}"] if UETR.fullmatch(transfer.uetr) else ()),
    ]
    sender = transfer.named(Role.SENDER)
    return Written(
        name=NOTICES[transfer.kind], to=sender.bic if sender else "", text="{4:\r\n" + "\r\n".join(lines) + "\r\n-}"
    )


def _demand(transfer: Transfer, name: str) -> None:
    if not getattr(transfer, name):
        raise Unrejectable(f"The payment has no {name.replace('_', ' ')} that a rejection could repeat.", field=name)


def _instructing(transfer: Transfer) -> str:
    """Return who handed the payment on to this institution."""
    for role in (Role.INSTRUCTING_AGENT, Role.DEBTOR_AGENT):
        named = transfer.named(role)
        if named is not None and named.bic:
            return named.bic
    return ""


# --- XML


def root_of(name: str, element: str) -> etree._Element:
    """Begin a message, and return its root."""
    namespace = f"urn:iso:std:iso:20022:tech:xsd:{name}"
    document = etree.Element(f"{{{namespace}}}Document", nsmap={None: namespace})
    return add(document, element)


def add(parent: etree._Element, name: str, text: str = "") -> etree._Element:
    """Add an element of the same namespace, and return it."""
    element = etree.SubElement(parent, f"{{{etree.QName(parent).namespace}}}{name}")
    element.text = text or None
    return element


def _header(root: etree._Element, notice: Notice) -> None:
    header = add(root, "GrpHdr")
    add(header, "MsgId", notice.reference)
    add(header, "CreDtTm", notice.at.isoformat(timespec="seconds"))


def _original(parent: etree._Element, transfer: Transfer, *, with_transaction: bool) -> None:
    """Say which transaction is rejected, and that no reason is given."""
    told = (
        ("OrgnlInstrId", transfer.instruction_id),
        ("OrgnlEndToEndId", transfer.end_to_end_id),
        ("OrgnlTxId", transfer.transaction_id if with_transaction else ""),
        ("OrgnlUETR", transfer.uetr if UETR.fullmatch(transfer.uetr) else ""),
    )
    for element, text in told:
        if text:
            add(parent, element, text)
    add(parent, "TxSts", REJECTED)
    add(add(add(parent, "StsRsnInf"), "Rsn"), "Cd", REASON)


def text_of(root: etree._Element) -> str:
    """Return a message as it is sent."""
    tree = root.getroottree()
    return etree.tostring(tree, encoding="UTF-8", xml_declaration=True, pretty_print=True).decode()
