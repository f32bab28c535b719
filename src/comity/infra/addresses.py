"""Which addresses this node asks: https, or http on this machine itself, and never a private network by way of a redirect."""

from __future__ import annotations

import ipaddress
import socket
from urllib.parse import urljoin, urlsplit

from comity.kit.errors import Invalid


class AddressRefused(Invalid):
    """An address is not one that this node asks."""

    code = "outbound.address_refused"


def check(url: str) -> str:
    """Return an address that may be asked as it is: https, or http on the loopback; no user name in it. Raises `AddressRefused`."""
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname or "", parts.port
    except ValueError as error:
        raise AddressRefused("The address is malformed.", error=str(error)) from error
    if not host:
        raise AddressRefused("The address names no server.")
    if parts.username is not None:
        raise AddressRefused("The address holds a user name.", host=host)
    if parts.scheme != "https" and not (parts.scheme == "http" and is_loopback(host)):
        raise AddressRefused("The address is not https.", host=host)
    return url


def redirected(url: str, location: str) -> str:
    """Return where a server at one address sends us. From https it may not be http, nor from a public network a private one."""
    target = check(urljoin(url, location))
    before, after = urlsplit(url), urlsplit(target)
    if before.scheme == "https" and after.scheme != "https":
        raise AddressRefused("The server redirects from https to http.", host=before.hostname)
    if is_private(after.hostname or "") and not is_private(before.hostname or ""):
        raise AddressRefused("The server redirects into a private network.", host=before.hostname)
    return target


def is_loopback(host: str) -> bool:
    """Tell whether a host is this machine by its very name."""
    literal = _literal(host)
    return host == "localhost" if literal is None else literal.is_loopback


def is_private(host: str) -> bool:
    """Tell whether a host is, or resolves to, an address that is not on the public internet; an unknown name is not."""
    literal = _literal(host)
    if literal is not None:
        return not literal.is_global
    try:
        found = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        return False  # behind a proxy, only the proxy knows names; without one, the connection will fail
    return any(not ipaddress.ip_address(str(entry[4][0]).partition("%")[0]).is_global for entry in found)


def shown(url: str) -> str:
    """Return an address as it may stand in a log or a message: without its query, which may hold a name."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.hostname}{parts.path}"


def _literal(host: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        return ipaddress.ip_address(host.partition("%")[0])
    except ValueError:
        return None
