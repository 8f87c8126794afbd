"""Made-up documents of units, with the bytes they show; for small files, of which many look."""

from __future__ import annotations

import hashlib
from itertools import count
from typing import TYPE_CHECKING

from db.models import Document
from db.sample import papers
from db.sample.units import KEPT, person

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from db.sample.dice import Dice
    from db.sample.papers import File
    from db.sample.story import Fate
    from db.sample.units import Row

    Linked = tuple[File, int | None, int | None]  # with the ids of its visit and return


class DocumentMaker:
    """Makes the documents of one unit after another; equal bytes are one content."""

    def __init__(self, dice: Dice) -> None:
        self._dice = dice
        self._numbers = count(1)
        self._contents: set[str] = set()

    def made(
        self, unit: Row, fate: Fate, returns: Sequence[Row], visits: Sequence[Row]
    ) -> tuple[list[Row], list[Row]]:
        """(documents, contents that no document had before) of a unit."""
        documents, contents = [], []
        for file, visit_id, revival_id in self._files(unit, fate, returns, visits):
            digest = hashlib.sha256(file.data).hexdigest()
            if digest not in self._contents:
                self._contents.add(digest)
                contents.append({"id": len(self._contents), "sha256": digest,
                                 "size": len(file.data), "data": file.data})  # fmt: skip
            row = self._row(unit, file, digest)
            documents.append(row | {"visit_id": visit_id, "revival_id": revival_id})
        return documents, contents

    def _row(self, unit: Row, file: File, digest: str) -> Row:
        values = {
            "id": next(self._numbers),
            **KEPT,
            "unit_id": unit["id"],
            "loan_id": None,
            **file._asdict(),
            "sha256": digest,
        }
        values["search_key"], values["sort_key"] = Document.keys_of(values)
        return values

    def _files(
        self, unit: Row, fate: Fate, returns: Sequence[Row], visits: Sequence[Row]
    ) -> Iterator[Linked]:
        if not fate.archived and self._dice.chance(30):
            yield papers.licence(unit), None, None
        if not returns:
            return
        back = returns[0]
        followed = [visit for visit in visits if visit["day"] >= back["returned_on"]]
        if fate.course == "paper":
            day, capacity = followed[0]["day"], max(50, back["capacity_after"])
            file = papers.statistics(unit, day, back["jobs_after"], capacity)
            yield file, None, back["id"]
        elif fate.course == "shown" and self._dice.chance(35):
            names = [person(self._dice) for _ in range(back["jobs_after"])]
            yield papers.insured_list(unit, names, followed[0]["day"]), None, back["id"]
        if self._dice.chance(25):
            yield from _photographs(back, visits)


def _photographs(back: Row, visits: Sequence[Row]) -> Iterator[Linked]:
    """One before and one after, of the visits that took them."""
    before = [visit for visit in visits if visit["day"] < back["returned_on"]]
    after = [visit for visit in visits if visit["state_seen"] == "active"]
    if before:
        yield papers.photograph(before[0], lit=False), before[0]["id"], None
    if after:
        yield papers.photograph(after[0], lit=True), after[0]["id"], back["id"]
