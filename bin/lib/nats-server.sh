# shellcheck shell=bash
# A nats-server program: the one that nats_server_path names, or one on the machine, or the
# distribution's package unpacked into .tools/, for which neither root nor a running service is needed.

# Prints the path of the nats-server that is installed here.
find_nats_server() {
  local program
  for program in "$(command -v nats-server)" /usr/sbin/nats-server /usr/local/bin/nats-server \
    /usr/local/sbin/nats-server /opt/homebrew/bin/nats-server; do
    [[ -x $program ]] && echo "$program" && return
  done
  return 1
}

# Prints an apt source for each main or universe archive of this machine's own release, with the
# release replaced by the given suite.
apt_sources() {
  (
    # shellcheck source=/dev/null
    . /etc/os-release
    keyring=/usr/share/keyrings/$ID-archive-keyring.gpg
    # shellcheck disable=SC2016
    apt-get indextargets --format '$(REPO_URI) $(RELEASE) $(COMPONENT)' 'Created-By: Packages' |
      awk -v release="$VERSION_CODENAME" -v suite="${1:-$VERSION_CODENAME}" \
        -v options="$([[ ! -f $keyring ]] || echo "[signed-by=$keyring] ")" \
        '$2 == release && ($3 == "main" || $3 == "universe") && !seen[$1, $3]++ {
          print "deb " options $1, suite, $3
        }'
  )
}

# Unpacks a package of the distribution into a folder. Whatever apt writes is kept apart from the
# machine's own state, in a folder that is gone at the end of this subshell, however that ends.
# $1: package, $2: folder, $3: suite, "" for this machine's release
unpack_package() (
  work=$(mktemp -d)
  trap 'rm -rf "$work"' EXIT
  mkdir -p "$work/lists/partial" "$work/cache/archives/partial" "$work/package"
  apt_sources "$3" >"$work/sources.list"
  [[ -s $work/sources.list ]] || fail "no archive of this machine's release was found in its apt sources"
  options=(-q -o "Dir::Etc::sourcelist=$work/sources.list" -o Dir::Etc::sourceparts=- -o "Dir::State::lists=$work/lists"
    -o "Dir::Cache=$work/cache" -o APT::Sandbox::User=root -o APT::Get::List-Cleanup=0)
  (cd "$work/package" && apt-get "${options[@]}" update && apt-get "${options[@]}" download "$1") >"$work/log" 2>&1 || {
    cat "$work/log" >&2
    fail "the package $1 can't be fetched${3:+ from $3}"
  }
  dpkg-deb --extract "$work"/package/*.deb "$work/unpacked" && mkdir -p "$(dirname "$2")" && rm -rf "$2" &&
    mv "$work/unpacked" "$2"
)

# Prints the path of a nats-server fetched from the distribution, from another suite of it if one is
# named: Debian's bookworm has 2.9, trixie 2.10, forky 2.15.
fetch_nats_server() {
  local directory=$TOOLS/nats-server${1:+-$1}
  if [[ ! -x $directory/usr/sbin/nats-server ]]; then
    say "Fetching nats-server${1:+ of $1} with apt-get into ${directory#"$ROOT"/}"
    unpack_package nats-server "$directory" "${1:-}" || return
  fi
  echo "$directory/usr/sbin/nats-server"
}

# Exports nats_server_path, the variable from which jnats-server-runner takes the program.
# $1: a suite of the distribution, "" for whatever nats-server there is
require_nats_server() {
  if [[ -n ${1:-} ]]; then
    nats_server_path=$(fetch_nats_server "$1")
  elif [[ -z ${nats_server_path:-} ]]; then
    nats_server_path=$(find_nats_server) || nats_server_path=$(fetch_or_explain)
  fi
  [[ -x $nats_server_path && -f $nats_server_path ]] ||
    fail "nats_server_path is '$nats_server_path', which is not a program. Example: export nats_server_path=/usr/sbin/nats-server"
  nats_server_path=$(cd "$(dirname "$nats_server_path")" && pwd)/$(basename "$nats_server_path")
  export nats_server_path
  say "Using $("$nats_server_path" --version) at $nats_server_path"
}

fetch_or_explain() {
  if command -v apt-get dpkg-deb >/dev/null; then
    fetch_nats_server
    return
  fi
  case $(uname -s) in
    Darwin) fail "nats-server is needed: brew install nats-server" ;;
    MINGW* | MSYS* | CYGWIN*) fail "nats-server is needed: scoop install nats-server, or: choco install nats-server" ;;
    *) fail "nats-server is needed: install it with the system's package manager, or name its path: export nats_server_path=/opt/nats/nats-server" ;;
  esac
}
