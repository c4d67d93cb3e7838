"""Portraits as the page shows them: painted Layers, and what the core draws on them at the picture's size (src/finish).

Weighing asks the core itself (models/training/finish_layers.cpp) for pictures of the network's own size: hair in strands, pores and
wrinkles, beards and eyes, jaws drawn to their outline.
"""

from __future__ import annotations

import numpy as np
import torch
from onnx import numpy_helper
from torch import Tensor

from .asked import Asked
from .network import Generator
from .sheet import undisplayed


class Finisher:
    """Finishes what a generator paints, or is asked to paint."""

    def __init__(self, model: Generator, size: int | None = None) -> None:
        """`size`: pixels of the pictures' sides, those of the network's if there is none."""
        self.schema = model.schema
        self.side = model.size.resolution
        self.size = size or self.side
        known = [] if model.bust is None else model.bust.initialisers("model.bust.")
        for name, skeleton in (("skeleton", model.skeleton), ("worn", model.worn)):
            known += [numpy_helper.from_array(value.detach().cpu().numpy(), f"model.{name}.{key}") for key, value in skeleton.state_dict().items()]
        self.tool = Asked("finish_layers", known, self.side, self.size)

    def picture(self, layers: np.ndarray, vector: np.ndarray) -> np.ndarray:
        """Layers `[28, S, S]` of the sitter of `vector [V]`, in the studio -> bytes `[size, size, 4]` as the page shows them, cut out."""
        shown = np.empty((self.size, self.size, 4), np.uint8)
        self.tool.ask(vector, layers)
        self.tool.answer(shown)
        return shown

    def finish(self, layers: Tensor, vectors: Tensor) -> Tensor:
        """Layers `[B, 28, S, S]` of the sitters of `vectors [B, V]` -> the same with colour and matte as the page shows them, at their size."""
        out = layers.clone()
        colour, alpha = self.schema.layer_slice("rgb"), self.schema.layer_slice("alpha")
        for i, (item, vector) in enumerate(zip(layers.float().cpu().numpy(), vectors.float().cpu().numpy(), strict=True)):
            picture = torch.from_numpy(self.picture(item, vector).astype(np.float32) / 255).permute(2, 0, 1).to(layers.device)
            out[i, colour], out[i, alpha] = undisplayed(picture[:3]), picture[3:]
        return out
