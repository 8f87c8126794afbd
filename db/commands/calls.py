"""Noting the calls about what a loan has fallen behind with. Checks, then writes; never commits."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from db.commands import saving
from db.errors import Violation, raise_on
from db.models import Call
from db.rules.calls import check_call

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy.orm import Session

    from db.commands.saving import Ids


def check(
    _session: Session, _loan_id: int, _call_id: int | None, values: Mapping[str, Any]
) -> list[Violation]:
    """Every complaint about a call's values."""
    return list(check_call(values))


def save_call(
    session: Session,
    loan_id: int,
    call_id: int | None,
    values: Mapping[str, Any],
    version: int | None = None,
) -> Call:
    """A call, with the day to call again. Raises RuleError, ConflictError."""
    call = saving.fetch(session, Call, call_id, version)
    raise_on(check(session, loan_id, call_id, values))
    return saving.assign(session, call, {**values, "loan_id": loan_id})


def archive_call(session: Session, ids: Ids, reason: str) -> None:
    saving.archive(session, Call, ids, reason)
