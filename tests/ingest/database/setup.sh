#!/bin/sh
# What the database tests need beside Python packages: the programs of a PostgreSQL server.
set -eu

if command -v initdb >/dev/null || ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1; then
    exit 0
fi
if ! command -v apt-get >/dev/null || [ "$(id -u)" -ne 0 ]; then
    echo "database tests need a PostgreSQL server's initdb and pg_ctl: on Debian, as root, run" >&2
    echo "  apt-get install --no-install-recommends postgresql" >&2
    exit 1
fi
apt-get update -qq
DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends postgresql
