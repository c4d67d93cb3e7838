"""Hair and skin in two parts: what their numbers determine, and the rest.

No number says where a single strand lies: asked for it, a network paints their mean, which is fog, or a grain that is no hair. So
a picture is taken apart (`taken_apart`): hair without its strands, which the network paints, and the strands' statistics, which it
tells in the layer `strands`:

    c, s          coherence 0..1 times cosine and sine of twice the strands' angle (x right, y down): the doubled angle makes opposite
                  directions one, so that a mean over both means something (Granlund 1978; Bigün and Granlund 1987)
    contrast      the standard deviation of the root of luminance over its local mean, of what is finer than about two pixels of 256;
                  what is coarser has about two thirds of it
    coherence     once more, by itself: where a network is not sure of the angle, c and s are short though no strand curls

Skin's grain is left out in the same way (`_without_grain`); its statistics are everybody's.

The finish draws strands with these statistics, and pores, at the picture's own size (src/finish/primitives/strands.cpp).
"""

from __future__ import annotations

import math

import cv2
import numpy as np
import torch
from torch import Tensor
from torch.nn import functional as F

from .schema import Schema

LUMA = (0.2126, 0.7152, 0.0722)
STEP = 4  # pixels between two values of the statistics while they are made
NEAR_EYES = 9  # pixels: lashes this near to an eye stay as they are
STREWN, BROWS = 2.0, 0.9  # pixels: how widely strands with skin between them are made one, and in brows, which are narrow
GRAIN, ALONG = 1.1, 1.5  # pixels: how widely skin is smoothed, and along its lines
LINED = (0.25, 0.55)  # coherence: from the one on it begins to be a line, from the other it is
FAINT = 1e-4  # of the structure tensor: less than this is no line


def _blur(x: np.ndarray, sigma: float) -> np.ndarray:
    """`[C, S, S]` blurred; borders as if the picture went on."""
    blurred = cv2.GaussianBlur(np.ascontiguousarray(x.transpose(1, 2, 0)), (0, 0), sigma, borderType=cv2.BORDER_REPLICATE)
    return blurred.reshape(*x.shape[1:], -1).transpose(2, 0, 1)


def _within(x: np.ndarray, weight: np.ndarray, sigma: float) -> np.ndarray:
    """Mean around here over what has weight."""
    both = _blur(np.concatenate([x * weight, weight]), sigma)
    return both[:-1] / (both[-1:] + 1e-3)


