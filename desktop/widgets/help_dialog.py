"""F1: short pages of help in a window of their own, beside the work they are about."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QSize, Qt, QTimer, QUrl
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QDialog, QHBoxLayout, QListWidget, QTextBrowser, QWidget

from desktop import actions, fonts, theme
from desktop.theme import SPACE
from desktop.widgets.common import set_role

if TYPE_CHECKING:
    from PySide6.QtGui import QShowEvent

FOLDER = theme.RESOURCES / "help"
TOPICS = {
    "first": "گام‌های نخست",
    "units": "واحدها و احیا",
    "visits": "پایش و عارضه‌یابی",
    "actions": "اقدام‌ها و کارهای من",
    "loans": "تسهیلات",
    "dues": "سررسیدها و تماس‌ها",
    "groups": "گروه‌ها و رزمایش",
    "figures": "پیشخوان و عددها",
    "excel": "اکسل و گزارش",
    "keyboard": "کلیدها",
    "troubles": "اگر کار پیش نرفت",
}
# A page of the window that has no topic of its own name.
OF_PAGE = {
    "dashboard": "figures",
    "calculator": "loans",
    "obstacles": "visits",
    "exercises": "groups",
    "programme": "figures",
    "history": "troubles",
    "preferences": "troubles",
}
_LEFT_TO_RIGHT = "\u2066{}\u2069"  # or «Alt+↓» would read «↓+Alt»
# Right to left, «left» is where a line begins.
_STYLE = """
body {{ color: {text}; }}
h1 {{ font-size: {big}pt; font-weight: 600; }}
h2 {{ font-size: {middle}pt; font-weight: 600; margin-top: 18px; }}
p, li {{ line-height: 120%; }}
a {{ color: {accent}; }}
th {{ background: {surface}; color: {muted}; font-weight: normal; text-align: left; }}
.key {{ background: {hover}; }}
"""


def show_help(parent: QWidget, topic: str = "first") -> HelpDialog:
    """The help of a topic or of a page of the window; one window serves all."""
    window = parent.window()
    found = window.findChild(HelpDialog)
    dialog = found if isinstance(found, HelpDialog) else HelpDialog(window)
    dialog.show_topic(topic)
    dialog.show()
    dialog.raise_()
    dialog.activateWindow()
    return dialog


class HelpDialog(QDialog):
    """Topics beside their text. Not modal: one reads and works at the same time."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("راهنمای احیا")
        self.topics = QListWidget()
        self.text = QTextBrowser()
        self.topic = ""
        self._build()

    def _build(self) -> None:
        self.topics.addItems(list(TOPICS.values()))
        self.topics.setAccessibleName("موضوع‌ها")
        self.topics.setFixedWidth(200)
        set_role(self.topics, "sidebar")
        self.topics.currentRowChanged.connect(lambda row: self.show_topic(list(TOPICS)[row]))
        self.text.setOpenLinks(False)
        self.text.setAccessibleName("متن راهنما")
        self.text.document().setDocumentMargin(SPACE[3])
        self.text.anchorClicked.connect(lambda url: self.show_topic(QUrl(url).toString()))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.topics)
        row.addWidget(self.text, 1)
        wanted = QSize(860, 620) * (theme.scaled_font(1).pointSizeF() / fonts.SIZE)
        self.resize(wanted.boundedTo(self.screen().availableSize() - QSize(40, 80)))

    def show_topic(self, topic: str) -> None:
        """A topic, a page of the window, or the first steps for anything else."""
        wanted = OF_PAGE.get(topic, topic)
        self.topic = wanted if wanted in TOPICS else "first"
        self.topics.blockSignals(True)
        self.topics.setCurrentRow(list(TOPICS).index(self.topic))
        self.topics.blockSignals(False)
        self._render()

    def _render(self) -> None:
        # Read-only text stands on the colour of what cannot be changed; this is for reading.
        ground = f"QTextBrowser {{ background: {theme.color('raised').name()}; }}"
        if self.text.styleSheet() != ground:
            self.text.setStyleSheet(ground)
        self.text.document().setDefaultStyleSheet(_style())
        self.text.setHtml(page(self.topic))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.text.setFocus(Qt.FocusReason.OtherFocusReason)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        dressed = event.type() in (QEvent.Type.PaletteChange, QEvent.Type.StyleChange)
        if dressed and self.topic:
            QTimer.singleShot(0, self, self._render)  # when the style sheet has settled


def page(topic: str) -> str:
    """The text of a topic; the keys of the window's own actions come from their one list."""
    text = (FOLDER / f"{topic}.html").read_text(encoding="utf-8")
    text = text.replace("<!-- actions -->", _actions())
    text = re.sub(r"<kbd>(.+?)</kbd>", lambda found: _key(found[1]), text)
    text = re.sub(r"<tr>(.+?)</tr>", lambda found: _row(found[1]), text, flags=re.DOTALL)
    text = text.replace("<table>", '<table width="100%" cellpadding="6">')
    return f'<html><body dir="rtl">{text}</body></html>'


def _row(cells: str) -> str:
    """Qt lays the columns of a table out from left to right, whatever its direction."""
    found = re.findall(r"<t[dh]>.*?</t[dh]>", cells, flags=re.DOTALL)
    return f"<tr>{''.join(reversed(found))}</tr>"


def _key(keys: str) -> str:
    return f'<span class="key">&nbsp;{_LEFT_TO_RIGHT.format(keys)}&nbsp;</span>'


def _actions() -> str:
    with_keys = (action for action in (*actions.ELSEWHERE, *actions.MENU) if action and action.keys)
    return "\n".join(
        f"<tr><td><kbd>{QKeySequence(action.keys).toString()}</kbd></td>"
        f"<td>{html.escape(action.title.rstrip('…'))}</td></tr>"
        for action in with_keys
    )


def _style() -> str:
    names = ("text", "muted", "accent", "surface", "hover")
    points = theme.scaled_font(1).pointSizeF()
    sizes = {"big": round(points * 1.6, 1), "middle": round(points * 1.15, 1)}
    return _STYLE.format(**{name: theme.color(name).name() for name in names}, **sizes)
