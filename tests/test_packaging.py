"""The one command to run and the one to check: pins, the set-up on a bare machine, what is told."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tomllib
from importlib.metadata import distribution, version
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

if TYPE_CHECKING:
    from types import ModuleType

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
SET_UP = ROOT / "packaging" / "setup.sh"
MADE_BY_TOOLS = {"__pycache__", "build", "dist"}
on_unix = pytest.mark.skipif(os.name == "nt", reason="the set-up script is for Unix")


# -- pins -------------------------------------------------------------------------------------


def pins() -> dict[str, Version]:
    lines = (ROOT / "packaging" / "constraints.txt").read_text(encoding="utf-8").splitlines()
    pairs = [line.split("==") for line in lines if line and not line.startswith("#")]
    return {canonicalize_name(name): Version(pinned) for name, pinned in pairs}


def asked_for() -> list[Requirement]:
    """What pyproject.toml asks for, to run and to test."""
    texts = [*PROJECT["dependencies"], *PROJECT["optional-dependencies"]["test"]]
    return [Requirement(text) for text in texts]


def with_all_they_need(wanted: list[Requirement]) -> set[str]:
    """The names of these packages and of all that they need in turn, on this system."""
    names: set[str] = set()
    while wanted:
        requirement = wanted.pop()
        name = canonicalize_name(requirement.name)
        needed_here = requirement.marker is None or requirement.marker.evaluate({"extra": ""})
        if needed_here and name not in names:
            names.add(name)
            wanted += [Requirement(text) for text in distribution(name).requires or []]
    return names


@pytest.mark.parametrize("requirement", asked_for(), ids=lambda one: one.name)
def test_every_dependency_is_pinned_to_a_version_it_allows(requirement: Requirement) -> None:
    assert pins()[canonicalize_name(requirement.name)] in requirement.specifier


def test_nothing_is_installed_unpinned_and_nothing_is_pinned_in_vain() -> None:
    only_on_windows = {"colorama"}
    assert set(pins()) - only_on_windows == with_all_they_need(asked_for()) - only_on_windows


def test_the_tests_run_with_the_pinned_versions() -> None:
    installed = {name: Version(version(name)) for name in with_all_they_need(asked_for())}
    assert installed == {name: pins()[name] for name in installed}


# -- what the files say -----------------------------------------------------------------------


def files_of_the_project() -> list[Path]:
    """Every text file in the tree that no tool has made."""
    found = []
    for folder, inner, names in os.walk(ROOT):
        inner[:] = [name for name in inner if is_ours(name)]
        found += [Path(folder, name) for name in names if name not in {".git", ".coverage"}]
    return found


def is_ours(folder: str) -> bool:
    hidden = folder.startswith(".") and folder != ".ci"
    return not hidden and folder not in MADE_BY_TOOLS and not folder.endswith(".egg-info")


FROM_ONE_MACHINE = re.compile(
    r"pypi[.]org|pythonhosted[.]org|npmjs[.](?:org|com)|deb[.]debian[.]org|ubuntu[.]com/ubuntu"
    r"|--(?:extra-)?index[-]url|--find[-]links"
    r"|(?<![\w.\]])/(?:work|root|home/\w+|tmp)/"
)


def test_no_file_names_a_package_registry_or_a_folder_of_one_machine() -> None:
    told = []
    for path in files_of_the_project():
        text = path.read_bytes().decode("utf-8", errors="ignore")
        told += [f"{path.relative_to(ROOT)}: {hit}" for hit in FROM_ONE_MACHINE.findall(text)]
    assert told == []


@pytest.mark.parametrize("target", ["run", "test", "tour", "lint", "bench", "format", "clean"])
def test_make_knows_and_explains_the_target(target: str) -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    assert re.search(rf"^{target}:.* ## \S", makefile, flags=re.MULTILINE)


def test_the_integration_run_is_make_test() -> None:
    run = ROOT / ".ci" / "run"
    assert run.read_text(encoding="utf-8").splitlines()[-1] == "exec make test"
    assert os.name == "nt" or os.access(run, os.X_OK)


@pytest.mark.parametrize("told", ["make run", "make test", "build/tour", r".venv\Scripts\ehya"])
def test_the_readme_tells_both_commands_and_the_windows_way(told: str) -> None:
    assert told in (ROOT / "README.md").read_text(encoding="utf-8")


def test_the_changelog_has_an_entry_for_this_version() -> None:
    changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert f"## [{PROJECT['version']}]" in changelog


# -- the libraries Qt needs -------------------------------------------------------------------


@pytest.fixture(scope="module")
def check_qt() -> ModuleType:
    path = ROOT / "packaging" / "check_qt.py"
    spec = spec_from_file_location("check_qt", path)
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


LDD = """\
qt/plugins/platforms/libqxcb.so:
\tlinux-vdso.so.1 (0x00007ffc1d5c6000)
\tlibQt6XcbQpa.so.6 => qt/plugins/platforms/../../lib/libQt6XcbQpa.so.6 (0x00007f21c6a00000)
\tlibGL.so.1 => /lib/x86_64-linux-gnu/libGL.so.1 (0x00007f21c6979000)
\tlibxcb-cursor.so.0 => not found
\tlibxkbcommon-x11.so.0 => not found
qt/lib/libQt6PrintSupport.so.6:
\tlibQt6Pdf.so.6 => not found
\tlibxcb-cursor.so.0 => not found
"""


def test_missing_libraries_are_told_once_and_qts_own_are_left_out(check_qt: ModuleType) -> None:
    assert check_qt.missing_libraries(LDD) == ["libxcb-cursor.so.0", "libxkbcommon-x11.so.0"]


@pytest.mark.parametrize(
    ("library", "package"),
    [
        ("libEGL.so.1", "libegl1"),
        ("libGL.so.1", "libgl1"),
        ("libX11.so.6", "libx11-6"),
        ("libX11-xcb.so.1", "libx11-xcb1"),
        ("libdbus-1.so.3", "libdbus-1-3"),
        ("libfontconfig.so.1", "libfontconfig1"),
        ("libgcc_s.so.1", "libgcc-s1"),
        ("libglib-2.0.so.0", "libglib2.0-0"),
        ("libgthread-2.0.so.0", "libglib2.0-0"),
        ("libstdc++.so.6", "libstdc++6"),
        ("libwayland-cursor.so.0", "libwayland-cursor0"),
        ("libxcb-cursor.so.0", "libxcb-cursor0"),
        ("libxcb-icccm.so.4", "libxcb-icccm4"),
        ("libxcb-render-util.so.0", "libxcb-render-util0"),
        ("libxkbcommon-x11.so.0", "libxkbcommon-x11-0"),
        ("libxkbcommon.so.0", "libxkbcommon0"),
        ("libz.so.1", "zlib1g"),
    ],
)
def test_a_library_is_found_in_debians_package(
    check_qt: ModuleType, library: str, package: str
) -> None:
    assert check_qt.debian_package(library) == package


@pytest.mark.skipif(sys.platform != "linux", reason="the wheel for Linux has these files")
def test_the_installed_wheel_has_the_files_that_are_checked(
    check_qt: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-0")
    wanted = [*check_qt.PROGRAM, *check_qt.X11, *check_qt.WAYLAND]
    assert len(check_qt.libraries_of_qt("window")) == len(wanted)
    assert len(check_qt.libraries_of_qt("tour")) == len(check_qt.PROGRAM)


# -- the set-up on a bare machine -------------------------------------------------------------


class BareMachine:
    """A copy of the set-up in a folder of its own, on a system whose programs are made up."""

    def __init__(self, folder: Path) -> None:
        self.tree = folder / "a tree"
        self.programs = folder / "programs"
        shutil.copytree(SET_UP.parent, self.tree / "packaging")
        shutil.copy(ROOT / "pyproject.toml", self.tree)
        self.programs.mkdir()
        for name in ("cat", "cksum", "dirname", "grep"):
            (self.programs / name).symlink_to(str(shutil.which(name)))

    def has(self, name: str, body: str) -> None:
        program = self.programs / name
        program.write_text(f"#!/bin/sh\n{body}\n", encoding="utf-8")
        program.chmod(0o755)

    def set_up(self) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            ["/bin/sh", "packaging/setup.sh", "window"],
            cwd=self.tree,
            env={"PATH": str(self.programs)},
            capture_output=True,
            text=True,
            check=False,
        )


@pytest.fixture
def machine(tmp_path: Path) -> BareMachine:
    return BareMachine(tmp_path)


OLD_PYTHON = 'case "$*" in --version) echo "Python 3.9.2" ;; *) exit 1 ;; esac'
PYTHON_WITHOUT_ENSUREPIP = """\
case "$*" in
    *ensurepip*) [ -e "$0.ensurepip" ] ;;
    *print*) echo 3.11 ;;
    --version) echo "Python 3.11.2" ;;
    *"-m venv"*) echo "made $*" >&2; exit 1 ;;
