# Emscripten of the pinned version, from the first place that has it. Sourced; `emscripten_setup` finds or makes it,
# and sets EMCC_DIR (the folder of emcc) and, for our private copy, EM_CONFIG.
#
# 1. emcc on PATH, if it is that version   2. $EMSDK, likewise
# 3. Debian's packages, unpacked into .cache/toolchain (nothing of the system is touched)   4. a clone of emsdk
# shellcheck shell=bash

TOOLCHAIN=$CACHE/toolchain

emcc_is_pinned() { # usage: emcc_is_pinned EMCC
    [ -x "$1" ] && "$1" --version 2>/dev/null | head -n 1 | grep -qF " $EMSCRIPTEN_VERSION"
}

# The Debian mirror this system already uses, so that a proxy or a local mirror keeps working.
debian_mirror() {
    apt-get indextargets --format '$(REPO_URI)' 2>/dev/null | grep -E '/debian/?$' | head -n 1
}

# apt with lists of its own, under .cache/apt: the system's sources stay as they are. usage: private_apt ARGS…
private_apt() {
    local home=$CACHE/apt
    apt-get -qq -o Dir::Etc::sourcelist="$home/sources.list" -o Dir::Etc::sourceparts=/dev/null \
        -o Dir::Etc::preferences=/dev/null -o Dir::Etc::preferencesparts=/dev/null \
        -o Dir::State::lists="$home/lists" -o Dir::Cache="$home/cache" \
        -o APT::Sandbox::User="$(id -un)" ${APT_OPTIONS:-} "$@"
}

private_apt_lists() { # usage: private_apt_lists 'deb … main' …
    local home=$CACHE/apt mirror line keyring=/usr/share/keyrings/debian-archive-keyring.gpg
    mirror=$(debian_mirror)
    [ -n "$mirror" ] && [ -f "$keyring" ] || return 1
    mkdir -p "$home/lists/partial" "$home/cache/archives/partial"
    for line in "$@"; do printf '%s\n' "${line/MIRROR/[signed-by=$keyring] $mirror}"; done >"$home/sources.list"
    private_apt update
}

