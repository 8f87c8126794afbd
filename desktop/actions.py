"""Every action of the window with its keys, in one list: menus, buttons and the help read it."""

from __future__ import annotations

from typing import NamedTuple


class Action(NamedTuple):
    """`keys` as Qt writes them; `icon` of our own theme."""

    name: str
    title: str
    keys: str = ""
    icon: str = ""


NEW_FILE = Action("new_file", "پروندهٔ تازه…", "Ctrl+Shift+N", "file-new")
OPEN_FILE = Action("open_file", "باز کردن پرونده…", "Ctrl+O", "file-open")
UNDO = Action("undo", "واگرد", "Ctrl+Z", "undo")
REDO = Action("redo", "از نو", "Ctrl+Y", "redo")
REPORT = Action("report", "گزارش پیشرفت…", "Ctrl+R", "reports")
REPORTS = {"progress": "گزارش پیشرفت", "portfolio": "گزارش پرتفوی تسهیلات"}
AS_OF = Action("as_of", "تا تاریخ…", "Ctrl+T", "calendar")
PALETTE = Action("palette", "جستجو در همه‌چیز", "Ctrl+K", "search")
FOLD = Action("fold", "جمع کردن نوار کناری", "Ctrl+B", "sidebar")
THEME = Action("theme", "روشن یا تیره", "Ctrl+Shift+D", "moon")
HELP = Action("help", "راهنما", "F1", "help")
ABOUT = Action("about", "دربارهٔ احیا", "", "info")
QUIT = Action("quit", "بستن برنامه", "Ctrl+Q", "close")

MENU = (
    NEW_FILE, OPEN_FILE, None, UNDO, REDO, None, REPORT, AS_OF, None, THEME, FOLD, None, HELP,
    ABOUT, None, QUIT,
)  # fmt: skip
ELSEWHERE = (PALETTE,)