def _wide(x: np.ndarray, weight: np.ndarray) -> np.ndarray:
    """The same over about ten pixels, at a quarter of the side."""
    both = np.concatenate([x * weight, weight])
    c, side, _ = both.shape
    both = both.reshape(c, side // STEP, STEP, side // STEP, STEP).mean((2, 4))
    both = _blur(both, 5.0 / STEP)
    return both[:-1] / (both[-1:] + 1e-3)


def hair_of(layers: Tensor, schema: Schema) -> Tensor:
    """`[B, 1, S, S]`: share of hair, beard and brows in each pixel, but not of lashes, in 0..1."""
    regions = layers[:, schema.layer_slice("regions")]
    hair, brows, eyes = (regions[:, schema.regions.index(n)][:, None] for n in ("hair", "brows_lashes", "eyes"))
    # Two short maxima, one along each side, make a wide one.
    k = max(NEAR_EYES * layers.shape[-1] // 256, 1) | 1
    near = F.max_pool2d(F.max_pool2d(eyes, (k, 1), 1, (k // 2, 0)), (1, k), 1, (0, k // 2))
    return (hair + brows * (1 - near)).clamp(0, 1)


def _statistics(light: np.ndarray, hair: np.ndarray) -> np.ndarray:
    """`[4, S/4, S/4]` of the root of luminance `light` `[1, S, S]`."""
    weight = hair + 1e-4
    mean = np.maximum(_wide(light, hair), 0) + 0.03
    fine = light - _within(light, weight, 1.0)
    contrast = np.sqrt(np.maximum(_wide(fine * fine, hair), 0)) / mean
    gy, gx = np.gradient(_within(light, weight, 0.6)[0])
    tensor = _wide(np.stack([gx * gx - gy * gy, 2 * gx * gy, gx * gx + gy * gy]), hair * hair)
    run = -tensor[:2] / (tensor[2:] + 1e-7)  # strands run across the gradient
    return np.concatenate([run, contrast, np.hypot(run[:1], run[1:])])


def _along_lines(x: np.ndarray, weight: np.ndarray, angle: np.ndarray) -> np.ndarray:
    """Mean along `angle` `[S, S]` of what has weight, a Gaussian `ALONG` wide."""
    side = angle.shape[0]
    rows, columns = np.mgrid[0:side, 0:side].astype(np.float32)
    both = np.ascontiguousarray(np.concatenate([x * weight, weight]).transpose(1, 2, 0))
    total = np.zeros_like(both)
    for k in range(-3, 4):
        away = k * ALONG / 2
        at = (columns + away * np.cos(angle), rows + away * np.sin(angle))
        total += math.exp(-0.5 * (away / ALONG) ** 2) * cv2.remap(both, *at, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    return (total[..., :-1] / (total[..., -1:] + 1e-3)).transpose(2, 0, 1)


def _without_grain(root: np.ndarray, layers: np.ndarray, schema: Schema) -> np.ndarray:
    """The root of colour `[3, S, S]` with skin smoothed: along its lines where it has any, every way elsewhere.

    What is left out are pores, freckles and the glitter of both, of which no number says where they lie. A wrinkle, the side of a nose
    or a shadow's edge runs one way, and stays (coherence-enhancing, as Weickert 1999).
    """
    skin = layers[schema.layer_slice("regions")][schema.regions.index("skin")][None]
    light = _within(root.mean(0, keepdims=True), layers[schema.layer_slice("alpha")] + 1e-4, 1.0)
    gy, gx = np.gradient(light[0])
    xx, yy, xy = _blur(np.stack([gx * gx, gy * gy, gx * gy]), 2.0)
    coherence = np.hypot(xx - yy, 2 * xy) / (xx + yy + FAINT)
    lines = np.clip((coherence - LINED[0]) / (LINED[1] - LINED[0]), 0, 1)[None]
    smooth = _within(root, skin + 1e-4, GRAIN)
    across = 0.5 * np.arctan2(2 * xy, xx - yy)
    lined = _along_lines(root, skin + 1e-4, (across + math.pi / 2).astype(np.float32))
    return root + skin * (smooth + lines * (lined - smooth) - root)


def taken_apart(layers: np.ndarray, schema: Schema) -> np.ndarray:
    """Rendered Layers `[24, S, S]` -> `[8, S, S]`: colour and matte without strands, and `strands`."""
    rgb, alpha = layers[schema.layer_slice("rgb")], layers[schema.layer_slice("alpha")]
    hair = hair_of(torch.from_numpy(layers)[None], schema)[0].numpy()
    around = _blur(hair, 2.0)
    thick = np.clip((around - 0.4) / 0.35, 0, 1)
    strewn = np.clip(around * 10, 0, 1) * (1 - thick)  # stubble, brows, a hairline: strands with skin between them
    root = np.sqrt(np.maximum(rgb, 0))
    light = np.sqrt(np.maximum((rgb * np.array(LUMA, np.float32)[:, None, None]).sum(0, keepdims=True), 0))
    small = _statistics(light, np.maximum(hair, strewn * alpha * alpha))
    strands = cv2.resize(small.transpose(1, 2, 0), layers.shape[1:], interpolation=cv2.INTER_LINEAR).transpose(2, 0, 1)
    brows = np.clip(2 * _blur(layers[schema.layer_slice("regions")][schema.regions.index("brows_lashes")][None], 1.5), 0, 1)
    whole = _within(root, alpha + 1e-4, STREWN)
    calm = root + strewn * (whole + brows * (_within(root, alpha + 1e-4, BROWS) - whole) - root)
    calm = _without_grain(calm, layers, schema)
    # The matte is softened too and then reaches where nothing was rendered: hair's own colour goes with it.
    edge = cv2.dilate(hair[0], np.ones((9, 9), np.uint8))[None]
    own = np.concatenate([root * hair, hair])
    both = _blur(own, 2.0) + 0.05 * _blur(own, 5.0)
    solid = np.maximum(hair * thick, edge * (1 - alpha))
    calm = calm + solid * (both[:3] / (both[3:] + 1e-5) - calm)
    matte = alpha + edge * (_blur(alpha, 2.0) - alpha)
    return np.concatenate([calm * calm, matte, strands]).astype(np.float32)
