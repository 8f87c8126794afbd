"""A bare PySide6 window that tells when it was painted and its memory: what a start is measured by.

Run as a file, so that nothing but PySide6 is imported.
"""

import sys
from time import monotonic

from PySide6.QtCore import QTimer
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QApplication, QLabel, QMainWindow


class Window(QMainWindow):
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        QTimer.singleShot(0, self, tell)


def tell() -> None:
    moment = monotonic()
    with open("/proc/self/status") if sys.platform.startswith("linux") else open(__file__) as lines:  # noqa: PTH123
        found = [line for line in lines if line.startswith("VmRSS")]
    print(moment, moment, int(found[0].split()[1]) / 1024 if found else 0, flush=True)
    QApplication.quit()


application = QApplication([])
window = Window()
window.setCentralWidget(QLabel("Ehya"))
window.resize(1280, 760)
window.show()
application.exec()