esac"""


@on_unix
def test_an_old_python_is_told_in_one_line(machine: BareMachine) -> None:
    machine.has("python3", OLD_PYTHON)
    done = machine.set_up()
    assert done.returncode == 1
    assert done.stderr == "Python 3.11 or newer is needed; found here: Python 3.9.2\n"


@on_unix
def test_without_ensurepip_a_user_gets_the_command(machine: BareMachine) -> None:
    machine.has("python3", PYTHON_WITHOUT_ENSUREPIP)
    machine.has("apt-get", "exit 9")
    machine.has("id", "echo 1000")
    done = machine.set_up()
    assert done.returncode == 1
    assert "sudo apt-get update && sudo apt-get install -y python3.11-venv\n" in done.stderr


@on_unix
def test_without_ensurepip_root_installs_it_and_goes_on(machine: BareMachine) -> None:
    machine.has("python3", PYTHON_WITHOUT_ENSUREPIP)
    machine.has(
        "apt-get", f'echo "$*" >>"{machine.programs}/asked"; : >"${{0%/*}}/python3.ensurepip"'
    )
    machine.has("id", "echo 0")
    done = machine.set_up()
    asked = (machine.programs / "asked").read_text(encoding="utf-8").splitlines()
    assert asked == ["update -qq", "install -y -qq --no-install-recommends python3.11-venv"]
    assert done.stdout.splitlines() == [
        "Installing system packages: python3.11-venv",
        "Making .venv with Python 3.11.2",
    ]
    assert done.stderr.splitlines()[0] == "made -m venv --clear .venv"


@on_unix
def test_without_apt_the_packages_are_named(machine: BareMachine) -> None:
    machine.has("python3", PYTHON_WITHOUT_ENSUREPIP)
    assert machine.set_up().stderr == "Missing on this system (Debian's names): python3.11-venv\n"


@on_unix
def test_a_failing_install_shows_why(machine: BareMachine) -> None:
    machine.has("python3", PYTHON_WITHOUT_ENSUREPIP)
    machine.has("apt-get", "echo no space left; exit 100")
    machine.has("id", "echo 0")
    done = machine.set_up()
    assert done.returncode == 1
    assert done.stderr == "no space left\nCould not install: python3.11-venv\n"


class ReadyMachine(BareMachine):
    """The same with a .venv whose Python is made up: it tells what it is asked to do."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        (self.tree / ".venv" / "bin").mkdir(parents=True)
        (self.tree / ".venv" / "pyvenv.cfg").write_text(f"command = -m venv {self.tree}/.venv\n")
        self.missing = self.tree / "missing"
        self.missing.write_text("")
        shutil.copy(shutil.which("true") or "", self.programs / "id")
        self.has("python", 'case "$*" in *check_qt*) cat missing ;; *"-m pip"*) echo "$*" ;; esac')
        (self.programs / "python").rename(self.tree / ".venv" / "bin" / "python")


