#!/bin/sh
# Chromium for the browser tests: take the one that is there, install it on Debian as root, else say so.
# VOLMACHT_CHROMIUM names another one. Without a browser the browser tests say so, and fail under CI.
for name in ${VOLMACHT_CHROMIUM:-chromium-headless-shell chromium}; do
  command -v "$name" >/dev/null 2>&1 && exit 0
done
install() {
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$1" >/dev/null 2>&1
}
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
  echo "Installing chromium for the browser tests..."
  apt-get update -qq >/dev/null 2>&1
  install chromium-headless-shell && exit 0
  install chromium && exit 0
fi
echo "chromium is not on this machine and could not be installed: browser tests will say so." >&2
exit 0
