"""Qt's own words in Persian: its translation, and the few that it lacks."""

from __future__ import annotations

from PySide6.QtCore import QLibraryInfo, QObject, QTranslator

MISSING = {
    "&Look in:": "جا:",
    "Files of &type:": "نوع پرونده‌ها:",
    "File &name:": "نام پرونده:",
    "Date Modified": "روز تغییر",
    "Size": "اندازه",
    "Name": "نام",
    "Type": "نوع",
    "Kind": "نوع",
    "Computer": "رایانه",
    "Cancel": "انصراف",
    "Open": "باز کردن",
    "Yes": "بله",
    "No": "خیر",
}


class _Missing(QTranslator):
    """Asked before Qt's own file; what it does not know, it leaves to that."""

    def translate(
        self,
        context: str | bytes,
        source_text: str | bytes,
        disambiguation: str | bytes | None = None,
        n: int = -1,
    ) -> str:
        text = source_text.decode() if isinstance(source_text, bytes) else source_text
        return MISSING.get(text) or None  # type: ignore[return-value]  # None: not known here

    def isEmpty(self) -> bool:
        return False


def load(parent: QObject) -> list[QTranslator]:
    """The translators to install, in order; they turn the whole application right to left."""
    own, missing = QTranslator(parent), _Missing(parent)
    own.load("qtbase_fa", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath))
    return [missing, own]  # the one installed last is asked first