@pytest.fixture
def ready(tmp_path: Path) -> ReadyMachine:
    return ReadyMachine(tmp_path)


@on_unix
def test_packages_are_installed_once_and_again_when_the_pins_change(ready: ReadyMachine) -> None:
    said = "Installing the pinned packages into .venv (the first time takes some minutes)"
    first = ready.set_up().stdout.splitlines()
    assert first[0] == said
    assert first[1].endswith("-c packaging/constraints.txt -e .")
    assert ready.set_up().stdout == ""
    with (ready.tree / "packaging" / "constraints.txt").open("a") as pinned:
        pinned.write("# changed\n")
    assert ready.set_up().stdout.startswith(said)


@on_unix
def test_missing_libraries_stop_a_user_with_the_command(ready: ReadyMachine) -> None:
    ready.missing.write_text("libegl1 libxcb-cursor0\n")
    ready.has("apt-get", "exit 9")
    ready.has("id", "echo 1000")
    done = ready.set_up()
    assert done.returncode == 1
    assert done.stderr.endswith("sudo apt-get install -y libegl1 libxcb-cursor0\n")


@on_unix
def test_missing_libraries_are_installed_by_root(ready: ReadyMachine) -> None:
    ready.missing.write_text("libegl1 libxcb-cursor0\n")
    ready.has("apt-get", 'case "$1" in install) : >missing ;; esac')
    ready.has("id", "echo 0")
    done = ready.set_up()
    assert done.returncode == 0
    assert done.stdout.endswith("Installing system packages: libegl1 libxcb-cursor0\n")


@on_unix
def test_libraries_missing_after_the_install_are_told(ready: ReadyMachine) -> None:
    ready.missing.write_text("libegl1\n")
    ready.has("apt-get", "exit 0")
    ready.has("id", "echo 0")
    assert ready.set_up().stderr == "Qt still misses: libegl1\n"
