"""The schema as training sees it: where each named number sits in the network's input.

The one source is `src/recipe/schema.json`; the layout rules are those of `src/sitter/sitter.h`.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np

PROJECT = Path(__file__).resolve().parents[3]
SCHEMA_PATH = PROJECT / "src" / "recipe" / "schema.json"


@dataclass(frozen=True)
class Attribute:
    """One attribute and its slice `[offset, offset + count)` of the input vector."""

    id: str
    group: str
    type: str
    net: str
    offset: int
    count: int
    low: float
    high: float
    options: tuple[str, ...]
    mirror_negates: bool


@dataclass(frozen=True)
class Schema:
    """Everything training needs from schema.json."""

    version: int
    attributes: tuple[Attribute, ...]
    input_count: int
    noise_count: int
    lights: tuple[str, ...]
    gains: tuple[float, ...]  # of each light in the studio, as pictures are shown
    even: tuple[float, ...]  # and in the even light in which the network learns
    regions: tuple[str, ...]
    layers: tuple[tuple[str, int], ...]

    def attribute(self, name: str) -> Attribute:
        """Attribute by id; KeyError if there is none."""
        for item in self.attributes:
            if item.id == name:
                return item
        raise KeyError(name)

    @property
    def vector_count(self) -> int:
        """Length of the whole network input: named numbers, then noise."""
        return self.input_count + self.noise_count

    @property
    def channel_count(self) -> int:
        """Planes of the `layers` tensor."""
        return sum(count for _, count in self.layers)

    @property
    def rendered_count(self) -> int:
        """Planes that a rendered sitter has: all but `strands`, which are measured on it and come last."""
        return self.layer_slice("strands").start

    def layer_slice(self, name: str) -> slice:
        """Planes of one layer within the `layers` tensor."""
        start = 0
        for layer, count in self.layers:
            if layer == name:
                return slice(start, start + count)
            start += count
        raise KeyError(name)

    def mirror_signs(self) -> np.ndarray:
        """[vector_count] of +1/-1: the input of the mirrored sitter is this times the input."""
        signs = np.ones(self.vector_count, np.float32)
        for item in self.attributes:
            if item.mirror_negates:
                signs[item.offset : item.offset + item.count] = -1
        return signs

    def mirror_lights(self) -> list[int]:
        """Permutation of the lights under a mirror: left and right change places."""
        names = list(self.lights)

        def twin(name: str) -> str:
            if "left" in name:
                return name.replace("left", "right")
            return name.replace("right", "left")

        return [names.index(twin(name)) for name in names]

    def mirror_gains(self) -> list[float]:
        """What each light of a mirrored picture in even light is multiplied by, so that the key light stays on its side."""
        return [own / self.even[twin] for own, twin in zip(self.even, self.mirror_lights(), strict=True)]

    def studio_gains(self) -> list[float]:
        """What each light of a picture in even light is multiplied by in the studio."""
        return [gain / even for gain, even in zip(self.gains, self.even, strict=True)]


def _input_count(item: dict[str, Any]) -> int:
    if item["type"] == "choice":
        return len(item["options"])
    if item["net"] == "circle":
        return 2
    return int(item.get("length", 1))


@lru_cache(maxsize=1)
def load_schema() -> Schema:
    """Reads schema.json."""
    raw = json.loads(SCHEMA_PATH.read_text())
    attributes: list[Attribute] = []
    offset = 0
    for item in raw["attributes"]:
        count = _input_count(item)
        attributes.append(
            Attribute(
                id=item["id"],
                group=item["group"],
                type=item["type"],
                net=item["net"],
                offset=offset,
                count=count,
                low=float(item.get("min", 0)),
                high=float(item.get("max", 1)),
                options=tuple(option["id"] for option in item.get("options", [])),
                mirror_negates=item.get("mirror") == "negate",
            )
        )
        offset += count
    return Schema(
        version=int(raw["schema"]),
        attributes=tuple(attributes),
        input_count=offset,
        noise_count=int(raw["noise"]),
        lights=tuple(light["id"] for light in raw["lights"]),
        gains=tuple(float(light["gain"]) for light in raw["lights"]),
        even=tuple(float(light["even"]) for light in raw["lights"]),
        regions=tuple(raw["regions"]),
        layers=tuple((layer["name"], int(layer["channels"])) for layer in raw["layers"]),
    )
