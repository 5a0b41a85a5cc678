#!/usr/bin/env bash
# Installs Piper's own HTTP server and a voice where they are missing, pinned by hash (requirements/piper.txt), in an
# environment of its own: it is under the GPL-3, and Aloud speaks with it over HTTP only.
set -eu
cd "$(dirname "$0")/.."
pinned=requirements/piper.txt
place=.venv-piper
cmp --silent "$pinned" "$place/installed.txt" && exit 0
echo "== Installing Piper's server into $place"
"${PYTHON:-python3.11}" -m venv --clear "$place"
"$place/bin/pip" install --disable-pip-version-check --quiet --require-hashes --requirement "$pinned"
cp "$pinned" "$place/installed.txt"
