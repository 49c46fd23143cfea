#!/bin/sh
# What the browser tests need beside Python packages: Chromium and a font with Chinese characters.
set -eu

if [ -x /usr/bin/chromium ] && fc-list :lang=zh 2>/dev/null | grep -q .; then
    exit 0
fi
if ! command -v apt-get >/dev/null || [ "$(id -u)" -ne 0 ]; then
    echo "browser tests need /usr/bin/chromium and a Chinese font: on Debian, as root, run" >&2
    echo "  apt-get install --no-install-recommends chromium fontconfig fonts-noto-cjk" >&2
    exit 1
fi
apt-get update -qq
DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
    chromium fontconfig fonts-noto-cjk
