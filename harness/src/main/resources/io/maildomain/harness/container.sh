#!/bin/sh
# container ROOT USER TMP ACCOUNT PROGRAM ARGUMENT...: becomes the program as USER, with ROOT as a read-only file system
# but for TMP, its /tmp. ACCOUNT is what a kubelet mounts of the Pod's ServiceAccount. Wants a mount namespace of its own.
set -eu
root=$1
user=$2
tmp=$3
account=$4
shift 4
mount --bind "$root" "$root"
mount -o remount,bind,ro "$root"
mount --bind "$tmp" "$root/tmp"
mount --bind "$account" "$root/var/run/secrets/kubernetes.io/serviceaccount"
mount --bind /dev "$root/dev"
mount -t proc proc "$root/proc"
exec chroot --userspec="$user" "$root" "$@"
