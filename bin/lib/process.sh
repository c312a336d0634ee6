# shellcheck shell=bash
# Running a program that has to end in its own way.

# Runs a program in a process group of its own and hands SIGINT, SIGTERM and SIGHUP on to it alone as
# SIGTERM: Ctrl-C would reach its children, too, and they would end in any order. Returns its status.
run_forwarding() {
  local pid status=0
  set -m
  "$@" &
  pid=$!
  set +m
  # shellcheck disable=SC2064
  trap "kill -TERM $pid 2>/dev/null || true" INT TERM HUP
  wait "$pid" || status=$?
  while kill -0 "$pid" 2>/dev/null; do
    status=0
    wait "$pid" || status=$?
  done
  trap - INT TERM HUP
  return "$status"
}

# Refuses to go on if somebody listens on a port of this machine.
# $1: port, $2: the option that changes it
require_free_port() {
  if (: <>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; then
    refuse "port $1 is taken: stop what listens there, or choose another, for example $2 $((($1 + 10000) % 65535))"
  fi
}
