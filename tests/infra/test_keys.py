"""The node's keys: made once, whole, and for nobody else's eyes."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from comity.infra.keys import KeyAbsent, KeyExists, KeyExposed, KeyMalformed, Keys


def test_a_log_key_is_made_once_and_found_again(tmp_path: Path) -> None:
    made = Keys.create(tmp_path / "keys").log
    found = Keys(tmp_path / "keys").log
    found.public_key().verify(made.sign(b"text"), b"text")
    with pytest.raises(KeyExists):
        Keys.create(tmp_path / "keys")
    assert Keys(tmp_path / "keys").log.private_bytes_raw() == made.private_bytes_raw()


def test_a_missing_log_key_is_not_replaced_in_silence(tmp_path: Path) -> None:
    with pytest.raises(KeyAbsent):
        _ = Keys(tmp_path / "keys").log
    assert not (tmp_path / "keys").exists()


def test_only_the_owner_may_read_whatever_the_umask(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        Keys.create(tmp_path / "a" / "keys").secret("csrf")
    finally:
        os.umask(before)
    folder = tmp_path / "a" / "keys"
    assert folder.stat().st_mode & 0o777 == 0o700
    assert {path.name: path.stat().st_mode & 0o777 for path in folder.iterdir()} == {
        "log.pem": 0o600,
        "csrf.secret": 0o600,
    }


@pytest.mark.parametrize("mode", [0o604, 0o640, 0o602, 0o610])
@pytest.mark.parametrize("file", ["log.pem", "csrf.secret"])
def test_an_exposed_key_is_refused_and_left_as_it_is(tmp_path: Path, file: str, mode: int) -> None:
    open_before = Keys.create(tmp_path / "keys")
    open_before.secret("csrf")
    exposed = tmp_path / "keys" / file
    exposed.chmod(mode)
    with pytest.raises(KeyExposed, match=file):
        Keys(tmp_path / "keys")
    with pytest.raises(KeyExposed, match=file):
        _ = open_before.log if file == "log.pem" else open_before.secret("csrf")
    assert exposed.stat().st_mode & 0o777 == mode


def test_an_exposed_folder_is_refused(tmp_path: Path) -> None:
    Keys.create(tmp_path / "keys")
    (tmp_path / "keys").chmod(0o755)
    with pytest.raises(KeyExposed):
        Keys(tmp_path / "keys")


def test_secrets_are_random_lasting_and_apart(tmp_path: Path) -> None:
    csrf = Keys(tmp_path / "keys").secret("csrf")
    assert len(csrf) == 32
    assert Keys(tmp_path / "keys").secret("csrf") == csrf
    assert Keys(tmp_path / "keys").secret("other") != csrf
    assert len(Keys(tmp_path / "keys").secret("short", 16)) == 16


def test_many_askers_at_once_get_the_same_secret(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        found = set(pool.map(lambda _: Keys(tmp_path / "keys").secret("csrf"), range(32)))
    assert len(found) == 1
    assert [path.name for path in (tmp_path / "keys").iterdir()] == ["csrf.secret"]


@pytest.mark.parametrize("name", ["", "../log", "a/b", "A", "log.pem", "x" * 64])
def test_a_secret_has_a_plain_name(tmp_path: Path, name: str) -> None:
    with pytest.raises(ValueError, match="no name"):
        Keys(tmp_path / "keys").secret(name)


def test_a_file_that_holds_no_key_is_refused(tmp_path: Path) -> None:
    keys = Keys.create(tmp_path / "keys")
    keys.secret("csrf")
    with pytest.raises(KeyMalformed):
        keys.secret("csrf", 64)
    (tmp_path / "keys" / "csrf.secret").write_text("zz")
    with pytest.raises(KeyMalformed):
        keys.secret("csrf")
    other = X25519PrivateKey.generate().private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    for raw in (b"", b"-----BEGIN PRIVATE KEY-----\n", other, b"x" * 20_001):
        (tmp_path / "keys" / "log.pem").write_bytes(raw)
        with pytest.raises(KeyMalformed):
            _ = keys.log


def test_no_secret_shows_in_a_repr_or_a_failure(tmp_path: Path) -> None:
    keys = Keys.create(tmp_path / "keys")
    secret = keys.secret("csrf")
    pem = (tmp_path / "keys" / "log.pem").read_text().split("\n")[1]
    shown = repr(keys) + str(keys) + repr(vars(keys)) + repr(keys.log)
    with pytest.raises(KeyMalformed) as failure:
        keys.secret("csrf", 8)
    shown += str(failure.value) + repr(failure.value) + repr(failure.value.context)
    assert secret.hex() not in shown
    assert repr(secret) not in shown
    assert pem not in shown
