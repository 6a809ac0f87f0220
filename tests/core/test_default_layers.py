"""Layers that nobody named, and layers whose activations do not lie where most do."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
import torch
from torch import Tensor, nn
from torch.nn import functional
from torchvision.models.resnet import BasicBlock, Bottleneck, ResNet
from torchvision.models.vision_transformer import VisionTransformer

from neurflow_lightning import NeurFlowConfig, ProbeSet, analyze
from neurflow_lightning.core.default_layers import choose_layers
from neurflow_lightning.core.segments import open_network
from neurflow_lightning.types import Circuit

NUMBERS = NeurFlowConfig(tau=3, top_k=4, nodes=3, granularities=(1.0,), resamples=0)


def seeded(make: Callable[[], nn.Module]) -> nn.Module:
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(2)
        return make().eval()


def circuit(model: nn.Module, inputs: Tensor, layers=None, **given) -> Circuit:
    given = {"targets": [1], "config": NUMBERS, **given}
    return analyze(model, ProbeSet(inputs), layers=layers, **given).circuits[0]


def check_same(found: Circuit, expected: Circuit) -> None:
    """But for the names of layers and for rounding."""
    assert len(found.layers) == len(expected.layers)
    names = dict(zip(found.layers, expected.layers, strict=True))
    ours = {(names[one.id.layer], one.id.index): one for one in found.neurons}
    theirs = {(one.id.layer, one.id.index): one for one in expected.neurons}
    assert ours.keys() == theirs.keys()
    for key, one in ours.items():
        assert one.concept.patches.tolist() == theirs[key].concept.patches.tolist()
        if one.inputs is not None:
            assert one.inputs.sources.tolist() == theirs[key].inputs.sources.tolist()
            values = theirs[key].inputs.attributions
            np.testing.assert_allclose(one.inputs.attributions, values, rtol=1e-3, atol=1e-6)


# --- which layers ---------------------------------------------------------------------------


@pytest.mark.parametrize("block", [BasicBlock, Bottleneck])
def test_of_a_resnet_the_ends_of_all_blocks(block):
    model = seeded(lambda: ResNet(block, [2, 1, 1, 2], num_classes=5))
    blocks = ["layer1.0", "layer1.1", "layer2.0", "layer3.0", "layer4.0", "layer4.1"]
    images = torch.rand(2, 3, 32, 32)
    assert choose_layers(model, images) == ("relu", *blocks, "fc")
    assert choose_layers(model, images, count=3) == (*blocks[-3:], "fc")  # the deep ones first


class Stage(nn.Module):
    """Blocks in turn, as timm's stages: no chain of PyTorch's."""

    def __init__(self, depth: int) -> None:
        super().__init__()
        self.blocks = nn.ModuleList(Block() for _ in range(depth))

    def forward(self, maps: Tensor) -> Tensor:
        for block in self.blocks:
            maps = block(maps)
        return maps


class Block(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.conv = nn.Sequential(nn.Conv2d(3, 3, 3, padding=1), nn.BatchNorm2d(3))

    def forward(self, maps: Tensor) -> Tensor:
        return functional.relu(maps + self.conv(maps))


@pytest.mark.parametrize("depths", [(1, 2, 3), (2, 1, 1), (2, 2, 2), (1, 1, 2)], ids=str)
def test_a_stage_of_one_block_does_not_make_blocks_of_all_stages(depths):
    head = [nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(3, 4)]
    model = seeded(lambda: nn.Sequential(*map(Stage, depths), *head))
    layers = choose_layers(model, torch.rand(2, 3, 8, 8))
    ends = [f"{stage}.blocks.{block}" for stage, n in enumerate(depths) for block in range(n)]
    assert layers == (*ends, "5")


def tiny_vit() -> nn.Module:
    model = VisionTransformer(16, 4, 2, 2, hidden_dim=8, mlp_dim=16, num_classes=5)
    nn.init.normal_(model.heads.head.weight)  # PyTorch's own are zeros
    return model


def test_of_a_vit_what_blocks_add_to_the_stream_and_never_the_stream():
    model = seeded(tiny_vit)
    images = torch.rand(2, 3, 16, 16)
    layers = choose_layers(model, images)
    parts = [f"encoder.layers.encoder_layer_{n}.{part}" for n in (0, 1) for part in PARTS]
    assert layers == (*parts, "heads.head")
    seen: dict[str, Tensor] = {}

    def note(layer: str):
        def hook(_, args, out):
            seen[f"{layer}: in"] = args[0]
            seen[layer] = out[0] if isinstance(out, tuple) else out

        return hook

    block = "encoder.layers.encoder_layer_0"
    for name in (block, *parts[:2]):
        model.get_submodule(name).register_forward_hook(note(name))
    with torch.no_grad():
        model(images)
    added = seen[parts[0]] + seen[parts[1]]
    torch.testing.assert_close(seen[f"{block}: in"] + added, seen[block])


PARTS = ("self_attention", "mlp")


def test_a_vit_is_analysed_by_its_default_layers():
    found = circuit(seeded(tiny_vit), torch.rand(8, 3, 16, 16))
    assert all(found.layer_neurons(layer) for layer in found.layers)


# --- what is left out -----------------------------------------------------------------------


class Tangled(nn.Module):
    """Its middle is one thing with two streams: nothing divides it, and most weights are there."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.low = nn.Linear(4, width)
        self.middle = Middle(width)
        self.up, self.head = nn.Linear(width, 4), nn.Linear(4, 3)

    def forward(self, values: Tensor) -> Tensor:
        values = functional.relu(self.low(values))
        return self.head(functional.relu(self.up(self.middle(values))))


