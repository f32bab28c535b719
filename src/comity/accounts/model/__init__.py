"""People, roles, sessions and tokens: what they are, and the decisions about them that need no database.

A *person* holds roles; a *role* is a named set of permissions; a *session* is a person at a browser; a *token* is a program that
acts for a person, or for the operator, with no more than that person may do at this moment; a *welcome* is a one-time link with
which a person chooses a password. Every secret is random, shown once and kept only as its SHA-256.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from datetime import datetime, timedelta
from enum import Enum
from typing import Literal

import msgspec

from comity.accounts.model.failures import NameUnfit, PageUnfit, PasswordUnfit
from comity.accounts.model.roles import Role
from comity.kit.limits import PAGE_ROWS_DEFAULT, PAGE_ROWS_MAX
from comity.model.actor import Actor
from comity.model.permission import Permission

NAME_CHARS_MAX = 80
"""A person's or a token's name."""
PASSWORD_CHARS_MIN = 12
"""The shortest password: NIST SP 800-63B-4 asks for at least 8, and 15 where nothing else protects; sign-in is limited here."""
PASSWORD_CHARS_MAX = 128
"""The longest password: enough for any passphrase, little enough to hash at once."""
SESSION_LIFE = timedelta(hours=8)
"""A session ends this long after its sign-in, whatever happens: one working day."""
SESSION_IDLE = timedelta(minutes=30)
"""A session ends after this long without a request (OWASP ASVS 5.0, 7.3.1)."""
SESSION_COOKIE = "comity_session"
"""The cookie that holds the secret of a session."""
SEEN_EVERY = timedelta(minutes=1)
"""The use of a session or a token is noted at most this often."""
SESSIONS_MAX = 20
"""Open sessions of one person; the one unused for longest gives way."""
WELCOME_LIFE = timedelta(hours=1)
"""A one-time link is good for this long."""
TOKEN_DAYS_DEFAULT = 90
"""The life of a token when nothing is said."""
TOKEN_DAYS_MAX = 366
"""The longest life of a token: a token without an end is a password that nobody changes."""
TOKENS_MAX = 100
"""Tokens in force for one owner."""
USERS_MAX = 10_000
"""People on one node."""
TOKEN_PREFIX = "cmt_"  # noqa: S105 - the beginning of every token, so that a leaked one is recognised
ATTEMPTS_WINDOW = timedelta(minutes=15)
"""Failed sign-ins are counted over this long."""
ATTEMPTS_PER_NAME_MAX = 10
"""Failed sign-ins in one window for one name, known or not, before every further one fails."""
ATTEMPTS_PER_ORIGIN_MAX = 100
"""Failed sign-ins in one window from one address: an office behind one gateway still fits."""

OBVIOUS = frozenset(
    {
        *("password1234", "passwordpassword", "passw0rd1234", "123456789012", "1234567890123", "012345678901"),
        *("qwertyuiop12", "qwertyuiopasdf", "qwerty123456", "administrator", "administrator1", "abcdefghijkl"),
        *("letmeinletmein", "welcomewelcome", "iloveyou1234", "changemechangeme", "changeme1234", "comitycomity"),
        *("abcdefghijklmnop", "correcthorsebatterystaple", "motdepasse12", "motdepassemotdepasse"),
    }
)
"""The first that anybody would try, folded; a longer list belongs to the limit on attempts."""


class Preferences(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How one person wants the console."""

    language: Literal["en", "fr", "ar"] | None = None
    """None: the browser's language, or the node's."""
    scheme: Literal["auto", "light", "dark"] = "auto"
    """The colours of a page; `auto` follows the reader's system."""
    density: Literal["compact", "regular", "comfortable"] = "regular"
    """How close the rows of a table stand."""
    single_keys: bool = True
    """Whether single letters act (WCAG 2.2, 2.1.4 asks for a way to turn them off)."""


class UserState(Enum):
    """Where a person's account stands."""

    INVITED = "invited"
    """Has not chosen a password yet."""
    ACTIVE = "active"
    DISABLED = "disabled"


class User(msgspec.Struct, frozen=True, kw_only=True):
    """A person who may use this node."""

    id: str
    """`user:` and sixteen hexadecimal digits, at random: it says nothing about the person."""
    name: str
    """As shown to colleagues, and as typed to sign in."""
    state: UserState
    roles: tuple[Role, ...]
    """In the order of `Role`."""
    added_at: datetime
    signed_in_at: datetime | None
    preferences: Preferences


class Session(msgspec.Struct, frozen=True, kw_only=True):
    """A person at a browser."""

    id: str
    """`session:` and sixteen hexadecimal digits; it names a session and opens none."""
    user_id: str
    opened_at: datetime
    seen_at: datetime


class Token(msgspec.Struct, frozen=True, kw_only=True):
    """What a program shows to prove for whom it acts."""

    id: str
    """`token:` and sixteen hexadecimal digits; it names a token and proves nothing."""
    name: str
    user_id: str | None
    """For whom it acts; None: for the operator, who made it at the machine itself."""
    owner: str | None
    """That person's name."""
    permissions: tuple[Permission, ...]
    """As granted, in the order of `Permission`; at each use they are met with what the owner may do then."""
    created_at: datetime
    expires_at: datetime
    used_at: datetime | None
    """To the minute."""
    revoked_at: datetime | None

    def state(self, at: datetime) -> TokenState:
        """Say where the token stands at an instant."""
        if self.revoked_at is not None:
            return TokenState.REVOKED
        return TokenState.EXPIRED if self.expires_at <= at else TokenState.VALID


class TokenState(Enum):
    """Where a token stands."""

    VALID = "valid"
    EXPIRED = "expired"
    REVOKED = "revoked"


