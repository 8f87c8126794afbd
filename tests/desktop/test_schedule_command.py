"""`ehya schedule`: the table, the JSON, and wrong use told in Persian."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

from db import calendar, text
from db.rules.schedule import METHODS, instalments
from desktop import cli, schedule_lines
from tests.vectors import VECTORS

GIVEN = ("--principal", "1500000000", "--rate", "4", "--months", "60", "--first-due", "1402/06/04")
COSTS = VECTORS["loans"]["method_comparison"][0]


def run(*arguments: str) -> int:
    try:
        return cli.main(["schedule", *arguments])
    except SystemExit as ended:
        return int(ended.code or 0)


@pytest.mark.parametrize("method", METHODS)
def test_each_method_as_json(method: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("--method", method, *GIVEN, "--json") == cli.DONE
    out, err = capsys.readouterr()
    told = json.loads(out)
    assert err == ""
    assert list(told) == ["instalments", "totals"]
    cost = COSTS[f"{method}_cost"]
    assert told["totals"] == {
        "principal": 1_500_000_000, "profit": cost, "total": 1_500_000_000 + cost,
    }  # fmt: skip
    first = told["instalments"][0]
    assert list(first) == ["number", "due_on", "principal", "profit", "total"]
    assert (first["number"], first["due_on"]) == (1, "1402/06/04")
    for name, total in told["totals"].items():
        assert sum(row[name] for row in told["instalments"]) == total


@pytest.mark.parametrize(
    ("grace_profit", "first", "count"),
    [("separate", 105_000_000, 61), ("capitalised", 37_345_543, 60), ("spread", 36_652_376, 60)],
)
def test_the_grace(
    grace_profit: str, first: int, count: int, capsys: pytest.CaptureFixture[str]
) -> None:
    given = ["--method", "annuity", *GIVEN[:3], "۱۴", *GIVEN[4:], "--grace", "6", "--json"]
    assert run(*given, "--grace-profit", grace_profit) == cli.DONE
    rows = json.loads(capsys.readouterr().out)["instalments"]
    assert (rows[0]["total"], len(rows)) == (first, count)


def test_the_table_has_digit_under_digit(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("--method", "flat_2400", *GIVEN) == cli.DONE
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 62
    assert len({len(line) for line in lines}) == 1
    assert not re.search("[0-9]", "".join(lines))
    rows = instalments("flat_2400", 1_500_000_000, 4, 60, calendar.from_jalali("1402/06/04"))
    for line, row in zip(lines[1:-1], rows, strict=True):
        number, day, *rial = line.split()
        assert (text.read_int(number), calendar.from_jalali(day)) == row[:2]
        assert [text.read_int(each) for each in rial] == [row.principal, row.profit, row.total]
    assert lines[0].split() == list(schedule_lines.HEADS)
    assert [text.read_int(each) for each in lines[-1].split()[1:]] == [
        1_500_000_000, COSTS["flat_2400_cost"], 1_500_000_000 + COSTS["flat_2400_cost"],
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"--method": "balloon"}, "«balloon» نیست؛ یکی از qarz_11_plus_1"),
        ({"--principal": "0"}, "--principal: کمتر از ۱"),
        ({"--principal": "-5"}, "--principal: کمتر از ۱"),
        ({"--principal": "صد"}, "«صد» عدد نیست"),
        ({"--rate": "0"}, "--rate: باید بیشتر از صفر"),
        ({"--rate": "101"}, "--rate: بیشتر از ۱۰۰"),
        ({"--rate": "هجده"}, "«هجده» عدد نیست"),
        ({"--months": "0"}, "--months: کمتر از ۱"),
        ({"--grace": "60"}, "--grace: دورهٔ تنفس باید کوتاه‌تر"),
        ({"--grace-profit": "free"}, "یکی از separate، spread، capitalised"),
        ({"--first-due": "1402/12/30"}, "تاریخ نیست"),
        ({"--first-due": "1498/01/01"}, "--first-due: سررسیدها"),
    ],
)
def test_wrong_use(changed: dict[str, str], words: str, capsys: pytest.CaptureFixture[str]) -> None:
    given: dict[str, Any] = dict(zip(GIVEN[::2], GIVEN[1::2], strict=True))
    given = {"--method": "annuity"} | given | changed
    assert run(*(each for pair in given.items() for each in pair)) == cli.WRONG_USE
    out, err = capsys.readouterr()
    assert out == ""
    assert words in err


def test_what_is_missing_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("--method", "annuity") == cli.WRONG_USE
    assert "باید نوشته شوند: --principal" in capsys.readouterr().err


def test_a_last_fee_of_nothing_is_warned_of_and_made(capsys: pytest.CaptureFixture[str]) -> None:
    given = ["--method", "qarz_11_plus_1", *GIVEN[:4], "--months", "13", *GIVEN[6:], "--json"]
    assert run(*given) == cli.DONE
    out, err = capsys.readouterr()
    assert json.loads(out)["instalments"][-1]["total"] == 0
    assert "با ۱۳ ماه" in err
