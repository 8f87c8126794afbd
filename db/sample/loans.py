"""Made-up loans of a unit through their stages, and what the bank has paid out."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from itertools import count
from typing import TYPE_CHECKING, Any, Final

from db.calendar import add_months, jalali_parts
from db.sample import words
from db.sample.dice import Dice, Weighted, sheba
from db.sample.story import LAST, later, workday
from db.sample.units import KEPT, Lists, Row, person

if TYPE_CHECKING:
    from db.sample.story import Fate

MILLION: Final = 10**6
STEP: Final = 50 * MILLION  # amounts in rial are round
LARGE: Final = 3000 * MILLION  # and from here on rounder
LARGE_STEP: Final = 500 * MILLION
LEAST: Final = 500 * MILLION
OPEN: Final[Row] = {
    **KEPT,
    "amount_approved": None,
    "introduced_on": None,
    "approved_on": None,
    "contract_on": None,
    "first_due_on": None,
    "rejected_on": None,
    "withdrawn_on": None,
    "contract_no": "",
    "sheba": "",
    "guarantors": "",
    "grace_profit": "separate",
    "penalty_points": Decimal(6),
    "note": "",
}
_PARTS: Final = {1: 91, 2: 5, 3: 2, 4: 2}  # tranches of the money for building and machines
_SHARES = (100, 100, 100, 90, 80, 75, 60, 50)  # of the amount asked, in percent


class LoanMaker:
    """Makes the loans of one unit after another, each with its tranches."""

    def __init__(self, dice: Dice, lists: Lists) -> None:
        self._dice = dice
        self._lists = lists
        self._county_names = {number: name for name, number in lists.counties.items()}
        self._qarz_banks = Weighted(words.QARZ_BANKS)
        self._other_banks = Weighted(words.OTHER_BANKS)
        self._parts = Weighted(_PARTS)
        self._numbers = count(1)
        self._tranche_numbers = count(1)

    def loan(self, unit: Row, fate: Fate) -> tuple[Row, list[Row]]:
        """A loan the unit asks for after it was registered, and the loan's tranches."""
        dice = self._dice
        until = LAST if fate.returned is None else min(LAST, fate.returned + 60)
        applied = workday(dice.whole(fate.registered, min(fate.registered + 240, until)))
        is_qarz = dice.chance(65)
        bank_code = (self._qarz_banks if is_qarz else self._other_banks).pick(dice)
        row: Row = {
            "id": next(self._numbers),
            **OPEN,
            "unit_id": unit["id"],
            "bank_id": self._lists.banks[bank_code],
            "branch": f"{self._county_names[unit['county_id']]}، {dice.pick(words.BRANCHES)}",
            "applied_on": date.fromordinal(applied),
            **(_qarz(dice) if is_qarz else _exchange(dice)),
        }
        row["jobs_promised"] = 1 + row["amount_asked"] // (1500 * MILLION)
        return row, self._tranches(row, self._stages(row, applied, bank_code))

    def _stages(self, row: Row, applied: int, bank_code: str) -> int | None:
        """Walk the loan on from its application; the day of its contract, if it came so far."""
        dice = self._dice
        if dice.chance(3):
            _end(row, "withdrawn_on", later(dice, applied, 5, 40))
            return None
        introduced = self._step(row, "introduced_on", applied, 4, 25, stuck=4)
        if introduced is None:
            return None
        if dice.chance(10):
            _end(row, "rejected_on", later(dice, introduced, 10, 60))
            return None
        approved = self._step(row, "approved_on", introduced, 12, 70, stuck=7)
        if approved is None:
            return None
        share = row["amount_asked"] * dice.pick(_SHARES) // 100
        row["amount_approved"] = max(LEAST, _round(share))
        if dice.chance(3):
            _end(row, "withdrawn_on", later(dice, approved, 5, 40))
            return None
        signed = self._step(row, "contract_on", approved, 4, 30, stuck=4)
        if signed is not None:
            self._sign(row, bank_code)
        return signed

    def _step(
        self, row: Row, name: str, day: int, least: int, most: int, *, stuck: float
    ) -> int | None:
        found = None if self._dice.chance(stuck) else later(self._dice, day, least, most)
        row[name] = None if found is None else date.fromordinal(found)
        return found

    def _sign(self, row: Row, bank_code: str) -> None:
        # A month at least is left to pay it out in.
        row["first_due_on"] = add_months(row["contract_on"], row["grace_months"] + 1)
        year = jalali_parts(row["contract_on"])[0]
        row["contract_no"] = f"{year}-{bank_code}-{row['id']:06}"
        row["sheba"] = sheba(self._dice, bank_code)
        row["guarantors"] = "، ".join(person(self._dice) for _ in range(self._dice.whole(1, 2)))

    def _tranches(self, row: Row, signed: int | None) -> list[Row]:
        """What was paid by the last day: once, or in stages after each look at the works."""
        if signed is None or self._dice.chance(3):
            return []
        parts = 1 if row["purpose"] == "working_capital" else self._parts.pick(self._dice)
        each = row["amount_approved"] // parts // STEP * STEP
        amounts = [each] * (parts - 1) + [row["amount_approved"] - each * (parts - 1)]
        found: list[Row] = []
        day = later(self._dice, signed, 3, 25)
        for number, amount in enumerate(amounts, 1):
            if day is None:
                break
            found.append(self._tranche(row["id"], number, day, amount))
            day = later(self._dice, day, 40, 110)
        return found

    def _tranche(self, loan_id: int, number: int, day: int, amount: int) -> Row:
        return {
            "id": next(self._tranche_numbers),
            **KEPT,
            "loan_id": loan_id,
            "number": number,
            "day": date.fromordinal(day),
            "amount": amount,
            "visit_id": None,
        }


def _round(amount: int) -> int:
    step = STEP if amount < LARGE else LARGE_STEP
    return amount // step * step


def _end(row: Row, name: str, day: int | None) -> None:
    row[name] = None if day is None else date.fromordinal(day)


def _qarz(dice: Dice) -> dict[str, Any]:
    is_working = dice.chance(60)
    return {
        "contract": "qarz",
        "method": "qarz_11_plus_1",
        "purpose": "working_capital" if is_working else "fixed_capital",
        "amount_asked": LEAST + 100 * MILLION * int(26 * dice.throw() ** 1.5),
        "rate": Decimal(4),
        "months": dice.pick((12, 12, 12, 18, 18, 24) if is_working else (24, 24, 24, 36, 36, 48)),
        "grace_months": dice.pick((0, 0, 0, 3, 6)),
    }


def _exchange(dice: Dice) -> dict[str, Any]:
    is_working = dice.chance(55)
    return {
        "contract": "exchange",
        "method": "annuity" if dice.chance(70) else "flat_2400",
        "purpose": "working_capital" if is_working else "fixed_capital",
        "amount_asked": (2000 + 500 * int(37 * dice.throw() ** 2)) * MILLION,
        "rate": Decimal(dice.pick((12, 14, 14, 16, 18, 18))),
        "months": dice.pick((6, 12, 12, 18, 24) if is_working else (24, 24, 36, 36, 60)),
        "grace_months": 0 if is_working else dice.pick((0, 3, 6, 12)),
    }
