"""Names offered while one types who has visited: «علی رضایی، زهرا …»."""

from __future__ import annotations

from typing import TYPE_CHECKING

from db.queries.visits import split_names

if TYPE_CHECKING:
    from collections.abc import Sequence

COMMA = "، "


def suggestions(names: Sequence[str], typed: str) -> list[str]:
    """Whole texts: what is typed up to the last comma, with each name that is not in it yet."""
    head, comma, _last = typed.replace(",", "،").rpartition("،")
    written = list(split_names(head))
    before = COMMA.join(written) + COMMA if comma and written else ""
    return [before + name for name in names if name not in written]
