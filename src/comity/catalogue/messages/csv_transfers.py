"""Transfers in a table: CSV with a header, one transfer a row, columns named as below.

`amount` and `currency` stand in every row, with a name or an account of both sides. A column that is not known is refused, so that
nobody takes for screened what nobody read. Commas, semicolons and tabs divide; the text is UTF-8.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from typing import Final

from comity.catalogue.dialects.payment_reading import Fact, Reading, transfer
from comity.model.money import Money
from comity.payments.model import (
    REMITTANCE,
    Example,
    Expected,
    FieldKind,
    FieldUnknown,
    MessageKind,
    MessageUnreadable,
    Opened,
    Role,
    Standard,
    Transfer,
    ValueMalformed,
    screened,
)

K = FieldKind

FACTS: Final = frozenset(
    {
        *("amount", "instructed_amount", "settles_on", "charge_bearer", "purpose", "category_purpose"),
        *("service_level", "local_instrument"),
    }
)
"""Columns that the transfer keeps and nobody screens, beside `currency`."""

REFERENCES: Final = frozenset({"message_id", "instruction_id", "end_to_end_id", "transaction_id", "uetr"})
TEXTS: Final = {"remittance": K.REMITTANCE, "reference": K.REFERENCE, "note": K.FREE_TEXT}
CUSTOMERS: Final = (
    *(Role.DEBTOR, Role.ULTIMATE_DEBTOR, Role.INITIATING_PARTY),
    *(Role.CREDITOR, Role.ULTIMATE_CREDITOR),
)
INSTITUTIONS: Final = (
    *(Role.DEBTOR_AGENT, Role.CREDITOR_AGENT, Role.INSTRUCTING_AGENT, Role.INSTRUCTED_AGENT),
    *(Role.INTERMEDIARY_AGENT_1, Role.INTERMEDIARY_AGENT_2, Role.INTERMEDIARY_AGENT_3),
)
OF_ANYBODY: Final = {
    "bic": K.BIC,
    "lei": K.LEI,
    "iban": K.IBAN,
    "account": K.ACCOUNT,
    "address": K.ADDRESS_LINE,
    "street": K.STREET,
    "postcode": K.POSTCODE,
    "town": K.TOWN,
    "region": K.REGION,
    "country": K.COUNTRY,
}
OF_CUSTOMERS: Final = {
    **OF_ANYBODY,
    "name": K.PARTY_NAME,
    "national_id": K.NATIONAL_ID,
    "organisation_id": K.ORGANISATION_ID,
    "birth_date": K.BIRTH_DATE,
    "birth_place": K.BIRTH_PLACE,
}
OF_INSTITUTIONS: Final = {**OF_ANYBODY, "name": K.AGENT_NAME, "clearing_id": K.CLEARING_ID}
SAID: Final = {
    **{f"{role.value}_{what}": (role, kind) for role in CUSTOMERS for what, kind in OF_CUSTOMERS.items()},
    **{f"{role.value}_{what}": (role, kind) for role in INSTITUTIONS for what, kind in OF_INSTITUTIONS.items()},
}
"""Columns that say something of somebody: `creditor_name`, `debtor_agent_bic`."""

KNOWN: Final = FACTS | REFERENCES | TEXTS.keys() | SAID.keys() | {"currency"}
NEEDED: Final = ("amount", "currency")
DELIMITERS: Final = ",;\t"
HEADER_CHARS_MAX: Final = 20_000


def read(opened: Opened) -> Iterator[Transfer]:
    """Yield the transfers of a table. Raises `MessageUnreadable` and what derives from it."""
    with opened.stream() as source:
        text = io.TextIOWrapper(source, encoding="utf-8-sig", newline="")
        try:
            header = text.readline(HEADER_CHARS_MAX)
            delimiter = max(DELIMITERS, key=header.count)
            columns = _columns(next(csv.reader([header], delimiter=delimiter), []))
            yield from _rows(csv.reader(text, delimiter=delimiter, strict=True), columns)
        except UnicodeDecodeError as error:
            raise MessageUnreadable("the text is not UTF-8") from error
        except csv.Error as error:
            raise MessageUnreadable(f"the table is damaged ({error})") from error


def _columns(header: list[str]) -> list[str]:
    columns = [name.strip().lower() for name in header]
    seen: set[str] = set()
    for name in columns:
        if name not in KNOWN:
            raise FieldUnknown("the column is not known", field=f"1/{name[:80]}")
        if name in seen:
            raise ValueMalformed("the column stands twice", field=f"1/{name}")
        seen.add(name)
    for name in NEEDED:
        if name not in columns:
            raise ValueMalformed("the column is missing", field=f"1/{name}")
    for role in (Role.DEBTOR, Role.CREDITOR):
        if not {f"{role.value}_{what}" for what in ("name", "iban", "account", "bic")} & set(columns):
            raise ValueMalformed("the column is missing", field=f"1/{role.value}_name")
    return columns


def _rows(rows: Iterator[list[str]], columns: list[str]) -> Iterator[Transfer]:
    number, line = 0, 1
    for cells in rows:
        place, line = line + 1, rows.line_num + 1  # type: ignore[attr-defined] # a row may hold line breaks
        if not any(cell.strip() for cell in cells):
            continue
        if len(cells) != len(columns):
            raise ValueMalformed(f"the row has {len(cells)} cells, the header {len(columns)}", field=f"{place}/")
        if any("\0" in cell for cell in cells):
            raise ValueMalformed("a zero (NUL) stands in the row", field=f"{place}/")
        number += 1
        yield transfer("csv_transfers", "CSV", number, _reading(dict(zip(columns, cells, strict=True)), place))
    if not number:
        raise MessageUnreadable("the table holds no transfer")


def _reading(row: dict[str, str], line: int) -> Reading:
    into = Reading()
    currency = row["currency"].strip()
    for name, cell in row.items():
        text, place = cell.strip(), f"{line}/{name}"
        if not text:
            if name in NEEDED:
                raise ValueMalformed("the cell is empty", field=place)
            continue
        if name in FACTS or name in REFERENCES:
            into.facts[name] = [Fact(text, place, currency)]
        if name in REFERENCES:
            into.gathered.add(screened(K.REFERENCE, text, place))
        elif name in TEXTS:
            into.gathered.add(screened(TEXTS[name], text, place), None if name == "note" else REMITTANCE)
        elif name in SAID:
            role, kind = SAID[name]
            into.gathered.add(screened(kind, text, place, role))
    return into


COLUMNS = "end_to_end_id,amount,currency,settles_on,debtor_name,debtor_country,"
MORE = "creditor_name,creditor_birth_date,creditor_agent_bic,remittance"
EXAMPLE = f"""{COLUMNS}{MORE}
INV-77,1250.50,EUR,2031-11-21,Orvelle Trading House,QM,"Ostrand, Talvi",1981-04-05,ZORLQZQZ,Repair of the ferry Lumen
INV-79,5,JPY,,Orvelle Trading House,QM,Brenn Kolvar,,,
"""

MESSAGE = MessageKind(
    id="csv_transfers",
    title="Table of transfers (CSV)",
    standard=Standard.TABLE,
    names=("CSV",),
    read=read,
    specification="Columns of this module: roles and attributes in the words of ISO 20022",
    examples=(
        Example(
            text=EXAMPLE,
            yields=(
                Expected(
                    end_to_end_id="INV-77",
                    amount=Money(125050, "EUR"),
                    fields=(
                        ("2/end_to_end_id", K.REFERENCE, "INV-77"),
                        ("2/debtor_name", K.PARTY_NAME, "Orvelle Trading House"),
                        ("2/debtor_country", K.COUNTRY, "QM"),
                        ("2/creditor_name", K.PARTY_NAME, "Ostrand, Talvi"),
                        ("2/creditor_birth_date", K.BIRTH_DATE, "1981-04-05"),
                        ("2/creditor_agent_bic", K.BIC, "ZORLQZQZ"),
                        ("2/remittance", K.REMITTANCE, "Repair of the ferry Lumen"),
                    ),
                ),
                Expected(
                    end_to_end_id="INV-79",
                    amount=Money(5, "JPY"),
                    fields=(
                        ("3/end_to_end_id", K.REFERENCE, "INV-79"),
                        ("3/debtor_name", K.PARTY_NAME, "Orvelle Trading House"),
                        ("3/debtor_country", K.COUNTRY, "QM"),
                        ("3/creditor_name", K.PARTY_NAME, "Brenn Kolvar"),
                    ),
                ),
            ),
        ),
    ),
)
