"""The help is whole, in Persian and in the theme's colours; the About box names every licence."""

from __future__ import annotations

import getpass
import platform
import re
from importlib.metadata import metadata
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMainWindow, QPushButton

from db import migrate
from desktop import actions, theme
from desktop.about import LICENCES, AboutDialog, installed, show_about
from desktop.page_list import PAGES
from desktop.widgets.help_dialog import FOLDER, TOPICS, HelpDialog, page, show_help
from tests.desktop.driving import present

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot

    from db.database import Database

CONSTRAINTS = Path(__file__).parents[2] / "packaging" / "constraints.txt"
# For checks only, or for Windows consoles: not part of the program.
NOT_OURS = {
    "ast_serialize", "click", "colorama", "execnet", "grimp", "hypothesis", "import-linter",
    "iniconfig", "librt", "markdown-it-py", "mdurl", "mypy", "mypy_extensions", "packaging",
    "pathspec", "pluggy", "pygments", "pytest-qt", "pytest-xdist", "pytest", "rich", "ruff",
    "shiboken6", "sortedcontainers",
}  # fmt: skip


@pytest.fixture
def window(qtbot: QtBot) -> QMainWindow:
    return present(qtbot, QMainWindow())


def test_every_file_is_a_topic_and_every_link_leads_somewhere() -> None:
    assert {each.stem for each in FOLDER.glob("*.html")} == set(TOPICS)
    for topic in TOPICS:
        links = re.findall(r'href="([^"]+)"', page(topic))
        assert set(links) <= set(TOPICS), topic


@pytest.mark.parametrize("topic", TOPICS)
def test_its_text_is_persian(qtbot: QtBot, window: QMainWindow, topic: str) -> None:
    dialog = show_help(window, topic)
    shown = dialog.text.toPlainText()
    assert len(shown) > 300
    assert not re.search("[يكةى](?!»)|[٠-٩]", shown)
    # Latin digits only in what is typed or read in Latin
    assert not re.search(r"(?<![A-Za-z+/0-9])[0-9]+(?![0-9/])", re.sub(r"1402/12/29", "", shown))


def test_the_keys_are_those_of_the_window() -> None:
    text = page("keyboard")
    for action in (*filter(None, actions.MENU), *actions.ELSEWHERE):
        if action.keys:
            assert action.keys in text, action.name
            assert action.title.rstrip("…") in text


def test_each_page_of_the_window_has_help(window: QMainWindow) -> None:
    for entry in PAGES:
        assert show_help(window, entry.key).topic in TOPICS
    assert show_help(window, "units").topic == "units"
    assert show_help(window, "dashboard").topic == "figures"
    assert show_help(window, "no such page").topic == "first"
    assert len(window.findChildren(HelpDialog)) == 1


def test_links_and_the_list_lead_on(window: QMainWindow) -> None:
    dialog = show_help(window)
    dialog.text.anchorClicked.emit(QUrl("loans"))
    assert dialog.topic == "loans"
    assert dialog.topics.currentItem().text() == TOPICS["loans"]
    dialog.topics.setCurrentRow(0)
    assert dialog.topic == "first"
    assert TOPICS["first"] in dialog.text.toPlainText()


def test_it_follows_the_theme(qapp: QApplication, qtbot: QtBot, window: QMainWindow) -> None:
    mode = theme.mode()
    theme.apply(qapp, "light")
    dialog = show_help(window, "first")
    theme.apply(qapp, "dark")
    ground, accent = theme.color("raised").name(), theme.color("accent").name()
    qtbot.waitUntil(lambda: ground in dialog.text.styleSheet())
    assert accent in dialog.text.document().toHtml()
    theme.apply(qapp, mode)


def test_every_pinned_library_has_its_licence_named() -> None:
    pinned = re.findall(r"^([A-Za-z0-9_.-]+)==", CONSTRAINTS.read_text(), flags=re.MULTILINE)
    named = {package.lower() for _, package, _ in LICENCES}

    def is_named(package: str) -> bool:
        return {package.lower(), package.lower().replace("_", "-")} & named != set()

    assert [p for p in pinned if p.lower() not in NOT_OURS and not is_named(p)] == []


@pytest.mark.parametrize(("package", "licence"), [(p, lic) for _, p, lic in LICENCES if p])
def test_the_licence_is_the_one_the_package_states(package: str, licence: str) -> None:
    known = metadata(package).json
    stated = known.get("license_expression") or known.get("license")
    if stated is None:  # pysqlite3 states it in its licence file only
        assert licence == "zlib"
    else:
        assert licence.split("-", maxsplit=1)[0].upper() in str(stated).upper()


def test_the_system_is_told_without_names(
    qtbot: QtBot, window: QMainWindow, database: Database
) -> None:
    dialog = show_about(window, database)
    for word in ("Ehya: ", "Python: ", "SQLite: 3.", f"schema {migrate.HEAD}", "journal wal"):
        assert word in dialog.facts
    for secret in (getpass.getuser() + "/", platform.node(), str(database.path.parent)):
        assert secret not in dialog.facts
    next(b for b in dialog.findChildren(QPushButton) if b.text() == "رونوشت").click()
    assert QGuiApplication.clipboard().text() == dialog.facts
    next(b for b in dialog.findChildren(QPushButton) if b.text() == "بستن").click()
    assert not dialog.isVisible()


def test_about_without_a_file(qtbot: QtBot) -> None:
    dialog = AboutDialog(None)
    qtbot.addWidget(dialog)
    assert "File: none" in dialog.facts
    assert installed("no-such-package") == "—"
