"""`node.toml`: strict, explained, and written as it is read."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest
from hypothesis import HealthCheck, example, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from comity.infra.settings import FILE, NodeAbsent, NodeSettings, Settings, SettingsInvalid, load, write

NODE = '[node]\nname = "Sanctions Office of Quamaria"\ncountry = "QM"\nkind = "sanctions_office"\n'
NAMES = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=120)


def loaded(home: Path, text: str) -> Settings:
    (home / FILE).write_text(text, encoding="utf-8")
    return load(home)


def test_a_node_needs_a_name_a_country_and_a_kind_and_has_defaults_for_the_rest(tmp_path: Path) -> None:
    settings = loaded(tmp_path, NODE)
    assert (settings.node.country, settings.node.language) == ("QM", "en")
    assert settings.database.url == ""
    assert (settings.web.host, settings.web.port) == ("127.0.0.1", 8400)
    assert settings.lists.disabled == ()


def test_a_home_without_a_node_says_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(NodeAbsent, match=r"comity --home .* init"):
        load(tmp_path / "nowhere")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (NODE + 'colour = "red"\n', "colour"),
        (NODE + "[colours]\n", "colours"),
        (NODE + '[web]\nport = "8400"\n', "$.web.port"),
        (NODE + "[web]\nport = 65536\n", "$.web.port"),
        (NODE + "[lists]\ntimeout_s = 0\n", "$.lists.timeout_s"),
        (NODE + "[lists]\ndisabled = [1]\n", "$.lists.disabled[0]"),
        (NODE.replace("QM", "qm"), "$.node.country"),
        (NODE.replace("sanctions_office", "office"), "$.node.kind"),
        (NODE.replace("Sanctions Office of Quamaria", ""), "$.node.name"),
        (NODE + NODE, "node"),
        ("", "node"),
        ("[node\n", "line 1"),
    ],
)
def test_a_fault_is_named_with_its_path_and_file(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(SettingsInvalid) as refused:
        loaded(tmp_path, text)
    assert str(tmp_path / FILE) in refused.value.detail
    assert said in refused.value.detail


def test_a_file_in_another_encoding_is_refused(tmp_path: Path) -> None:
    (tmp_path / FILE).write_bytes(NODE.encode("utf-16"))
    with pytest.raises(SettingsInvalid):
        load(tmp_path)


@given(NAMES)
@example('A "quoted" name \\ with a backslash')
@example("delete \x7f and escape \x1b")
@example("two\nlines and a \r return")
@hypothesis_settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_name_is_written_as_it_is_read(tmp_path: Path, name: str) -> None:
    node = NodeSettings(name=name, country="QM", kind="bank", language="ar")
    write(tmp_path / "home", node)
    assert load(tmp_path / "home").node == node


def test_every_setting_says_what_it_means() -> None:
    for section in msgspec.structs.fields(Settings):
        assert section.type.__doc__
