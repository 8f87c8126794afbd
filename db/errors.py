"""Errors the user can be told about, apart from those that are our bugs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


class Violation(NamedTuple):
    """One broken rule: which field, which rule, and what its sentence needs."""

    field: str
    code: str
    detail: tuple[Any, ...] = ()
    warning: bool = False  # shown beside the field, but does not stop the save


class RuleError(Exception):
    """The user's data breaks one or more rules; nothing was written."""

    def __init__(self, violations: Sequence[Violation]) -> None:
        super().__init__(", ".join(f"{v.field}:{v.code}" for v in violations))
        self.violations = list(violations)


class ConflictError(Exception):
    """The record was changed elsewhere since it was opened; nothing was written."""

    def __init__(self, theirs: Mapping[str, Any], version: int) -> None:
        super().__init__(f"changed elsewhere, now version {version}")
        self.theirs = dict(theirs)
        self.version = version


class DatabaseProblem(Exception):  # noqa: N818 - the machine's trouble, told in one sentence
    """`reason` is one of the keys of `desktop.messages.PROBLEMS`."""

    def __init__(self, reason: str, detail: str = "") -> None:
        super().__init__(f"{reason}: {detail}" if detail else reason)
        self.reason = reason
        self.detail = detail


def raise_on(violations: Sequence[Violation]) -> None:
    """Raise RuleError if any of them is more than a warning."""
    hard = [violation for violation in violations if not violation.warning]
    if hard:
        raise RuleError(hard)
