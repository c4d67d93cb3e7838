# npm packages, exactly those of package-lock.json, and a node that is new enough. Sourced; `node_setup`, `npm_setup`.
# shellcheck shell=bash

node_is_new_enough() { [ "$(node -p 'process.versions.node.split(".")[0]' 2>/dev/null || echo 0)" -ge 20 ]; }

# Debian 12's node is 18: then the one of tools/node-npm (an npm package that carries the program) comes first on PATH.
node_setup() {
    node_is_new_enough && return
    local folder=$CACHE/node
    if [ ! -x "$folder/node_modules/.bin/node" ]; then
        say "fetching a newer node from npm into .cache/node"
        rm -rf "$folder" && mkdir -p "$folder"
        cp "$ROOT"/tools/node-npm/package*.json "$ROOT/tools/node-npm/.npmrc" "$folder/"
        quietly "npm ci of node" npm ci --prefix "$folder" --ignore-scripts
        # One of the two processors' packages; npm leaves an optional one that could not be fetched out, silently.
        local program
        for program in "$folder"/node_modules/node-linux-*/bin/node; do
            [ -x "$program" ] || {
                rm -rf "$folder"
                fail "this node is older than 20, and a newer one could not be fetched from npm. Is the network there?"
            }
            mkdir -p "$folder/node_modules/.bin"
            ln -sf "$program" "$folder/node_modules/.bin/node"
        done
    fi
    export PATH=$folder/node_modules/.bin:$PATH
    node_is_new_enough || fail "node 20 or newer is needed, and the one from npm does not start here."
}

# usage: npm_setup [dev] ; with `dev` also what only tests need (Playwright, TypeScript, Dawn, ONNX Runtime for node)
npm_setup() {
    local lock want=${1:-site} stamp=$ROOT/node_modules/.limner-lock omit=(--omit=dev)
    lock=$(sha256sum <"$ROOT/package-lock.json" | cut -c1-64)
    case $(cat "$stamp" 2>/dev/null) in "$lock $want" | "$lock dev") return ;; esac
    [ "$want" = dev ] && omit=()
    say "fetching npm packages (package-lock.json)"
    (cd "$ROOT" && quietly "npm ci" npm ci --ignore-scripts --no-audit --no-fund "${omit[@]}")
    printf '%s\n' "$lock $want" >"$stamp"
}
