"""What is done to several rows at once: how a feature says it, and the bar it stands on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop.theme import SPACE
from desktop.widgets.common import button, label

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from sqlalchemy.orm import Session

    from desktop.fields import Field


class Batch(NamedTuple):
    """`command` gets the ids and the value asked for by the field `ask`."""

    title: str  # «دادن گروه…», on its button
    icon: str
    words: str  # «دادن گروه به {}»: the step, of «۳ واحد»
    ask: Field
    command: Callable[[Session, Sequence[int], Any], object]


class BatchBar(QWidget):
    """Under the table while more than one row is chosen."""

    def __init__(self, acts: Sequence[tuple[str, str, Callable[[], object]]]) -> None:
        super().__init__()
        self.label = label("", "heading")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACE[1])
        row.addWidget(self.label)
        row.addSpacing(SPACE[1])
        self.buttons = [button(title, icon) for title, icon, _act in acts]
        for made, (_title, _icon, act) in zip(self.buttons, acts, strict=True):
            made.clicked.connect(act)
            row.addWidget(made)
        row.addStretch(1)
        self.hide()
