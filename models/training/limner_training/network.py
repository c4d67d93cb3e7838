"""The generator: a sitter's numbers in, Layers out.

A skeleton (skeleton.py) says where every part of head and shoulders is, and maps of a mesh of them (bust.py) which way each spot of
skin faces; a style-modulated decoder after StyleGAN2 (Karras et al. 2020) paints on it. Every convolution's input channels are scaled
by the style and its output demodulated by the weights' expected norm, written as Mul, Conv, Mul so that a batch shares one plain
convolution. All that determines a training picture is in the
input, so there is no latent to invert; what names do not determine (strands, pores) comes from fixed planes of noise that the 16
noise numbers weigh. The exported graph has Conv, Gemm, MatMul, Mul, Add, Exp, Sin, Cos, Resize, AveragePool and DepthToSpace.

Shapes: input `[B, vector_count]` and maps `[B, 8, S, S]`, `[B, 9, S/2, S/2]`, output `[B, 28, S, S]` in the order and units of
docs/ARCHITECTURE.md, "Layers".
"""

from __future__ import annotations

import math
from dataclasses import asdict, dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from .bust import LIT_MAPS, RELIEF_MAPS, Bust, Draughtsman, Maps
from .bust import MAPS as BUST_MAPS
from .schema import Schema, load_schema
from .skeleton import WORN_MAPS, WORN_NUMBERS, Rims, Skeleton, Splat, WornSplat, rim_count, waves

SLOPE = 0.2
FIRST_PLANES = 1  # the first block whose features are read out
MAPS = 7
CALM = 0.9  # how much of the finest grain is smoothed, where it would be crumbs once enlarged: everywhere but in
CRISP = ("eyes", "brows_lashes")
SHARP = 4  # planes drawn at full resolution: rgb and alpha, which come first; the others are smooth and drawn at half


@dataclass(frozen=True)
class Size:
    """Widths of the decoder; `blocks[i]` are the channels at resolution `base << i`, `guides[i]` the anchors' features there."""

    base: int = 16
    blocks: tuple[int, ...] = (144, 144, 96, 40)
    guides: tuple[int, ...] = (48, 48, 32, 16)
    detail: int = 24
    style: int = 256
    anchors: int = 160
    bones: tuple[int, int] = (224, 112)  # of the skeleton: hidden width, rank
    worn: int = 263  # points of hair, glasses, collar and earrings,
    worn_bones: tuple[int, int] = (256, 128)  # what finds them,
    worn_guides: tuple[int, ...] = (24, 24, 24, 12)  # and their features at each resolution
    bust: tuple[int, int] = (0, 0)  # vertices and triangles of the mesh whose maps it paints by; without any, it paints without

    @property
    def resolution(self) -> int:
        """Side of the output: the last block, doubled by the head."""
        return self.base << len(self.blocks)


SIZES: dict[str, Size] = {
    "portrait": Size(bust=(1900, 3395)),
    "tiny": Size(base=8, blocks=(24, 24, 16), guides=(8, 8, 8), detail=8, style=32, anchors=12, bones=(16, 8), worn=12, worn_bones=(16, 8), worn_guides=(4, 4, 4)),
}

# How far an anchor reaches at each resolution, in half-widths of the picture, and which waves of place are drawn there.
REACH = {8: 0.22, 16: 0.16, 32: 0.11, 64: 0.075, 128: 0.05, 256: 0.025}
WAVES: dict[int, tuple[int, ...]] = {8: (1,), 16: (1, 2), 32: (2, 4), 64: (2, 4, 8), 128: (4, 8, 16, 24)}
PLACE_WAVES = (2, 4, 8)  # of the place on the average head, drawn in the last block
HEAD_GUIDES = 8  # features of anchors, and as many of what is worn, at full resolution
NOISE_PLANES = 4
SHADED = ("skin", "lips")
HARMONICS, SHADE_PACE = 10, 0.1  # the second keeps a step of learning from being a flicker
# What is seen is the product of these: a hue shows as far as there is colour.
PRODUCTS = (
    ("clothes.saturation", "clothes.hue"),
    ("makeup.lips", "makeup.lips_hue"),
    ("makeup.eyes", "makeup.eyes_hue"),
    ("hair.melanin", "hair.grey"),
    ("hair.melanin", "hair.redness"),
)


def _twice(x: Tensor) -> Tensor:
    return F.interpolate(x, scale_factor=2, mode="bilinear", align_corners=False)


