"""Every broken rule and every trouble has its sentence, and the words of the window are Persian."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path
from string import Formatter
from typing import TYPE_CHECKING

import pytest

from db import calendar
from db.errors import DatabaseProblem, Violation
from desktop import messages

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[2]
SOURCES = [*(ROOT / "db").rglob("*.py"), *(ROOT / "desktop").rglob("*.py")]
PERSIAN = re.compile("[\u0600-\u06ff]")
# The place of the code among the arguments of what makes or passes on a violation.
CODE_AT = {"Violation": 1, "check_order": 3, "check_form": 3}


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"))


def words_in(node: ast.AST) -> Iterator[str]:
    """The text constants that a value may be, not those it is looked up by."""
    if isinstance(node, ast.Constant):
        if isinstance(node.value, str):
            yield node.value
    elif isinstance(node, ast.IfExp):
        yield from words_in(node.body)
        yield from words_in(node.orelse)
    elif isinstance(node, ast.Call) and node.args:
        yield from words_in(node.args[-1])  # `_REASONS.get(name, "disk")`
    elif isinstance(node, ast.Dict):
        for value in node.values:
            yield from words_in(value.elts[-1] if isinstance(value, ast.Tuple) else value)


def assigned(module: ast.Module, *names: str) -> Iterator[str]:
    """What variables of these names may hold."""
    for node in ast.walk(module):
        target = node.targets[0] if isinstance(node, ast.Assign) else None
        if isinstance(target, ast.Name) and target.id in names:
            assert isinstance(node, ast.Assign)
            yield from words_in(node.value)


def calls(module: ast.Module) -> Iterator[tuple[str, ast.Call]]:
    for node in ast.walk(module):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            yield node.func.id, node


def codes_used() -> set[str]:
    found = set()
    for path in SOURCES:
        module = tree(path)
        for name, call in calls(module):
            place = CODE_AT.get(name)
            if place is not None and len(call.args) > place:
                found |= set(words_in(call.args[place]))
                if isinstance(call.args[place], ast.Name):
                    found |= set(assigned(module, "code", "FORMS", "UNIQUE"))
    form = tree(ROOT / "desktop/widgets/form.py")
    return found | set(assigned(form, "_UNREADABLE"))


def reasons_used() -> set[str]:
    found = set()
    for path in SOURCES:
        module = tree(path)
        for name, call in calls(module):
            if name == "DatabaseProblem":
                found |= set(words_in(call.args[0]))
                found |= set(assigned(module, "_REASONS"))
            for given in call.keywords:
                if given.arg == "denied":
                    found |= set(words_in(given.value))
    return found


def test_every_rule_has_a_sentence_and_no_sentence_is_idle() -> None:
    assert codes_used() == set(messages.SENTENCES)


def test_every_trouble_has_a_sentence_and_no_sentence_is_idle() -> None:
    assert reasons_used() == set(messages.PROBLEMS)


@pytest.mark.parametrize("code", messages.SENTENCES)
def test_a_sentence_ends_and_takes_its_details(code: str) -> None:
    told = messages.SENTENCES[code]
    places = {name for _, name, _, _ in Formatter().parse(told) if name is not None}
    assert places == {str(n) for n in range(len(places))}
    shown = messages.sentence(Violation("name", code, ("الف",) * len(places)))
    assert shown.endswith((".", "؟"))
    assert "{" not in shown


def test_details_are_shown_persian() -> None:
    day = calendar.from_jalali("1402/07/05")
    assert "۱۴۰۲/۰۷/۰۵" in messages.sentence(Violation("x", "before_registered", (day,)))
    assert "۱٬۲۰۰" in messages.sentence(Violation("x", "too_large", (1200,)))
    taken = messages.sentence(Violation("x", "licence_taken", ("نساجی 2", "100001")))
    assert "نساجی ۲" in taken
    assert "۱۰۰۰۰۱" in taken


def test_a_trouble_is_told_with_its_place() -> None:
    assert messages.problem(DatabaseProblem("full")) == messages.PROBLEMS["full"]
    assert messages.problem(DatabaseProblem("missing", "/d/a.ehya")).endswith(
        "\u2066/d/a.ehya\u2069"
    )
    for told in messages.PROBLEMS.values():
        assert told.endswith(".")


# --- the words of the window ----------------------------------------------------------------------


def docstrings(module: ast.Module) -> set[int]:
    found = set()
    for node in ast.walk(module):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef) and node.body:
            first = node.body[0]
            if isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant):
                found.add(id(first.value))
    return found


def persian_words() -> Iterator[tuple[str, str]]:
    """Every Persian text of the program, with where it stands."""
    for path in (ROOT / "desktop").rglob("*.py"):
        skipped = docstrings(tree(path))
        for node in ast.walk(tree(path)):
            if not isinstance(node, ast.Constant) or id(node) in skipped:
                continue
            if isinstance(node.value, str) and PERSIAN.search(node.value):
                yield f"{path.relative_to(ROOT)}:{node.lineno}", node.value


def test_no_text_has_latin_digits() -> None:
    # What is typed on a terminal, and the code of a number's form in Excel, are no words.
    found = [
        (place, words)
        for place, words in persian_words()
        if re.search("[0-9](?!})", words)
        and not place.startswith(("desktop/cli.py", "desktop/excel"))
    ]
    assert found == []


def test_no_text_has_arabic_letters_or_digits() -> None:
    found = [(p, words) for p, words in persian_words() if re.search("[يكى٠-٩ـ]", words)]
    assert found == []


def test_half_spaces_stand_where_they_belong() -> None:
    loose = re.compile("(?<![\u0600-\u06ff])(ن?می) [آ-ی]|[آ-ی] ها(ی|یی)?(?![\u0600-\u06ff])")
    found = [(p, words) for p, words in persian_words() if loose.search(words)]
    assert found == []


def test_no_text_has_a_space_before_its_marks() -> None:
    found = [(p, w) for p, w in persian_words() if re.search("[آ-ی] [،؛؟.](?!\\w)|«\\s|\\s»", w)]
    assert found == []