# Fetches the five packages into .cache/toolchain/dl and checks them.
fetch_toolchain_packages() {
    local pin name hash file apt_ready=
    mkdir -p "$TOOLCHAIN/dl"
    for pin in "emscripten $EMSCRIPTEN_DEB_SHA256" "binaryen $BINARYEN_DEB_SHA256" "libc6 $LIBC6_DEB_SHA256" \
        "libstdc++6 $LIBSTDCXX6_DEB_SHA256" "libgcc-s1 $LIBGCC_S1_DEB_SHA256"; do
        name=${pin% *} hash=${pin#* }
        file=$TOOLCHAIN/dl/$name.deb
        has_sha256 "$file" "$hash" && continue
        if [ -z "$apt_ready" ]; then
            private_apt_lists "deb MIRROR $EMSCRIPTEN_DEBIAN_SUITE main" || return 1
            apt_ready=yes
        fi
        say "  $name ($EMSCRIPTEN_DEBIAN_SUITE)"
        rm -rf "$TOOLCHAIN/dl/new" && mkdir "$TOOLCHAIN/dl/new"
        (cd "$TOOLCHAIN/dl/new" && private_apt download "$name") || return 1
        mv "$TOOLCHAIN"/dl/new/*.deb "$file"
        if ! has_sha256 "$file" "$hash"; then
            case $name in
            emscripten | binaryen)
                say "Debian's $name is no longer the pinned one (SHA-256 differs)."
                return 1
                ;;
            *) say "  $name is newer than the pin: taken, as Debian's signed index vouches for it." ;;
            esac
        fi
    done
}

# Unpacks them side by side. Binaryen is built against a newer libc than Debian 12 has, so each of its tools is a
# two-line script that starts it with the libc unpacked next to it.
unpack_toolchain() {
    local D=$TOOLCHAIN.new E name tool package
    rm -rf "$D" && mkdir -p "$D/rt" "$D/binaryen/bin"
    dpkg --fsys-tarfile "$TOOLCHAIN/dl/emscripten.deb" | tar x -C "$D" --exclude='*/wasm32-emscripten/lto*' \
        --exclude='*/wasm32-emscripten/pic' --exclude='./usr/share/emscripten/test' --exclude='./usr/share/doc' \
        --exclude='./usr/share/emscripten/docs' || return 1
    for package in binaryen libc6 libstdc++6 libgcc-s1; do
        dpkg --fsys-tarfile "$TOOLCHAIN/dl/$package.deb" |
            tar x -C "$D/rt" --exclude='./usr/share*' --exclude='*/gconv*' || return 1
    done
    for tool in "$D"/rt/usr/bin/wasm*; do
        name=${tool##*/}
        cat >"$D/binaryen/bin/$name" <<SCRIPT
#!/bin/sh
R=\$(dirname "\$(dirname "\$(dirname "\$(readlink -f "\$0")")")")/rt/usr
exec "\$R/lib/x86_64-linux-gnu/ld-linux-x86-64.so.2" --library-path "\$R/lib/x86_64-linux-gnu" "\$R/bin/$name" "\$@"
SCRIPT
        chmod +x "$D/binaryen/bin/$name"
    done
    # Emscripten's optimizer looks for these two beside itself; Debian's node packages are not found by other nodes.
    E=$D/usr/share/emscripten
    cp "$ROOT/tools/emscripten-npm/package.json" "$ROOT/tools/emscripten-npm/package-lock.json" "$E/"
    quietly "npm ci for Emscripten" npm ci --prefix "$E" --ignore-scripts --no-audit --no-fund
    cat >"$D/em_config" <<CONFIG
import os
_here = os.path.dirname(os.path.abspath(os.environ['EM_CONFIG']))
LLVM_ROOT = '/usr/lib/llvm-19/bin'
BINARYEN_ROOT = _here + '/binaryen'
NODE_JS = '$(command -v node)'
FROZEN_CACHE = True
CLOSURE_COMPILER = ['$(command -v node)', _here + '/usr/share/emscripten/node_modules/google-closure-compiler/cli.js']
CONFIG
    mv "$TOOLCHAIN/dl" "$D/dl"
    rm -rf "$TOOLCHAIN" && mv "$D" "$TOOLCHAIN"
    rm -f "$TOOLCHAIN"/dl/*.deb # 235 MB that nobody needs again
    printf 'export EM_CONFIG=%s/em_config PATH=%s/usr/share/emscripten:$PATH\n' "$TOOLCHAIN" "$TOOLCHAIN" >"$TOOLCHAIN/env.sh"
}

emscripten_from_debian() {
    [ "$(dpkg --print-architecture 2>/dev/null)" = amd64 ] || return 1
    say "fetching Emscripten $EMSCRIPTEN_VERSION as Debian packages into .cache/toolchain (235 MB, once)"
    fetch_toolchain_packages && unpack_toolchain
}

emscripten_from_upstream() {
    local sdk=$CACHE/emsdk
    say "fetching Emscripten $EMSCRIPTEN_VERSION with emsdk into .cache/emsdk (about 1 GB, once)"
    [ -d "$sdk/.git" ] || git clone -q --depth 1 --branch "$EMSDK_TAG" "$EMSDK_REPOSITORY" "$sdk" || return 1
    (cd "$sdk" && ./emsdk install "$EMSCRIPTEN_VERSION" && ./emsdk activate "$EMSCRIPTEN_VERSION") >&2 || return 1
}

emscripten_setup() {
    local candidate
    for candidate in "$(command -v emcc || true)" "${EMSDK:-/nowhere}/upstream/emscripten/emcc"; do
        if [ -n "$candidate" ] && emcc_is_pinned "$candidate"; then
            EMCC_DIR=$(dirname "$(readlink -f "$candidate")")
            return
        fi
    done
    candidate=$TOOLCHAIN/usr/share/emscripten/emcc
    if [ ! -x "$candidate" ] && [ ! -x "$CACHE/emsdk/upstream/emscripten/emcc" ]; then
        emscripten_from_debian || emscripten_from_upstream ||
            fail "no Emscripten $EMSCRIPTEN_VERSION: Debian's packages and the emsdk clone both failed. Is the network there?"
    fi
    if [ -x "$candidate" ]; then
        export EM_CONFIG=$TOOLCHAIN/em_config
    else
        candidate=$CACHE/emsdk/upstream/emscripten/emcc
        export EM_CONFIG=$CACHE/emsdk/.emscripten
    fi
    EMCC_DIR=$(dirname "$candidate")
    [ -f "$EMCC_DIR/.limner-checked" ] || {
        emcc_is_pinned "$candidate" || fail "$candidate is not Emscripten $EMSCRIPTEN_VERSION, or does not start."
        : >"$EMCC_DIR/.limner-checked"
    }
}
