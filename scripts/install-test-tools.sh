#!/usr/bin/env bash
# What the tests need of the system: browsers, LibreOffice and its cage, ffmpeg, fonts, nginx, Redis, validators of PDF. Installs what is missing when root on a
# Debian; otherwise says the one line to run.
set -euo pipefail

packages=(
  # Chromium without its windows: the same engine, and a page costs half of the processor.
  chromium-headless-shell
  # The engine of iPads (tests/browser/test_webkit.py); its window needs a display, xvfb is one that nobody sees.
  webkit2gtk-driver xvfb
  libreoffice-writer-nogui libreoffice-impress-nogui libreoffice-calc-nogui bubblewrap
  fonts-liberation2 fonts-croscore fonts-crosextra-carlito fonts-noto-core
  tesseract-ocr tesseract-ocr-vie
  ffmpeg
  poppler-utils softhsm2 nginx-light redis-server libnss3-tools qpdf
  # An independent word on whether a PDF may go into an archive (tests/minutes/test_archival.py).
  default-jre-headless libpdfbox2-java libfontbox2-java libcommons-logging-java libjaxb-api-java libactivation-java
)

missing=()
for package in "${packages[@]}"; do
  if ! dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q '^install ok installed$'; then
    missing+=("$package")
  fi
done
[ "${#missing[@]}" = 0 ] && exit 0

if ! command -v apt-get >/dev/null; then
  echo "Install the equivalents of: ${missing[*]}" >&2
  exit 1
fi
if [ "$(id -u)" != 0 ]; then
  echo "Run this once, then make test again: sudo apt-get install --no-install-recommends ${missing[*]}" >&2
  exit 1
fi
echo "Installing ${missing[*]}" >&2
export DEBIAN_FRONTEND=noninteractive
# Tests start nginx and Redis for themselves: the system's own are not started now (policy-rc.d: 101 is no).
policy=/usr/sbin/policy-rc.d
if [ ! -e "$policy" ]; then
  trap 'rm -f "$policy"' EXIT
  printf '#!/bin/sh\nexit 101\n' >"$policy"
  chmod 755 "$policy"
fi
apt-get update -qq
apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