class Middle(nn.Module):
    def __init__(self, width: int) -> None:
        super().__init__()
        self.a, self.b, self.c = (nn.Linear(width, width) for _ in range(3))

    def forward(self, values: Tensor) -> Tensor:
        one, other = self.a(values).relu(), self.b(values).tanh()
        return self.c(one * other) + one + values


def test_a_middle_with_most_of_the_parameters_that_is_left_out_is_named():
    model, values = seeded(lambda: Tangled(30)), torch.rand(3, 4)
    network = open_network(model, None, values)
    assert network.layers == ("low", "middle", "up", "head")
    skipped = network.skipped
    assert (skipped.lower, skipped.upper) == ("low", "middle")
    inside = sum(one.numel() for one in model.middle.parameters())
    total = sum(one.numel() for one in model.parameters())
    assert skipped.share == pytest.approx(inside / total)
    assert skipped.name in {"middle.a", "middle.b", "middle.c"}
    for word in ("low", "middle", skipped.name, f"{skipped.share:.0%}", "layers=["):
        assert word in str(skipped)


def test_what_is_left_out_goes_by_its_largest_module():
    """Two hidden blocks beside one another, the second much larger."""

    class Beside(nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.low = nn.Linear(4, 6)
            self.small, self.large = mlp(6), mlp(60)
            self.head = nn.Linear(6, 3)

        def forward(self, values: Tensor) -> Tensor:
            values = self.low(values)
            return self.head(self.small(values) * self.large(values) + values)

    skipped = open_network(seeded(Beside), None, torch.rand(3, 4)).skipped
    assert (skipped.lower, skipped.upper, skipped.name) == ("low", "head", "large")


def mlp(hidden: int) -> nn.Module:
    return nn.Sequential(nn.Linear(6, hidden), nn.ReLU(), nn.Linear(hidden, 6))


@pytest.mark.parametrize(
    ("model", "layers"),
    [
        (lambda: Tangled(30), ["low", "middle", "head"]),  # somebody's own choice
        (lambda: Tangled(2), None),  # less than half
        (lambda: nn.Sequential(nn.Linear(4, 50), nn.ReLU(), nn.Linear(50, 3)), None),  # one weight
        (lambda: ResNet(BasicBlock, [2, 2, 2, 2], num_classes=5), None),
    ],
    ids=["named", "little", "one weight", "ResNet"],
)
def test_else_nothing_is_said_to_be_left_out(model, layers):
    model = seeded(model)
    inputs = torch.rand(3, 3, 32, 32) if isinstance(model, ResNet) else torch.rand(3, 4)
    assert open_network(model, layers, inputs).skipped is None


# --- tokens with the batch second -----------------------------------------------------------


class Encoder(nn.Module):
    """PyTorch's transformer, its tokens as (T, B, C) or (B, T, C) inside."""

    def __init__(self, batch_first: bool) -> None:
        super().__init__()
        self.batch_first = batch_first
        self.embed = nn.Linear(5, 8)
        block = nn.TransformerEncoderLayer(
            8, 2, 16, batch_first=batch_first, norm_first=True, dropout=0.0
        )
        self.encoder = nn.TransformerEncoder(block, 2, enable_nested_tensor=False)
        self.head = nn.Linear(8, 3)

    def forward(self, tokens: Tensor) -> Tensor:
        tokens = self.embed(tokens)
        if not self.batch_first:
            tokens = tokens.transpose(0, 1)
        tokens = self.encoder(tokens)
        return self.head(tokens.mean(1 if self.batch_first else 0))


TOKENS = torch.randn(9, 6, 5, generator=torch.Generator().manual_seed(1))
NAMED = ("embed", "encoder.layers.0", "encoder.layers.1", "head")


def encoders() -> tuple[nn.Module, nn.Module]:
    second, first = seeded(lambda: Encoder(False)), seeded(lambda: Encoder(True))
    second.load_state_dict(first.state_dict())
    return second, first


def test_the_same_layers_are_chosen_with_the_batch_second():
    second, first = encoders()
    layers = choose_layers(second, TOKENS)
    assert layers == choose_layers(first, TOKENS)
    assert [one.rpartition(".")[2] for one in layers[-5:]] == [
        *("self_attn", "linear2", "self_attn", "linear2", "head")
    ]


@pytest.mark.parametrize("tokens", [6, 9], ids=["few tokens", "as many as inputs"])
@pytest.mark.parametrize("method", ["auto", "replayed"])
@pytest.mark.parametrize("layers", [None, NAMED], ids=["default", "named"])
def test_the_batch_second_gives_the_activations_of_the_batch_first(layers, method, tokens):
    inputs = torch.randn(9, tokens, 5, generator=torch.Generator().manual_seed(1))
    second, first = encoders()
    ours, theirs = (
        open_network(one, layers, inputs, method=method, segments=True) for one in (second, first)
    )
    assert ours.channel_axes == theirs.channel_axes
    found, expected = ours.responses(inputs), theirs.responses(inputs)
    for layer in theirs.layers:
        torch.testing.assert_close(found[layer], expected[layer])
        torch.testing.assert_close(
            ours.activations(inputs)[layer], theirs.activations(inputs)[layer]
        )


@pytest.mark.parametrize("attribution", ["ig", "norm-held", "gradient", "norm+softmax-held"])
@pytest.mark.parametrize("layers", [None, NAMED], ids=["default", "named"])
def test_the_batch_second_gives_the_circuit_of_the_batch_first(layers, attribution):
    second, first = encoders()
    ours, theirs = (
        circuit(one, TOKENS, layers, attribution=attribution) for one in (second, first)
    )
    check_same(ours, theirs)


# --- outputs that are tuples ----------------------------------------------------------------


class Recurrent(nn.Module):
    """An LSTM returns (outputs, state); with ``first`` a module of its own hands on the outputs."""

    def __init__(self, first: bool) -> None:
        super().__init__()
        self.lstm, self.taken = nn.LSTM(5, 7, batch_first=True), nn.Identity() if first else None
        self.head = nn.Linear(7, 3)

    def forward(self, steps: Tensor) -> Tensor:
        outputs, _ = self.lstm(steps)
        outputs = outputs if self.taken is None else self.taken(outputs)
        return self.head(torch.tanh(outputs).mean(1))


def test_of_a_tuple_the_first_entry_is_the_layers_activations():
    given = seeded(lambda: Recurrent(first=False)), seeded(lambda: Recurrent(first=True))
    given[1].load_state_dict(given[0].state_dict())
    as_tuple = circuit(given[0], TOKENS, ["lstm", "head"])
    alone = circuit(given[1], TOKENS, ["taken", "head"])
    check_same(as_tuple, alone)


class Attending(nn.Module):
    """Two attentions beside a stream; each returns (outputs, weights)."""

    def __init__(self, batch_first: bool) -> None:
        super().__init__()
        self.batch_first = batch_first
        self.embed, self.head = nn.Linear(5, 4), nn.Linear(4, 3)
        self.a, self.b = (nn.MultiheadAttention(4, 2, batch_first=batch_first) for _ in "ab")

    def forward(self, tokens: Tensor) -> Tensor:
        tokens = self.embed(tokens if self.batch_first else tokens.transpose(0, 1))
        tokens = tokens + self.a(tokens, tokens, tokens)[0]
        tokens = tokens + self.b(tokens, tokens, tokens)[0]
        return self.head(tokens.mean(1 if self.batch_first else 0))


@pytest.mark.parametrize("batch_first", [True, False])
def test_attentions_are_layers_though_they_return_their_weights_as_well(batch_first):
    model = seeded(lambda: Attending(batch_first))
    assert choose_layers(model, TOKENS) == ("a", "b", "head")
    network = open_network(model, ["a", "b", "head"], TOKENS)
    seen: list[Tensor] = []
    model.a.register_forward_hook(lambda _, args, out: seen.append(out[0]))
    with torch.no_grad():
        model(TOKENS)
    own = seen[0] if batch_first else seen[0].transpose(0, 1)
    torch.testing.assert_close(network.activations(TOKENS)["a"], own)
    check_same(circuit(model, TOKENS), circuit(seeded(lambda: Attending(not batch_first)), TOKENS))


# --- integers that the network casts --------------------------------------------------------

BYTES = torch.randint(0, 256, (8, 1, 8, 8), generator=torch.Generator().manual_seed(3)).byte()


class Casting(nn.Module):
    """Takes bytes, or the numbers that it makes of them."""

    def __init__(self, cast: Callable[[Tensor], Tensor] | None) -> None:
        super().__init__()
        self.cast = cast
        self.net = nn.Sequential(
            *(nn.Conv2d(1, 4, 3), nn.ReLU(), nn.Conv2d(4, 5, 3), nn.ReLU()),
            *(nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(5, 3)),
        )

    def forward(self, images: Tensor) -> Tensor:
        return self.net(images if self.cast is None else self.cast(images))


CASTS: dict[str, Callable[[Tensor], Tensor]] = {
    "float()": lambda x: x.float() / 255,
    "divided": lambda x: x / 255,
    "to(dtype)": lambda x: x.to(torch.float32) * (1 / 255),
    "by way of long()": lambda x: (x.long() - 128).float() / 128,
    "mixed with itself": lambda x: x.float() / 255 + (x > 99).float(),
}


@pytest.mark.parametrize("name", CASTS)
def test_of_bytes_that_are_cast_the_circuit_of_the_numbers_that_they_become(name):
    casting, plain = seeded(lambda: Casting(CASTS[name])), seeded(lambda: Casting(None))
    numbers = CASTS[name](BYTES)
    assert choose_layers(casting, BYTES) == choose_layers(plain, numbers)
    check_same(circuit(casting, BYTES), circuit(plain, numbers))


def test_of_classes_that_are_spread_out_to_ones_and_zeros():
    class OneHot(nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.low, self.up, self.head = nn.Linear(6, 5), nn.Linear(20, 4), nn.Linear(4, 3)

        def forward(self, words: Tensor) -> Tensor:
            hidden = self.low(functional.one_hot(words, 6).float()).relu().flatten(1)
            return self.head(self.up(hidden).relu())

    words = torch.randint(0, 6, (9, 4), generator=torch.Generator().manual_seed(0))
    model = seeded(OneHot)
    assert choose_layers(model, words) == ("low", "up", "head")
    found = circuit(model, words)
    assert all(found.layer_neurons(layer) for layer in found.layers)
