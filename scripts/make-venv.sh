#!/usr/bin/env bash
# Makes .venv if there is none (or it no longer runs) and installs what the given requirements file lists.
set -euo pipefail
export DEBIAN_FRONTEND=noninteractive
cd "$(dirname "$0")/.."

say() { echo "$1 | $2" >&2; }

# The oldest that will do first: for it every library has a ready-made wheel. The system's own before one that somebody
# built: distributions compile Python with profile-guided optimisation, which spares a sixth to a third of the processor.
candidates() {
  local name python
  for name in python3.11 python3.12 python3.13 python3.14 python3; do
    for python in "/usr/bin/$name" "$name"; do
      "$python" -c 'import os, sys; sys.version_info < (3, 11) or print(os.path.realpath(sys.executable))' 2>/dev/null || true
    done
  done | awk '!seen[$0]++'
}

make_venv() { "$1" -m venv --clear .venv >/dev/null 2>&1; }

# Debian ships venv apart from Python.
install_venv() {
  [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null &&
    apt-get update -qq && apt-get install -y -qq --no-install-recommends "$1" >/dev/null
}

# The first gets what it lacks; only where that cannot be, one of the others will do.
make_one() {
  local best=$1 python
  make_venv "$best" && return
  install_venv "$package" && make_venv "$best" && return
  for python in "${@:2}"; do
    make_venv "$python" && return
  done
  return 1
}

if ! .venv/bin/python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || ! .venv/bin/python -m pip --version >/dev/null 2>&1; then
  mapfile -t found < <(candidates)
  if [ "${#found[@]}" = 0 ]; then
    say "Lỗi: cần Python 3.11 trở lên; đề nghị cài: apt install python3 python3-venv" \
      "Error: Python 3.11 or newer is needed; install it: apt install python3 python3-venv"
    exit 1
  fi
  package=$("${found[0]}" -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])')
  if ! make_one "${found[@]}"; then
    rm -rf .venv
    say "Lỗi: không tạo được môi trường Python; đề nghị cài: sudo apt install $package" \
      "Error: no Python environment could be made; install: sudo apt install $package"
    exit 1
  fi
fi

say "Đang cài thư viện ($1)…" "Installing libraries ($1)…"
if ! .venv/bin/python -m pip install --quiet --disable-pip-version-check --requirement "$1"; then
  say "Lỗi: không cài được thư viện; đề nghị kiểm tra kết nối mạng rồi chạy lại, hoặc xem docs/operations.md (máy không có Internet)" \
    "Error: the libraries could not be installed; check the network and run it again, or see docs/operations.md (no Internet)"
  exit 1
fi
