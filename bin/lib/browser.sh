# shellcheck shell=bash
# Chromium and its driver, in which the order page is tested: the programs that chromium_path and
# chromedriver_path name, or those on the PATH, or the distribution's packages.

# shellcheck disable=SC2034
readonly WITHOUT_BROWSER=-DexcludedGroups=browser

# Refuses a variable that doesn't name a program.
# $1: chromium_path or chromedriver_path
check_program() {
  [[ -z ${!1:-} || (-x ${!1} && -f ${!1}) ]] ||
    fail "$1 is '${!1}', which is not a program. Example: export $1=/usr/bin/${1%_path}"
}

# Exports chromium_path and chromedriver_path if there are such programs.
find_browser() {
  check_program chromium_path
  check_program chromedriver_path
  chromium_path=${chromium_path:-$(command -v chromium)} &&
    chromedriver_path=${chromedriver_path:-$(command -v chromedriver)} &&
    export chromium_path chromedriver_path
}

# The same, after they were installed if need be. Fails, and sets no_browser to the reason, where that
# is impossible.
require_browser() {
  if ! find_browser && ! { install_packages chromium chromium-driver && find_browser; }; then
    # shellcheck disable=SC2034
    no_browser="no chromium and chromedriver; Debian: apt-get install chromium chromium-driver"
    return 1
  fi
  say "Using $("$chromium_path" --version 2>/dev/null) at $chromium_path"
}

# Whether Maven's arguments include the tests of the order page: they aren't excluded, and if tests or
# modules are named, the page's are among them.
# $@: Maven's arguments
includes_browser() {
  case " $* " in
    *' -DexcludedGroups='*browser*) return 1 ;;
    *-Dtest=*) [[ $* == *OrderPage* ]] ;;
    *' -pl '*) [[ $* == *sample-order-service* || " $* " == *' -am '* ]] ;;
  esac
}
