# Building. Sourced; `build_target NAME [CMAKE_TARGET…]`: site, npm, or a preset of CMakePresets.json.
# shellcheck shell=bash

# What one checkout compiled, another one need not.
# The sloppiness is what ccache asks for before it keeps anything made with precompiled headers.
export CCACHE_BASEDIR=$ROOT CCACHE_NOHASHDIR=1 CCACHE_SLOPPINESS=pch_defines,time_macros

configure_preset() { # usage: configure_preset PRESET
    local folder=$ROOT/build/$1 key
    # Another Emscripten or other pins: configure afresh.
    key=$(cat "$ROOT/CMakePresets.json" "$ROOT/emsdk.env" <(echo "$ROOT ${EMCC_DIR:-}") | sha256sum)
    [ -f "$folder/build.ninja" ] && [ "$(cat "$folder/.limner-key" 2>/dev/null)" = "$key" ] && return
    rm -rf "$folder/CMakeCache.txt" "$folder/CMakeFiles"
    (cd "$ROOT" && quietly "configuring $1" cmake --preset "$1")
    printf '%s\n' "$key" >"$folder/.limner-key"
}

build_target() {
    local name=$1
    shift
    if [ "$name" = site ]; then
        build_target wasm app core
        node "$ROOT/tools/assemble.mjs"
        return
    fi
    if [ "$name" = npm ]; then
        build_target site
        node "$ROOT/tools/npm-package.mjs"
        return
    fi
    configure_preset "$name"
    say "building $name${*:+ ($*)}"
    # Ninja's own progress on a terminal; only what matters in a log.
    local quiet=--quiet
    [ ! -t 2 ] || quiet=
    nice -n 5 ninja -C "$ROOT/build/$name" ${quiet:+"$quiet"} -j "$(jobs_count)" "${@:-all}" >&2 ||
        fail "building $name did not work; the compiler's words are above."
}
