#!/bin/sh
# Make .venv ready: `sh tools/setup.sh runtime` to use attain, `sh tools/setup.sh dev` to work on it.
#
# Needs Python 3.11, 3.12 or 3.13 and nothing else. Everything installed is named with its hash in
# requirements/ or package-lock.json. Does nothing when none of them has changed since last time.
set -eu
cd "$(dirname "$0")/.."
. tools/debian.sh

profile="${1:-dev}"
lock="requirements/$profile.txt"
[ -f "$lock" ] || { say "No such lock: $lock"; exit 2; }

unset PYTHONPATH PYTHONHOME VIRTUAL_ENV
export UV_PYTHON_DOWNLOADS=never PIP_DISABLE_PIP_VERSION_CHECK=1

supported='import sys; sys.exit(not (3, 11) <= sys.version_info[:2] < (3, 14))'

find_python() {
    for candidate in ${PYTHON:-} python3.11 python3.12 python3.13 python3; do
        # A name may be on the PATH and still not run, so each one is tried.
        if "$candidate" -c "$supported" >/dev/null 2>&1; then
            echo "$candidate"
            return 0
        fi
    done
    return 1
}

# Debian keeps venv and ensurepip in a package apart from Python itself.
need_venv() {
    "$1" -c 'import ensurepip, venv' >/dev/null 2>&1 && return 0
    package="python$("$1" -c 'import sys; print("%d.%d" % sys.version_info[:2])')-venv"
    install_debian_package "$package" && return 0
    say "$1 cannot make virtual environments. Install the Debian package $package and try again:"
    say "    sudo apt-get install $package"
    exit 1
}

make_venv() {
    .venv/bin/python -c "$supported; import pip" >/dev/null 2>&1 && return 0
    python="$(find_python)" || {
        say "Found no Python 3.11, 3.12 or 3.13. Install one (Debian: python3), or name it:"
        say "    make PYTHON=/path/to/python3.11 ..."
        exit 1
    }
    need_venv "$python"
    say "Making .venv with $python"
    "$python" -m venv --clear .venv
}

# Where there is no home directory to write to, the downloads are kept beside the environment.
place_caches() {
    if ! mkdir -p "${XDG_CACHE_HOME:-${HOME:-/nonexistent}/.cache}" 2>/dev/null \
        || [ ! -w "${XDG_CACHE_HOME:-${HOME:-/nonexistent}/.cache}" ]; then
        export UV_CACHE_DIR="$PWD/.venv/cache/uv" PIP_CACHE_DIR="$PWD/.venv/cache/pip"
    fi
}

# Everything that decides what is installed, and where the project lies.
wanted() {
    { pwd; cat "$lock" requirements/bootstrap.txt pyproject.toml; } | sha256sum | cut -d ' ' -f 1
}

install_locked() {
    say "Installing from $lock"
    # What is built is built by the builders of bootstrap.txt, so the network brings nothing unnamed.
    # Bytecode is written now: on a machine that writes none later, each start would compile again.
    set -- --python .venv/bin/python --no-build-isolation --compile-bytecode -q
    .venv/bin/python -m pip install -q --require-hashes -r requirements/bootstrap.txt \
        && .venv/bin/python -m uv pip install "$@" --require-hashes -r "$lock" \
        && .venv/bin/python -m uv pip install "$@" --no-deps -e . \
        && .venv/bin/python -m compileall -q src
}

# What the pages are drawn with. npm comes with Node, or from a package where the machine has none.
fetch_assets() {
    if ! command -v npm >/dev/null 2>&1; then
        .venv/bin/python -m uv pip install --python .venv/bin/python -q --require-hashes \
            -r requirements/assets.txt || return 1
    fi
    .venv/bin/python tools/assets.py
}

make_venv
stamp=".venv/attain-$profile.stamp"
place_caches
if [ "$(cat "$stamp" 2>/dev/null)" != "$(wanted)" ]; then
    install_locked || {
        say "Could not install what $lock names; the reason stands above."
        say "If it is the network: packages come from the index that pip and uv are set to use."
        exit 1
    }
    wanted >"$stamp"
fi
fetch_assets || {
    say "Could not fetch the style, the font and the charts that package-lock.json names."
    exit 1
}
