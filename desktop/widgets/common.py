"""Small parts every page is made of: words, buttons, cards, and what is said in passing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QCoreApplication,
    QEvent,
    QObject,
    QPoint,
    QRect,
    QSize,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QGuiApplication, QKeySequence, QPainter, QPalette
from PySide6.QtWidgets import (
    QAbstractItemView,
    QAbstractScrollArea,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QScrollArea,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from desktop import theme
from desktop.theme import SPACE

if TYPE_CHECKING:
    from PySide6.QtGui import QMouseEvent, QPaintEvent

ICON = QSize(20, 20)
BUTTON_ICON = QSize(26, 20)  # the room beside the icon is its distance from the words
TOAST_MS = 4000
TOAST_HEIGHT = 96  # pixels from below: the bars of lists and forms are not covered
TONE_ICONS = {"": "info", "good": "check", "warn": "warning", "bad": "error"}
_HEAVY = ("title", "heading", "figure")


def set_role(widget: QWidget, role: str, tone: str = "") -> None:
    """What a widget is (style.qss knows the roles), and its tone: «good», «warn», «bad» or none."""
    widget.setProperty("role", role)
    widget.setProperty("tone", tone)
    if role in _HEAVY:
        # only the weight: the style sheet gives the size, so that it follows the font's
        widget.setFont(theme.scaled_font(1, bold=True))
    repolish(widget)
    if isinstance(widget, QAbstractItemView):
        widget.ensurePolished()  # or it lays its rows out once and for all by the bare style


def set_complaint(widget: QWidget, complaining: bool) -> None:
    """Mark a field whose value was refused."""
    widget.setProperty("complaint", complaining)
    repolish(widget)


def repolish(widget: QWidget) -> None:
    """Dress a widget again after one of its style properties changed."""
    if widget.testAttribute(Qt.WidgetAttribute.WA_WState_Polished):
        # Not by `style()`: to hand that out PySide6 would make every class of styles, 10 ms.
        QCoreApplication.sendEvent(widget, QEvent(QEvent.Type.Polish))
        widget.update()


def label(text: str, role: str = "", tone: str = "") -> QLabel:
    made = QLabel(text)
    made.setTextFormat(Qt.TextFormat.PlainText)  # a unit's name is never markup
    made.setAlignment(start() | Qt.AlignmentFlag.AlignVCenter)
    set_role(made, role, tone)
    return made


def start() -> Qt.AlignmentFlag:
    """Where a line begins; AlignLeading would put a label of digits alone at the other side."""
    rtl = QGuiApplication.layoutDirection() == Qt.LayoutDirection.RightToLeft
    side = Qt.AlignmentFlag.AlignRight if rtl else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignAbsolute


def title(text: str) -> QLabel:
    """The name of a page."""
    return label(text, "title")


def heading(text: str) -> QLabel:
    """The name of a card or of a part of a form."""
    return label(text, "heading")


def figure(text: str) -> QLabel:
    """A number to be read from afar."""
    return label(text, "figure")


def muted(text: str) -> QLabel:
    """What is said beside the matter; long text is wrapped."""
    made = label(text, "muted")
    made.setWordWrap(True)
    return made


def button(text: str, icon: str = "", meaning: str = "text") -> QPushButton:
    """A button with words, and an icon in the colour of a meaning."""
    made = QPushButton(text)
    if icon:
        made.setIcon(theme.icon(icon, meaning))
        made.setIconSize(BUTTON_ICON)
    return made


def primary_button(text: str, icon: str = "") -> QPushButton:
    """The one main action of a page or dialog."""
    made = button(text, icon, "accent_text")
    set_role(made, "primary")
    return made


def link_button(text: str, icon: str = "") -> QPushButton:
    """An action as quiet as a word of the text."""
    made = button(text, icon, "accent")
    made.setFlat(True)
    return made


def tool_button(text: str, icon: str, shortcut: str = "") -> QToolButton:
    """A button with an icon only: `text` and the keys are its tip, `text` is read aloud."""
    made = QToolButton()
    made.setIcon(theme.icon(icon))
    made.setIconSize(ICON)
    made.setText(text)
    made.setAccessibleName(text)
    made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    keys = QKeySequence(shortcut).toString(QKeySequence.SequenceFormat.NativeText)
    made.setToolTip(f"{text} ({keys})" if keys else text)
    if shortcut:
        made.setShortcut(shortcut)
    return made


def chip(text: str, icon: str = "", checkable: bool = True) -> QPushButton:
    """A rounded button for a filter in force or a choice among few."""
    made = button(text, icon)
    made.setCheckable(checkable)
    set_role(made, "chip")
    return made


def note_edit() -> QPlainTextEdit:
    """A field of several lines; Tab leaves it, as it leaves the others."""
    made = QPlainTextEdit()
    made.setTabChangesFocus(True)
    option = made.document().defaultTextOption()
    option.setAlignment(start())  # by itself it puts Persian at the left, whatever the direction
    made.document().setDefaultTextOption(option)
    return made


def line() -> QFrame:
    """A hairline between two things."""
    made = QFrame()
    set_role(made, "line")
    return made


class IconView(QWidget):
    """An icon standing by itself, in the present theme's colour of a meaning."""

    def __init__(self, name: str, size: int = 20, meaning: str = "text") -> None:
        super().__init__()
        self._icon = theme.icon(name, meaning)
        self.setFixedSize(size, size)

    def set_icon(self, name: str, meaning: str = "text") -> None:
        self._icon = theme.icon(name, meaning)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        self._icon.paint(painter, self.rect())
        painter.end()


