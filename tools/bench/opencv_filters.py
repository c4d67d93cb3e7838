"""How long OpenCV's filters take on this machine: one thread, 1024 by 1024, the best of three. Prints JSON,
milliseconds of processor time by name."""

import json
import time
from collections.abc import Callable

import cv2
import numpy as np

SIDE = 1024
SIGMA = 9.2  # of the blur that retouching asks for at this size


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
    other = np.ascontiguousarray(four[::-1])
    rows, columns = np.mgrid[0:SIDE, 0:SIDE].astype(np.float32)
    ways = (columns + 5 * np.sin(rows / 30), rows + 5 * np.sin(columns / 30))
    disc = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (21, 21)).astype(np.float32)
    disc /= disc.sum()
    filters: dict[str, Callable[[], object]] = {
        # What an image of ours is: four floats a pixel.
        "GaussianBlur": lambda: cv2.GaussianBlur(four, (0, 0), SIGMA),
        "resize": lambda: cv2.resize(four[::4, ::4], (SIDE, SIDE), interpolation=cv2.INTER_LANCZOS4),
        "remap": lambda: cv2.remap(four, *ways, interpolation=cv2.INTER_LINEAR),
        "filter2D": lambda: cv2.filter2D(four, -1, disc),
        "addWeighted": lambda: cv2.addWeighted(four, 0.4, other, 0.6, 0),
        "pow": lambda: cv2.pow(four, 0.8),
        "sqrt": lambda: cv2.sqrt(four),
        "cornerEigenValsAndVecs": lambda: cv2.cornerEigenValsAndVecs(grey, 13, 3),
        # These take bytes only.
        "bilateralFilter": lambda: cv2.bilateralFilter(picture, 9, 30, 7),
        "edgePreservingFilter": lambda: cv2.edgePreservingFilter(picture),
        "stylization": lambda: cv2.stylization(picture),
        "pencilSketch": lambda: cv2.pencilSketch(picture),
    }
    print(json.dumps({name: best(act) for name, act in filters.items()}))


if __name__ == "__main__":
    main()
