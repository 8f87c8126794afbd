"""«دربارهٔ احیا»: what the program is, whose work is in it, what it runs on."""

from __future__ import annotations

import platform
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, qVersion
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QDialogButtonBox,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QScrollArea,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from db import text
from desktop import fonts, theme
from desktop.theme import SPACE
from desktop.version import VERSION
from desktop.widgets.common import button, heading, label, muted, start, title

if TYPE_CHECKING:
    from db.database import Database

WHAT = (
    "احیا پی می‌گیرد که واحدهای کوچک صنعتی راکد و نیمه‌راکد یک استان چگونه به تولید بازمی‌گردند: "
    "کدام واحد، با کدام تسهیلات، در کدام روز و با چند شاغل؛ و برنامه در برابر هدف کجاست."
)
PLACE = "داده‌ها در یک پرونده روی همین رایانه می‌ماند و برنامه چیزی به جایی نمی‌فرستد."
FREE = (
    "احیا با پروانهٔ MIT منتشر شده است: آزادانه به کار ببرید، دگرگون کنید و به دیگران بدهید. "
    "کارهای دیگران که در آن است پروانهٔ خود را دارند؛ متن کامل هر یک در بستهٔ همان کار است."
)
SEND = "اگر از کسی کمک می‌خواهید این‌ها را هم بفرستید؛ نام و دادهٔ کسی در آن نیست."
# name, whose version is asked by which package, licence
LICENCES = (
    ("Ehya · احیا", "", "MIT"),
    ("Qt, PySide6, Shiboken", "PySide6_Essentials", "LGPL-3.0"),
    ("Noto Sans Arabic", "fontpkg-noto-sans-arabic", "OFL-1.1"),
    ("fontpkg", "fontpkg", "MIT"),
    ("SQLite", "", "Public domain"),
    ("pysqlite3", "pysqlite3", "zlib"),
    ("SQLAlchemy", "SQLAlchemy", "MIT"),
    ("Alembic", "alembic", "MIT"),
    ("Mako", "Mako", "MIT"),
    ("MarkupSafe", "MarkupSafe", "BSD-3-Clause"),
    ("jdatetime", "jdatetime", "PSF-2.0"),
    ("jalali-core", "jalali-core", "LGPL"),
    ("openpyxl", "openpyxl", "MIT"),
    ("et_xmlfile", "et_xmlfile", "MIT"),
    ("lxml", "lxml", "BSD-3-Clause"),
    ("defusedxml", "defusedxml", "PSF"),
    ("platformdirs", "platformdirs", "MIT"),
    ("RapidFuzz", "RapidFuzz", "MIT"),
    ("typing_extensions", "typing_extensions", "PSF-2.0"),
)
_ASKED = ("PySide6_Essentials", "SQLAlchemy", "alembic", "openpyxl", "lxml", "jdatetime")


def show_about(parent: QWidget, database: Database | None = None) -> AboutDialog:
    dialog = AboutDialog(parent, database)
    dialog.open()
    return dialog