def give_viewport(area: QAbstractScrollArea, ground: QPalette.ColorRole) -> None:
    """A viewport like the area's own. For that PySide6 would make the classes of all widgets.

    It looks among them for what Qt has made; to be asked for a viewport once would take 15 ms.
    """
    viewport = QWidget()
    viewport.setObjectName("qt_scrollarea_viewport")  # the style sheet's own eye for it
    viewport.setBackgroundRole(ground)
    viewport.setAutoFillBackground(True)
    area.setViewport(viewport)


def scroll_area() -> QScrollArea:
    """Without a frame; what is put in it takes the whole width."""
    area = QScrollArea()
    give_viewport(area, QPalette.ColorRole.NoRole)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setWidgetResizable(True)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    return area


def scrolled(widget: QWidget) -> QScrollArea:
    area = scroll_area()
    area.setWidget(widget)
    return area


class Card(QFrame):
    """A raised frame; put things in `body`, small buttons beside the title in `head`."""

    def __init__(self, title: str = "") -> None:
        super().__init__()
        set_role(self, "card")
        self.setAccessibleName(title)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(SPACE[3], SPACE[2], SPACE[3], SPACE[3])
        whole.setSpacing(SPACE[1])
        self.head = QHBoxLayout()
        self.head.setSpacing(SPACE[1])
        self.heading = heading(title)
        if not title:  # never shown before it has a parent: it would flash as a window
            self.heading.hide()
        self.head.addWidget(self.heading, 1)
        self.body = QVBoxLayout()
        self.body.setSpacing(SPACE[1])
        whole.addLayout(self.head)
        whole.addLayout(self.body, 1)


def card(title: str = "") -> Card:
    return Card(title)


