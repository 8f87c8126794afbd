"""What is remembered between runs: whole or not at all, and never a reason not to start."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop import paths
from desktop.settings import RECENT_AT_MOST, Settings

plain = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=8,
)


def test_what_is_kept_is_there_in_the_next_run(tmp_path: Path) -> None:
    settings = Settings(tmp_path / "new" / "settings.json")
    settings.set("list/units", {"columns": {"order": ["name"]}, "sort": "county"})
    settings.set("theme", "dark")
    settings.save()
    again = Settings(settings.path)
    assert again.get("list/units") == {"columns": {"order": ["name"]}, "sort": "county"}
    assert again.get("theme") == "dark"
    assert again.get("gone") is None
    assert again.get("gone", 5) == 5
    assert [each.name for each in settings.path.parent.iterdir()] == ["settings.json"]


def test_nothing_new_is_not_written(tmp_path: Path) -> None:
    settings = Settings(tmp_path / "settings.json")
    settings.save()
    assert not settings.path.exists()
    settings.set("a", 1)
    settings.save()
    settings.path.unlink()
    settings.set("a", 1)
    settings.save()
    assert not settings.path.exists()


@pytest.mark.parametrize(
    "found", ["", "{", "[1, 2]", "null", '"x"', "{\x00}", '{"recent": null}', '{"recent": 5}']
)
def test_a_damaged_file_is_as_good_as_none(tmp_path: Path, found: str) -> None:
    path = tmp_path / "settings.json"
    path.write_text(found, "utf-8")
    settings = Settings(path)
    assert settings.recent_files() == []
    assert settings.last_file() is None
    settings.opened(tmp_path / "a.ehya")
    settings.save()
    assert Settings(path).last_file() == str(tmp_path / "a.ehya")


def test_bytes_that_are_no_text_do_no_harm(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    path.write_bytes(b"\xff\xfe\x00{")
    assert Settings(path).get("theme") is None


@given(values=st.dictionaries(st.text(max_size=6), plain, max_size=4))
def test_any_plain_value_comes_back(
    tmp_path_factory: pytest.TempPathFactory, values: dict[str, Any]
) -> None:
    settings = Settings(tmp_path_factory.mktemp("s") / "settings.json")
    for key, value in values.items():
        settings.set(key, value)
    settings.save()
    again = Settings(settings.path)
    assert {key: again.get(key) for key in values} == values


def test_the_newest_files_come_first(tmp_path: Path) -> None:
    settings = Settings(tmp_path / "settings.json")
    for number in range(RECENT_AT_MOST + 3):
        settings.opened(tmp_path / f"{number}.ehya")
    settings.opened(tmp_path / "5.ehya")
    names = [Path(name).stem for name in settings.recent_files()]
    assert names == ["5", "10", "9", "8", "7", "6", "4", "3"]


def test_a_file_name_of_another_encoding_is_remembered(tmp_path: Path) -> None:
    name = tmp_path / os.fsdecode(b"\xe1\xcd\xed\xc7.ehya")  # as an old Windows disk has it
    settings = Settings(tmp_path / "settings.json")
    settings.opened(name)
    settings.save()
    assert Settings(settings.path).last_file() == str(name)


@pytest.mark.skipif(sys.platform == "win32" or os.getuid() == 0, reason="root may write anywhere")
def test_a_place_without_leave_is_no_reason_not_to_work(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    settings = Settings(tmp_path / "settings.json")
    settings.set("a", 1)
    settings.save()
    tmp_path.chmod(0o700)
    assert settings.get("a") == 1


def test_a_place_that_is_no_folder_is_no_reason_not_to_work(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    settings = Settings(tmp_path / "file" / "settings.json")
    settings.set("a", 1)
    settings.save()
    assert settings.get("a") == 1


def test_each_system_has_its_places() -> None:
    assert paths.settings_file().name == "settings.json"
    assert paths.APP in str(paths.settings_file())
    assert paths.backup_folder(Path("/d/برنامه.ehya")).name == "برنامه"
    assert (paths.resources() / "style.qss").is_file()


def test_the_file_is_plain_json(tmp_path: Path) -> None:
    settings = Settings(tmp_path / "settings.json")
    settings.set("title", "پیشخوان")
    settings.save()
    assert json.loads(settings.path.read_bytes()) == {"title": "پیشخوان"}
