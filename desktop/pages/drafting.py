"""Keeps what is typed into a form, and offers what an earlier run has left of it."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QPushButton

from desktop.drafts import Draft, new_name, now
from desktop.pages.history_view import local_time
from desktop.widgets.common import Banner

if TYPE_CHECKING:
    from collections.abc import Callable

    from desktop.drafts import Drafts, Place
    from desktop.widgets.form import FieldForm

WAIT_MS = 1000  # what is lost at most; counted from the first letter, not from the last


class DraftBanner(Banner):
    """«ادامه» or «دور انداختن»; hidden while there is nothing to decide."""

    dropped = Signal()

    def __init__(self) -> None:
        super().__init__(button="ادامه")
        self.other = QPushButton("دور انداختن")
        self.other.clicked.connect(self.dropped)
        row = self.layout()
        assert row is not None
        row.addWidget(self.other)
        self.hide()

    def offer(self, draft: Draft | None) -> None:
        if draft is not None:
            at = local_time(datetime.fromisoformat(draft.at))
            self.say(f"نوشتهٔ ناتمامِ «{draft.title}» از {at} هست.", button="ادامه")
        self.setVisible(draft is not None)


class Drafting(QObject):
    """`describe` tells whose form it is, its title, and the version its writing began on."""

    resumed = Signal(object)  # a Draft, to be put into the form

    def __init__(
        self,
        form: FieldForm,
        drafts: Drafts,
        describe: Callable[[], tuple[Place | None, str, int | None]],
    ) -> None:
        super().__init__(form)
        self._form, self._drafts, self._describe = form, drafts, describe
        self._name = ""
        self._offered: Draft | None = None
        self.banner = DraftBanner()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(WAIT_MS)
        self._timer.timeout.connect(self.write)
        form.edited.connect(self.touch)
        self.banner.pressed.connect(lambda: self.resumed.emit(self._offered))
        self.banner.dropped.connect(self._drop)

    def offer(self) -> None:
        """Tell of what was left, as soon as it is known whose form it is."""
        place, _title, _version = self._describe()
        self._offered = None if place is None else self._drafts.of(place)
        self.banner.offer(self._offered)

    def touch(self) -> None:
        """There is something to keep; what was left waits, it would overwrite this."""
        self.banner.hide()
        if not self._timer.isActive():
            self._timer.start()

    def write(self) -> None:
        place, title, version = self._describe()
        if place is None or not self._form.changed:
            return
        self._name = self._name or new_name()
        values, typed = self._form.draft()
        self._drafts.write(Draft(self._name, place, title, version, now(), values, typed))

    def take(self, draft: Draft) -> None:
        """Go on with what was left, in its own file."""
        self.forget()
        self._name = draft.name
        self._drafts.take(draft)
        self.banner.hide()

    def forget(self) -> None:
        """What is in the form is stored, or was thrown away."""
        self._timer.stop()
        if self._name:
            self._drafts.drop(self._name)
            self._name = ""

    def _drop(self) -> None:
        if self._offered is not None:
            self._drafts.take(self._offered)
            self._drafts.drop(self._offered.name)
        self.offer()
