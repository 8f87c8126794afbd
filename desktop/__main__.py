"""`ehya`: a command if there is one, otherwise the window."""

from __future__ import annotations

import gc
import sys


def prepare() -> None:
    """Before the imports of the window: what they can be spared."""
    gc.disable()  # nothing made at the start is garbage; `run` has it looked for again
    from desktop import plain_imports

    plain_imports.restore()
    plain_imports.defer()


def main() -> int:
    """Nothing heavy is imported before it is known what is wanted."""
    arguments = sys.argv[1:]
    opens_window = not arguments or (len(arguments) == 2 and arguments[0] == "--file")
    if opens_window:
        prepare()
        from desktop.app import run

        return run(arguments[1] if arguments else None)
    from desktop.cli import main as command

    return command(arguments)


if __name__ == "__main__":
    raise SystemExit(main())