class Modulated(nn.Module):
    """3x3 convolution modulated by the style, with bias and leaky ReLU."""

    def __init__(self, inputs: int, outputs: int, style: int) -> None:
        super().__init__()
        self.weight = nn.Parameter(torch.randn(outputs, inputs, 3, 3))
        self.gain = (inputs * 9) ** -0.5
        self.scale = nn.Linear(style, inputs)
        self.shift = nn.Linear(style, outputs)
        nn.init.normal_(self.scale.weight, std=style**-0.5 * 0.3)
        nn.init.ones_(self.scale.bias)
        nn.init.normal_(self.shift.weight, std=style**-0.5 * 0.1)
        nn.init.zeros_(self.shift.bias)

    def forward(self, x: Tensor, w: Tensor) -> Tensor:
        s = self.scale(w)
        weight = self.weight * self.gain
        energy = weight.float().pow(2).sum((2, 3))  # [out, in]
        d = torch.rsqrt(s.float().pow(2) @ energy.t() + 1e-6) * 1.4
        x = F.conv2d(x * s[:, :, None, None].to(x.dtype), weight.to(x.dtype), padding=1)
        shift = self.shift(w)[:, :, None, None].to(x.dtype) * 1.4
        return F.leaky_relu(torch.addcmul(shift, x, d[:, :, None, None].to(x.dtype)), SLOPE)


class Style(nn.Module):
    """The sitter's numbers `[B, vector_count]` -> style `[B, style]`: a perceptron, and beside it what is linear in them.

    The linear part also has the products of `PRODUCTS` and what hair's pigments leave of light, and starts at nothing, so that it can
    join a network that is trained.
    """

    def __init__(self, schema: Schema, style: int) -> None:
        super().__init__()
        self.perceptron = nn.Sequential(
            nn.Linear(schema.vector_count, style),
            nn.LeakyReLU(SLOPE),
            nn.Linear(style, style),
            nn.LeakyReLU(SLOPE),
            nn.Linear(style, style),
            nn.LeakyReLU(SLOPE),
        )
        pairs = []
        for amount, value in PRODUCTS:
            item = schema.attribute(value)
            pairs += [(schema.attribute(amount).offset, item.offset + i) for i in range(item.count)]
        chosen = torch.zeros(2, schema.vector_count, len(pairs))
        for k, pair in enumerate(pairs):
            for side, row in enumerate(pair):
                chosen[side, row, k] = 1
        self.register_buffer("amounts", chosen[0], persistent=False)
        self.register_buffer("values", chosen[1], persistent=False)
        self.direct = nn.Linear(schema.vector_count, style, bias=False)
        self.product = nn.Linear(len(pairs), style, bias=False)
        self.pigment = nn.Linear(6, style, bias=False)
        self.hair = [schema.attribute(f"hair.{name}").offset for name in ("melanin", "redness", "grey")]
        for added in (self.direct, self.product, self.pigment):
            nn.init.zeros_(added.weight)

    def _pigments(self, vector: Tensor) -> Tensor:
        """Of red, green and blue what two melanins leave in a strand, as models/sitters/hair_shade.cpp has them (d'Eon et al. 2011):
        `[B, 6]`, all and of what is not grey."""
        melanin, red, grey = ((vector[:, i : i + 1] * 0.5 + 0.5).clamp(0, 2) for i in self.hair)
        eumelanin = 0.085 + 6.5 * melanin * melanin * melanin
        pheomelanin = 0.03 + 1.35 * red * red * (1 - 0.35 * melanin)
        absorbed = torch.cat([a * eumelanin + b * pheomelanin for a, b in ((0.419, 0.187), (0.697, 0.4), (1.37, 1.05))], 1)
        left = torch.exp(-torch.sqrt(absorbed.clamp_min(1e-3)))
        return torch.cat([left, left * (1 - grey)], 1)

    def forward(self, vector: Tensor) -> Tensor:
        products = (vector @ self.amounts + 1) * (vector @ self.values)
        return self.perceptron(vector) + self.direct(vector) + self.product(products) + self.pigment(self._pigments(vector))


