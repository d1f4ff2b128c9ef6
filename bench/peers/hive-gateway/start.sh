#!/bin/sh
# Composes the supergraph for this upstream and serves it.
set -eu
mkdir -p node_modules/.bench
supergraph="node_modules/.bench/supergraph.graphql"
node compose.js "$supergraph"
exec node node_modules/@graphql-hive/gateway/dist/bin.js supergraph "$supergraph" \
  --config-path gateway.config.js --host 127.0.0.1 --port "$PORT"
