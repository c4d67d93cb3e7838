# Dear ImGui and Catch2, unpacked into .cache/deps. Sourced; `sources_setup`.
# From the first that has them: ../shared/deps, Debian's source packages, upstream's tag.
# shellcheck shell=bash

DEPS=$CACHE/deps

archive_from_debian() { # usage: archive_from_debian SOURCE=VERSION FILE DESTINATION
    # sid's index may be old on a mirror that stands still; the archive is held to its hash, so age does no harm here.
    APT_OPTIONS='-o Acquire::Check-Valid-Until=false' private_apt_lists "deb-src MIRROR sid main" "deb-src MIRROR trixie main" || return 1
    mkdir -p "$CACHE/apt/source"
    (cd "$CACHE/apt/source" && private_apt source --download-only "$1" || private_apt source --download-only "${1%%=*}") || return 1
    [ -f "$CACHE/apt/source/$2" ] && cp "$CACHE/apt/source/$2" "$3"
}

# Are the files we compile the pinned ones? usage: has_files FOLDER PATTERNS HASH
has_files() {
    local found
    # shellcheck disable=SC2086 # the patterns are meant to be expanded
    found=$(cd "$1" 2>/dev/null && export LC_ALL=C && sha256sum $2 2>/dev/null | sha256sum | cut -c1-64) || return 1
    [ "$found" = "$3" ]
}

# usage: unpack_source NAME VERSION ARCHIVE SHA256 DEBIAN_SOURCE REPOSITORY FILES FILES_SHA256
unpack_source() {
    local name=$1 version=$2 archive=$3 hash=$4 debian=$5 repository=$6 files=$7 files_hash=$8
    local folder=$DEPS/$name-$version kept=$DEPS/$archive
    [ -f "$folder/.limner-unpacked" ] && return
    rm -rf "$folder" && mkdir -p "$folder"
    if has_sha256 "$ROOT/../shared/deps/$archive" "$hash"; then
        kept=$ROOT/../shared/deps/$archive
    elif ! has_sha256 "$kept" "$hash"; then
        say "fetching $name $version (Debian's source package)"
        archive_from_debian "$debian" "$archive" "$kept" || true
    fi
    if has_sha256 "$kept" "$hash"; then
        tar xf "$kept" -C "$folder" --strip-components=1
    else
        rm -f "$DEPS/$archive"
        say "fetching $name $version (upstream)"
        git -C "$folder" init -q && git -C "$folder" fetch -q --depth 1 "$repository" "v$version" &&
            git -C "$folder" checkout -q FETCH_HEAD && rm -rf "$folder/.git" || true
    fi
    has_files "$folder" "$files" "$files_hash" || {
        rm -rf "$folder"
        fail "no sources of $name $version: neither Debian nor upstream could be reached, or the archive is not the pinned one."
    }
    : >"$folder/.limner-unpacked"
}

sources_setup() {
    mkdir -p "$DEPS/include"
    unpack_source imgui "$IMGUI_VERSION" "$IMGUI_ARCHIVE" "$IMGUI_SHA256" "$IMGUI_DEBIAN_SOURCE" \
        "$IMGUI_REPOSITORY" "$IMGUI_FILES" "$IMGUI_FILES_SHA256"
    unpack_source catch2 "$CATCH2_VERSION" "$CATCH2_ARCHIVE" "$CATCH2_SHA256" "$CATCH2_DEBIAN_SOURCE" \
        "$CATCH2_REPOSITORY" "$CATCH2_FILES" "$CATCH2_FILES_SHA256"
    # Header-only Debian packages, reachable for Emscripten without the rest of /usr/include.
    local header
    for header in nlohmann; do
        [ -d "/usr/include/$header" ] || fail "/usr/include/$header is missing: ./limner setup installs it."
        ln -sfn "/usr/include/$header" "$DEPS/include/$header"
    done
}