class Block(nn.Module):
    """Doubles the resolution (but for the first), lets the guides in, then two modulated convolutions with a short cut."""

    def __init__(self, inputs: int, outputs: int, style: int, guides: int, up: bool) -> None:
        super().__init__()
        self.up = up
        self.narrow = nn.Conv2d(inputs, outputs, 1) if up else None
        self.guide = nn.Conv2d(guides, outputs, 1)
        self.first = Modulated(outputs, outputs, style)
        self.second = Modulated(outputs, outputs, style)

    def forward(self, x: Tensor, w: Tensor, guides: Tensor) -> Tensor:
        if self.narrow is not None:
            x = _twice(self.narrow(x))
        x = x + self.guide(guides)
        y = self.second(self.first(x, w), w)
        return (x + y) * 0.7


class Head(nn.Module):
    """Features, planes and how far to calm them at half resolution, guides at full -> the sharp raw planes at full resolution."""

    def __init__(self, inputs: int, detail: int, planes: int, style: int, guides: int) -> None:
        super().__init__()
        self.spread = nn.Conv2d(inputs, detail * 4, 1)
        # Neighbours that come of one pixel start out alike, or pixel shuffle draws a chequer (Aitken et al. 2017).
        with torch.no_grad():
            self.spread.weight.copy_(self.spread.weight[::4].repeat_interleave(4, 0))
            self.spread.bias.copy_(self.spread.bias[::4].repeat_interleave(4, 0))
        self.guide = nn.Conv2d(guides, detail, 1)
        self.first = Modulated(detail, detail, style)
        self.second = Modulated(detail, detail, style)
        self.fine = nn.Conv2d(detail, planes, 1)
        nn.init.normal_(self.fine.weight, std=0.02)
        kernel = torch.tensor([1.0, 2.0, 1.0]) / 4
        self.register_buffer("soft", (kernel[:, None] * kernel[None, :]).expand(planes, 1, 3, 3).clone(), persistent=False)

    def forward(self, x: Tensor, planes: Tensor, w: Tensor, guides: Tensor, calm: Tensor) -> Tensor:
        d = F.leaky_relu(F.pixel_shuffle(self.spread(x), 2) + self.guide(guides), SLOPE)
        d = (d + self.second(self.first(d, w), w)) * 0.7
        fine = self.fine(d)
        soft = F.conv2d(fine, self.soft.to(fine.dtype), padding=1, groups=fine.shape[1])
        return _twice(planes) + fine + (soft - fine) * _twice(calm).to(fine.dtype)


class Tint(nn.Module):
    """Each region's own colour, told by the style: raw planes `[B, 4, S, S]` with what is drawn in a region multiplied by it.

    That a coat is red is in its numbers, whoever wears it; left to the convolutions it is learnt anew for every coat. Starts at nothing.
    `share` `[B, R, S/2, S/2]` is each region's; regions learn nothing from it.
    """

    def __init__(self, style: int, regions: int) -> None:
        super().__init__()
        self.regions = regions
        self.colour = nn.Linear(style, 3 * regions)
        nn.init.zeros_(self.colour.weight)
        nn.init.zeros_(self.colour.bias)

    def forward(self, sharp: Tensor, w: Tensor, share: Tensor) -> Tensor:
        side = share.shape[-1]
        colour = self.colour(w).view(-1, 3, self.regions).to(share.dtype)
        tint = torch.bmm(colour, share.detach().reshape(-1, self.regions, side * side)).view(-1, 3, side, side)
        rgb, alpha = torch.split(sharp, [3, SHARP - 3], 1)
        return torch.cat([(rgb + 1) * (_twice(tint) + 1) - 1, alpha.to(tint.dtype)], 1)


class Shade(nn.Module):
    """Light on skin by which way it faces: raw planes `[B, 4, S, S]` with the skin multiplied by 1 + a sum over harmonics of the
    normal (up to the second degree: Ramamoorthi and Hanrahan 2001) and how brightly it is lit, each as strong as the style tells.

    The maps are sharp where the convolutions, which have seen few such faces, are not. Starts at nothing. To it comes the relief of the
    bust: what is missing on average, spot by spot (relief.py).
    """

    def __init__(self, style: int, regions: list[int]) -> None:
        super().__init__()
        self.regions = regions
        self.amount = nn.Linear(style, 3 * HARMONICS)
        nn.init.zeros_(self.amount.weight)
        nn.init.zeros_(self.amount.bias)

    def forward(self, sharp: Tensor, w: Tensor, share: Tensor, near: Tensor) -> Tensor:
        kind = share.dtype
        shape, relief = torch.split(near.to(kind), [BUST_MAPS, RELIEF_MAPS], 1)
        cover, x, y, z, _, _, _, light = torch.split(shape, 1, 1)
        known = torch.cat([cover, x, y, z - 0.7 * cover, x * x, y * y, x * y, x * z, y * z, light - 0.6 * cover], 1)
        side = near.shape[-1]
        amount = (self.amount(w) * SHADE_PACE).view(-1, 3, HARMONICS).to(kind)
        factor = torch.bmm(amount, known.reshape(-1, HARMONICS, side * side)).view(-1, 3, side, side)
        skin = sum(share[:, i : i + 1] for i in self.regions).detach()
        rgb, alpha = torch.split(sharp, [3, SHARP - 3], 1)
        return torch.cat([(rgb + 1) * ((factor + relief) * _twice(skin) + 1) - 1, alpha], 1)


