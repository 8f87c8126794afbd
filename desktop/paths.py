"""Where the program keeps its own things on this system: settings, logs, the usual data folder."""

from __future__ import annotations

from pathlib import Path

import platformdirs

APP = "Ehya"
SUFFIX = ".ehya"


def settings_file() -> Path:
    return platformdirs.user_config_path(APP, appauthor=False) / "settings.json"


def log_folder() -> Path:
    return platformdirs.user_log_path(APP, appauthor=False)


def data_folder() -> Path:
    """The standard place for programme files and the backups made of them."""
    return platformdirs.user_data_path(APP, appauthor=False)


def backup_folder(file: Path) -> Path:
    """Beside the data, not beside the file: a removable disk may be full or read-only."""
    return data_folder() / "backups" / file.stem


def draft_folder() -> Path:
    """What is being written and not saved yet."""
    return platformdirs.user_state_path(APP, appauthor=False) / "drafts"


def resources() -> Path:
    return Path(__file__).parent.parent / "resources"
