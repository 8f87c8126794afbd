"""What was done since the file was opened, and taking it back: Ctrl+Z, whatever the page."""

from __future__ import annotations

from time import sleep
from typing import TYPE_CHECKING, NamedTuple

from desktop import tasks
from desktop.progress import unwatched

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtWidgets import QWidget
    from sqlalchemy.orm import Session

    from desktop.progress import Progress
    from desktop.widgets.frame import Frame

    Act = Callable[[Session, Sequence[int]], object]

AT_ONCE = 50  # rows: more are written off the window's thread, which a thousand would hold up
CHUNK = 25  # of these, between two looks whether the user wants to stop
BREATH = 0.001  # seconds after each chunk in which the window's thread has Python to itself


class Step(NamedTuple):
    """One transaction: what it was, in words («بایگانی ۱۲ واحد»), and its rows of the history."""

    words: str
    changes: range


class Steps:
    """The newest last. A step that was taken back is itself a step, which «از نو» takes back."""

    def __init__(self, frame: Frame, parent: QWidget | None = None) -> None:
        self._frame, self._parent = frame, parent
        self._done: list[Step] = []
        self._undone: list[Step] = []
        self._busy = False

    def clear(self) -> None:
        """Another file is opened."""
        self._done.clear()
        self._undone.clear()

    def did(self, words: str, changes: range) -> None:
        """Something was written by itself: a record was saved."""
        if changes:
            self._done.append(Step(words, changes))
            self._undone.clear()

    def do(self, words: str, act: Act, ids: Sequence[int], then: Callable[[], object]) -> None:
        """Act on rows, all in one transaction; `then` when it is stored."""

        def done(changes: range) -> None:
            if changes:
                then()
            else:
                self._frame.toast("چیزی دگرگون نشد.", "")

        self._run(words, act, ids, self.did, done, self._refused)

    def undo(self) -> None:
        self._take_back(self._done, self._undone, "{} برگشت.")

    def redo(self) -> None:
        self._take_back(self._undone, self._done, "{} دوباره انجام شد.")

    def _take_back(self, steps: list[Step], others: list[Step], told: str) -> None:
        if not steps:
            self._frame.toast("کاری برای برگرداندن نیست.", "")
            return
        from db.commands import undo  # with every command

        step = steps[-1]

        def settle(words: str, changes: range) -> None:
            _drop(steps, step)
            others.append(Step(words, changes))

        def refuse(error: Exception) -> None:
            if self._refused(error, "برنگشت: "):
                _drop(steps, step)  # or it would stand before those under it for ever

        newest_first = list(reversed(step.changes))
        self._run(
            step.words, undo.take_back, newest_first, settle,
            lambda _step: self._frame.toast(told.format(step.words)), refuse,
        )  # fmt: skip

    def _run(
        self,
        words: str,
        act: Act,
        ids: Sequence[int],
        settle: Callable[[str, range], None],
        done: Callable[[range], object],
        failed: Callable[[Exception], object],
    ) -> None:
        if self._busy:
            return

        def work(progress: Progress) -> range:
            changes = self._write(act, ids, progress)
            settle(words, changes)
            return changes

        if len(ids) > AT_ONCE:
            self._busy = True
            task = tasks.run_with_dialog(self._parent, words, work, done, failed)
            task.signals.finished.connect(self._free)
            return
        self._at_once(work, done, failed)

    def _at_once(
        self,
        work: Callable[[Progress], range],
        done: Callable[[range], object],
        failed: Callable[[Exception], object],
    ) -> None:
        from db.errors import DatabaseProblem, RuleError

        try:
            changes = work(unwatched)
        except (RuleError, DatabaseProblem) as error:
            failed(error)
        else:
            done(changes)

    def _write(self, act: Act, ids: Sequence[int], progress: Progress) -> range:
        with self._frame.database.write() as session:
            for start in range(0, len(ids), CHUNK):
                act(session, ids[start : start + CHUNK])
                progress(min(start + CHUNK, len(ids)), len(ids))
                sleep(BREATH)
        changes = session.info["changes"]
        assert isinstance(changes, range)
        return changes

    def _free(self) -> None:
        self._busy = False

    def _refused(self, error: Exception, before: str = "") -> bool:
        """Tell of it; whether it was a rule that forbids it, now and later."""
        from db.errors import RuleError
        from desktop.messages import sentence

        if isinstance(error, RuleError):
            self._frame.toast(before + sentence(error.violations[0]), "bad")
            return True
        self._frame.trouble(error)
        return False


def _drop(steps: list[Step], step: Step) -> None:
    if step in steps:  # another file may be open by now
        steps.remove(step)