def finish_rgb(raw: Tensor) -> Tensor:
    """Raw colour planes to linear radiance, 0..4."""
    return (raw * 0.5 + 0.5).clamp(0, 2).square()


def finish_alpha(raw: Tensor) -> Tensor:
    """Raw matte to coverage, 0..1."""
    return torch.sigmoid(raw * 2)


Raw = tuple[Tensor, Tensor]  # sharp planes [B, 4, S, S], smooth planes [B, 24, S/2, S/2]


def parts(planes: Tensor, schema: Schema, first: int = 0) -> dict[str, Tensor]:
    """Planes from the `first` on, by layer. (One split: its gradient is one concatenation.)"""
    names, counts, seen = [], [], 0
    for name, count in schema.layers:
        if first <= seen < first + planes.shape[1]:
            names.append(name)
            counts.append(count)
        seen += count
    return dict(zip(names, torch.split(planes, counts, 1), strict=True))


def finish_normal(raw: Tensor) -> Tensor:
    """Raw normals to unit length."""
    return raw / (raw.pow(2).sum(1, keepdim=True) + 1e-4).sqrt()


def finish_regions(raw: Tensor, alpha: Tensor) -> Tensor:
    """Raw regions to shares that sum to alpha."""
    return torch.softmax(raw * 2, 1) * alpha


def finish_depth(raw: Tensor) -> Tensor:
    """Raw depth to metres."""
    return raw * 0.1


def strands_told(raw: Tensor) -> Tensor:
    """Raw strands in their units, but not yet within their ranges (see strands.py)."""
    return torch.cat([raw[:, :2], raw[:, 2:] * 0.2], 1)


def finish_strands(raw: Tensor) -> Tensor:
    """Raw strands to direction times coherence, -1..1, contrast and coherence, 0..1."""
    run, rest = torch.split(strands_told(raw), [2, 2], 1)
    return torch.cat([run.clamp(-1, 1), rest.clamp(0, 1)], 1)


def finish(raw: Raw, schema: Schema) -> Tensor:
    """Raw planes to Layers: ranges and sums as promised in docs/ARCHITECTURE.md. Keeps the order of planes."""
    sharp, smooth = parts(raw[0], schema), parts(_twice(raw[1]), schema, SHARP)
    alpha = finish_alpha(sharp["alpha"])
    made = {
        "rgb": finish_rgb(sharp["rgb"]),
        "alpha": alpha,
        "normal": finish_normal(smooth["normal"]),
        "depth": finish_depth(smooth["depth"]),
        "regions": finish_regions(smooth["regions"], alpha),
        "transfer": torch.softmax(smooth["transfer"], 1),
        "strands": finish_strands(smooth["strands"]),
    }
    return torch.cat([made[name] for name, _ in schema.layers], 1)


