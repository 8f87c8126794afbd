"""The command line: every command runs without a screen, and all but the tour without Qt."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

from db import calendar
from desktop import paths
from desktop.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date
    from decimal import Decimal

from desktop.version import VERSION

SCHEDULE = "قسط‌های تسهیلات، بی نیاز به پرونده"
REPORTS = (
    "progress، portfolio، units، loans، visits، obstacles، actions، dues، calls، groups یا unit"
)
OF_COUNTIES = ("units", "loans", "dues", "calls")
WINDOWS = ("overdue", "this_week", "this_month")
DONE, TROUBLE, WRONG_USE = 0, 1, 2
MESSAGES = {
    "the following arguments are required: ": "این‌ها هم باید نوشته شوند: ",
    "unrecognized arguments: ": "این‌ها شناخته نشد: ",
    "expected one argument": "مقدار آن نوشته نشده است",
    "invalid choice: ": "چنین فرمانی نیست: ",
    "choose from": "یکی از این‌ها",
    "invalid int value: ": "عدد نیست: ",
    "argument ": "",
}


class _Parser(argparse.ArgumentParser):
    """argparse with its own few words in Persian."""

    def error(self, message: str) -> NoReturn:
        for english, persian in MESSAGES.items():
            message = message.replace(english, persian)
        sys.stderr.write(f"فرمان درست نیست: {message}\nراهنما: {self.prog} --help\n")
        raise SystemExit(WRONG_USE)

    def format_help(self) -> str:
        words = {
            "usage:": "کاربرد:",
            "positional arguments:": "فرمان‌ها:",
            "options:": "گزینه‌ها:",
            "show this help message and exit": "این راهنما",
            "show program's version number and exit": "شمارهٔ نسخه",
        }
        told = super().format_help()
        for english, persian in words.items():
            told = told.replace(english, persian)
        return told


def main(argv: list[str]) -> int:
    """Run one command; 0 done, 1 trouble told in one sentence, 2 wrong use."""
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8")  # type: ignore[union-attr]  # Windows consoles
    arguments = parser().parse_args(argv)
    from db.errors import DatabaseProblem, RuleError
    from desktop.messages import problem, sentence

    try:
        done: int = arguments.run(arguments)
    except DatabaseProblem as trouble:
        return _tell(problem(trouble).replace("\n", " "))
    except RuleError as error:
        return _tell(" ".join(f"{_label(v.field)}: {sentence(v)}" for v in error.violations))
    return done


def _label(name: str) -> str:
    """What the window calls a value of the programme; of a sample, the option's own name."""
    from desktop.page_list import fields_of

    field = fields_of("programme")[1].get(name)
    return field.label if field else f"--{name}"


def _tell(sentence: str) -> int:
    sys.stderr.write(sentence + "\n")
    return TROUBLE


def parser() -> argparse.ArgumentParser:
    made = _Parser(
        prog="ehya",
        description="احیا: بازگرداندن واحدهای راکد به تولید. بی فرمان، پنجره باز می‌شود.",
    )
    made.add_argument("--version", action="version", version=f"ehya {VERSION}")
    commands = made.add_subparsers(required=True, metavar="فرمان", parser_class=_Parser)
    _new(_command(commands, "new", "ساختن پروندهٔ تازه", new, needs_file=True))
    sample = _command(commands, "sample", "ساختن پروندهٔ نمونه", make_sample, needs_file=True)
    sample.add_argument("--units", type=_count, required=True, help="شمار واحدها")
    sample.add_argument("--seed", type=int, default=1, help="عدد آغاز؛ همان عدد، همان داده")
    progress = _command(commands, "progress", "عددهای پیشرفت", show_progress)
    _as_of(progress)
    progress.add_argument("--json", action="store_true", help="به شکل JSON")
    export = _command(commands, "export", "ساختن گزارش اکسل", make_report)
    export.add_argument("--report", required=True, help=REPORTS)
    export.add_argument("--output", type=Path, required=True, help="پروندهٔ xlsx؛ برای unit، pdf")
    export.add_argument("--unit", help="کد واحد (برای unit: شناسنامهٔ آن)")
    export.add_argument("--county", help=f"تنها یک شهرستان (برای {'، '.join(OF_COUNTIES)})")
    export.add_argument("--window", help=f"تنها یک دوره (برای dues): {'، '.join(WINDOWS)}")
    _as_of(export)
    _schedule(commands.add_parser("schedule", help=SCHEDULE, description=SCHEDULE))
    _command(commands, "check", "آزمودن درستی پرونده", check)
    _command(commands, "migrate", "به‌روزرسانی پروندهٔ نسخهٔ پیشین", migrate)
    tour = _command(commands, "tour", "عکس همهٔ صفحه‌ها", make_tour)
    tour.add_argument("--output", type=Path, required=True, help="پوشهٔ عکس‌ها")
    return made


