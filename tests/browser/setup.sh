#!/bin/sh
# What the browser tests need beside Python packages: Chromium, a font with Chinese characters,
# and pdftotext.
set -eu

missing=
[ -x /usr/bin/chromium ] || missing="$missing chromium"
fc-list :lang=zh 2>/dev/null | grep -q . || missing="$missing fontconfig fonts-noto-cjk"
command -v pdftotext >/dev/null || missing="$missing poppler-utils"
[ -n "$missing" ] || exit 0

if ! command -v apt-get >/dev/null || [ "$(id -u)" -ne 0 ]; then
    echo "browser tests need Chromium, a Chinese font and pdftotext: on Debian, as root, run" >&2
    echo "  apt-get install --no-install-recommends$missing" >&2
    exit 1
fi
apt-get update -qq
# shellcheck disable=SC2086  # one package a word
DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing
