#!/bin/sh
bin=$(dirname "$0")/../../bin
exec "$bin/guard" "$bin/kube-apiserver" "$@"
