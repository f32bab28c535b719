"""The catalogue of payment messages: what is read, what is screened as what, and what is not."""

from __future__ import annotations

import importlib

from comity.catalogue import messages as package
from comity.kit.catalogue import discover
from comity.payments.model import AGAINST, Against, FieldKind, MessageKind
from support.reference.prose import attributes, code, folded, listed, page, table


def text() -> str:
    """Return the page on payment messages."""
    found = discover(package, "MESSAGE", MessageKind)
    said, compared = attributes(FieldKind), attributes(Against)
    kinds = [
        (
            code(one.value),
            listed(sorted(what.value for what in AGAINST[one])) or "nothing of its own",
            said.get(one.name, ""),
        )
        for one in FieldKind
    ]
    return page(
        "Payment messages",
        "Every kind of payment message that a node can read. Each is one file in `src/comity/catalogue/messages/`. A version, an "
        "element, a field or a column that is not known is refused with its place.",
        "## Kinds\n\n" + table(("Kind", "Title", "Standard", "Names"), [_row(one) for one in found.values()]),
        *(_section(one) for one in found.values()),
        "## What is screened\n\nEach text of a message is of one kind, which decides what it is compared with.\n\n"
        + table(("Text", "Compared with", "Meaning"), kinds),
        "## What it is compared with\n\n"
        + table(("Word", "Meaning"), [(code(one.value), compared[one.name]) for one in Against]),
    )


def _row(kind: MessageKind) -> tuple[str, ...]:
    names = f"{code(kind.names[0])} to {code(kind.names[-1])}" if len(kind.names) > 2 else listed(kind.names)
    return code(kind.id), kind.title, kind.standard.value, names


def _section(kind: MessageKind) -> str:
    module = importlib.import_module(f"{package.__name__}.{kind.id}")
    return f"## {kind.title}\n\n{folded(module.__doc__)}\n\nForm: {kind.specification}."
