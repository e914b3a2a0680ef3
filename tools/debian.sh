# Sourced by the other scripts: how a Debian package is installed where that is allowed.

say() {
    printf '%s\n' "$*" >&2
}

# Install one Debian package as root or by a sudo that asks for no password; fail where neither is.
install_debian_package() {
    command -v apt-get >/dev/null 2>&1 || return 1
    if [ "$(id -u)" -eq 0 ]; then
        as_root="env"
    elif command -v sudo >/dev/null 2>&1 && sudo -n true 2>/dev/null; then
        as_root="sudo -n env"
    else
        return 1
    fi
    say "Installing the Debian package $1"
    apt="$as_root DEBIAN_FRONTEND=noninteractive apt-get -qq -o Dpkg::Use-Pty=0"
    # A fresh machine has no package lists yet, so a first failure is answered by fetching them.
    $apt install -y --no-install-recommends "$1" >/dev/null 2>&1 && return 0
    $apt update >/dev/null 2>&1 || true
    $apt install -y --no-install-recommends "$1" >/dev/null
}
