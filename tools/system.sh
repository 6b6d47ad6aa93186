#!/bin/sh
# What tests want of the system itself: chromium for the journeys, xmlsec1 for foreign clients. Take what is there,
# install it on Debian as root, else say so. VOLMACHT_CHROMIUM names another browser. Tests that miss one say so, and
# fail under CI.
has() {
  for name in "$@"; do
    command -v "$name" >/dev/null 2>&1 && return 0
  done
  return 1
}
# provide WHAT PROGRAM…: the first that can be installed; packages are named after their program.
provide() {
  what=$1
  shift
  if [ "$(id -u)" = 0 ] && has apt-get; then
    echo "Installing $what for the tests..."
    [ "${updated:-}" ] || apt-get update -qq >/dev/null 2>&1
    updated=yes
    for package in "$@"; do
      DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$package" >/dev/null 2>&1 && return
    done
  fi
  echo "$what is not on this machine and could not be installed: its tests will say so." >&2
}
# shellcheck disable=SC2086  # without a name of one's own these are two names
has ${VOLMACHT_CHROMIUM:-chromium-headless-shell chromium} || provide chromium chromium-headless-shell chromium
has xmlsec1 || provide xmlsec1 xmlsec1
exit 0
