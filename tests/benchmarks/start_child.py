"""One start of a window, which tells when it was painted, when it was usable, and its memory.

`python -m tests.benchmarks.start_child units FILE` (or `dashboard`): the program's own window.
"""

from __future__ import annotations

import sys
from time import monotonic
from typing import Any

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication

from desktop import plain_imports

plain_imports.restore()  # as `desktop.__main__` does

from desktop import app


def resident_mib() -> float:
    """Memory of this process now; 0 where the system does not tell."""
    if not sys.platform.startswith("linux"):
        return 0.0
    with open("/proc/self/status", encoding="ascii") as lines:  # noqa: PTH123 - as little as can be
        found = next(line for line in lines if line.startswith("VmRSS"))
    return int(found.split()[1]) / 1024


class Watch(QObject):
    """Sees every paint; the frame is painted when the first burst of paints is over."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.page = page
        self.painted: float | None = None
        self._latest: float | None = None
        self._viewport: object = None

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            if self._latest is None:
                QTimer.singleShot(0, self, self.frame_is_painted)
            if self.painted is None:
                self._latest = monotonic()
            if watched is self._viewport:  # the rows themselves
                self._viewport = None
                QTimer.singleShot(0, self, self.usable)
        return False

    def frame_is_painted(self) -> None:
        if self.painted is None and self._latest is not None:
            self.painted = self._latest

    def shown(self, window: Any) -> None:
        """The page was built: wait for what it shows."""
        page = window.pages[self.page]
        if self.page == "dashboard":
            page.filled.connect(lambda: QTimer.singleShot(0, self, self.usable))
        else:
            self._viewport = page.table.viewport()
            page.table.viewport().update()

    def usable(self) -> None:
        print(self.painted or 0, monotonic(), resident_mib(), flush=True)
        QCoreApplication.quit()


def main(page: str, file: str) -> int:
    watch = Watch(page)

    class Watched(app.Program):
        def __init__(self, application: QApplication, settings: Any) -> None:
            application.installEventFilter(watch)
            super().__init__(application, settings)
            self.window.shown_first.connect(lambda _key: watch.shown(self.window))

        def begin(self, wanted: str | None = None) -> None:
            watch.frame_is_painted()
            super().begin(wanted)

    app.Program = Watched  # type: ignore[misc]  # so that `run` is the real one
    return app.run(file)


if __name__ == "__main__":
    raise SystemExit(main(*sys.argv[1:]))
