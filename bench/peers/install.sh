#!/bin/sh
# Installs the peers, each into its own folder; with arguments, only those named.
set -eu
cd "$(dirname "$0")"
if [ "$#" -eq 0 ]; then set -- */; fi
for peer in "$@"; do
  peer="${peer%/}"
  [ -f "$peer/package.json" ] || continue
  echo "installing $peer"
  (cd "$peer" && npm install --no-package-lock --no-audit --no-fund --loglevel=warn)
done