class AboutDialog(QDialog):
    """Three tabs: the program, the licences, the machine."""

    def __init__(self, parent: QWidget | None, database: Database | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("دربارهٔ احیا")
        self.resize(QSize(620, 500) * (theme.scaled_font(1).pointSizeF() / fonts.SIZE))
        self.facts = "\n".join(f"{name}: {value}" for name, value in system(database))
        tabs = QTabWidget()
        tabs.setDocumentMode(True)
        tabs.addTab(self._about(), "احیا")
        tabs.addTab(self._licences(), "پروانه‌ها")
        tabs.addTab(self._system(), "مشخصات سیستم")
        buttons = QDialogButtonBox()
        buttons.addButton("بستن", QDialogButtonBox.ButtonRole.RejectRole)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setSpacing(SPACE[2])
        column.addLayout(self._head())
        column.addWidget(tabs, 1)
        column.addWidget(buttons)

    def _head(self) -> QHBoxLayout:
        mark = QLabel()
        mark.setPixmap(theme.program_icon().pixmap(QSize(56, 56)))
        names = QVBoxLayout()
        names.setSpacing(0)
        names.addWidget(title("احیا"))
        names.addWidget(label(f"نسخهٔ {text.to_persian_digits(VERSION)}", "muted"))
        row = QHBoxLayout()
        row.setSpacing(SPACE[3])
        row.addWidget(mark)
        row.addLayout(names, 1)
        return row

    def _about(self) -> QWidget:
        tab = QWidget()
        column = QVBoxLayout(tab)
        column.setContentsMargins(0, SPACE[3], 0, 0)
        column.setSpacing(SPACE[3])
        for words in (WHAT, PLACE, FREE):
            told = label(words)
            told.setWordWrap(True)
            column.addWidget(told)
        column.addStretch(1)
        return tab

    def _licences(self) -> QWidget:
        table = QWidget()
        table.setProperty("role", "page")
        grid = QGridLayout(table)
        grid.setHorizontalSpacing(SPACE[4])
        grid.setVerticalSpacing(SPACE[0])
        for place, words in enumerate(("کار", "نسخه", "پروانه")):
            grid.addWidget(heading(words), 0, place)
        for row, (name, package, licence) in enumerate(LICENCES, start=1):
            known = VERSION if row == 1 else installed(package)
            for place, words in enumerate((name, text.to_persian_digits(known), licence)):
                grid.addWidget(label(words), row, place)
        grid.setColumnStretch(2, 1)
        grid.setRowStretch(len(LICENCES) + 1, 1)
        area = QScrollArea()
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setWidget(table)
        return area

    def _system(self) -> QWidget:
        tab = QWidget()
        shown = QPlainTextEdit(self.facts)
        shown.setReadOnly(True)
        shown.setTabChangesFocus(True)
        shown.setAccessibleName("مشخصات سیستم")
        shown.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        copy = button("رونوشت", "copy")
        copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(self.facts))
        column = QVBoxLayout(tab)
        column.setContentsMargins(0, SPACE[3], 0, 0)
        column.addWidget(
            muted("اگر از کسی کمک می‌خواهید این‌ها را هم بفرستید؛ نام و دادهٔ کسی در آن نیست.")
        )
        column.addWidget(shown, 1)
        column.addWidget(copy, 0, start())
        return tab


def installed(package: str) -> str:
    """The version of a package; empty for what is no package, a dash for one that is missing."""
    if not package:
        return ""
    try:
        return version(package)
    except PackageNotFoundError:
        return "—"


def system(database: Database | None) -> list[tuple[str, str]]:
    """What a helper asks for: no name of a person, a machine or a folder."""
    from db.driver import driver

    engine = driver()
    app = QApplication.instance()
    screen = QGuiApplication.primaryScreen()
    points = app.font().pointSizeF() if isinstance(app, QApplication) else 0.0
    size, ratio = screen.size(), screen.devicePixelRatio()
    shown = f"{size.width()}x{size.height()}, x{ratio:g}, {points:g} pt, {theme.mode()}"
    packages = ", ".join(f"{name} {installed(name)}" for name in _ASKED)
    return [
        ("Ehya", VERSION),
        ("System", f"{platform.system()} {platform.release()} {platform.machine()}"),
        ("Python", platform.python_version()),
        ("Qt", f"{qVersion()} ({QGuiApplication.platformName()})"),
        ("Screen", shown),
        ("SQLite", f"{engine.sqlite_version} ({engine.__name__.partition('.')[0]})"),
        ("Packages", packages),
        ("File", _file(database) if database else "none"),
    ]


def _file(database: Database) -> str:
    from db import migrate

    size = database.path.stat().st_size / 1024
    with database.engine.connect() as connection:
        journal = connection.exec_driver_sql("PRAGMA journal_mode").scalar_one()
        revision = migrate.current(connection)
    return f"{size:,.0f} KiB, schema {revision}, journal {journal}"
