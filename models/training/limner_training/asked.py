"""The page's own code, asked by training: processes that read numbers and answer with numbers, until nobody asks any more."""

from __future__ import annotations

import os
import subprocess
import tempfile
import weakref
from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto, helper

BUILT = Path(__file__).resolve().parents[3] / "build" / "native"


def _end(process: subprocess.Popen[bytes], file: Path) -> None:
    process.kill()
    file.unlink(missing_ok=True)


class Asked:
    """`<name> FILE.onnx SIDE …` (models/training/*.cpp), whose file has the given initialisers."""

    def __init__(self, name: str, initialisers: list[onnx.TensorProto], *sides: int) -> None:
        tool = BUILT / name
        if not tool.exists():
            raise SystemExit(f"{name} is not built: `./limner build native` builds it.")
        values = [helper.make_tensor_value_info(value, TensorProto.FLOAT, [1]) for value in "xy"]
        graph = helper.make_graph([helper.make_node("Identity", ["x"], ["y"])], name, values[:1], values[1:], initialisers)
        self.name = name
        handle, file = tempfile.mkstemp(suffix=".onnx")
        with os.fdopen(handle, "wb") as stream:
            stream.write(helper.make_model(graph).SerializeToString())
        self.process = subprocess.Popen([str(tool), file, *map(str, sides)], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        weakref.finalize(self, _end, self.process, Path(file))

    def __deepcopy__(self, _memo: dict[int, object]) -> Asked:
        return self

    def ask(self, *numbers: np.ndarray) -> None:
        """Gives it numbers as they lie in memory. What does not fit into a pipe it must not answer before it has all of it."""
        assert self.process.stdin is not None
        try:
            for some in numbers:
                self.process.stdin.write(np.ascontiguousarray(some).tobytes())
            self.process.stdin.flush()
        except BrokenPipeError:
            self._ended()

    def answer(self, out: np.ndarray) -> None:
        """Fills `out`, which lies in one piece, with what it says next."""
        assert self.process.stdout is not None
        view = memoryview(out).cast("B")
        while len(view) > 0:
            got = self.process.stdout.readinto(view)  # type: ignore[attr-defined]
            if not got:
                self._ended()
            view = view[got:]

    def _ended(self) -> None:
        raise SystemExit(f"{self.name} has ended; its last words are above.")
