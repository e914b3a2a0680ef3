#!/bin/sh
# See to a Java runtime of version 17 or later, which Apache Spark needs. Never fails: where none
# can be installed, the tests of Spark are skipped and say why.
set -eu
cd "$(dirname "$0")/.."
. tools/debian.sh

java="${JAVA_HOME:+$JAVA_HOME/bin/}java"
version="$("$java" -version 2>&1 | sed -n 's/.* version "\([0-9]*\).*/\1/p')" || version=""
[ "${version:-0}" -ge 17 ] && exit 0

# Debian 12 has 17 and Debian 13 has 21.
for release in 17 21; do
    install_debian_package "openjdk-$release-jre-headless" && exit 0
done
say "No Java runtime of version 17 or later: the tests of Apache Spark will be skipped."
say "    sudo apt-get install openjdk-17-jre-headless"
