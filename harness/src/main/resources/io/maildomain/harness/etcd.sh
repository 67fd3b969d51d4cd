#!/bin/sh
# kube-api-test has etcd listen on every interface; loopback is enough. Nothing here must survive a power cut either.
for argument; do
  shift
  case "$argument" in http://0.0.0.0:*) argument=http://127.0.0.1:${argument##*:} ;; esac
  set -- "$@" "$argument"
done
bin=$(dirname "$0")/../../bin
exec "$bin/guard" "$(cat "$bin/owner")" "$bin/etcd" --unsafe-no-fsync "$@"
