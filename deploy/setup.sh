#!/bin/sh
# Sets up a checkout: a virtual environment with the locked dependencies, and bubblewrap.
# `setup.sh --browser` only sees to the Chromium that one test looks at a page with.
set -eu
venv=${1:-.venv}

find_python() {
    for name in python3.13 python3.12 python3.11 python3; do
        if command -v "$name" >/dev/null 2>&1 &&
            "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            command -v "$name"
            return
        fi
    done
    echo "Healer needs Python 3.11 or newer; install it and run this again." >&2
    exit 1
}

install_packages() {
    if command -v uv >/dev/null 2>&1; then
        uv venv --quiet --allow-existing --python "$1" "$venv"
        VIRTUAL_ENV="$venv" uv pip install --quiet --require-hashes -r requirements.lock
        VIRTUAL_ENV="$venv" uv pip install --quiet --no-deps -e .
    else
        "$1" -m venv "$venv"
        "$venv/bin/pip" install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
        "$venv/bin/pip" install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
    fi
}

# Installs a Debian package where we may; quiet where we may not.
try_install() {
    [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1 || return 0
    { apt-get install -y -qq "$1" || { apt-get update -qq && apt-get install -y -qq "$1"; }; } >/dev/null 2>&1 || true
}

# Foreign code runs only in a sandbox. Where we may not install it, say the one command to type.
install_bubblewrap() {
    command -v bwrap >/dev/null 2>&1 && return
    try_install bubblewrap
    command -v bwrap >/dev/null 2>&1 && return
    echo "bubblewrap is missing, so no foreign code will be run. Install it: sudo apt-get install bubblewrap" >&2
}

if [ "$venv" = --browser ]; then
    command -v chromium >/dev/null 2>&1 || try_install chromium
    exit 0
fi
install_packages "$(find_python)"
install_bubblewrap
