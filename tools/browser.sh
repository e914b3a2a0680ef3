#!/bin/sh
# See to a browser for the stories, and to what reports are typeset with. Never fails: where they
# cannot be installed, the tests that need them are skipped and say why.
set -eu
cd "$(dirname "$0")/.."
. tools/debian.sh

if ! command -v chromium >/dev/null 2>&1 && ! install_debian_package chromium; then
    say "No chromium: the stories in a browser will be skipped."
    say "    sudo apt-get install chromium"
fi
for library in libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0; do
    name="${library%-0}"
    case "$library" in libharfbuzz-subset0) name=libharfbuzz-subset ;; esac
    # A library that is there can be found by the linker, whoever installed it.
    ldconfig -p 2>/dev/null | grep -q "$name\.so\.0" && continue
    install_debian_package "$library" || {
        say "No $library: certificates and reports cannot be made as PDF."
        say "    sudo apt-get install $library"
    }
done
