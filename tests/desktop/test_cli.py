"""The command line: what it prints, the codes it ends with, and one sentence for each trouble."""

from __future__ import annotations

import hashlib
import json
import os
import re
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from db import calendar
from db.database import existing
from db.queries import progress
from desktop import cli, paths, reports
from desktop.settings import Settings
from desktop.version import VERSION
from tests.db.repayments import add_lent
from tests.desktop import records
from tests.desktop.records import TODAY, add_return, add_unit, number_of
from tests.vectors import VECTORS

ROOT = Path(__file__).parents[2]
KEYS = [
    "as_of", "target", "revived", "claimed", "sustained", "running", "remaining", "percent",
    "days_left", "required_per_30_days", "pace_per_30_days", "projected_at_deadline",
    "forecast_date", "direct_jobs", "groups", "exercises", "loans", "median_days_to_revival",
    "stages", "visits", "obstacles", "actions",
]  # fmt: skip
LOAN_KEYS = ["count", "approved", "paid_out", "repaid", "outstanding", "overdue"]
PERSIAN = re.compile("[\u0600-\u06ff]")


@pytest.fixture(autouse=True)
def _own_place(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The person's own settings and backups are not touched."""
    monkeypatch.setattr(calendar, "today", lambda: TODAY)
    monkeypatch.setattr(paths, "settings_file", lambda: tmp_path / "own" / "settings.json")
    monkeypatch.setattr(paths, "backup_folder", lambda file: tmp_path / "backups" / file.stem)


class Ran:
    """How a command ended and what it said."""

    def __init__(self, capsys: pytest.CaptureFixture[str]) -> None:
        self._capsys = capsys
        self.code, self.out, self.err = -1, "", ""

    def __call__(self, *arguments: object) -> int:
        try:
            self.code = cli.main([str(each) for each in arguments])
        except SystemExit as ended:
            self.code = int(ended.code or 0)
        self.out, self.err = self._capsys.readouterr()
        assert "Traceback" not in self.err
        return self.code

    def refused(self, code: int, *words: str) -> None:
        """It ended with `code`, one sentence on stderr that has these words, and nothing else."""
        assert self.code == code
        assert self.out == ""
        sentence = self.err.strip().splitlines()
        assert len(sentence) == (1 if code == cli.TROUBLE else len(sentence))
        assert PERSIAN.search(sentence[0])
        for word in words:
            assert word in self.err


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Ran:
    return Ran(capsys)


# --- a new file -----------------------------------------------------------------------------------


def test_a_new_file_has_the_figures_of_the_announcement(run: Ran, tmp_path: Path) -> None:
    path = tmp_path / "برنامه.ehya"
    assert run("new", "--file", path, "--baseline-on", "1401/06/31") == cli.DONE
    assert (run.out, run.err) == ("", "")
    opened = existing(path)
    with opened.read() as session:
        plan = progress.programme(session)
        assert (plan.target_units, plan.baseline_units, plan.baseline_jobs) == (400, 110, 700)
        assert calendar.to_jalali(plan.deadline) == "1402/12/29"
        assert calendar.to_jalali(plan.baseline_on) == "1401/06/31"
    opened.close()
    assert [each.name for each in tmp_path.iterdir()] == ["برنامه.ehya"]


def test_every_value_of_the_programme_can_be_said(run: Ran, tmp_path: Path) -> None:
    path = tmp_path / "a.ehya"
    assert not run(
        "new", "--file", path, "--title", "احياي يزد", "--target", "۵۰۰", "--deadline",
        "1403-12-30", "--starts-on", "۱۴۰۲/۰۲/۰۱", "--baseline-on", "1402/01/31",
        "--baseline-units", "0", "--baseline-jobs", "0",
    )  # fmt: skip
    run("progress", "--file", path, "--json")
    told = json.loads(run.out)
    assert (told["target"], told["revived"], told["direct_jobs"]) == (500, 0, 0)
    opened = existing(path)
    with opened.read() as session:
        assert progress.programme(session).title == "احیای یزد"
    opened.close()


def test_nothing_is_written_over(run: Ran, file: Path) -> None:
    before = file.read_bytes()
    for command in (("new", "--baseline-on", "1402/01/01"), ("sample", "--units", "5")):
        run(command[0], "--file", file, *command[1:])
        run.refused(cli.TROUBLE, "پرونده‌ای به این نام هست", str(file))
    assert file.read_bytes() == before


@pytest.mark.parametrize(
    ("given", "words"),
    [
        (["--baseline-on", "1402/13/01"], "تاریخ نیست"),
        (["--baseline-on", "1402/12/30"], "تاریخ نیست"),
        (["--baseline-on", "2023/03/20"], "تاریخ نیست"),
        (["--baseline-on", "1402/01/01", "--target", "چهارصد"], "عدد نیست"),
        ([], "--baseline-on"),
    ],
)
def test_wrong_use_ends_with_two(run: Ran, tmp_path: Path, given: list[str], words: str) -> None:
    run("new", "--file", tmp_path / "a.ehya", *given)
    run.refused(cli.WRONG_USE, words, "ehya new --help")
    assert not (tmp_path / "a.ehya").exists()


@pytest.mark.parametrize(
    ("given", "words"),
    [
        (["--baseline-on", "1403/01/01"], "روز مبنا: "),
        (["--baseline-on", "1402/01/01", "--deadline", "1401/01/01"], "مهلت: "),
        (["--baseline-on", "1402/01/01", "--target", "0"], "هدف"),
    ],
)
def test_what_breaks_a_rule_is_told_by_the_name_of_its_field(
    run: Ran, tmp_path: Path, given: list[str], words: str
) -> None:
    run("new", "--file", tmp_path / "a.ehya", *given)
    run.refused(cli.TROUBLE, words)
    assert list(tmp_path.iterdir()) == []


# --- a sample -------------------------------------------------------------------------------------


def test_a_sample_is_the_same_for_the_same_seed(run: Ran, tmp_path: Path) -> None:
    told = []
    for name, seed in (("a", 7), ("b", 7), ("c", 8)):
        assert not run("sample", "--file", tmp_path / name, "--units", 40, "--seed", seed)
        run("progress", "--file", tmp_path / name, "--json")
        told.append(json.loads(run.out))
    assert told[0] == told[1] != told[2]


@pytest.mark.parametrize("units", ["0", "-3", "بسیار"])
def test_a_sample_of_nothing_is_refused(run: Ran, tmp_path: Path, units: str) -> None:
    run("sample", "--file", tmp_path / "a", "--units", units)
    assert run.code in (cli.TROUBLE, cli.WRONG_USE)
    assert PERSIAN.search(run.err)
    assert list(tmp_path.iterdir()) == []


# --- progress -------------------------------------------------------------------------------------


def test_the_figures_are_one_object_with_these_keys(run: Ran, file: Path) -> None:
    assert not run("progress", "--file", file, "--as-of", "1402/06/31", "--json")
    told = json.loads(run.out)
    assert list(told) == KEYS
    assert list(told["loans"]) == LOAN_KEYS
    assert told["as_of"] == "1402/06/31"
    assert told["exercises"] == 0
    assert told["loans"]["overdue"] == 0
    assert told["forecast_date"] is None
    assert isinstance(told["percent"], float)


@pytest.mark.parametrize(
    "case", VECTORS["figures"]["progress_cases"], ids=lambda case: case["as_of_jalali"]
)
def test_the_worked_examples_hold(run: Ran, tmp_path: Path, case: dict[str, Any]) -> None:
    path = tmp_path / "a.ehya"
    run("new", "--file", path, "--baseline-on", "1401/06/31")
    assert not run("progress", "--file", path, "--as-of", case["as_of_jalali"], "--json")
    told = json.loads(run.out)
    assert told["as_of"] == case["as_of_jalali"]
    for name in ("revived", "target", "remaining", "percent"):
        assert told[name] == case[name]
    assert told["days_left"] == case["days_left_inclusive"]
    assert told["required_per_30_days"] == pytest.approx(case["required_per_30_days"], abs=5e-5)


def test_the_figures_are_told_in_persian_too(run: Ran, file: Path) -> None:
    opened = existing(file)
    add_return(opened, add_unit(opened), "1402/05/01")
    opened.close()
    assert not run("progress", "--file", file, "--as-of", "1402/12/29")
    lines = dict(line.split(": ", 1) for line in run.out.strip().splitlines())
    assert lines["تا پایان"] == "۲۹ اسفند ۱۴۰۲"
    assert (lines["احیای شمرده‌شده"], lines["هدف"], lines["مانده"]) == ("۱۱۱", "۴۰۰", "۲۸۹")
    assert not re.search("[0-9]", run.out.replace("۳۰", ""))
    assert not run("progress", "--file", file, "--as-of", "1400/01/01")
    assert "—" in run.out  # before the baseline nothing is known


def test_without_a_day_it_is_today(run: Ran, file: Path) -> None:
    run("progress", "--file", file, "--json")
    assert json.loads(run.out)["as_of"] == calendar.to_jalali(TODAY)


def test_without_a_file_it_is_the_one_last_used(run: Ran, file: Path) -> None:
    run("progress", "--json")
    run.refused(cli.TROUBLE, "هنوز پرونده‌ای باز نشده است")
    settings = Settings(paths.settings_file())
    settings.opened(file)
    settings.save()
    assert not run("progress", "--json")
    assert json.loads(run.out)["target"] == 400


# --- reports --------------------------------------------------------------------------------------


@pytest.fixture
def filled(file: Path) -> Path:
    opened = existing(file)
    fasa = number_of(opened, "county", "فسا")
    add_return(opened, add_unit(opened, "نساجی کویر"), "1402/05/01")
    add_unit(opened, "پارس نخ", county_id=fasa)
    opened.close()
    return file


@pytest.mark.parametrize("name", reports.NAMES)
def test_each_report_is_written_and_remembered(
    run: Ran, filled: Path, tmp_path: Path, name: str
) -> None:
    output = tmp_path / f"{name}.xlsx"
    given = ("--file", filled, "--report", name, "--output", output, "--as-of", "1402/12/29")
    assert run("export", *given) == cli.DONE
    assert (run.out, run.err) == ("", "")
    book = openpyxl.load_workbook(output)
    assert all(sheet.sheet_view.rightToLeft for sheet in book.worksheets)
    book.close()
    with closing(sqlite3.connect(filled)) as connection:
        kept = connection.execute("SELECT report, file_name, sha256 FROM report_run").fetchall()
    assert kept == [(name, output.name, hashlib.sha256(output.read_bytes()).hexdigest())]


def test_a_report_of_one_county(run: Ran, filled: Path, tmp_path: Path) -> None:
    output = tmp_path / "u.xlsx"
    assert not run("export", "--file", filled, "--report", "units", "--output", output,
                   "--county", "فسا")  # fmt: skip
    book = openpyxl.load_workbook(output)
    words = {cell.value for row in book.worksheets[0].iter_rows() for cell in row}
    book.close()
    assert "پارس نخ" in words
    assert "نساجی کویر" not in words


def cells(path: Path) -> list[list[object]]:
    book = openpyxl.load_workbook(path)
    found = [[cell.value for cell in row] for row in book.worksheets[0].iter_rows()]
    book.close()
    return found


def under(lines: list[list[object]], label: str) -> list[object]:
    """What stands in the column of a label."""
    place = next(number for number, line in enumerate(lines) if label in line)
    return [line[lines[place].index(label)] for line in lines[place + 1 :]]


def test_what_falls_due_and_who_is_called_as_of_a_day(run: Ran, file: Path, tmp_path: Path) -> None:
    opened = existing(file)
    fasa = number_of(opened, "county", "فسا")
    first = add_unit(opened, "نساجی کویر", mobile="09171234567", phone="07136271234")
    loan = records.add_lent(opened, first)
    records.add_lent(opened, add_unit(opened, "کاشی فسا", county_id=fasa), "1402/07/17")
    records.add_payment(opened, loan, "1402/08/20", 10**9)
    opened.close()
    out = tmp_path / "o.xlsx"
    given = ("--file", file, "--output", out, "--as-of", "1402/08/05")
    assert run("export", "--report", "calls", *given) == cli.DONE
    lines = cells(out)
    assert under(lines, "واحد") == ["نساجی کویر", "کاشی فسا"]
    assert under(lines, "همراه") == ["09171234567", None]
    assert under(lines, "تلفن") == ["07136271234", None]
    assert under(lines, "قدیمی‌ترین قسط") == ["1402/05/01", "1402/07/17"]
    assert under(lines, "قسط گذشته") == [4, 1]
    assert all(isinstance(each, int) and each > 0 for each in under(lines, "وجه التزام"))
    out.unlink()
    assert run("export", "--report", "dues", "--window", "this_month", *given) == cli.DONE
    assert under(cells(out), "سررسید") == ["1402/08/01", "1402/08/17"]
    out.unlink()
    assert run("export", "--report", "dues", "--county", "فسا", *given) == cli.DONE
    assert set(under(cells(out), "واحد")) == {"کاشی فسا"}


@pytest.mark.parametrize(
    ("given", "code", "words"),
    [
        (["--report", "budget"], cli.WRONG_USE, "گزارشی به نام «budget» نیست"),
        (["--report", "units", "--county", "اتوپیا"], cli.WRONG_USE, "«اتوپیا» در فهرست نیست"),
        (["--report", "progress", "--county", "فسا"], cli.WRONG_USE, "--county"),
        (["--report", "calls", "--window", "overdue"], cli.WRONG_USE, "--window"),
        (["--report", "dues", "--window", "tomorrow"], cli.WRONG_USE, "this_week"),
        (["--report", "units", "--as-of", "1402/00/01"], cli.WRONG_USE, "تاریخ نیست"),
        (["--report", "units", "--output", "nowhere/a.xlsx"], cli.TROUBLE, "چنین پوشه‌ای نیست"),
    ],
)
def test_a_report_that_cannot_be_made(
    run: Ran, file: Path, tmp_path: Path, given: list[str], code: int, words: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.chdir(tmp_path)
    run("export", "--file", file, "--output", tmp_path / "o.xlsx", *given)
    run.refused(code, words)
    assert list(tmp_path.glob("*.xlsx")) == []
    assert not (tmp_path / "nowhere").exists()


# --- files that are none --------------------------------------------------------------------------

COMMANDS: tuple[tuple[str, ...], ...] = (
    ("progress", "--json"),
    ("export", "--report", "progress", "--output", "o.xlsx"),
    ("migrate",),
)


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command[0])
def test_a_file_that_cannot_be_opened_is_one_sentence(
    run: Ran, tmp_path: Path, file: Path, command: tuple[str, ...],
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.chdir(tmp_path)
    newer = tmp_path / "newer.ehya"
    newer.write_bytes(file.read_bytes())
    with closing(sqlite3.connect(newer)) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
        connection.commit()
    text = tmp_path / "text.ehya"
    text.write_text("این یک نامه است. " * 300, "utf-8")
    cut = tmp_path / "cut.ehya"
    cut.write_bytes(file.read_bytes()[:50_000])
    for path, words in (
        (tmp_path / "gone.ehya", "چنین پرونده‌ای نیست"),
        (tmp_path, "چنین پرونده‌ای نیست"),
        (text, "پروندهٔ احیا نیست"),
        (cut, "ناقص یا آسیب‌دیده"),
        (newer, "نسخهٔ تازه‌تری"),
    ):
        run(command[0], "--file", path, *command[1:])
        run.refused(cli.TROUBLE, words, path.name)
    assert not (tmp_path / "gone.ehya").exists()
    assert not (tmp_path / "o.xlsx").exists()


def test_a_file_of_today_needs_no_upgrade(run: Ran, file: Path, tmp_path: Path) -> None:
    before = file.read_bytes()
    assert not run("migrate", "--file", file)
    assert run.out.strip() == "پرونده از پیش تازه است."
    assert file.read_bytes() == before
    assert not (tmp_path / "backups").exists()


# --- what is stored twice -------------------------------------------------------------------------


def test_a_check_tells_a_line_for_each_part(run: Ran, file: Path) -> None:
    opened = existing(file)
    with opened.write() as session:
        add_lent(session)
    assert run("check", "--file", file) == cli.DONE
    assert len(run.out.splitlines()) == 6
    assert "قسط‌ها و ماندهٔ تسهیلات: درست است." in run.out
    with opened.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE instalment SET profit = 1 WHERE number = 2")
    opened.close()
    assert run("check", "--file", file) == cli.TROUBLE
    assert "قسط‌ها و ماندهٔ تسهیلات: ۱ تسهیلات با ردیف‌هایش جور نیست." in run.out


# --- help -----------------------------------------------------------------------------------------


def test_the_version(run: Ran) -> None:
    assert run("--version") == cli.DONE
    assert run.out.strip() == f"ehya {VERSION}"


@pytest.mark.parametrize("command", ["", "new", "sample", "progress", "export", "migrate", "tour"])
def test_help_is_persian_and_tells_every_option(run: Ran, command: str) -> None:
    assert run(*filter(None, [command, "--help"])) == cli.DONE
    assert run.out.startswith("کاربرد:")
    english = re.findall(r"\b(?:usage|options|arguments|show|exit|message)\b", run.out)
    assert english == []
    for line in run.out.splitlines():
        if line.startswith("  -") and not line.startswith("  -h"):
            option = line.split()[0]
            assert PERSIAN.search(run.out[run.out.index(line) :]), option


@pytest.mark.parametrize(
    "given",
    [[], ["fly"], ["progress", "--fly"], ["progress", "--as-of"], ["sample", "--seed", "x"]],
)
def test_what_is_no_command_is_told_in_persian(run: Ran, given: list[str]) -> None:
    run(*given)
    run.refused(cli.WRONG_USE, "فرمان درست نیست", "--help")
    told = run.err.splitlines()[0]
    assert not re.search(r"\b(the|following|required|expected|invalid|unrecognized)\b", told)


# --- as a program of its own ----------------------------------------------------------------------


def test_it_is_a_program_that_needs_neither_a_screen_nor_qt(file: Path) -> None:
    code = (
        "import sys; sys.argv = ['ehya', *sys.argv[1:]]\n"
        "from desktop.__main__ import main\n"
        "code = main()\n"
        "assert not [name for name in sys.modules if name.startswith('PySide6')]\n"
        "sys.exit(code)\n"
    )
    environment = {**os.environ, "PYTHONIOENCODING": "ascii"}  # a poor terminal
    environment.pop("QT_QPA_PLATFORM", None)
    ended = subprocess.run(
        [sys.executable, "-c", code, "progress", "--file", str(file)],
        cwd=ROOT, env=environment, capture_output=True, check=False,
    )  # fmt: skip
    assert ended.returncode == cli.DONE, ended.stderr.decode()
    assert "احیای شمرده‌شده: ۱۱۰" in ended.stdout.decode("utf-8")
    ended = subprocess.run(
        [sys.executable, "-m", "desktop", "progress", "--file", "/nowhere"],
        cwd=ROOT, env=environment, capture_output=True, check=False,
    )  # fmt: skip
    assert ended.returncode == cli.TROUBLE
    assert ended.stdout == b""
    assert ended.stderr.decode("utf-8").startswith("چنین پرونده‌ای نیست")
