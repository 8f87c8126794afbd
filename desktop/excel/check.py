"""A line of the control: what a report says, and what its sheets come to when counted again."""

from __future__ import annotations

from dataclasses import dataclass

from desktop.excel import look


@dataclass(frozen=True)
class Check:
    """What the report says and what the sheets say, each as a formula and its value now."""

    label: str
    told: str
    told_value: float
    counted: str
    counted_value: float
    number_format: str = look.WHOLE
    tolerance: float = 0.001

    @property
    def same(self) -> bool:
        return abs(self.told_value - self.counted_value) < self.tolerance
