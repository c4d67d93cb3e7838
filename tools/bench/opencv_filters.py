"""How long OpenCV's filters take on this machine: one thread, 1024 by 1024, the best of three. Prints JSON,
milliseconds of processor time by name."""

import json
import time
from collections.abc import Callable

import cv2
import numpy as np

SIDE = 1024


def best(act: Callable[[], object]) -> float:
    """Milliseconds of processor time of the fastest of three runs."""
    times = []
    for _ in range(3):
        start = time.process_time()
        act()
        times.append((time.process_time() - start) * 1000)
    return min(times)


def main() -> None:
    """Times every filter on one drawn picture."""
    cv2.setNumThreads(1)
    rng = np.random.default_rng(1)
    coarse = rng.random((32, 32, 3), dtype=np.float32)
    smooth = cv2.resize(coarse, (SIDE, SIDE), interpolation=cv2.INTER_CUBIC)
    grain = rng.random((SIDE, SIDE, 3), dtype=np.float32)
    picture = np.clip(255 * (0.85 * smooth + 0.15 * grain), 0, 255).astype(np.uint8)
    four = cv2.cvtColor(picture, cv2.COLOR_BGR2BGRA).astype(np.float32) / 255
    grey = cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY).astype(np.float32)
    print(
        json.dumps(
            {
                # What an image of ours is: four floats a pixel.
                "GaussianBlur": best(lambda: cv2.GaussianBlur(four, (0, 0), 4)),
                "resize": best(lambda: cv2.resize(four[::4, ::4], (SIDE, SIDE), interpolation=cv2.INTER_CUBIC)),
                "cornerEigenValsAndVecs": best(lambda: cv2.cornerEigenValsAndVecs(grey, 3, 3)),
                # These take bytes only.
                "bilateralFilter": best(lambda: cv2.bilateralFilter(picture, 9, 30, 7)),
                "edgePreservingFilter": best(lambda: cv2.edgePreservingFilter(picture)),
                "stylization": best(lambda: cv2.stylization(picture)),
                "pencilSketch": best(lambda: cv2.pencilSketch(picture)),
                "LUT": best(lambda: cv2.LUT(picture, np.arange(256, dtype=np.uint8))),
            }
        )
    )


if __name__ == "__main__":
    main()
