"""What can be done about people, sessions and tokens: the front door of the accounts."""

from comity.accounts.model import SESSION_COOKIE
from comity.accounts.service.people import (
    add_user,
    change_roles,
    disable_user,
    enable_user,
    issue_welcome,
    prefer,
    preferences,
    redeem_welcome,
    set_password,
    user,
    user_named,
    users,
    welcome_of,
)
from comity.accounts.service.recorded import checkpoint, entries, entry, names, prove, recorded
from comity.accounts.service.signing import (
    change_password,
    end_session,
    mark_seen,
    session_of,
    sessions,
    sign_in,
    sign_out,
)
from comity.accounts.service.tokens import create_token, revoke_token, token_of, tokens

__all__ = [
    "SESSION_COOKIE",
    "add_user",
    "change_password",
    "change_roles",
    "checkpoint",
    "create_token",
    "disable_user",
    "enable_user",
    "end_session",
    "entries",
    "entry",
    "issue_welcome",
    "mark_seen",
    "names",
    "prefer",
    "preferences",
    "prove",
    "recorded",
    "redeem_welcome",
    "revoke_token",
    "session_of",
    "sessions",
    "set_password",
    "sign_in",
    "sign_out",
    "token_of",
    "tokens",
    "user",
    "user_named",
    "users",
    "welcome_of",
]
