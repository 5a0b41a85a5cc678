#!/usr/bin/env bash
# Writes the lock files anew from pyproject.toml: every package pinned by version and by hash.
set -eu
cd "$(dirname "$0")/.."
compile() { .venv/bin/uv pip compile -q --generate-hashes --no-emit-index-url --no-emit-find-links --no-header --python-version 3.11 "$@"; }
compile pyproject.toml --extra codecs -o requirements/app.txt
compile pyproject.toml --extra codecs --extra test -c requirements/app.txt -o requirements/test.txt
compile requirements/piper.in -o requirements/piper.txt
