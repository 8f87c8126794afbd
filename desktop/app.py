"""Starting and stopping: the only place where the parts are put together."""

from __future__ import annotations

import gc
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QLocale, QObject, QTimer
from PySide6.QtWidgets import QApplication, QFileDialog

from desktop import (
    actions,
    fonts,
    log,
    paths,
    plain_imports,
    singletons,
    tasks,
    theme,
    translations,
)
from desktop.crash import CrashReporter, log_qt_messages
from desktop.main_window import MainWindow
from desktop.page_list import opening_page
from desktop.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Callable

    from db.database import Database
    from desktop.file_lock import FileLock

UNSEEN_MS = 1000  # a window started as an icon is not painted
CHECK_AFTER_MS = 3000  # the first page has the machine to itself until then
FILES = f"پروندهٔ احیا (*{paths.SUFFIX});;همه (*)"


def make_application(argv: list[str], settings: Settings | None = None) -> QApplication:
    """Persian and right to left once, for everything."""
    singletons.protect()
    plain_imports.restore()
    # By its option: `setStyle` hands out the style, for which PySide6 makes every class of styles.
    app = QApplication([*argv, "-style", "Fusion"])
    app.setApplicationName("Ehya")
    app.setDesktopFileName("ehya")
    QLocale.setDefault(QLocale(QLocale.Language.Persian, QLocale.Country.Iran))
    for translator in translations.load(app):
        app.installTranslator(translator)  # buttons in Persian, and the whole app right to left
    fonts.load(app, settings.get("text_size") if settings else None)
    theme.apply(app, (settings.get("theme") if settings else None) or "system")
    app.setWindowIcon(theme.program_icon())
    return app


def run(file: str | None) -> int:
    """The window, on `file` or on the one last used."""
    gc.disable()  # nothing made at the start is garbage, and to look for it takes a tenth of it
    log.start(paths.log_folder())
    settings = Settings(paths.settings_file())
    log_qt_messages()
    app = make_application(sys.argv[:1], settings)
    crash = CrashReporter()
    crash.install()
    program = Program(app, settings)
    crash.troubled.connect(program.window.trouble)
    program.window.show()

    def begin() -> None:  # what opens the file imports SQLAlchemy
        try:
            program.begin(file)
        finally:
            gc.freeze()
            gc.enable()

    _AfterPaint(program.window, begin)
    app.aboutToQuit.connect(program.end)
    return app.exec()


class _AfterPaint(QObject):
    """Acts once, when a window was first painted: a timer alone is faster than the screen."""

    def __init__(self, window: MainWindow, act: Callable[[], Any]) -> None:
        super().__init__(window)
        self._act: Callable[[], Any] | None = act
        window.installEventFilter(self)
        QTimer.singleShot(UNSEEN_MS, self, self._go)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            watched.removeEventFilter(self)
            QTimer.singleShot(0, self, self._go)
        return False

    def _go(self) -> None:
        act, self._act = self._act, None
        if act is not None:
            act()


def _preload() -> None:
    """What the first choice will need: half a second of imports while the user is reading."""
    import desktop.opening
    import desktop.welcome.new_file  # noqa: F401


