"""Everything that an operator may set, in one file: `node.toml` in the node's home.

An unknown key, a wrong type or a value out of range is refused with its path, at start, before anything else happens. There are no
environment variables and no settings read at import. Secrets are not settings: they live in `keys/`, mode 0600.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from comity.kit.errors import Invalid, NotFound

FILE = "node.toml"


Kind = Literal["sanctions_office", "fiu", "export_control", "central_authority", "customs", "bank"]
Language = Literal["en", "fr", "ar"]


class SettingsInvalid(Invalid):
    """`node.toml` holds an unknown key, a wrong type or a value out of range."""

    code = "settings.invalid"


class NodeAbsent(NotFound):
    """There is no node in this home."""

    code = "node.absent"


class NodeSettings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Whose node this is."""

    name: Annotated[str, Meta(min_length=1, max_length=120)]
    """The authority's or bank's name, as shown at the top of every page."""
    country: Annotated[str, Meta(pattern="^[A-Z]{2}$")]
    """ISO 3166-1 alpha-2 code of the country in which it is established."""
    kind: Kind
    """What the operator is; it decides which work comes first on the home page."""
    language: Language = "en"
    """The language of pages for people who have not chosen one."""


class DatabaseSettings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Where the state is kept."""

    url: str = ""
    """A PostgreSQL address (`postgresql+psycopg://…`, the password in `~/.pgpass`); empty: SQLite in the node's home."""


class WebSettings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Where the console and the API are served."""

    host: str = "127.0.0.1"
    """The address to listen on."""
    port: Annotated[int, Meta(ge=0, le=65535)] = 8400
    """The port to listen on; 0 takes a free one."""
    public_url: str = ""
    """The address that people use, behind a proxy; empty: the one above. With https, cookies are marked Secure."""


class ListsSettings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Which official lists this node follows."""

    disabled: tuple[str, ...] = ()
    """Sources that are neither fetched on schedule nor counted as missing."""
    timeout_s: Annotated[int, Meta(ge=1, le=3600)] = 60
    """How long a publisher's server may stay silent."""


class ScreeningSettings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How this node is asked about names."""

    requests_per_minute: Annotated[int, Meta(ge=0, le=1_000_000)] = 6_000
    """Requests to screening and to the OpenSanctions API that one account or token may make to one process of the node;
    a batch or a file is one. 0: as many as they like. The terminal is never counted."""


class AlertsSettings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """When the office works that decides alerts: the hours within which they are to be decided are counted in its working hours."""

    zone: str = "UTC"
    """The office's time zone, as `Europe/Vienna`."""
    opens: Annotated[int, Meta(ge=0, le=23)] = 9
    """The hour at which a working day begins."""
    closes: Annotated[int, Meta(ge=1, le=24)] = 17
    """The hour at which it ends."""
    rest_days: tuple[Annotated[int, Meta(ge=0, le=6)], ...] = (5, 6)
    """Days of the week on which nobody works; Monday is 0."""
    holidays: tuple[date, ...] = ()
    """Further days on which nobody works."""


class PaymentsSettings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Where this institution stands in the payments that it screens; which regimes bind there stands in `bindings.toml`."""

    branch: str = ""
    """The branch that carries payments out, as `bindings.toml` calls it; empty: every hit is held, and people
    decide without a law."""
    bics: tuple[Annotated[str, Meta(pattern="^[A-Z0-9]{4}[A-Z]{2}[A-Z0-9]{2}([A-Z0-9]{3})?$")], ...] = ()
    """The institution's own BICs, by which it finds itself in a payment."""


class Settings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The whole of `node.toml`."""

    node: NodeSettings
    database: DatabaseSettings = DatabaseSettings()
    web: WebSettings = WebSettings()
    lists: ListsSettings = ListsSettings()
    screening: ScreeningSettings = ScreeningSettings()
    alerts: AlertsSettings = AlertsSettings()
    payments: PaymentsSettings = PaymentsSettings()


def load(home: Path) -> Settings:
    """Read a home's `node.toml`. Raises `NodeAbsent`, `SettingsInvalid`."""
    file = home / FILE
    try:
        raw = file.read_bytes()
    except FileNotFoundError as error:
        raise NodeAbsent(f"There is no node in {home}. Create one: comity --home {home} init") from error
    try:
        return msgspec.toml.decode(raw, type=Settings)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise SettingsInvalid(f"{file}: {error}") from error


def write(home: Path, settings: NodeSettings, database: DatabaseSettings | None = None) -> None:
    """Write a new home's `node.toml`, with every other setting left at its default and said in a comment."""
    home.mkdir(parents=True, exist_ok=True)
    served = f"\n[database]\nurl = {_toml(database.url)}\n" if database and database.url else ""
    (home / FILE).write_text(
        "# The settings of this node. Every key and its meaning: docs/reference/settings.md\n\n"
        "[node]\n"
        f"name = {_toml(settings.name)}\n"
        f"country = {_toml(settings.country)}\n"
        f"kind = {_toml(settings.kind)}\n"
        f"language = {_toml(settings.language)}\n" + served,
        encoding="utf-8",
    )


def _toml(text: str) -> str:
    return (
        msgspec.json.encode(text).decode().replace("\x7f", "\\u007f")
    )  # a JSON string is a TOML basic string but for DEL
