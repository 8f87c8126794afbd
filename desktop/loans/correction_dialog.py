"""«تطبیق با برگهٔ بانک»: the instalments of a plan as the bank's own paper has them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHeaderView,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from db.commands import corrections as commands
from db.errors import DatabaseProblem, RuleError, Violation
from db.rules.schedule import Instalment
from db.text import grouped
from desktop import theme
from desktop.kinds import DAY, RIAL, Kind
from desktop.messages import sentence
from desktop.theme import SPACE
from desktop.widgets.common import button, label, muted, primary_button, set_role
from desktop.widgets.dialogs import ask_reason, ask_unsaved
from desktop.widgets.table_view import ROW_HEIGHT

if TYPE_CHECKING:
    from collections.abc import Sequence

    from db.rules.repayment import Line
    from desktop.widgets.frame import Frame

TITLE = "تطبیق با برگهٔ بانک"
BACK, GIVE_BACK = "برگشت به حساب برنامه…", "برگرداندن"
HINT = (
    "اگر برگهٔ بانک چند ریال با حساب برنامه تفاوت دارد، خانه‌ها را برابر آن بنویسید. جمع اصل‌ها باید "
    "همان بماند. قسط‌های تغییریافته نشان‌دار می‌شوند."
)
HEADS: Final = ("شماره", "سررسید", "اصل", "سود یا کارمزد", "قسط")
NUMBER, DUE, PRINCIPAL, PROFIT, TOTAL = range(5)
TYPED: Final[dict[int, Kind]] = {DUE: DAY, PRINCIPAL: RIAL, PROFIT: RIAL}
HOW: Final = {
    DUE: "تاریخ را مانند ۱۴۰۲/۰۷/۱۵ بنویسید", PRINCIPAL: "فقط عدد بنویسید",
    PROFIT: "فقط عدد بنویسید",
}  # fmt: skip
TITLE_BAR: Final = 48  # pixels of the screen that the window around it takes
_EDITABLE = Qt.ItemFlag.ItemIsEditable


class CorrectionDialog(QDialog):
    """It closes when all of it is stored; what cannot be read is told below the table."""

    def __init__(
        self,
        parent: QWidget,
        frame: Frame,
        loan_id: int,
        rescheduling_id: int | None,
        lines: Sequence[Line],
    ) -> None:
        super().__init__(parent)
        self._frame, self._of = frame, (loan_id, rescheduling_id)
        self._principal = sum(line.principal for line in lines)
        self.setWindowTitle(TITLE)
        self.resize(720, min(560, self.screen().availableSize().height() - TITLE_BAR))
        self.table = QTableWidget(len(lines), len(HEADS))
        self.sums, self.complaint = label(""), label("", "complaint")
        self.complaint.setWordWrap(True)
        self.complaint.hide()
        self.save_button, self.back = primary_button("ذخیره", "save"), button(BACK, "undo")
        self._fill(lines)
        self._build()
        self._add_up()
        self.table.cellChanged.connect(lambda _row, _column: self._add_up())

    def _fill(self, lines: Sequence[Line]) -> None:
        self.table.setHorizontalHeaderLabels(HEADS)
        self.table.verticalHeader().hide()
        self.table.verticalHeader().setDefaultSectionSize(ROW_HEIGHT)
        self.table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.table.setTabKeyNavigation(False)
        for row, line in enumerate(lines):
            told = (grouped(line.number), DAY.show(line.due_on), RIAL.show(line.principal),
                    RIAL.show(line.profit), "")  # fmt: skip
            for column, words in enumerate(told):
                item = QTableWidgetItem(words)
                item.setData(Qt.ItemDataRole.UserRole, line.number)
                if column not in TYPED:
                    item.setFlags(item.flags() & ~_EDITABLE)
                self.table.setItem(row, column, item)
        self._before = self._letters()

    def _build(self) -> None:
        buttons = QDialogButtonBox()
        buttons.addButton(self.save_button, QDialogButtonBox.ButtonRole.AcceptRole)
        buttons.addButton(self.back, QDialogButtonBox.ButtonRole.ResetRole)
        buttons.addButton("انصراف", QDialogButtonBox.ButtonRole.RejectRole)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        self.back.clicked.connect(self.give_back)
        self.save_button.setShortcut("Ctrl+S")
        column = QVBoxLayout(self)
        column.setSpacing(SPACE[2])
        column.addWidget(muted(HINT))
        column.addWidget(self.table, 1)
        column.addWidget(self.sums)
        column.addWidget(self.complaint)
        column.addWidget(buttons)

    # what stands in it

    def _letters(self) -> list[str]:
        cells = ((row, column) for row in range(self.table.rowCount()) for column in TYPED)
        return [self._item(*cell).text() for cell in cells]

    @property
    def changed(self) -> bool:
        return self._letters() != self._before

    def rows(self) -> list[Instalment]:
        """As they are typed. Raises ValueError with the place of what cannot be read."""
        return [self._row(row) for row in range(self.table.rowCount())]

    def _row(self, row: int) -> Instalment:
        number = self._item(row, NUMBER).data(Qt.ItemDataRole.UserRole)
        return Instalment(number, *(self._value(row, column) for column in TYPED))

    def _value(self, row: int, column: int) -> Any:
        try:
            return TYPED[column].read(self._item(row, column).text())
        except ValueError:
            number = grouped(self._item(row, NUMBER).data(Qt.ItemDataRole.UserRole))
            told = f"{HEADS[column]} قسط {number} خوانده نمی‌شود؛ {HOW[column]}."
            raise ValueError(told) from None

    def _item(self, row: int, column: int) -> QTableWidgetItem:
        item = self.table.item(row, column)
        assert item is not None
        return item

    def _add_up(self) -> None:
        """The sums as they are typed; red while the principal is not repaid."""
        self.complain("")
        self.table.blockSignals(True)
        self._mark()
        self.table.blockSignals(False)
        try:
            rows = self.rows()
        except ValueError as error:
            self.complain(str(error))
            return
        principal, profit = sum(row.principal for row in rows), sum(row.profit for row in rows)
        over = principal - self._principal
        told = f"جمع اصل: {RIAL.show(principal)} ریال    جمع سود: {RIAL.show(profit)} ریال"
        if over:
            told += f"    {'بیش از' if over > 0 else 'کمتر از'} اصل، {RIAL.show(abs(over))} ریال"
        self.sums.setText(told)
        set_role(self.sums, "", "bad" if over else "good")

    def _mark(self) -> None:
        """Cells as they are read: what was changed in colour, what cannot be read in red."""
        before = iter(self._before)
        for row in range(self.table.rowCount()):
            total: int | None = 0
            for column, kind in TYPED.items():
                item, was = self._item(row, column), next(before)
                try:
                    value = kind.read(item.text())
                except ValueError:
                    item.setForeground(theme.color("bad"))
                    total = None
                    continue
                item.setText(kind.show(value))
                item.setForeground(theme.color("text" if item.text() == was else "accent"))
                if column != DUE and total is not None:
                    total += value
            self._item(row, TOTAL).setText("" if total is None else RIAL.show(total))

    def complain(self, words: str) -> None:
        self.complaint.setText(words)
        self.complaint.setVisible(bool(words))

    # what is done

    def accept(self) -> None:
        try:
            rows = self.rows()
        except ValueError as error:
            self.complain(str(error))
            return
        try:
            with self._frame.database.write() as session:
                commands.save_corrections(session, *self._of, rows)
        except RuleError as error:
            self._refused(error.violations)
            return
        except DatabaseProblem as problem:
            self._frame.trouble(problem)
            return
        self._frame.steps.did(TITLE, session.info["changes"])
        self._frame.toast("ذخیره شد.")
        super().accept()

    def give_back(self) -> None:
        """Every instalment as the program reckons it again."""
        told = "همهٔ قسط‌های این جدول دوباره به حساب برنامه گرفته می‌شود."
        reason = ask_reason(self, BACK, told, GIVE_BACK, "برگهٔ تازهٔ بانک")
        if reason is None:
            return
        try:
            with self._frame.database.write() as session:
                commands.drop_corrections(session, *self._of, reason)
        except RuleError as error:
            self._refused(error.violations)
            return
        except DatabaseProblem as problem:
            self._frame.trouble(problem)
            return
        self._frame.steps.did(BACK, session.info["changes"])
        super().accept()

    def reject(self) -> None:
        if self.changed:
            answer = ask_unsaved(self, TITLE)
            if answer == "save":
                self.accept()
                return
            if answer == "stay":
                return
        super().reject()

    def _refused(self, violations: Sequence[Violation]) -> None:
        self.complain("\n".join(sentence(each) for each in violations if not each.warning))