class Program(QObject):
    """The window with the file it shows, and the actions that reach beyond one page."""

    def __init__(self, app: QApplication, settings: Settings) -> None:
        super().__init__()
        self.app, self.settings = app, settings
        self.window = MainWindow(settings)
        self.window.asked.connect(self.do)
        self._lock: FileLock | None = None
        self._acts: dict[str, Callable[[], Any]] = {
            actions.NEW_FILE.name: self.new_file,
            actions.OPEN_FILE.name: self.ask_file,
            actions.REPORT.name: self.report,
            actions.PALETTE.name: self.palette,
            actions.THEME.name: self.switch_theme,
            actions.HELP.name: self.help,
            actions.ABOUT.name: self.about,
        }

    # files

    def begin(self, file: str | None = None) -> None:
        """Open what was asked for or used last; otherwise the first-run page."""
        wanted = file or self.settings.last_file()
        if wanted is None:
            self.welcome()
        elif file is None and not Path(wanted).is_file():
            self.welcome("پروندهٔ پیشین پیدا نشد؛ شاید جابه‌جا شده یا دیسک آن وصل نیست.")
        else:
            self._count_early(Path(wanted))
            self.open(Path(wanted))

    def _count_early(self, file: Path) -> None:
        if opening_page(self.settings.get("window/page")) == "dashboard":
            from desktop.dashboard import early

            early.begin(file)

    def welcome(self, sentence: str = "") -> None:
        from desktop.welcome.page import WelcomePage

        self._close_file()
        page = WelcomePage(self.settings.recent_files())
        page.new_wanted.connect(self.new_file)
        page.open_wanted.connect(self.ask_file)
        page.sample_wanted.connect(self.sample)
        page.recent_wanted.connect(lambda name: self.open(Path(name)))
        self.window.show_alone(page)
        if sentence:
            page.tell(sentence)
        QTimer.singleShot(0, self, lambda: tasks.in_background(_preload, bool, self._raise))

    def _raise(self, error: Exception) -> None:
        raise error

    def open(self, file: Path) -> bool:
        """Open a file in the window; its trouble is told in one sentence and nothing is lost."""
        from db.errors import DatabaseProblem
        from desktop.file_lock import FileLock
        from desktop.messages import problem
        from desktop.opening import open_upgraded

        if self.window.has_file and not self.window.can_leave():
            return False
        file = file.absolute()
        lock = self._lock
        try:
            if lock is None or lock.file != file:
                lock = FileLock(file)
            database = open_upgraded(file, paths.backup_folder(file))
        except DatabaseProblem as trouble:
            if lock is not self._lock and lock is not None:
                lock.release()
            if self.window.has_file:
                self.window.trouble(trouble)
            else:
                self.welcome(problem(trouble))
            return False
        self._show(database, lock)
        return True

    def _show(self, database: Database, lock: FileLock) -> None:
        before = self.window.drop_database()
        if before is not None:
            before.close()
        if self._lock is not None and self._lock is not lock:
            self._lock.release()
        self._lock = lock
        self.settings.opened(database.path)
        self.settings.save()
        self.window.set_database(database, self.settings.get("window/page", ""))
        # Damage inside a file of the right size shows only when its pages are read.
        QTimer.singleShot(CHECK_AFTER_MS, self, lambda: self._check(database))

    def _check(self, database: Database) -> None:
        if self.window.has_file and self.window.database is database:
            tasks.in_background(database.check, bool, self.window.trouble)

    def _close_file(self) -> None:
        database = self.window.drop_database()
        if database is not None:
            database.close()
        if self._lock is not None:
            self._lock.release()
            self._lock = None

    def ask_file(self) -> None:
        chosen, _ = QFileDialog.getOpenFileName(
            self.window, "باز کردن پرونده", str(self._folder()), FILES
        )
        if chosen:
            self.open(Path(chosen))

    def new_file(self) -> None:
        from desktop.welcome.new_file import NewFileDialog

        dialog = NewFileDialog(self.window, self._folder())
        if dialog.exec():
            self.open(Path(dialog.path))

    def sample(self) -> None:
        """Made-up data to look around in, in a file of its own."""
        from db.sample import make
        from db.text import to_persian_digits

        folder = self._folder()
        file = next(
            path
            for number in range(1, 1000)
            if not (
                path := folder / f"نمونه {to_persian_digits(str(number))}{paths.SUFFIX}"
            ).exists()
        )
        tasks.run_with_dialog(
            self.window,
            "ساختن داده‌های ساختگی",
            lambda progress: make(file, 400, 1, progress),
            lambda _made: self.open(file),
            self.window.trouble,
        )

    def _folder(self) -> Path:
        last = self.settings.last_file()
        folder = Path(last).parent if last else paths.data_folder()
        if not folder.is_dir():
            folder = paths.data_folder()
            folder.mkdir(parents=True, exist_ok=True)
        return folder

    # other actions

    def do(self, name: str) -> None:
        kind, _, value = name.partition(":")
        if kind == "theme" and value:
            theme.apply(self.app, value)  # type: ignore[arg-type]  # one of the three modes
            self.window.remember("theme", value)
        elif kind == "text" and value:
            fonts.load(self.app, float(value))
            theme.refresh(self.app)
            self.window.remember("text_size", float(value))
        elif kind == actions.REPORT.name and value:
            self.report(value)
        else:
            self._acts[name]()

    def report(self, name: str = "progress") -> None:
        from desktop.exchange.export import save_as

        if not self.window.has_file:
            return
        database, as_of = self.window.database, self.window.as_of()

        def write(path: Path, progress: Any) -> None:
            from desktop import reports  # openpyxl only when it is needed

            reports.make(database, name, path, as_of, progress=progress)

        save_as(self.window, self.window, actions.REPORTS[name], write)

    def palette(self) -> None:
        if self.window.has_file:
            from desktop.find_all import open_palette

            open_palette(self.window)

    def switch_theme(self) -> None:
        mode = "light" if theme.is_dark() else "dark"
        self.do(f"theme:{mode}")

    def help(self) -> None:
        from desktop.widgets.help_dialog import show_help

        show_help(self.window, self.window.current or "first")

    def about(self) -> None:
        from desktop.about import show_about

        show_about(self.window, self.window.database if self.window.has_file else None)

    def end(self) -> None:
        tasks.stop_all()
        self._close_file()
        self.settings.save()
