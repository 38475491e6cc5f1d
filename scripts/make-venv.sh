#!/usr/bin/env bash
# Makes .venv if there is none (or it no longer runs) and installs what the given requirements file lists.
set -euo pipefail
cd "$(dirname "$0")/.."

say() { echo "$1 | $2" >&2; }

# The oldest that will do first: for it every library has a ready-made wheel.
choose() {
  local name
  for name in python3.11 python3.12 python3.13 python3.14 python3; do
    if "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
      echo "$name"
      return
    fi
  done
  say "Lỗi: cần Python 3.11 trở lên; đề nghị cài: apt install python3 python3-venv" \
    "Error: Python 3.11 or newer is needed; install it: apt install python3 python3-venv"
  exit 1
}

if ! .venv/bin/python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || ! .venv/bin/python -m pip --version >/dev/null 2>&1; then
  python=$(choose)
  if ! "$python" -m venv --clear .venv >/dev/null 2>&1; then
    # Debian ships venv apart from Python.
    package=$("$python" -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])')
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
      apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$package" >/dev/null
    fi
    if ! "$python" -m venv --clear .venv >/dev/null 2>&1; then
      rm -rf .venv
      say "Lỗi: không tạo được môi trường Python; đề nghị cài: sudo apt install $package" \
        "Error: no Python environment could be made; install: sudo apt install $package"
      exit 1
    fi
  fi
fi

say "Đang cài thư viện ($1)…" "Installing libraries ($1)…"
if ! .venv/bin/python -m pip install --quiet --disable-pip-version-check --requirement "$1"; then
  say "Lỗi: không cài được thư viện; đề nghị kiểm tra kết nối mạng rồi chạy lại, hoặc xem docs/operations.md (máy không có Internet)" \
    "Error: the libraries could not be installed; check the network and run it again, or see docs/operations.md (no Internet)"
  exit 1
fi
