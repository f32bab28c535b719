"""Why a file cannot be taken as payment messages. Every failure names the file, the transaction and the field."""

from __future__ import annotations

from typing import TYPE_CHECKING

from comity.kit.errors import Invalid, Limited

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Self

    from comity.payments.model.transfer import Transfer


def _sentence(why: str, file: str, transaction: int, field: str) -> str:
    """Write the place as a person would look for it, then what is the matter."""
    nouns = (("transaction", str(transaction or "")), ("field", field))
    where = ", ".join((*filter(None, (file,)), *(f"{noun} {name}" for noun, name in nouns if name)))
    return f"{where}: {why}" if where else why


class MessageUnreadable(Invalid):
    """The file is no payment message, is broken, or breaks off."""

    code = "payments.unreadable"

    def __init__(self, why: str, *, file: str = "", transaction: int = 0, field: str = "") -> None:
        super().__init__(_sentence(why, file, transaction, field), file=file, transaction=transaction, field=field)
        self.why, self.file, self.transaction, self.field = why, file, transaction, field

    def within(self, file: str, transaction: int) -> Self:
        """Say in which file and in which transaction of it, counted from one, where nobody has said so yet."""
        return type(self)(
            self.why, file=self.file or file, transaction=self.transaction or transaction, field=self.field
        )


class KindUnknown(MessageUnreadable):
    """The message is of a kind, or of a version of a kind, that this node does not read."""

    code = "payments.kind_unknown"


class FieldUnknown(MessageUnreadable):
    """The message holds a field that the reader does not know, so that nobody could say whether it was screened."""

    code = "payments.field_unknown"


class ValueMalformed(MessageUnreadable):
    """A field is missing, stands twice, or holds what cannot be: an amount without a currency, a day in month 13."""

    code = "payments.value_malformed"


class MessageTooLarge(Limited):
    """One transaction or message is larger than any real one."""

    code = "payments.too_large"


def located(file: str, transfers: Iterator[Transfer]) -> Iterator[Transfer]:
    """Yield what is read from a file; a failure on the way says in which file, and in which transaction of it."""
    number = 0
    try:
        for transfer in transfers:
            number = transfer.number
            yield transfer
    except MessageUnreadable as failure:
        raise failure.within(file, 0 if isinstance(failure, KindUnknown) else number + 1) from failure
