"""Chance that falls the same for the same seed, and the identifiers thrown with it."""

from __future__ import annotations

from bisect import bisect
from itertools import accumulate
from random import Random
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

T = TypeVar("T")
_LEGAL_WEIGHTS = (29, 27, 23, 19, 17) * 2


class Dice:
    """Built on `random()` alone: of the whole module only that is promised to stay the same."""

    def __init__(self, seed: int) -> None:
        self.throw = Random(seed).random

    def chance(self, percent: float) -> bool:
        return self.throw() * 100 < percent

    def whole(self, least: int, most: int) -> int:
        """Both ends are possible."""
        return least + int(self.throw() * (most - least + 1))

    def pick(self, items: Sequence[T]) -> T:
        return items[int(self.throw() * len(items))]

    def digits(self, count: int) -> str:
        return f"{int(self.throw() * 10**count):0{count}}"


class Weighted(Generic[T]):
    """Items, some of which fall more often than others."""

    def __init__(self, weights: Mapping[T, int]) -> None:
        self._items = list(weights)
        self._sums = list(accumulate(weights.values()))

    def pick(self, dice: Dice) -> T:
        return self._items[bisect(self._sums, dice.throw() * self._sums[-1])]


def national_code(dice: Dice) -> str:
    first = "2" + dice.digits(8)
    while len(set(first)) == 1:  # ten equal digits are no national code
        first = "2" + dice.digits(8)
    rest = sum(int(digit) * (10 - place) for place, digit in enumerate(first)) % 11
    return f"{first}{rest if rest < 2 else 11 - rest}"


def legal_national_id(dice: Dice) -> str:
    first = "1" + dice.digits(9)
    while len(set(first)) == 1:
        first = "1" + dice.digits(9)
    added = int(first[9]) + 2
    pairs = zip(first, _LEGAL_WEIGHTS, strict=True)
    return f"{first}{sum((int(digit) + added) * weight for digit, weight in pairs) % 11 % 10}"


def sheba(dice: Dice, bank_code: str) -> str:
    account = f"{bank_code}0{dice.digits(18)}"
    return f"IR{98 - int(account + '182700') % 97:02}{account}"


def postal_code(dice: Dice) -> str:
    """No 0 or 2 among the first five digits."""
    return "7" + "".join(dice.pick("13456789") for _ in range(4)) + dice.digits(5)


def mobile(dice: Dice) -> str:
    return dice.pick(("0917", "0917", "0917", "0937", "0901")) + dice.digits(7)
