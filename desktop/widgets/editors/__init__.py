"""The input editors of the one form: each edits one value and keeps one protocol."""

from desktop.widgets.editors.base import Editor
from desktop.widgets.editors.factory import make

__all__ = ["Editor", "make"]
