# Shared by the scripts behind ./limner: where things lie, and how they speak. Sourced, never run.
# shellcheck shell=bash

ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
CACHE=$ROOT/.cache
# shellcheck source=../emsdk.env
. "$ROOT/emsdk.env"

say() { printf '%s\n' "limner: $*" >&2; }
fail() {
    printf '%s\n' "limner: $*" >&2
    exit 1
}

# Runs a command quietly; its output is shown only when it fails. usage: quietly "What this is" command…
quietly() {
    local what=$1 log
    shift
    mkdir -p "$CACHE/log"
    log=$CACHE/log/$(printf '%s' "$what" | tr -cs 'A-Za-z0-9' '-' | cut -c1-60).log
    if ! "$@" >"$log" 2>&1 </dev/null; then
        tail -n 40 "$log" >&2
        fail "$what did not work; the whole log is ${log#"$ROOT"/}."
    fi
}

# Is this file the pinned one? usage: has_sha256 FILE HASH
has_sha256() { [ -f "$1" ] && [ "$(sha256sum <"$1" | cut -c1-64)" = "$2" ]; }

# How many compilers at once: the cores, but no more than the memory carries at 1.2 GB each.
jobs_count() {
    local cores memory
    cores=$(nproc)
    memory=$(awk '/MemAvailable/ {print int($2 / 1200000)}' /proc/meminfo)
    [ "${memory:-1}" -ge 1 ] || memory=1
    echo $((cores < memory ? cores : memory))
}

# One set-up at a time in one checkout: a second waits for the first.
lock_setup() {
    mkdir -p "$CACHE"
    exec 9>"$CACHE/setup.lock"
    flock -n 9 || {
        say "another set-up is running here; waiting for it."
        flock 9
    }
}
unlock_setup() { exec 9>&-; }
