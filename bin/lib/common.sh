# shellcheck shell=bash
# What all scripts share: the root of the checkout, the folder for fetched tools, and how they talk.

ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
# shellcheck disable=SC2034
TOOLS=$ROOT/.tools

say() {
  printf '==> %s\n' "$*" >&2
}

fail() {
  printf 'error: %s\n' "$*" >&2
  exit 1
}

# Ends with the status that says: nothing was tried, the command line has to be changed.
refuse() {
  printf 'error: %s\n' "$*" >&2
  exit 2
}

# Installs Debian packages if this is a Debian machine and we are root.
install_packages() {
  command -v apt-get >/dev/null && [[ $(id -u) -eq 0 ]] || return 1
  say "Installing $*"
  { apt_install "$@" || { apt-get update && apt_install "$@"; }; } >&2
}

apt_install() {
  DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "$@"
}
