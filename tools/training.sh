# Training and weighing, which are Python. Sourced; `run_train`, `run_eval`. Debian's python, whatever else is on PATH.
# shellcheck shell=bash

# Large tensors come and go with every step: memory once taken is kept, in huge pages, instead of being faulted in anew.
export GLIBC_TUNABLES=glibc.malloc.hugetlb=1:glibc.malloc.mmap_max=0:glibc.malloc.trim_threshold=20000000000:glibc.malloc.top_pad=200000000

# OpenBLAS takes processors it has not heard of for ones of 2004.
if [ -z "${OPENBLAS_CORETYPE:-}" ] && grep -q -w avx512f /proc/cpuinfo; then export OPENBLAS_CORETYPE=SkylakeX; fi

training() { PYTHONPATH=$ROOT/models/training exec /usr/bin/python3 -m limner_training "$@"; }

run_train() {
    build_target native bust_maps # it draws what the network paints by
    training "$@"
}

run_eval() {
    if [ "${1:-}" = words ]; then
        shift
        build_target native tests/eval_words
        exec "$ROOT/build/native/tests/eval_words" "$@"
    fi
    build_target native bust_maps finish_layers
    training eval "$@"
}
