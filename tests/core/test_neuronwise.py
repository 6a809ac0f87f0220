"""Constants that differ from neuron to neuron: one neuron after the other says the same."""

import itertools

import pytest
import torch
from torch import Tensor
from torch.nn import functional

from neurflow_lightning.core import neuronwise

COUNTS = list(itertools.product([1, 2, 5], [1, 3], [1, 2]))
"""Neurons T, channels m asked for by each, patches k of each."""

CHANNELS = 6


@pytest.fixture(autouse=True)
def _seed():
    torch.manual_seed(0)


def drawn(neurons: int, asked: int, of: int = CHANNELS) -> Tensor:
    """(T, m) different channels for each neuron, in no order."""
    return torch.stack([torch.randperm(of)[:asked] for _ in range(neurons)])


def by_neuron(function, values: Tensor, *constants: Tensor) -> Tensor:
    """``function`` on each neuron's rows with its own constants."""
    parts = values.chunk(len(constants[0]))
    return torch.cat([function(part, *own) for part, *own in zip(parts, *constants, strict=True)])


def close(found: Tensor, wanted: Tensor) -> None:
    torch.testing.assert_close(found, wanted, atol=1e-12, rtol=0)


@pytest.mark.parametrize(("neurons", "asked", "k"), COUNTS)
@pytest.mark.parametrize("axis", [1, 2, 3])
def test_gathered(neurons, asked, k, axis):
    values = torch.rand(neurons * k, CHANNELS, CHANNELS, CHANNELS)
    indices = drawn(neurons, asked)
    wanted = by_neuron(lambda part, own: part.index_select(axis, own), values, indices)
    assert torch.equal(neuronwise.gathered(values, axis, indices), wanted)


@pytest.mark.parametrize(("neurons", "asked", "k"), COUNTS)
@pytest.mark.parametrize(
    ("constant", "values", "axis", "own"),
    [
        ((6,), (6,), 1, 0),
        ((6,), (4, 5, 6), 3, 0),  # tokens' neurons are last
        ((6, 1, 1), (6, 4, 5), 1, 0),
        ((6, 4, 5), (6, 4, 5), 1, 0),
        ((1, 6, 1, 1), (6, 4, 5), 1, 1),
        ((1, 6, 4, 5), (6, 4, 5), 1, 1),
        ((1, 1, 6), (4, 6), 2, 2),
        ((4, 6), (4, 6), 2, 1),
        ((1, 4, 6), (4, 6), 2, 2),
        ((6, 5), (4, 6, 5), 2, 0),
    ],
)
def test_beside(neurons, asked, k, constant, values, axis, own):
    """As broadcasting does, where ``axis`` of the values is the constant's axis ``own``."""
    number, given = torch.rand(constant), torch.rand(neurons * k, *values)
    indices = drawn(neurons, asked)
    picked = neuronwise.gathered(given, axis, indices)
    found = picked * neuronwise.beside(neuronwise.sliced(number, own, indices), picked, axis)
    assert torch.equal(found, neuronwise.gathered(given * number, axis, indices))


@pytest.mark.parametrize(("neurons", "asked", "k"), COUNTS)
@pytest.mark.parametrize("tail", [(), (5,), (3, 4), (2, 3, 2)])
@pytest.mark.parametrize("affine", [True, False])
def test_normalised(neurons, asked, k, tail, affine):
    values = torch.rand(neurons * k, asked, *tail).double()
    mean, variance, weight, bias = torch.rand(4, neurons, asked).double() + 0.1
    own = (weight, bias) if affine else (None, None)
    found = neuronwise.normalised(values, mean, variance, *own, 0.05)

    def norm(part, mean, variance, weight, bias):
        own = (weight, bias) if affine else (None, None)
        return functional.batch_norm(part, mean, variance, *own, eps=0.05)

    close(found, by_neuron(norm, values, mean, variance, weight, bias))


@pytest.mark.parametrize(("weighted", "shifted"), [(True, False), (False, True)])
def test_normalised_with_a_weight_or_a_bias_alone(weighted, shifted):
    values = torch.rand(4, 3, 5).double()
    mean, variance, weight, bias = torch.rand(4, 2, 3).double() + 0.1
    own = (weight if weighted else None, bias if shifted else None)
    found = neuronwise.normalised(values, mean, variance, *own, 0.05)
    full = (
        weight if weighted else torch.ones_like(weight),
        bias if shifted else torch.zeros_like(bias),
    )
    close(found, neuronwise.normalised(values, mean, variance, *full, 0.05))


