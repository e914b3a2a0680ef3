#!/bin/sh
# Run a command beside a PostgreSQL of its own: `sh tools/postgres.sh COMMAND ...` finds its address
# in ATTAIN_DATABASE_URL. The cluster lies in a temporary folder, answers on a socket there alone,
# and is gone afterwards. Where none can be had, the command is not run, and it is said why.
set -eu
cd "$(dirname "$0")/.."
. tools/debian.sh

# Debian keeps the programs of each version in a folder of its own; the latest comes last.
find_programs() {
    for folder in "$(pg_config --bindir 2>/dev/null || true)" /usr/lib/postgresql/*/bin; do
        [ -x "$folder/initdb" ] && [ -x "$folder/postgres" ] && found="$folder"
    done
    [ -n "${found:-}" ]
}

find_programs || { install_debian_package postgresql && find_programs; } || {
    say "No PostgreSQL: nothing is tried on it."
    say "    sudo apt-get install postgresql"
    exit 0
}

# PostgreSQL refuses to run as root.
as_owner() {
    if [ "$(id -u)" -eq 0 ]; then
        setpriv --reuid "$owner" --regid "$(id -g "$owner")" --clear-groups "$@"
    else
        "$@"
    fi
}
owner="$(id -un)"
if [ "$(id -u)" -eq 0 ]; then
    owner=postgres
    id "$owner" >/dev/null 2>&1 || owner=nobody
fi

# In memory, where there is room: it waits for the disk at every commit, as it does for users.
free="$(df -Pk /dev/shm 2>/dev/null | awk 'END { print int($4) }')"
memory=""
[ "${free:-0}" -lt 4000000 ] || [ ! -w /dev/shm ] || memory=/dev/shm
place="$(TMPDIR="${memory:-${TMPDIR:-/tmp}}" mktemp -d)"
stop() {
    as_owner "$found/pg_ctl" -D "$place/data" -m immediate -w stop >/dev/null 2>&1 || true
    rm -rf "$place"
}
trap stop EXIT
trap 'exit 130' INT
trap 'exit 143' TERM
chown "$owner" "$place"

start() {
    # Run from where its owner may read.
    cd "$place" || return 1
    as_owner "$found/initdb" -D data -U attain --auth trust --encoding UTF8 --locale "$1" \
        --no-sync >"$place.log" 2>&1 || return 1
    as_owner "$found/pg_ctl" -D data -w -l "$place/log" start \
        -o "-c listen_addresses='' -c unix_socket_directories='$place' -c max_connections=60" \
        >>"$place.log" 2>&1
}
{ (start C.UTF-8) || { rm -rf "$place/data"; (start C); }; } || {
    cat "$place.log" >&2
    rm -f "$place.log"
    say "PostgreSQL does not start; the reason stands above."
    exit 1
}
rm -f "$place.log"

socket="$(printf '%s' "$place" | sed 's|/|%2F|g')"
database=postgres
ATTAIN_DATABASE_URL="${database}://attain@$socket/attain"
export ATTAIN_DATABASE_URL
"$@"
