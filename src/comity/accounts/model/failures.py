"""Every way in which the accounts of this node say no."""

from __future__ import annotations

from comity.kit.errors import Conflict, Denied, Invalid, Limited, NotFound, Refused, Unproven


class NameUnfit(Invalid):
    """A name is empty, too long, or holds characters that cannot be seen."""

    code = "accounts.name_unfit"


class NameTaken(Conflict):
    """Somebody on this node has this name already."""

    code = "accounts.name_taken"


class PasswordUnfit(Invalid):
    """A password is too short, too long, the name itself, or one of the first that anybody would try."""

    code = "accounts.password_unfit"


class RolesUnfit(Invalid):
    """A person holds at least one role."""

    code = "accounts.roles_unfit"


class TokenUnfit(Invalid):
    """A token names at least one permission that can be granted, and an end within the limit."""

    code = "accounts.token_unfit"


class TokenTooWide(Denied):
    """A token may do no more than whoever makes it and whoever it acts for."""

    code = "accounts.token_too_wide"


class PageUnfit(Invalid):
    """There is no such page of a list."""

    code = "accounts.page_unfit"


class UserUnknown(NotFound):
    """There is no such person."""

    code = "accounts.user_unknown"


class UserDisabled(Conflict):
    """The account is disabled."""

    code = "accounts.user_disabled"


class TokenUnknown(NotFound):
    """There is no such token, or it was revoked already."""

    code = "accounts.token_unknown"


class SessionUnknown(NotFound):
    """There is no such session of yours."""

    code = "accounts.session_unknown"


class WelcomeUnknown(NotFound):
    """The one-time link was used, has expired, or never was."""

    code = "accounts.welcome_unknown"


class AlreadyFounded(Conflict):
    """The node has its first administrator; further people are added by one."""

    code = "accounts.already_founded"


class LastAdministrator(Refused):
    """The node would be left without anybody who can manage it."""

    code = "accounts.last_administrator"


class TooMany(Limited):
    """The node holds as many people, or one owner as many tokens, as may be."""

    code = "accounts.too_many"


class SignInFailed(Unproven):
    """The name and the password do not fit; said alike of an unknown name, a disabled person and a name at its limit."""

    code = "accounts.sign_in_failed"


class SignInLimited(Limited):
    """Too many failed sign-ins came from one address."""

    code = "accounts.sign_in_limited"


class PasswordsDiffer(Invalid):
    """A password and its repetition are not the same."""

    code = "accounts.passwords_differ"