@pytest.mark.parametrize(("neurons", "asked", "k"), COUNTS)
@pytest.mark.parametrize("tail", [(), (5,), (3, 2)])
@pytest.mark.parametrize("biased", [True, False])
def test_linear(neurons, asked, k, tail, biased):
    values = torch.rand(neurons * k, *tail, CHANNELS).double()
    weight, bias = (
        torch.rand(neurons, asked, CHANNELS).double(),
        torch.rand(neurons, asked).double(),
    )
    found = neuronwise.linear(values, weight, bias if biased else None)
    bias = bias if biased else torch.zeros_like(bias)
    close(found, by_neuron(functional.linear, values, weight, bias))


CONVOLUTIONS = {
    "1d": ((7,), (3,), (1,), (1,), (1,)),
    "1d strided": ((9,), (3,), (2,), (0,), (2,)),
    "pointwise": ((4, 5), (1, 1), (1, 1), (0, 0), (1, 1)),
    "2d": ((5, 6), (3, 3), (1, 1), (1, 1), (1, 1)),
    "2d strided": ((7, 6), (3, 2), (2, 1), (1, 2), (1, 1)),
    "2d dilated": ((7, 8), (3, 3), (1, 2), (2, 0), (2, 3)),
    "3d": ((3, 4, 5), (2, 1, 3), (1, 1, 2), (0, 0, 1), (1, 1, 1)),
}

FUNCTIONS = {1: functional.conv1d, 2: functional.conv2d, 3: functional.conv3d}


@pytest.mark.parametrize(("neurons", "asked", "k"), COUNTS)
@pytest.mark.parametrize("grouped", [False, True])
@pytest.mark.parametrize("name", CONVOLUTIONS)
def test_convolution(name, grouped, neurons, asked, k):
    """Values and gradient, of all channels or of those of each asked-for channel's group."""
    size, kernel, *numbers = CONVOLUTIONS[name]
    channels, groups = (2, asked) if grouped else (4, 1)
    weight = torch.rand(neurons, asked, channels, *kernel).double()
    bias = torch.rand(neurons, asked).double()
    values = torch.rand(neurons * k, channels * groups, *size).double().requires_grad_()
    found = neuronwise.convolution(values, weight, bias, *numbers, groups)

    def convolve(part, weight, bias):
        return FUNCTIONS[len(size)](part, weight, bias, *numbers, groups)

    wanted = by_neuron(convolve, values, weight, bias)
    close(found, wanted)
    into = torch.rand_like(wanted)
    close(*(torch.autograd.grad(one, values, into)[0] for one in (found, wanted)))
    without = neuronwise.convolution(values, weight, None, *numbers, groups)
    close(without, neuronwise.convolution(values, weight, 0 * bias, *numbers, groups))


def test_convolution_of_channels_last_maps():
    values = torch.rand(4, 3, 5, 6).double().contiguous(memory_format=torch.channels_last)
    weight = torch.rand(2, 1, 3, 3, 3).double()
    numbers = (None, (1, 1), (1, 1), (1, 1), 1)
    found = neuronwise.convolution(values, weight, *numbers)
    close(found, neuronwise.convolution(values.contiguous(), weight, *numbers))


@pytest.mark.parametrize("neurons", [1, 2])
def test_convolution_computes_in_the_type_of_autocast(neurons):
    values = torch.rand(neurons, 3, 5, 6).requires_grad_()
    weight = torch.rand(neurons, 1, 3, 3, 3)
    with torch.autocast("cpu", torch.bfloat16):
        found = neuronwise.convolution(values, weight, None, (1, 1), (1, 1), (1, 1), 1)
    (gradient,) = torch.autograd.grad(found.sum(), values)
    assert found.dtype == torch.bfloat16
    assert gradient.dtype == torch.float32


def test_reshaped():
    values = torch.rand(2, 3, 4, 5)
    assert torch.equal(neuronwise.reshaped_after(values, (20,)), values.reshape(2, 3, 20))
    assert torch.equal(neuronwise.reshaped_between(values, (12,)), values.reshape(2, 12, 5))
