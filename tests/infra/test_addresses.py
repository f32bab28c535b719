"""Which addresses are asked. The public ones below are documented as such; nothing is sent to them."""

from __future__ import annotations

import pytest

from comity.infra import addresses
from comity.infra.addresses import AddressRefused

PUBLIC = "https://8.8.8.8/list.xml"


@pytest.mark.parametrize(
    "url", [PUBLIC, "https://lists.example/a?b=c", "http://127.0.0.1:8400/x", "http://localhost/x", "http://[::1]:1/x"]
)
def test_https_and_the_loopback_are_asked(url: str) -> None:
    assert addresses.check(url) == url


@pytest.mark.parametrize(
    "url",
    [
        "http://lists.example/list.xml",
        "http://10.0.0.1/list.xml",
        "ftp://lists.example/list.xml",
        "file:///etc/passwd",
        "https:///list.xml",
        "https://user:secret@lists.example/list.xml",
        "https://lists.example:port/",
        "https://[::1/",
        "list.xml",
        "",
    ],
)
def test_other_addresses_are_refused(url: str) -> None:
    with pytest.raises(AddressRefused) as refused:
        addresses.check(url)
    assert "secret" not in refused.value.detail


def test_a_redirect_may_be_relative_and_may_go_elsewhere_in_public() -> None:
    assert addresses.redirected(PUBLIC, "newer.xml?edition=2") == "https://8.8.8.8/newer.xml?edition=2"
    assert addresses.redirected(PUBLIC, "https://9.9.9.9/list.xml") == "https://9.9.9.9/list.xml"


@pytest.mark.parametrize(
    "target",
    [
        "http://8.8.8.8/list.xml",
        "http://127.0.0.1/list.xml",
        "https://127.0.0.1/",
        "https://localhost/",
        "https://10.1.2.3/",
        "https://169.254.169.254/latest/meta-data",
        "https://[fd00::1]/",
        "https://[::ffff:10.0.0.1]/",
        "file:///etc/passwd",
    ],
)
def test_a_redirect_goes_neither_to_http_nor_into_a_private_network(target: str) -> None:
    with pytest.raises(AddressRefused):
        addresses.redirected(PUBLIC, target)


def test_a_server_in_a_private_network_may_redirect_within_one() -> None:
    assert addresses.redirected("https://10.0.0.1/a", "https://10.0.0.2/b") == "https://10.0.0.2/b"


def test_what_is_shown_has_no_query_and_no_user() -> None:
    assert addresses.shown("https://u:p@lists.example/a/b.xml?name=Somebody#x") == "https://lists.example/a/b.xml"
