#!/bin/sh
# What the browser tests need beside Python packages: Chromium, a font with Chinese characters,
# pdftotext, and axe, which judges whether everybody can use the page. axe is not part of this
# repository: npm brings it into a cache outside, and the hash tells that it is the one we mean.
set -eu

AXE=axe-core@4.14.1
AXE_SHA256=29348999450cdf2849a8e70b7912fc2da85a849da39c0d0d5394f51d4a9ed95c
CACHE=${XDG_CACHE_HOME:-$HOME/.cache}/follower-funnel

is_axe() { echo "$AXE_SHA256  $1" | sha256sum --check --status 2>/dev/null; }

missing=
[ -x /usr/bin/chromium ] || missing="$missing chromium"
fc-list :lang=zh 2>/dev/null | grep -q . || missing="$missing fontconfig fonts-noto-cjk"
command -v pdftotext >/dev/null || missing="$missing poppler-utils"
is_axe "$CACHE/axe.min.js" || command -v npm >/dev/null || missing="$missing npm"

if [ -n "$missing" ]; then
    if ! command -v apt-get >/dev/null || [ "$(id -u)" -ne 0 ]; then
        echo "browser tests need Chromium, a Chinese font, pdftotext and npm: on Debian, as root, run" >&2
        echo "  apt-get install --no-install-recommends$missing" >&2
        exit 1
    fi
    apt-get update -qq
    # shellcheck disable=SC2086  # one package a word
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing
fi

if ! is_axe "$CACHE/axe.min.js"; then
    fetched=$(mktemp -d)
    trap 'rm -rf "$fetched"' EXIT
    (cd "$fetched" && npm pack --silent "$AXE" >/dev/null && tar xzf axe-core-*.tgz package/axe.min.js)
    if ! is_axe "$fetched/package/axe.min.js"; then
        echo "npm brought another $AXE than the one pinned in $0: nothing was kept" >&2
        exit 1
    fi
    mkdir -p "$CACHE"
    mv "$fetched/package/axe.min.js" "$CACHE/axe.min.js"
fi
