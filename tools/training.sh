# Training and weighing, which are Python. Sourced; `run_train`, `run_eval`. Debian's python, whatever else is on PATH.
# shellcheck shell=bash

training() { PYTHONPATH=$ROOT/models/training exec /usr/bin/python3 -m limner_training "$@"; }

run_train() { training "$@"; }

run_eval() {
    if [ "${1:-}" = words ]; then
        shift
        build_target native tests/eval_words
        exec "$ROOT/build/native/tests/eval_words" "$@"
    fi
    training eval "$@"
}
