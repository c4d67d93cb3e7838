# Debian packages of tools/packages.txt. Sourced; `install_packages GROUP…` installs what is missing of these groups.
# The one step that needs root (or sudo); without either it says what to ask an administrator for.
# shellcheck shell=bash

is_installed() { [ "$(dpkg-query -W -f='${db:Status-Status}' "$1" 2>/dev/null)" = installed ]; }
is_known() { [ -n "$(apt-cache madison "$1" 2>/dev/null)" ]; }

missing_packages() { # usage: missing_packages GROUP… ; prints names
    local spec rest command why group name found
    while IFS='#' read -r spec why; do
        read -r spec rest <<<"$spec" || true
        [ -n "$spec" ] || continue
        command=
        case $rest in @*) command=${rest#@} && command=${command%% *} ;; esac
        group=build
        [[ $why =~ ^[[:space:]]*(build|test|train)(:|[[:space:]]*$) ]] && group=${BASH_REMATCH[1]}
        case " $* " in *" $group "*) ;; *) continue ;; esac
        [ -n "$command" ] && command -v "$command" >/dev/null && continue
        found=
        for name in ${spec//|/ }; do is_installed "$name" && found=yes; done
        [ -n "$found" ] || printf '%s\n' "$spec"
    done <"$ROOT/tools/packages.txt"
}

apt_install() { # usage: apt_install NAME… ; as root, or through sudo
    local as_root=()
    if [ "$(id -u)" != 0 ]; then
        command -v sudo >/dev/null || return 1
        as_root=(sudo)
        say "sudo may ask for your password: only Debian packages are installed with it."
    fi
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=300 install -y -qq --no-install-recommends "$@"
}

install_packages() {
    local specs=() names=() spec name
    command -v apt-get >/dev/null || fail "this is not a Debian system: install what tools/packages.txt names, then run this again."
    mapfile -t specs < <(missing_packages "$@")
    [ ${#specs[@]} -gt 0 ] || return 0
    if ! is_known "${specs[0]%%|*}" || ! apt-get install -s -qq --no-install-recommends "${specs[0]%%|*}" >/dev/null 2>&1; then
        say "reading the package lists"
        if [ "$(id -u)" = 0 ]; then apt-get update -qq || true; elif command -v sudo >/dev/null; then sudo apt-get update -qq || true; fi
    fi
    for spec in "${specs[@]}"; do
        for name in ${spec//|/ }; do is_known "$name" && break; done
        names+=("$name")
    done
    say "installing ${#names[@]} Debian packages: ${names[*]}"
    apt_install "${names[@]}" >"$CACHE/apt-install.log" 2>&1 </dev/null || {
        [ "$(id -u)" = 0 ] && apt-get update -qq >/dev/null 2>&1 && apt_install "${names[@]}" >"$CACHE/apt-install.log" 2>&1 </dev/null && return
        tail -n 15 "$CACHE/apt-install.log" >&2
        fail "Debian packages are missing. As root: apt-get install ${names[*]}"
    }
}
