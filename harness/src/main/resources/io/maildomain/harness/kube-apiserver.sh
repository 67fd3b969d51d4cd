#!/bin/sh
bin=$(dirname "$0")/../../bin
exec "$bin/guard" "$(cat "$bin/owner")" "$bin/kube-apiserver" "$@"
