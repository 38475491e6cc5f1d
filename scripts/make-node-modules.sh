#!/usr/bin/env bash
# Installs what checks the scripts and sheets (package-lock.json) into node_modules; and Node itself, when it is missing or
# too old and this is root on a Debian. The server needs none of it.
set -euo pipefail
cd "$(dirname "$0")/.."

will_do() {
  command -v npm >/dev/null && node -e 'const [a, b] = process.versions.node.split(".").map(Number); process.exit(a > 18 || (a === 18 && b >= 18) ? 0 : 1)' 2>/dev/null
}

if ! will_do; then
  if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then
    echo "Node 18.18 or newer with npm is needed. Run this once, then make again: sudo apt-get install --no-install-recommends nodejs npm" >&2
    exit 1
  fi
  echo "Installing nodejs npm" >&2
  export DEBIAN_FRONTEND=noninteractive
  apt-get update -qq
  apt-get install -y -qq --no-install-recommends nodejs npm >/dev/null
  hash -r
  will_do || { echo "Node $(node --version 2>/dev/null) is too old: 18.18 or newer is needed, with npm" >&2; exit 1; }
fi

echo "Installing the checks of scripts (package-lock.json)…" >&2
# No scripts of packages: these need none. Twice, since a registry may be slow for a moment.
npm ci --ignore-scripts --no-audit --no-fund --loglevel=error || npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
