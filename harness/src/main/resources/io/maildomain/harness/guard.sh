#!/bin/sh
# guard PID PROGRAM ARGUMENT...: becomes the program, and ends it within some seconds once process PID is gone, however
# that went: nothing stays behind after kill -9 either.
owner=$1
shift
self=$$
(
  while kill -0 "$owner" && kill -0 "$self"; do sleep 1; done
  kill -0 "$owner" || { kill -TERM "$self" && sleep 3 && kill -KILL "$self"; }
) </dev/null >/dev/null 2>&1 &
exec "$@"