class Generator(nn.Module):
    """The whole decoder. `raw` is what the losses see, `forward` gives finished Layers."""

    def __init__(self, size: Size, schema: Schema | None = None) -> None:
        super().__init__()
        self.size = size
        self.schema = schema or load_schema()
        self.skeleton = Skeleton(self.schema.input_count, size.anchors, *size.bones)
        self.rest = nn.Parameter(torch.zeros(size.anchors, 2), requires_grad=False)
        self.worn = Skeleton(self.schema.input_count, size.worn, *size.worn_bones, WORN_NUMBERS, size.anchors)
        self.bust = Bust(self.schema.input_count, *size.bust).requires_grad_(False) if size.bust[0] > 0 else None
        self.draughtsman: Draughtsman | None = None
        self.mapping = Style(self.schema, size.style)
        self.constant = nn.Parameter(torch.randn(1, size.blocks[0], size.base, size.base))
        blocks, splats, worn_splats = [], [], []
        for i, width in enumerate(size.blocks):
            side = size.base << i
            guides = size.guides[i] + MAPS + 4 * len(WAVES[side]) + (NOISE_PLANES if i == len(size.blocks) - 1 else 0)
            guides += size.worn_guides[i] + WORN_MAPS
            if self.bust is not None:
                guides += BUST_MAPS + LIT_MAPS + (6 * len(PLACE_WAVES) if i == len(size.blocks) - 1 else 0)
            blocks.append(Block(size.blocks[max(i - 1, 0)], width, size.style, guides, up=i > 0))
            splats.append(Splat(size.anchors, side, size.guides[i], REACH[side]))
            worn_splats.append(WornSplat(size.worn, side, size.worn_guides[i], REACH[side]))
        self.blocks = nn.ModuleList(blocks)
        self.splats = nn.ModuleList(splats)
        self.worn_splats = nn.ModuleList(worn_splats)
        planes = self.schema.channel_count
        self.planes = nn.ModuleList(nn.Conv2d(width, planes, 1) for width in size.blocks[FIRST_PLANES:])
        full = size.resolution
        self.closer = Splat(size.anchors, full, HEAD_GUIDES, REACH.get(full, 0.05))
        self.rims = Rims(size.worn)
        self.worn_closer = WornSplat(size.worn + rim_count(size.worn), full, HEAD_GUIDES, REACH.get(full, 0.05))
        self.tint = Tint(size.style, len(self.schema.regions))
        self.shade = None if self.bust is None else Shade(size.style, [self.schema.regions.index(name) for name in SHADED])
        self.head = Head(size.blocks[-1], size.detail, SHARP, size.style, 2 * HEAD_GUIDES + 1 + (0 if self.bust is None else BUST_MAPS))
        noise = torch.Generator().manual_seed(20)
        self.register_buffer("noise", torch.randn(1, 2 * NOISE_PLANES, full // 2, full // 2, generator=noise))
        self.weigh_noise = nn.Linear(self.schema.noise_count, 2 * NOISE_PLANES)
        nn.init.normal_(self.weigh_noise.weight, std=0.2)
        nn.init.ones_(self.weigh_noise.bias)

    def adopt(self, skeleton: Skeleton | Bust) -> None:
        """Takes a trained skeleton, of anchors or of what is worn, or a bust; the mean of anchors is the face at rest."""
        if isinstance(skeleton, Bust):
            assert self.bust is not None
            self.bust.load_state_dict(skeleton.state_dict())
            self.draughtsman = None
            return
        if skeleton.numbers == WORN_NUMBERS:
            self.worn.load_state_dict(skeleton.state_dict())
            return
        self.skeleton.load_state_dict(skeleton.state_dict())
        with torch.no_grad():
            self.rest.copy_(skeleton.mean.view(-1, 6)[:, :2])

    def start_like(self, state: dict[str, Tensor]) -> int:
        """Takes every weight of another network's `state` that fits here. Returns how many did.

        Where guides or planes have been added since, the new ones say nothing yet: the network starts as it was.
        """
        own = self.state_dict()
        fitting = {}
        for name, value in state.items():
            if self.bust is not None and name.startswith("bust.relief."):
                fitting[name] = value
            if name not in own or name in fitting:
                continue
            mine = own[name]
            grown = ".guide." in name or name.startswith("planes.")
            if mine.shape == value.shape:
                fitting[name] = value
            elif grown and all(a >= b for a, b in zip(mine.shape, value.shape, strict=True)):
                fitting[name] = torch.zeros_like(mine)
                fitting[name][tuple(slice(n) for n in value.shape)] = value
        self.load_state_dict(own | fitting)
        return len(fitting)

    def maps(self, vector: Tensor) -> Maps | None:
        """Maps of the bust, on the CPU (src/generator/bust.h); None where it paints without."""
        if self.bust is None:
            return None
        if self.draughtsman is None:
            self.draughtsman = Draughtsman(self.bust, self.size.resolution)
        return self.draughtsman.draw(vector)

    def raw(self, vector: Tensor, bust: Maps | None, side: int | None = None) -> Raw:
        """Raw planes for a picture of `side`, every resolution adding to the one below (as StyleGAN2's skips). `bust`: `maps`.

        `side` may be that of an inner block from `base << (FIRST_PLANES + 1)` on: training starts there, where a picture
        costs little.
        """
        side = side or self.size.resolution
        with torch.autocast(vector.device.type, enabled=False):
            anchors = self.skeleton(vector.float())
            worn = self.worn(vector.float(), anchors)
        w = self.mapping(vector)
        noise = self.noise * self.weigh_noise(vector[:, self.schema.input_count :])[:, :, None, None]
        pyramid = self._pyramid(bust)
        x: Tensor = self.constant
        planes: Tensor | None = None
        for i, (block, splat, worn_splat) in enumerate(zip(self.blocks, self.splats, self.worn_splats, strict=True)):
            features, maps = splat(anchors, self.rest)
            known = [maps, waves(maps, splat.centres, WAVES[splat.side])]
            if i == len(self.blocks) - 1:
                known.append(noise[:, :NOISE_PLANES])
            known += worn_splat(worn)
            if pyramid:
                known.append(pyramid[splat.side])
                if i == len(self.blocks) - 1:
                    known.append(self._place_waves(pyramid[splat.side]))
            guides = torch.cat([features, *(k.to(features.dtype) for k in known)], 1)
            x = block(x, w, guides.contiguous(memory_format=torch.channels_last))
            if i < FIRST_PLANES:
                continue
            here = self.planes[i - FIRST_PLANES](x)
            if planes is None:
                planes = here
                continue
            if self.size.base << i == side:
                sharp, _ = torch.split(here, [SHARP, here.shape[1] - SHARP], 1)
                below, smooth = torch.split(planes, [SHARP, planes.shape[1] - SHARP], 1)
                return self.tint(_twice(below) + sharp, w, self._share(smooth)), smooth
            planes = _twice(planes) + here
        assert planes is not None
        sharp, smooth = torch.split(planes, [SHARP, planes.shape[1] - SHARP], 1)
        features = self.closer.features_only(anchors)
        grain = F.pixel_shuffle(noise[:, NOISE_PLANES:], 2).to(features.dtype)
        known = [features, grain, self.worn_closer.features_only(self.rims(worn))]
        if pyramid:
            known.append(pyramid[self.size.resolution].to(features.dtype))
        guides = torch.cat(known, 1).contiguous(memory_format=torch.channels_last)
        share = self._share(smooth)
        calm = share.sum(1, keepdim=True)
        for i in (self.schema.regions.index(name) for name in CRISP):
            calm = calm - share[:, i : i + 1]
        tinted = self.tint(self.head(x, sharp, w, guides, calm * CALM), w, share)
        return (tinted if self.shade is None or bust is None else self.shade(tinted, w, share, bust[0])), smooth

    @staticmethod
    def _halved(maps: Tensor) -> Tensor:
        return F.avg_pool2d(maps, 2, count_include_pad=False)  # with, the tracer pads by nothing first

    def _pyramid(self, bust: Maps | None) -> dict[int, Tensor]:
        """The maps at every resolution, by side; light is not known at the full one."""
        if self.bust is None or bust is None:
            return {}
        near, lit = bust
        near, _ = torch.split(near, [BUST_MAPS, RELIEF_MAPS], 1)
        levels = {self.size.resolution: near}
        near = self._halved(near)
        for i in reversed(range(len(self.blocks))):
            levels[self.size.base << i] = torch.cat([near, lit], 1)
            near, lit = self._halved(near), self._halved(lit)
        return levels

    @staticmethod
    def _place_waves(maps: Tensor) -> Tensor:
        angles = torch.cat([maps[:, 4:7] * (math.pi * f) for f in PLACE_WAVES], 1)
        return torch.cat([torch.sin(angles), torch.cos(angles)], 1) * maps[:, :1]

    def _share(self, smooth: Tensor) -> Tensor:
        return torch.softmax(parts(smooth.float(), self.schema, SHARP)["regions"] * 2, 1)

    def forward(self, vector: Tensor, bust: Maps | None = None) -> Tensor:
        if bust is None:
            bust = self.maps(vector)
        sharp, smooth = self.raw(vector, bust)
        return finish((sharp.float(), smooth.float()), self.schema)

    def describe(self) -> dict[str, object]:
        """The sizes, for checkpoints and the card."""
        return asdict(self.size)
