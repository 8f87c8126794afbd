"""The dialog of a new file: where it stands, and the programme it begins with."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from db.commands.programme import DEFAULTS, create_file
from db.errors import DatabaseProblem, RuleError, raise_on
from db.rules.programme import check_programme
from desktop import paths, tasks
from desktop.messages import PROBLEMS, problem
from desktop.programme import fields
from desktop.theme import SPACE
from desktop.widgets.common import (
    Banner,
    Card,
    button,
    label,
    muted,
    primary_button,
    set_complaint,
    set_role,
    start,
)
from desktop.widgets.form import FieldForm

if TYPE_CHECKING:
    from collections.abc import Sequence

    from db.errors import Violation

NAME = "برنامهٔ احیا"
MAKE = "ساختن پرونده"
NO_DAY = (
    "عددهای آغازین از خبر برنامه است و خبر روزی برای آن‌ها نگفته است: روزی را برگزینید که در پایان "
    "آن به دست آمده بود. بازگشت‌های پس از آن روز، افزون بر مبنا شمرده می‌شوند."
)
NO_PLACE = "جای پرونده را بنویسید یا با «گشتن…» برگزینید."


class NewFileDialog(QDialog):
    """Accepted when the file is made: it is at `path` then."""

    def __init__(self, parent: QWidget | None, folder: Path) -> None:
        super().__init__(parent)
        self.setWindowTitle("پروندهٔ تازه")
        self._folder = folder
        self._busy = False
        self.place = QLineEdit(str(_free(folder)))
        self.place_complaint = label("", "complaint")
        self.banner = Banner()
        self.form = FieldForm(fields.FIRST, self._check)
        self.make_button = primary_button(MAKE, "check")
        self._cancel = button("انصراف")
        self._area = QScrollArea()
        self._build()
        self.form.load(DEFAULTS)
        self.form.changed = False

    @property
    def path(self) -> Path:
        """Where the file is to be, the program's own ending put behind it if there is none."""
        path = Path(self.place.text().strip()).expanduser()
        return path if path.suffix else path.with_name(path.name + paths.SUFFIX)

    # building

    def _build(self) -> None:
        self.banner.hide()
        cards = self.form.findChildren(Card)
        cards[-1].body.addWidget(muted(NO_DAY))
        inner = QWidget()
        inner.setProperty("role", "page")
        inner.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE[2])
        column.addWidget(self._place_card())
        column.addWidget(self.form)
        area = self._area
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(inner)
        buttons = QDialogButtonBox()
        buttons.addButton(self.make_button, QDialogButtonBox.ButtonRole.AcceptRole)
        buttons.addButton(self._cancel, QDialogButtonBox.ButtonRole.RejectRole)
        buttons.accepted.connect(self.make)
        buttons.rejected.connect(self.reject)
        whole = QVBoxLayout(self)
        whole.setSpacing(SPACE[2])
        whole.addWidget(self.banner)
        whole.addWidget(area, 1)
        whole.addWidget(buttons)
        self.make_button.setAutoDefault(False)
        self.make_button.setShortcut("Ctrl+S")
        self._cancel.setAutoDefault(False)
        self.form.finished.connect(self.make_button.setFocus)
        self._fit(inner)
        day = self.form.editor(fields.BASELINE_ON.name)
        QTimer.singleShot(0, self, lambda: self._go(day))  # all else is filled already

    def _place_card(self) -> Card:
        self.place.setObjectName("place")
        self.place.setAccessibleName("جای پرونده")
        self.place.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self.place.setAlignment(start() | Qt.AlignmentFlag.AlignVCenter)
        self.place.editingFinished.connect(self._check_place)
        self.place_complaint.setWordWrap(True)
        self.place_complaint.hide()
        browse = button("گشتن…", "file-open")
        browse.setAutoDefault(False)
        browse.clicked.connect(self._browse)
        row = QHBoxLayout()
        row.setSpacing(SPACE[1])
        row.addWidget(self.place, 1)
        row.addWidget(browse)
        title = label("جای پرونده *", "field")
        title.setBuddy(self.place)
        card = Card()
        card.body.addWidget(title)
        card.body.addLayout(row)
        card.body.addWidget(self.place_complaint)
        return card

    def _fit(self, inner: QWidget) -> None:
        """As large as its contents, and no larger than the screen."""
        room = self.screen().availableSize()
        height = inner.sizeHint().height() + 100
        self.resize(min(900, room.width() - 40), min(height, room.height() - 56))

    # checking

    def _check(self, values: dict[str, Any]) -> Sequence[Violation]:
        return list(check_programme(values))

    def _check_place(self) -> bool:
        """True if a file can be made there; otherwise the complaint stands under the line."""
        told = self._why_not()
        self.place_complaint.setText(told)
        self.place_complaint.setVisible(bool(told))
        set_role(self.place_complaint, "complaint")
        set_complaint(self.place, bool(told))
        return not told

    def _why_not(self) -> str:
        if not self.place.text().strip():
            return NO_PLACE
        path = self.path
        if path.exists():
            return PROBLEMS["exists"]
        if path.parent != self._folder and not path.parent.is_dir():
            return PROBLEMS["no_folder"]
        return ""

    def _browse(self) -> None:
        chosen, _ = QFileDialog.getSaveFileName(
            self, "جای پرونده", str(self.path), f"پروندهٔ احیا (*{paths.SUFFIX})",
            options=QFileDialog.Option.DontConfirmOverwrite,
        )  # fmt: skip
        if chosen:
            self.place.setText(chosen)
            self._check_place()

    # making

    def make(self) -> None:
        """«ساختن پرونده»: all or nothing; the dialog stays open when it could not be made."""
        self.banner.hide()
        try:
            values = self.form.values()
            raise_on(self._check(values))
        except RuleError as error:
            self._complain(error)
            return
        if not self._check_place():
            self._go(self.place)
            return
        path = self.path
        self._work(busy=True)
        tasks.in_background(
            lambda: _make(path, self._folder, values), lambda _made: self._made(), self._failed
        )

    def _complain(self, error: RuleError) -> None:
        self.form.complain(error.violations, go=True)
        if (field := self.focusWidget()) is not None:
            self._go(field)

    def _go(self, field: QWidget) -> None:
        field.setFocus(Qt.FocusReason.OtherFocusReason)
        self._area.ensureWidgetVisible(field, 0, 80)

    def _made(self) -> None:
        self._work(busy=False)
        self.form.changed = False
        self.accept()

    def _failed(self, error: Exception) -> None:
        self._work(busy=False)
        if isinstance(error, RuleError):
            self._complain(error)
        elif isinstance(error, DatabaseProblem):
            self.banner.say(problem(error), "bad")
            self.banner.show()
        else:
            raise error

    def _work(self, *, busy: bool) -> None:
        self._busy = busy
        self.make_button.setText("در حال ساختن…" if busy else MAKE)
        for part in (self.make_button, self._cancel, self.form, self.place):
            part.setEnabled(not busy)

    def reject(self) -> None:
        if not self._busy:  # it takes less than a second
            super().reject()


def _make(path: Path, folder: Path, values: dict[str, Any]) -> None:
    if path.parent == folder:  # the proposed place need not be there yet
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise DatabaseProblem("cannot_open", str(folder)) from error
    create_file(path, values)


def _free(folder: Path) -> Path:
    """A name in the folder that no file has."""
    path, number = folder / f"{NAME}{paths.SUFFIX}", 1
    while path.exists():
        number += 1
        path = folder / f"{NAME} {number}{paths.SUFFIX}"
    return path
