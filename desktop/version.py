"""The version of the program; a test holds it equal to the project file."""

from __future__ import annotations

VERSION = "0.1.0"
