"""What is remembered between runs, in one small JSON file. No Qt: the command line reads it too."""

from __future__ import annotations

import json
import logging
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

logger = logging.getLogger(__name__)
RECENT_AT_MOST = 8


class Settings:
    """A damaged or unwritable file is no reason not to work: it is told to the log only."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._dirty = False
        try:
            loaded = json.loads(path.read_text("utf-8"))
        except (OSError, ValueError):
            loaded = {}
        self._values: dict[str, Any] = loaded if isinstance(loaded, dict) else {}

    def get(self, key: str, default: Any = None) -> Any:
        return self._values.get(key, default)

    def set(self, key: str, value: Any) -> None:
        if self._values.get(key) != value:
            self._values[key] = value
            self._dirty = True

    def save(self) -> None:
        """Whole or not at all."""
        if not self._dirty:
            return
        partial = self.path.with_suffix(".partial")
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            # In ASCII: a file name of another encoding has halves of characters, no UTF-8.
            partial.write_text(json.dumps(self._values, indent=1), "ascii")
            partial.replace(self.path)
        except OSError as error:
            logger.info("settings not saved: %s", error)
        else:
            self._dirty = False

    def last_file(self) -> str | None:
        return next(iter(self.recent_files()), None)

    def recent_files(self) -> list[str]:
        recent = self.get("recent")
        return [str(each) for each in recent] if isinstance(recent, list) else []

    def opened(self, file: Path) -> None:
        """Put a file first among the recent ones."""
        name = str(file.absolute())
        others = [each for each in self.recent_files() if each != name]
        self.set("recent", [name, *others][:RECENT_AT_MOST])