class SignedInKind(Enum):
    """How somebody proved who they are."""

    SESSION = "session"
    TOKEN = "token"  # noqa: S105 - a kind of proof, not a secret


class SignedIn(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody whose proof was accepted, and what they may do at this moment."""

    actor: Actor
    user_id: str | None
    """The person behind it; None behind a token of the operator's."""
    kind: SignedInKind
    proof_id: str
    """The id of the session or of the token."""
    roles: tuple[Role, ...]
    permissions: frozenset[Permission]
    preferences: Preferences
    is_stale: bool
    """Whether this use is due to be noted: `service.mark_seen`, in a work that may write."""


class Opened(msgspec.Struct, frozen=True, kw_only=True):
    """A session just opened, with the secret that the browser keeps."""

    session_id: str
    user_id: str
    secret: str

    def __repr__(self) -> str:
        return f"Opened(session_id={self.session_id!r})"


class Issued(msgspec.Struct, frozen=True, kw_only=True):
    """A token just made, with the secret that is shown this once."""

    token: Token
    secret: str

    def __repr__(self) -> str:
        return f"Issued(token={self.token.id!r})"


class Welcome(msgspec.Struct, frozen=True, kw_only=True):
    """What a one-time link is good for."""

    user_id: str | None
    """Whose password it sets; None: it creates the first administrator."""
    name: str | None
    expires_at: datetime


class NewToken(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A token that somebody asks for."""

    name: str
    permissions: frozenset[Permission]
    days: int = TOKEN_DAYS_DEFAULT
    user_id: str | None = None
    """For whom; None: for whoever asks."""


class Page(msgspec.Struct, frozen=True, kw_only=True):
    """Which rows of a list."""

    offset: int = 0
    limit: int = PAGE_ROWS_DEFAULT

    def __post_init__(self) -> None:
        if self.offset < 0 or not 1 <= self.limit <= PAGE_ROWS_MAX:
            raise PageUnfit(f"A page has 1 to {PAGE_ROWS_MAX} rows and begins at row 0 or later.")


class UserOrder(Enum):
    """In which order people are listed: by name, or by an instant, the latest first."""

    NAME = "name"
    ADDED = "added"
    SIGNED_IN = "signed_in"


class TokenOrder(Enum):
    """In which order tokens are listed: the newest first, the latest used first, or the next to end first."""

    CREATED = "created"
    USED = "used"
    EXPIRES = "expires"


class WhichUsers(msgspec.Struct, frozen=True, kw_only=True):
    """People to list; None leaves a filter open."""

    role: Role | None = None
    state: UserState | None = None
    order: UserOrder = UserOrder.NAME
    page: Page = Page()


class WhichTokens(msgspec.Struct, frozen=True, kw_only=True):
    """Tokens to list; None leaves a filter open."""

    state: TokenState | None = None
    order: TokenOrder = TokenOrder.CREATED
    page: Page = Page()


class Users(msgspec.Struct, frozen=True, kw_only=True):
    """Some of the people, and how many fit the filter."""

    users: tuple[User, ...]
    total: int


class Tokens(msgspec.Struct, frozen=True, kw_only=True):
    """Some of the tokens, and how many fit the filter."""

    tokens: tuple[Token, ...]
    total: int


def is_open(session: Session, at: datetime) -> bool:
    """Say whether a session is still good: within its life, and not idle for too long."""
    return at < session.opened_at + SESSION_LIFE and at < session.seen_at + SESSION_IDLE


def fit_name(name: str) -> str:
    """Return a name as it is kept: NFC, with single spaces. Raises `NameUnfit`."""
    kept = " ".join(unicodedata.normalize("NFC", name).split())
    if not all(map(_is_seen, kept)) or len(kept) > NAME_CHARS_MAX or not any(char.isalnum() for char in kept):
        raise NameUnfit(
            f"A name has 1 to {NAME_CHARS_MAX} characters, a letter or a digit among them, and none unseen."
        )
    return kept


def folded(name: str) -> str:
    """Return the form in which two spellings of one name are the same: Unicode's NFKC_Casefold, without what cannot be seen."""
    seen = "".join(char if _is_seen(char) else " " * char.isspace() for char in name)
    once = unicodedata.normalize("NFKC", unicodedata.normalize("NFD", seen).casefold())
    return " ".join(unicodedata.normalize("NFKC", once.casefold()).split())


def fit_password(password: str, name: str) -> str:
    """Return a password as it is hashed: NFKC (NIST SP 800-63B-4, 3.1.1.2). Raises `PasswordUnfit`."""
    kept = unicodedata.normalize("NFKC", password)
    plain = folded(kept)
    long_enough = PASSWORD_CHARS_MIN <= len(kept) <= PASSWORD_CHARS_MAX
    if not long_enough or plain in OBVIOUS or len(set(plain)) == 1 or plain == folded(name):
        raise PasswordUnfit(
            f"A password has {PASSWORD_CHARS_MIN} to {PASSWORD_CHARS_MAX} characters, is not the name, "
            "and is not one of the first that anybody would try."
        )
    return kept


def is_id(text: str, kind: str) -> bool:
    """Say whether a text has the form of an id of this kind (`user`, `session`, `token`)."""
    return re.fullmatch(rf"{kind}:[0-9a-f]{{16}}", text) is not None


def digest_of(secret: str) -> str:
    """Return the form in which a secret is kept: SHA-256, in hexadecimal; enough for a secret that is random and long."""
    return hashlib.sha256(secret.encode(errors="surrogatepass")).hexdigest()


def _is_seen(char: str) -> bool:
    return unicodedata.category(char)[0] != "C"
