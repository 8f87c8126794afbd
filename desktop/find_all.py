"""What the search of everything (Ctrl+K) finds: records, pages and actions of the window."""

from __future__ import annotations

from typing import TYPE_CHECKING

from db import text
from desktop import actions
from desktop.page_list import PAGES
from desktop.widgets.frame import Door
from desktop.widgets.palette import Hit, Palette

if TYPE_CHECKING:
    from desktop.actions import Action
    from desktop.main_window import MainWindow

PAGE_OF = {
    "unit": ("units", "units"),
    "loan": ("loans", "loans"),
    "jihadi_group": ("groups", "groups"),
    "exercise": ("exercises", "exercises"),
}
MOST = 12


def open_palette(window: MainWindow) -> Palette:
    palette = Palette(window, lambda typed: hits(window, typed))
    palette.open()
    return palette


def hits(window: MainWindow, typed: str) -> list[Hit]:
    """Pages and actions whose names hold what is typed, then records."""
    terms = text.search_terms(typed)

    def fits(title: str) -> bool:
        return all(term in text.search_key(title) for term in terms)

    found = [
        Hit(entry.title, "صفحه", entry.icon, lambda key=entry.key: window.show_page(key))
        for entry in PAGES
        if fits(entry.title)
    ]
    found += [
        Hit(action.title, "فرمان", action.icon, lambda a=action: _do(window, a))
        for action in filter(None, actions.MENU)
        if fits(action.title)
    ]
    return found + _records(window, typed) if terms else found


def _do(window: MainWindow, action: Action) -> None:
    window.header.asked.emit(action)


def _records(window: MainWindow, typed: str) -> list[Hit]:
    from db.queries.search import everything

    with window.database.read() as session:
        rows = everything(session, typed, MOST)
    made = []
    for row in rows:
        page, icon = PAGE_OF[row.record]
        made.append(
            Hit(
                row.title, row.detail, icon,
                lambda p=page, number=row.id: window.go(Door(p, record=number)),
            )
        )  # fmt: skip
    return made
