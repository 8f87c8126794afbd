"""The pages of the window in working order, by name: each is imported when it is first shown."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

    from desktop.fields import Field


class PageEntry(NamedTuple):
    """`action` names the page's one main action, if it has one."""

    key: str
    title: str
    icon: str
    module: str
    name: str
    action: str = ""

    def load(self) -> Any:
        return getattr(import_module(self.module), self.name)


PAGES = (
    PageEntry("dashboard", "پیشخوان", "dashboard", "desktop.dashboard.page", "DashboardPage"),
    PageEntry("units", "واحدها", "units", "desktop.units.page", "UnitsPage", "واحد تازه"),
    PageEntry("board", "تخته", "columns", "desktop.board.page", "BoardPage"),
    PageEntry("visits", "پایش", "visits", "desktop.visits.page", "VisitsPage", "پایش تازه"),
    PageEntry(
        "obstacles", "موانع", "obstacle", "desktop.visits.obstacles_page", "ObstaclesPage",
        "مانع تازه",
    ),
    PageEntry(
        "actions", "اقدام‌ها", "actions", "desktop.follow_up.page", "ActionsPage", "اقدام تازه"
    ),
    PageEntry("loans", "تسهیلات", "loans", "desktop.loans.page", "LoansPage", "تسهیلات تازه"),
    PageEntry("dues", "سررسیدها", "dues", "desktop.dues.page", "DuesPage", "تماس گرفته شد"),
    PageEntry(
        "calculator", "ماشین حساب اقساط", "calculator", "desktop.calculator.page", "CalculatorPage"
    ),
    PageEntry("portfolio", "پرتفوی تسهیلات", "chart", "desktop.portfolio.page", "PortfolioPage",
              "گزارش پرتفوی"),
    PageEntry("groups", "گروه‌ها", "groups", "desktop.groups.page", "GroupsPage", "گروه تازه"),
    PageEntry(
        "exercises",
        "رزمایش و جشنواره",
        "exercises",
        "desktop.exercises.page",
        "ExercisesPage",
        "رزمایش تازه",
    ),
    PageEntry(
        "lookups", "فهرست‌های پایه", "lists", "desktop.lookups.page", "LookupsPage", "ردیف تازه"
    ),
    PageEntry("programme", "برنامه و هدف", "target", "desktop.programme.page", "ProgrammePage"),
    PageEntry("history", "تاریخچه", "history", "desktop.history.page", "HistoryPage"),
    PageEntry("preferences", "تنظیمات", "settings", "desktop.preferences.page", "PreferencesPage"),
)  # fmt: skip
# Parts of a record's page that are another feature's; the side bar does not show them.
PARTS = (
    PageEntry("documents", "اسناد", "document", "desktop.documents.panel", "DocumentsPanel"),
    PageEntry("unit_file", "پرونده", "history", "desktop.unit_file.panel", "UnitFilePanel"),
)
BY_KEY = {entry.key: entry for entry in (*PAGES, *PARTS)}


def opening_page(last: object) -> str:
    """The page a file opens with: the one last shown, or the first."""
    return next((e.key for e in PAGES if e.key == last), PAGES[0].key)


# Each kind of record in the history: its word, and the module and model its fields are of.
RECORDS = {
    "unit": ("واحد", "desktop.units.fields", "Unit"),
    "revival": ("بازگشت به تولید", "desktop.units.fields", "Revival"),
    "visit": ("پایش", "desktop.visits.fields", "Visit"),
    "obstacle": ("مانع", "desktop.visits.obstacle_fields", "Obstacle"),
    "action": ("اقدام", "desktop.follow_up.fields", "Action"),
    "loan": ("تسهیلات", "desktop.loans.fields", "Loan"),
    "tranche": ("پرداخت", "desktop.loans.fields", "Tranche"),
    "payment": ("پرداخت قسط", "desktop.loans.fields", "Payment"),
    "waiver": ("بخشودگی", "desktop.loans.fields", "Waiver"),
    "rescheduling": ("امهال", "desktop.loans.fields", "Rescheduling"),
    "correction": ("قسط اصلاح‌شده", "desktop.loans.fields", "Correction"),
    "call": ("تماس", "desktop.loans.fields", "Call"),
    "jihadi_group": ("گروه", "desktop.groups.fields", "JihadiGroup"),
    "volunteer": ("جهادگر", "desktop.groups.fields", "Volunteer"),
    "exercise": ("رزمایش یا جشنواره", "desktop.exercises.fields", "Exercise"),
    "participation": ("شرکت در رزمایش", "desktop.exercises.fields", "Participation"),
    "award": ("جایزه", "desktop.exercises.fields", "Award"),
    "document": ("سند", "desktop.documents.fields", "Document"),
    "programme": ("برنامه", "desktop.programme.fields", "Programme"),
    "milestone": ("گام برنامه", "desktop.programme.fields", "Milestone"),
    "county": ("شهرستان", "desktop.lookups.fields", "County"),
    "estate": ("شهرک یا ناحیه", "desktop.lookups.fields", "Estate"),
    "industry": ("رشتهٔ فعالیت", "desktop.lookups.fields", "Industry"),
    "obstacle_kind": ("نوع مانع", "desktop.lookups.fields", "ObstacleKind"),
    "bank": ("بانک", "desktop.lookups.fields", "Bank"),
    "agency": ("دستگاه", "desktop.lookups.fields", "Agency"),
    "holiday": ("تعطیل رسمی", "desktop.lookups.fields", "Holiday"),
}
_cache: dict[str, Mapping[str, Field]] = {}


def fields_of(record: str) -> tuple[str, Mapping[str, Field]]:
    """The word for a kind of record, and its fields by name."""
    from desktop.fields import Field

    word, module, model = RECORDS.get(record, (record, "", ""))
    if module and record not in _cache:
        found = (value for value in vars(import_module(module)).values())
        _cache[record] = {f.name: f for f in found if isinstance(f, Field) and f.model == model}
    return word, _cache.get(record, {})
