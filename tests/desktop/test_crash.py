"""An error nobody expected is logged, shown once with its details, and the window lives on."""

from __future__ import annotations

import faulthandler
import logging
import sys
import threading
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QtMsgType, qInstallMessageHandler, qWarning
from PySide6.QtWidgets import QApplication, QMessageBox

from db.errors import DatabaseProblem
from desktop import crash, log
from desktop.crash import CrashReporter

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot


@pytest.fixture
def shown(monkeypatch: pytest.MonkeyPatch) -> list[QMessageBox]:
    boxes: list[QMessageBox] = []

    def show(box: QMessageBox) -> None:  # a plain function, so that it is called with the box
        boxes.append(box)

    monkeypatch.setattr(QMessageBox, "exec", show)
    return boxes


@pytest.fixture
def reporter(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Iterator[CrashReporter]:
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    monkeypatch.setattr(threading, "excepthook", threading.excepthook)
    made = CrashReporter()
    made.install()
    yield made
    made.deleteLater()


def fail(number: int) -> None:
    try:
        raise RuntimeError(f"bug {number}")
    except RuntimeError as error:
        sys.excepthook(RuntimeError, error, error.__traceback__)


def test_a_fault_is_shown_once_with_its_details(
    reporter: CrashReporter, shown: list[QMessageBox], caplog: pytest.LogCaptureFixture
) -> None:
    for _ in range(3):  # as a failing paint would
        fail(1)
    fail(2)
    QApplication.processEvents()
    assert [box.informativeText() for box in shown] == [
        "RuntimeError: bug 1", "RuntimeError: bug 2",
    ]  # fmt: skip
    assert "in fail" in shown[0].detailedText()
    assert "سالم‌اند" in shown[0].text()
    assert {"ادامهٔ کار", "نمایش جزئیات..."} == {each.text() for each in shown[0].buttons()}
    assert caplog.text.count("bug 1") >= 3
    for box in shown:
        box.deleteLater()


def test_a_fault_in_a_worker_is_shown_by_the_window(
    reporter: CrashReporter, shown: list[QMessageBox]
) -> None:
    worker = threading.Thread(target=lambda: 1 / 0)
    worker.start()
    worker.join()
    assert shown == []
    QApplication.processEvents()
    assert [box.informativeText() for box in shown] == ["ZeroDivisionError: division by zero"]
    shown[0].deleteLater()


def trouble(reason: str) -> None:
    try:
        raise DatabaseProblem(reason)
    except DatabaseProblem as error:
        sys.excepthook(DatabaseProblem, error, error.__traceback__)


def test_a_trouble_of_the_machine_is_one_sentence_and_no_traceback(
    reporter: CrashReporter, shown: list[QMessageBox], monkeypatch: pytest.MonkeyPatch
) -> None:
    """As when the disk goes while a table paints its rows, again and again."""
    told: list[str] = []
    reporter.troubled.connect(lambda error: told.append(error.reason))
    now = [0.0]
    monkeypatch.setattr(crash, "monotonic", lambda: now[0])
    for _ in range(3):
        trouble("disk")
        QApplication.processEvents()
    trouble("full")
    QApplication.processEvents()
    assert told == ["disk", "full"]
    now[0] += crash.QUIET + 1
    trouble("disk")
    QApplication.processEvents()
    assert told == ["disk", "full", "disk"]
    assert shown == []  # not as a bug of ours


def test_ctrl_c_on_a_terminal_ends_the_program(reporter: CrashReporter) -> None:
    with pytest.raises(SystemExit) as caught:
        reporter.report(KeyboardInterrupt, KeyboardInterrupt(), None)
    assert caught.value.code == 130


def test_what_qt_says_goes_to_the_log(qtbot: QtBot, caplog: pytest.LogCaptureFixture) -> None:
    before = qInstallMessageHandler(None)
    crash.log_qt_messages()
    try:
        qWarning("چیزی کم است")
    finally:
        qInstallMessageHandler(before)
    assert ("qt", logging.WARNING, "چیزی کم است") in caplog.record_tuples
    assert QtMsgType.QtWarningMsg


def test_the_log_is_kept_in_its_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = logging.getLogger()
    handlers, level = list(root.handlers), root.level
    monkeypatch.setattr(faulthandler, "enable", lambda file: None)
    try:
        log.start(tmp_path / "logs")
        logging.getLogger("desktop").info("آغاز شد")
        told = (tmp_path / "logs" / "ehya.log").read_text("utf-8")
        assert "INFO desktop: آغاز شد" in told
        assert (tmp_path / "logs" / "fault.log").is_file()
    finally:
        for handler in set(root.handlers) - set(handlers):
            root.removeHandler(handler)
            handler.close()
        root.setLevel(level)
        if log._fault_file is not None:
            log._fault_file.close()


def test_a_log_that_cannot_be_kept_stops_nobody(tmp_path: Path) -> None:
    (tmp_path / "logs").write_text("")
    before = list(logging.getLogger().handlers)
    log.start(tmp_path / "logs")
    assert logging.getLogger().handlers == before
