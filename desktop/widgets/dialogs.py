"""The questions the program asks: why, what of unsaved work, mine or theirs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QButtonGroup,
    QDialog,
    QDialogButtonBox,
    QGridLayout,
    QLineEdit,
    QMessageBox,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from db import text
from desktop.theme import SPACE
from desktop.widgets.common import label, muted

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from desktop.fields import Field


ARCHIVE, ARCHIVE_EXAMPLE = "بایگانی", "دو بار ثبت شده بود"


def ask_reason(
    parent: QWidget, title: str, sentence: str, do: str = ARCHIVE, example: str = ARCHIVE_EXAMPLE
) -> str | None:
    """Why something is archived or returned; None if the user thinks better of it."""
    dialog = ReasonDialog(parent, title, sentence, do, example)
    return dialog.reason() if dialog.exec() else None


def ask_to_do(parent: QWidget, title: str, sentence: str, do: str, later: str) -> bool:
    """Whether the program may do what it proposes; both buttons are verbs."""
    box = QMessageBox(parent)
    box.setIcon(QMessageBox.Icon.Question)
    box.setWindowTitle(title)
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setText(sentence)
    yes = box.addButton(do, QMessageBox.ButtonRole.AcceptRole)
    box.setEscapeButton(box.addButton(later, QMessageBox.ButtonRole.RejectRole))
    box.setDefaultButton(yes)
    box.exec()
    return box.clickedButton() is yes


class ReasonDialog(QDialog):
    """`do` can be pressed only when a reason is written."""

    def __init__(
        self,
        parent: QWidget,
        title: str,
        sentence: str,
        do: str = ARCHIVE,
        example: str = ARCHIVE_EXAMPLE,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setMinimumWidth(420)
        self._edit = QLineEdit()
        self._edit.setMaxLength(120)
        self._edit.setAccessibleName("دلیل")
        self._edit.setPlaceholderText(f"دلیل (مانند: {example})")
        buttons = QDialogButtonBox()
        self._do = buttons.addButton(do, QDialogButtonBox.ButtonRole.AcceptRole)
        self._do.setEnabled(False)
        buttons.addButton("انصراف", QDialogButtonBox.ButtonRole.RejectRole)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        self._edit.textChanged.connect(lambda typed: self._do.setEnabled(bool(typed.strip())))
        column = QVBoxLayout(self)
        column.setSpacing(SPACE[2])
        for part in (muted(sentence), self._edit, buttons):
            column.addWidget(part)

    def reason(self) -> str:
        return text.normal(self._edit.text())


def ask_unsaved(parent: QWidget, what: str) -> Literal["save", "discard", "stay"]:
    """What to do with work that is not saved."""
    box = QMessageBox(parent)
    box.setIcon(QMessageBox.Icon.Question)
    box.setWindowTitle("ذخیره نشده")
    box.setTextFormat(Qt.TextFormat.PlainText)  # a unit's name is never markup
    box.setText(f"آنچه در «{what}» نوشته‌اید ذخیره نشده است.")
    save = box.addButton("ذخیره و ادامه", QMessageBox.ButtonRole.AcceptRole)
    discard = box.addButton("دور انداختن", QMessageBox.ButtonRole.DestructiveRole)
    stay = box.addButton("ماندن در این صفحه", QMessageBox.ButtonRole.RejectRole)
    box.setDefaultButton(save)
    box.setEscapeButton(stay)
    box.exec()
    pressed = box.clickedButton()
    if pressed is save:
        return "save"
    return "discard" if pressed is discard else "stay"


def tell_trouble(parent: QWidget | None, sentence: str) -> None:
    """The machine's trouble, in one sentence that says what to do."""
    box = QMessageBox(parent)
    box.setIcon(QMessageBox.Icon.Warning)
    box.setWindowTitle("احیا")
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setText(sentence)
    box.addButton("فهمیدم", QMessageBox.ButtonRole.AcceptRole)
    box.exec()


class ConflictDialog(QDialog):
    """The record was changed elsewhere: mine and theirs, field by field."""

    def __init__(
        self,
        parent: QWidget,
        fields: Sequence[Field],
        mine: Mapping[str, Any],
        theirs: Mapping[str, Any],
        show: Callable[[Field, Any], str],
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("این رکورد جای دیگری دگرگون شده است")
        self.setMinimumWidth(560)
        self._mine, self._theirs = mine, theirs
        self._groups: dict[str, tuple[QRadioButton, QRadioButton]] = {}
        column = QVBoxLayout(self)
        column.setSpacing(SPACE[2])
        column.addWidget(
            muted("تا شما می‌نوشتید کسی دیگر آن را ذخیره کرد. در هر خانه برگزینید کدام بماند.")
        )
        grid = QGridLayout()
        grid.setHorizontalSpacing(SPACE[3])
        for place, heading in enumerate(("خانه", "نوشتهٔ من", "نوشتهٔ دیگری")):
            grid.addWidget(label(heading, "heading"), 0, place)
        for row, field in enumerate(_different(fields, mine, theirs), start=1):
            grid.addWidget(label(field.label), row, 0)
            group = QButtonGroup(self)
            pair = (
                QRadioButton(show(field, mine.get(field.name)) or "—"),
                QRadioButton(show(field, theirs.get(field.name)) or "—"),
            )
            for place, radio in enumerate(pair, start=1):
                group.addButton(radio)
                grid.addWidget(radio, row, place, Qt.AlignmentFlag.AlignLeading)
            pair[0].setChecked(True)
            self._groups[field.name] = pair
        column.addLayout(grid)
        buttons = QDialogButtonBox()
        buttons.addButton("ذخیرهٔ برگزیده‌ها", QDialogButtonBox.ButtonRole.AcceptRole)
        buttons.addButton("بازگشت به ویرایش", QDialogButtonBox.ButtonRole.RejectRole)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        column.addWidget(buttons)

    def choose(self, name: str, *, mine: bool) -> None:
        self._groups[name][0 if mine else 1].setChecked(True)

    def merged(self) -> dict[str, Any]:
        """My values, with theirs where theirs were chosen."""
        taken = {
            n: self._theirs[n] for n, (_, theirs) in self._groups.items() if theirs.isChecked()
        }
        return {**self._mine, **taken}


def _different(
    fields: Sequence[Field], mine: Mapping[str, Any], theirs: Mapping[str, Any]
) -> list[Field]:
    return [field for field in fields if mine.get(field.name) != theirs.get(field.name)]