def _command(
    commands: Any, name: str, told: str, run: Callable[[Any], int], *, needs_file: bool = False
) -> argparse.ArgumentParser:
    made: argparse.ArgumentParser = commands.add_parser(name, help=told, description=told)
    made.add_argument("--file", type=Path, required=needs_file, help="پروندهٔ برنامه")
    made.set_defaults(run=run)
    return made


def _new(made: argparse.ArgumentParser) -> None:
    made.add_argument("--title", help="عنوان برنامه")
    made.add_argument("--target", type=_count, help="هدف: شمار کل واحدها (۴۰۰)")
    made.add_argument("--deadline", type=_day, help="مهلت (۱۴۰۲/۱۲/۲۹)")
    made.add_argument("--starts-on", type=_day, help="آغاز برنامه")
    made.add_argument("--baseline-on", type=_day, required=True, help="روز مبنا")
    made.add_argument("--baseline-units", type=_count, help="واحدهای احیاشده تا روز مبنا (۱۱۰)")
    made.add_argument("--baseline-jobs", type=_count, help="اشتغال مستقیم تا روز مبنا (۷۰۰)")


def _schedule(made: argparse.ArgumentParser) -> None:
    from db.rules.schedule import GRACE_PROFITS, METHODS

    made.set_defaults(run=show_schedule)
    made.add_argument(
        "--method", type=_one_of(METHODS), required=True, help=f"روش: {'، '.join(METHODS)}"
    )
    made.add_argument("--principal", type=_count, required=True, help="اصل، به ریال")
    made.add_argument("--rate", type=_rate, required=True, help="نرخ سالانه، درصد")
    made.add_argument("--months", type=_count, required=True, help="شمار قسط‌ها")
    made.add_argument("--first-due", type=_day, required=True, help="سررسید نخستین قسط")
    made.add_argument("--grace", type=_count, default=0, help="ماه‌های تنفس، پیش از قسط‌ها")
    made.add_argument(
        "--grace-profit", type=_one_of(GRACE_PROFITS), default=GRACE_PROFITS[0],
        help=f"سود دورهٔ تنفس: {'، '.join(GRACE_PROFITS)}",
    )  # fmt: skip
    made.add_argument("--json", action="store_true", help="به شکل JSON")


def _as_of(made: argparse.ArgumentParser) -> None:
    made.add_argument("--as-of", type=_day, help="تا پایان این روز، مانند 1402/12/29")


def _day(typed: str) -> date:
    try:
        return calendar.from_jalali(typed)
    except ValueError:
        raise argparse.ArgumentTypeError(f"«{typed}» تاریخ نیست؛ مانند 1402/12/29") from None


def _count(typed: str) -> int:
    from db import text

    try:
        return text.read_int(typed)
    except ValueError:
        raise argparse.ArgumentTypeError(f"«{typed}» عدد نیست") from None


def _rate(typed: str) -> Decimal:
    from db import text

    try:
        return text.read_decimal(typed)
    except ValueError:
        raise argparse.ArgumentTypeError(f"«{typed}» عدد نیست") from None


def _one_of(choices: Sequence[str]) -> Callable[[str], str]:
    def read(typed: str) -> str:
        if typed not in choices:
            raise argparse.ArgumentTypeError(f"«{typed}» نیست؛ یکی از {'، '.join(choices)}")
        return typed

    return read


# The commands


def new(given: Any) -> int:
    from db.commands.programme import DEFAULTS, create_file

    asked = {
        "title": given.title,
        "target_units": given.target,
        "deadline": given.deadline,
        "starts_on": given.starts_on,
        "baseline_on": given.baseline_on,
        "baseline_units": given.baseline_units,
        "baseline_jobs": given.baseline_jobs,
    }
    create_file(given.file, {**DEFAULTS, **{k: v for k, v in asked.items() if v is not None}})
    return DONE


def make_sample(given: Any) -> int:
    from db.sample import make

    make(given.file, given.units, given.seed, _bar("ساختن نمونه"))
    return DONE


def show_progress(given: Any) -> int:
    from db.queries import field, progress
    from desktop.figures import as_json, lines

    database = _open(given)
    try:
        with database.read() as session:
            figures = progress.figures(session, given.as_of)
            work = field.field_figures(session, figures.as_of)
    finally:
        database.close()
    if given.json:
        print(json.dumps(as_json(figures, work), ensure_ascii=False, indent=2))
    else:
        print(lines(figures, work))
    return DONE


