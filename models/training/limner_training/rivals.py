"""Published generators with random weights, to weigh cost against at the same output size.

StyleGAN2, config F (Karras et al. 2020), and MobileStyleGAN (Belousov 2021): their layers and widths as published, cut at
256x256, as plain ONNX graphs for one picture. Only their cost is of interest here.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn import functional as F

WIDTHS = {4: 512, 8: 512, 16: 512, 32: 512, 64: 512, 128: 256, 256: 128}
STYLE = 512


class _Modulated(nn.Module):
    def __init__(self, inputs: int, outputs: int, separable: bool) -> None:
        super().__init__()
        self.scale = nn.Linear(STYLE, inputs)
        self.demodulate = nn.Linear(inputs, outputs, bias=False)
        if separable:
            depthwise = nn.Conv2d(inputs, inputs, 3, padding=1, groups=inputs, bias=False)
            self.conv: nn.Module = nn.Sequential(depthwise, nn.Conv2d(inputs, outputs, 1))
        else:
            self.conv = nn.Conv2d(inputs, outputs, 3, padding=1)

    def forward(self, x: Tensor, w: Tensor) -> Tensor:
        s = self.scale(w)
        d = 1.0 / torch.sqrt(torch.abs(self.demodulate(s * s)) + 1e-4)
        return F.leaky_relu(self.conv(x * s[:, :, None, None]) * d[:, :, None, None], 0.2)


def _mapping() -> nn.Sequential:
    layers: list[nn.Module] = []
    for _ in range(8):
        layers += [nn.Linear(STYLE, STYLE), nn.LeakyReLU(0.2)]
    return nn.Sequential(*layers)


class StyleGan2(nn.Module):
    """`z [1, 512] -> rgb [1, 3, 256, 256]`: two 3x3 modulated convolutions a resolution and a ToRGB skip."""

    def __init__(self) -> None:
        super().__init__()
        self.mapping = _mapping()
        self.constant = nn.Parameter(torch.randn(1, WIDTHS[4], 4, 4))
        self.first = _Modulated(WIDTHS[4], WIDTHS[4], False)
        self.blocks = nn.ModuleList()
        self.rgbs = nn.ModuleList([nn.Conv2d(WIDTHS[4], 3, 1)])
        inputs = WIDTHS[4]
        for side in (8, 16, 32, 64, 128, 256):
            outputs = WIDTHS[side]
            self.blocks.append(nn.ModuleList([_Modulated(inputs, outputs, False), _Modulated(outputs, outputs, False)]))
            self.rgbs.append(nn.Conv2d(outputs, 3, 1))
            inputs = outputs

    def forward(self, z: Tensor) -> Tensor:
        w = self.mapping(z)
        x = self.first(self.constant, w)
        rgb = self.rgbs[0](x)
        for pair, to_rgb in zip(self.blocks, list(self.rgbs)[1:], strict=True):
            x = F.interpolate(x, scale_factor=2.0, mode="nearest")
            for conv in pair:
                x = conv(x, w)
            rgb = F.interpolate(rgb, scale_factor=2.0, mode="bilinear", align_corners=False) + to_rgb(x)
        return rgb


class MobileStyleGan(nn.Module):
    """`z [1, 512] -> rgb [1, 3, 256, 256]`: depthwise-separable modulated convolutions predicting wavelets.

    Features run at half the output's side; the inverse Haar transform is four sums and a DepthToSpace.
    """

    def __init__(self) -> None:
        super().__init__()
        self.mapping = _mapping()
        self.constant = nn.Parameter(torch.randn(1, WIDTHS[4], 4, 4))
        self.first = _Modulated(WIDTHS[4], WIDTHS[4], True)
        self.blocks = nn.ModuleList()
        inputs = WIDTHS[4]
        for side in (8, 16, 32, 64, 128):
            outputs = WIDTHS[side]
            self.blocks.append(
                nn.ModuleList([_Modulated(inputs // 4, outputs, True), _Modulated(outputs, outputs, True)])
            )
            inputs = outputs
        self.wavelets = nn.Conv2d(inputs, 12, 1)

    def forward(self, z: Tensor) -> Tensor:
        w = self.mapping(z)
        x = self.first(self.constant, w)
        for pair in self.blocks:
            x = F.pixel_shuffle(x, 2)
            for conv in pair:
                x = conv(x, w)
        return F.pixel_shuffle(self.wavelets(x), 2)
