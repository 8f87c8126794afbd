#!/bin/sh
# Makes .venv, fills it with the pinned packages and sees that Qt finds its system libraries.
#   packaging/setup.sh window   for the program on a screen
#   packaging/setup.sh tour     for the program without a screen
#   packaging/setup.sh test     for the checks, which need no screen either
# A step that was done is not done again: the second run takes a fraction of a second.
# PYTHON=name picks another interpreter than the first fitting one.
set -eu

cd "$(dirname "$0")/.."
here=$(pwd -P)
purpose=${1:-window}

say() { printf '%s\n' "$*"; }

stop() {
    printf '%s\n' "$*" >&2
    exit 1
}

# Debian packages: root installs them, anyone else is told the command that does.
install_from_debian() {
    command -v apt-get >/dev/null || stop "Missing on this system (Debian's names): $*"
    [ "$(id -u)" = 0 ] || stop "Some system packages are missing. Install them, then try again:
  sudo apt-get update && sudo apt-get install -y $*"
    say "Installing system packages: $*"
    export DEBIAN_FRONTEND=noninteractive
    # An update may fail for a source that has nothing to do with us: the install will tell.
    log=$(apt-get update -qq </dev/null 2>&1) || true
    log=$(apt-get install -y -qq --no-install-recommends "$@" </dev/null 2>&1) ||
        stop "$log
Could not install: $*"
}

find_python() {
    for python in ${PYTHON:-python3 python3.14 python3.13 python3.12 python3.11}; do
        new_enough='import sys; sys.exit(sys.version_info < (3, 11))'
        "$python" -c "$new_enough" 2>/dev/null && return
    done
    found=$("${PYTHON:-python3}" --version 2>&1) || found="none"
    stop "Python 3.11 or newer is needed; found here: $found"
}

# Debian keeps what a virtual environment needs (ensurepip) in a package of its own.
require_ensurepip() {
    "$python" -c 'import ensurepip, venv' 2>/dev/null && return
    version=$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])')
    install_from_debian "python$version-venv"
}

# Still usable? Neither moved to another folder nor left behind by an upgrade of Python.
venv_is_usable() {
    grep -qsF "$here/.venv" .venv/pyvenv.cfg && .venv/bin/python -c 'import pip' 2>/dev/null
}

make_venv() {
    find_python
    require_ensurepip
    say "Making .venv with $("$python" --version 2>&1)"
    log=$("$python" -m venv --clear .venv 2>&1) || stop "$log
Could not make .venv"
}

# What the packages depend on; a stamp in .venv says for which state they were installed.
state() { cat pyproject.toml packaging/constraints.txt | cksum; }

is_installed() {
    for stamp in "$@"; do
        [ "$(cat ".venv/installed-$stamp" 2>/dev/null)" = "$(state)" ] && return
    done
    return 1
}

install_packages() { # STAMP REQUIREMENT
    say "Installing the pinned packages into .venv (the first time takes some minutes)"
    # Very quiet: warnings tell of mirrors, errors still show.
    .venv/bin/python -m pip install -qq --disable-pip-version-check \
        -c packaging/constraints.txt -e "$2" </dev/null ||
        stop "Could not install the packages; the lines above say why. Try again later."
    state >".venv/installed-$1"
}

require_qt_libraries() {
    missing=$(.venv/bin/python packaging/check_qt.py "$purpose")
    [ -n "$missing" ] || return 0
    # shellcheck disable=SC2086 # one word a package
    install_from_debian $missing
    missing=$(.venv/bin/python packaging/check_qt.py "$purpose")
    [ -z "$missing" ] || stop "Qt still misses: $missing"
}

venv_is_usable || make_venv
case $purpose in
    test) is_installed test || install_packages test '.[test]' ;;
    *) is_installed program test || install_packages program . ;; # the tests' set holds it all
esac
require_qt_libraries