def make_report(given: Any) -> int:
    from desktop import reports

    if given.report == "unit":
        return _make_unit_file(given)
    if given.report not in reports.NAMES:
        names = "، ".join((*reports.NAMES, "unit"))
        return _wrong(f"گزارشی به نام «{given.report}» نیست؛ {names}")
    if given.unit:
        return _wrong("--unit تنها برای unit است")
    if given.county and given.report not in OF_COUNTIES:
        return _wrong(f"--county تنها برای {'، '.join(OF_COUNTIES)} است")
    if given.window and (given.report != "dues" or given.window not in WINDOWS):
        return _wrong(f"--window تنها برای dues است: {'، '.join(WINDOWS)}")
    database = _open(given)
    try:
        filters: dict[str, Any] = {}
        if given.county:
            filters["county_id"] = [_county(database, given.county)]
        if given.window:
            filters["window"] = [given.window]
        reports.make(
            database, given.report, given.output, given.as_of, filters, _bar("ساختن گزارش")
        )
    except LookupError as error:
        return _wrong(str(error.args[0]))
    finally:
        database.close()
    return DONE


def _make_unit_file(given: Any) -> int:
    """The printed file of one unit: it is painted, so this one needs Qt, but no screen."""
    from db import text
    from desktop import reports

    if not given.unit or given.county:
        return _wrong("برای unit، کد واحد را با --unit بدهید و --county را ننویسید")
    database = _open(given)
    try:
        from desktop.page_list import fields_of
        from desktop.unit_file.headless import write

        code = text.to_ascii_digits(given.unit).strip()
        pages = write(database, code, given.output, given.as_of, fields_of)
        if pages is None:
            return _wrong(f"واحدی با کد «{given.unit}» نیست")
        reports.keep(database, "unit", given.output, given.as_of, {"unit": code}, {"pages": pages})
    finally:
        database.close()
    return DONE


def _county(database: Any, name: str) -> int:
    from db import text
    from db.queries import lookups

    with database.read() as session:
        for number, known in lookups.options(session, "county"):
            if text.search_key(known) == text.search_key(name):
                return number
    raise LookupError(f"شهرستان «{name}» در فهرست نیست")


def show_schedule(given: Any) -> int:
    from db.rules.schedule import check_terms, instalments
    from desktop import schedule_lines
    from desktop.messages import sentence

    names = ("method", "principal", "rate", "months", "first_due", "grace", "grace_profit")
    terms = {name if name != "grace" else "grace_months": getattr(given, name) for name in names}
    told = list(check_terms(terms))
    for each in told:
        option = "--" + each.field.removesuffix("_months").replace("_", "-")
        sys.stderr.write(f"{option}: {sentence(each)}\n")
    if any(not each.warning for each in told):
        return WRONG_USE
    rows = instalments(**terms)
    if given.json:
        print(json.dumps(schedule_lines.as_json(rows), ensure_ascii=False, indent=2))
    else:
        print(schedule_lines.lines(rows))
    return DONE


def check(given: Any) -> int:
    """Whether the file is whole; what is wrong is told line by line."""
    from db.check import look
    from desktop.figures import health_lines

    database = _open(given)
    try:
        found = look(database)
    finally:
        database.close()
    print(health_lines(found))
    return DONE if found.is_good else TROUBLE


def migrate(given: Any) -> int:
    from db import migrate as steps

    file = _file(given)
    copy = steps.upgrade(file, paths.backup_folder(file))
    print("پرونده از پیش تازه است." if copy is None else f"تازه شد؛ نسخهٔ پیشین: {copy}")
    return DONE


def make_tour(given: Any) -> int:
    from desktop.tour import take

    return take(_file(given), given.output)


def _wrong(sentence: str) -> int:
    sys.stderr.write(sentence + "\n")
    return WRONG_USE


def _file(given: Any) -> Path:
    from db.errors import DatabaseProblem

    if given.file is not None:
        return Path(given.file)
    last = Settings(paths.settings_file()).last_file()
    if last is None:
        raise DatabaseProblem("no_file")
    return Path(last)


def _open(given: Any) -> Any:
    from desktop.opening import open_current

    return open_current(_file(given))


def _bar(title: str) -> Callable[[int, int], None]:
    """A progress bar on a terminal; silence where the output goes to a file."""
    if not sys.stderr.isatty():
        return lambda done, total: None

    def show(done: int, total: int) -> None:
        percent = done * 100 // total if total else 0
        sys.stderr.write(f"\r{title}: {percent}%" + ("\n" if done >= total else ""))
        sys.stderr.flush()

    return show
