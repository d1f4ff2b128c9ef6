#!/bin/sh
# Tailcall reads neither its port nor its upstream's address from the environment: they are filled in here.
set -eu
mkdir -p node_modules/.bench
cache=0
if [ -n "${KEEP_INSTITUTIONS:-}" ]; then cache=1000; fi
config="node_modules/.bench/page.graphql"
sed -e "s|\${PORT}|$PORT|g" -e "s|\${MX_BASE_URL}|$MX_BASE_URL|g" -e "s|\${HTTP_CACHE}|$cache|g" page.graphql.template > "$config"
exec node_modules/@tailcallhq/core-linux-x64-gnu/bin/tailcall start "$config"
