"""«چرا؟»: the steps a unit has taken to its stage, and those that are still missing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QGridLayout, QLabel, QVBoxLayout

from db import calendar, text
from desktop import choices
from desktop.theme import SPACE
from desktop.widgets.common import TONE_ICONS, Card, IconView, heading, label, muted, set_role

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from PySide6.QtWidgets import QWidget

    from db.rules.stage_reasons import Reason

SENTENCES: Final = {
    "registered": "از {0} در شمار واحدهای راکد یا نیمه‌راکد ثبت است.",
    "visited": "نخستین پایش پذیرفته‌شده در {0} بوده است.",
    "not_visited": "هنوز پایش پذیرفته‌شده‌ای ندارد.",
    "diagnosed": "از {0} عارضه‌یابی شده یا مانعی برای آن ثبت شده است.",
    "not_diagnosed": "عارضه‌یابی نشده است و مانعی برای آن ثبت نیست.",
    "in_support": "از {0} اقدام، مصوبه یا تسهیلاتی برای آن در جریان است.",
    "no_support": "اقدام، مصوبه یا تسهیلاتی برای آن در جریان نیست.",
    "not_returned": "بازگشت به تولید برای آن ثبت نشده است.",
    "claimed": "بازگشت به تولید آن از {0} اعلام شده است.",
    "jobs": "شاغلان پس از بازگشت: {0} نفر.",
    "no_jobs": "شاغلان پس از بازگشت نوشته نشده است؛ در «احیا» بنویسید.",
    "evidence": "گواه فعالیت: در {0} دست‌کم {1} درصد ظرفیت دیده شده است.",
    "no_evidence": (
        "گواه فعالیت ندارد: یک پایش پس از احیای پذیرفته‌شده (یا سندی) از {0} به بعد، با واحد "
        "فعال و دست‌کم {1} درصد ظرفیت، لازم است."
    ),
    "contradicted": (
        "پایش {0} واحد را راکد دیده است؛ روز توقف را ثبت کنید یا دوباره پایش کنید."
    ),
    "stopped": "در {0} دوباره ایستاده است؛ احیای آن همچنان یک بار شمرده می‌شود.",
    "sustained": "پایدار است: پایش‌ها تا {0} فعالیت آن را گواهی می‌دهد.",
    "not_sustained": (
        "واپسین گواه از {0} است؛ اگر پایشی در {1} یا پس از آن هم فعالش ببیند، پایدار می‌شود."
    ),
    "begins_anew": (
        "پایشی ظرفیت را کمتر دیده است؛ {0} ماه پایش خوب، از نو، برای پایداری لازم است."
    ),
}  # fmt: skip


def sentence(reason: Reason) -> str:
    return SENTENCES[reason.code].format(
        *(text.grouped(value) if isinstance(value, int) else calendar.long_jalali(value)
          for value in reason.detail)
    )  # fmt: skip


class WhyDialog(QDialog):
    """The stage over its steps, each with a mark that says reached, missing or broken."""

    def __init__(
        self, parent: QWidget, name: str, stage: str, steps: Sequence[Reason], day: date
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("چرا این مرحله؟")
        self.setMinimumWidth(560)
        self.stage = label(choices.UNIT_STAGE.show(stage), "state")
        set_role(self.stage, "state", choices.UNIT_STAGE.tones.get(stage, ""))
        self.lines: list[QLabel] = []
        card, grid = Card(), QGridLayout()
        grid.setVerticalSpacing(SPACE[1])
        grid.setHorizontalSpacing(SPACE[2])
        grid.setColumnStretch(1, 1)
        for row, step in enumerate(steps):
            line = label(sentence(step))
            line.setWordWrap(True)
            icon = TONE_ICONS.get(step.tone, "info")
            grid.addWidget(IconView(icon, 18, step.tone), row, 0)
            grid.addWidget(line, row, 1)
            self.lines.append(line)
        card.body.addLayout(grid)
        buttons = QDialogButtonBox()
        buttons.addButton("بستن", QDialogButtonBox.ButtonRole.RejectRole)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setSpacing(SPACE[2])
        column.addWidget(heading(name))
        column.addWidget(self.stage)
        column.addWidget(card)
        column.addWidget(muted(f"تا پایان {calendar.long_jalali(day)}"))
        column.addWidget(buttons)
