#!/usr/bin/env bash
# Gives every variable whose name is a setting's, such as discovery.type, to Elasticsearch.
set -euo pipefail
settings=()
while IFS= read -r -d '' variable; do
  [[ ! $variable =~ ^[a-z0-9_]+\.[a-z0-9_.]+= ]] || settings+=("-E$variable")
done </proc/self/environ
exec /usr/share/elasticsearch/bin/elasticsearch "${settings[@]}"
