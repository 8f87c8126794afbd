"""One start of the program, which tells when it was painted, when it was usable, and its memory.

Run as a file, with `units FILE` or `dashboard FILE`.
"""

from __future__ import annotations

import sys
from time import monotonic
from typing import Any

from desktop.__main__ import prepare

prepare()

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QTimer  # noqa: E402

from desktop import app  # noqa: E402


def resident_mib() -> float:
    """Memory of this process now; 0 where the system does not tell."""
    if not sys.platform.startswith("linux"):
        return 0.0
    with open("/proc/self/status", encoding="ascii") as lines:  # noqa: PTH123 - as little as can be
        found = next(line for line in lines if line.startswith("VmRSS"))
    return int(found.split()[1]) / 1024


class Watch(QObject):
    """`begin` is called when the frame was painted; then comes the page with its rows."""

    painted = 0.0

    def page_is_built(self, page: Any) -> None:
        if hasattr(page, "filled"):
            page.filled.connect(lambda: QTimer.singleShot(0, self, self.usable))
        else:
            page.table.viewport().installEventFilter(self)
            page.table.viewport().update()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            watched.removeEventFilter(self)
            QTimer.singleShot(0, self, self.usable)
        return False

    def usable(self) -> None:
        print(self.painted, monotonic(), resident_mib(), flush=True)
        QCoreApplication.quit()


def main(key: str, file: str) -> int:
    watch = Watch()

    class Watched(app.Program):
        def begin(self, wanted: str | None = None) -> None:
            watch.painted = monotonic()
            self.window.shown_first.connect(lambda _: watch.page_is_built(self.window.pages[key]))
            super().begin(wanted)

    app.Program = Watched  # type: ignore[misc]  # so that `run` is the real one
    return app.run(file)


if __name__ == "__main__":
    raise SystemExit(main(*sys.argv[1:]))
