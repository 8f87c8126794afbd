"""What may be said of a unit: pure checks of what was typed, without a database."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from db.errors import Violation
from db.models.unit import Unit
from db.rules import identifiers
from db.rules.columns import check_columns
from db.rules.common import check_form, check_not_future, check_order, check_range

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

MOST_JOBS = 5_000  # a small unit has 5 to 50; more than this is a slip of the finger
FORMS = {
    "national_code": (identifiers.is_national_code, "bad_national_code"),
    "legal_national_id": (identifiers.is_legal_national_id, "bad_legal_national_id"),
    "postal_code": (identifiers.is_postal_code, "bad_postal_code"),
    "mobile": (identifiers.is_mobile, "bad_mobile"),
    "phone": (identifiers.is_landline, "bad_landline"),
    "economic_no": (identifiers.is_economic_no, "bad_economic_no"),
}


def check_unit(values: Mapping[str, Any]) -> Iterator[Violation]:
    """Every broken rule of one unit's values (days Gregorian, capacity in percent)."""
    yield from check_columns(Unit, values)
    for name, (is_valid, code) in FORMS.items():
        yield from check_form(values, name, is_valid, code)
    for name in ("registration_no", "sso_workshop_code", "licence_no"):
        yield from check_form(values, name, _is_number_text, "bad_number_text")
    yield from check_range(values, "found_jobs", 0, MOST_JOBS)
    yield from check_range(values, "found_capacity", 0, 100)
    yield from check_range(values, "nominal_capacity", 0, 10**8 - 1)
    yield from check_range(values, "latitude", 24, 40)  # Iran lies within
    yield from check_range(values, "longitude", 44, 64)
    yield from check_not_future(values, "registered_on", "stagnant_since", "licence_on")
    yield from check_order(values, "stagnant_since", "registered_on", "before_stagnant_since")
    yield from check_order(values, "registered_on", "first_visit_due_on", "due_before_registered")
    if values.get("found_state") == "stagnant" and values.get("found_capacity"):
        yield Violation("found_capacity", "stagnant_with_capacity", warning=True)


def _is_number_text(value: str) -> bool:
    """Digits, with the slashes and dashes that licence numbers carry."""
    return all(letter in "0123456789/-" for letter in value)
