"""Networks whose weights are written by hand, so that their circuits follow on paper."""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn.functional import relu


def pointwise(weights: list[list[float]]) -> nn.Conv2d:
    """A 1 x 1 convolution, (out, in), without bias."""
    matrix = torch.tensor(weights)
    conv = nn.Conv2d(matrix.shape[1], matrix.shape[0], 1, bias=False)
    conv.weight.data = matrix[:, :, None, None]
    return conv


def dense(weights: list[list[float]]) -> nn.Linear:
    """A linear layer, (out, in), without bias."""
    matrix = torch.tensor(weights)
    layer = nn.Linear(matrix.shape[1], matrix.shape[0], bias=False)
    layer.weight.data = matrix
    return layer


def identity(channels: int) -> nn.Conv2d:
    return pointwise(torch.eye(channels).tolist())


class ConvNet(nn.Module):
    """``low`` copies the image's channels, ``high`` mixes them, ``fc`` mixes their means."""

    def __init__(self, high: list[list[float]], fc: list[list[float]]) -> None:
        super().__init__()
        self.low = identity(len(high[0]))
        self.high = pointwise(high)
        self.fc = dense(fc)

    def forward(self, images: Tensor) -> Tensor:
        return self.fc(relu(self.high(relu(self.low(images)))).mean((2, 3)))


class PassThrough(ConvNet):
    """A :class:`ConvNet` whose lower layer hands on negative activations too."""

    def forward(self, images: Tensor) -> Tensor:
        return self.fc(relu(self.high(self.low(images))).mean((2, 3)))


class ResidualNet(nn.Module):
    """``block`` adds a mix of its input to it."""

    def __init__(self, branch: list[list[float]], fc: list[list[float]]) -> None:
        super().__init__()
        self.low = identity(len(branch))
        self.block = Residual(branch)
        self.fc = dense(fc)

    def forward(self, images: Tensor) -> Tensor:
        return self.fc(self.block(relu(self.low(images))).mean((2, 3)))


class Residual(nn.Module):
    def __init__(self, branch: list[list[float]]) -> None:
        super().__init__()
        self.branch = pointwise(branch)

    def forward(self, images: Tensor) -> Tensor:
        return relu(images + self.branch(images))


class DenseNet(nn.Module):
    """``block`` appends a mix of its input to it, as DenseNets do."""

    def __init__(self, growth: list[list[float]], fc: list[list[float]]) -> None:
        super().__init__()
        self.low = identity(len(growth[0]))
        self.block = Concatenated(growth)
        self.fc = dense(fc)

    def forward(self, images: Tensor) -> Tensor:
        return self.fc(self.block(self.low(images)).mean((2, 3)))


class Concatenated(nn.Module):
    def __init__(self, growth: list[list[float]]) -> None:
        super().__init__()
        self.growth = pointwise(growth)

    def forward(self, images: Tensor) -> Tensor:
        return torch.cat([images, self.growth(images)], 1)


class TokenNet(nn.Module):
    """(N, T, C) tokens, neurons on the last axis; ``mix`` and ``fc`` are linear."""

    def __init__(self, mix: list[list[float]], fc: list[list[float]]) -> None:
        super().__init__()
        self.embed = dense(torch.eye(len(mix[0])).tolist())
        self.mix = dense(mix)
        self.fc = dense(fc)

    def forward(self, tokens: Tensor) -> Tensor:
        return self.fc(self.mix(self.embed(tokens)).mean(1))


class SmallCNN(nn.Module):
    """A trained-looking network with random weights: batch norm, dropout, in-place ReLU."""

    def __init__(self, classes: int = 3, seed: int = 0) -> None:
        super().__init__()
        with torch.random.fork_rng(devices=[]):
            torch.manual_seed(seed)
            self.stem = nn.Sequential(
                nn.Conv2d(1, 6, 3, padding=1), nn.BatchNorm2d(6), nn.ReLU(inplace=True)
            )
            self.body = nn.Sequential(
                nn.Conv2d(6, 8, 3, padding=1, stride=2), nn.ReLU(inplace=True)
            )
            self.top = nn.Sequential(nn.Conv2d(8, 10, 3, padding=1), nn.ReLU(inplace=True))
            self.drop = nn.Dropout(0.5)
            self.fc = nn.Linear(10, classes)

    def forward(self, images: Tensor) -> Tensor:
        return self.fc(self.drop(self.top(self.body(self.stem(images))).mean((2, 3))))