class Banner(QFrame):
    """A lasting message at the top of a page, with what can be done about it."""

    pressed = Signal()

    def __init__(self, text: str = "", tone: str = "", button: str = "") -> None:
        super().__init__()
        self.icon = IconView("info")
        self.label = label(text)
        self.label.setWordWrap(True)
        self.button = QPushButton(button)
        self.button.clicked.connect(self.pressed)
        row = QHBoxLayout(self)
        row.setContentsMargins(SPACE[2], SPACE[1], SPACE[2], SPACE[1])
        row.setSpacing(SPACE[2])
        row.addWidget(self.icon)
        row.addWidget(self.label, 1)
        row.addWidget(self.button)
        self.say(text, tone, button)

    def say(self, text: str, tone: str = "", button: str = "") -> None:
        """Say something else; without `button` there is nothing to press."""
        self.label.setText(text)
        self.button.setText(button)
        self.button.setVisible(bool(button))
        self.icon.set_icon(TONE_ICONS[tone], tone or "accent")
        set_role(self, "banner", tone)


class EmptyState(QWidget):
    """What stands where there are no rows: one sentence and the button that makes the first."""

    pressed = Signal()

    def __init__(self, icon: str, sentence: str, button: str = "") -> None:
        super().__init__()
        self.icon = IconView(icon, 48, "faint")
        self.label = muted(sentence)
        self.label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.button = primary_button(button)
        self.button.clicked.connect(self.pressed)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE[4], SPACE[4], SPACE[4], SPACE[4])
        column.setSpacing(SPACE[3])
        column.addStretch(1)
        column.addWidget(self.icon, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(self.label)
        column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(2)
        self.say(sentence, button)

    def say(self, sentence: str, button: str = "") -> None:
        self.label.setText(sentence)
        self.button.setText(button)
        self.button.setVisible(bool(button))


class Toast(QFrame):
    """A small message at the bottom of its parent that goes by itself, or when it is clicked.

    With a button it stays twice as long: what it offers has to be read first.
    """

    pressed = Signal()

    def __init__(self, parent: QWidget, text: str, tone: str = "", button: str = "") -> None:
        super().__init__(parent)
        self._ground = parent
        set_role(self, "toast", tone)
        self.setAccessibleName(text)
        self.label = label(text)
        self.label.setWordWrap(True)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(SPACE[3], SPACE[1], SPACE[3], SPACE[1])
        self._row.setSpacing(SPACE[2])
        self._row.addWidget(IconView(TONE_ICONS[tone], ICON.width(), "tooltip_text"))
        self._row.addWidget(self.label)
        self.button = QPushButton(button)
        self.button.clicked.connect(self.leave)
        self.button.clicked.connect(self.pressed)
        self.button.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # it goes: the keys stay where they are
        self.button.setVisible(bool(button))
        self._row.addWidget(self.button)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.leave)
        parent.installEventFilter(self)

    def appear(self) -> None:
        self._place()
        self.show()
        self.raise_()
        self._timer.start(TOAST_MS * (2 if self.button.text() else 1))
        from PySide6.QtGui import QAccessible, QAccessibleEvent

        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))

    def leave(self) -> None:
        self._timer.stop()
        self.hide()
        self.deleteLater()

    def _place(self) -> None:
        ground = self._ground.rect()
        icon_and_margins = 2 * SPACE[3] + ICON.width() + SPACE[2]
        if self.button.text():
            icon_and_margins += self.button.sizeHint().width() + SPACE[2]
        words = self.label.fontMetrics().horizontalAdvance(self.label.text()) + 2
        self.label.setFixedWidth(min(words, ground.width() - 2 * SPACE[3] - icon_and_margins))
        self.label.setFixedHeight(self.label.heightForWidth(self.label.width()))
        self._row.activate()
        spot = QRect(QPoint(), self.sizeHint())
        spot.moveCenter(ground.center())
        spot.moveBottom(max(spot.height(), ground.bottom() - TOAST_HEIGHT))
        self.setGeometry(spot)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self._place()
        return False

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.leave()


def show_toast(parent: QWidget, text: str, tone: str = "", button: str = "") -> Toast:
    """Say something in passing over `parent`, in place of what was said before."""
    for before in parent.findChildren(Toast, options=Qt.FindChildOption.FindDirectChildrenOnly):
        before.leave()
    toast = Toast(parent, text, tone, button)
    toast.appear()
    return toast
