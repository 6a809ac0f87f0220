"""Attention heads as neurons: each equals the channels it is made of."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import pytest
import torch
from attributing import difference, opened
from timm.models.vision_transformer import VisionTransformer
from torch import Tensor, nn
from torch.nn import functional

from neurflow_lightning import (
    NeurFlowConfig,
    NeuronId,
    ProbeSet,
    analyze,
    check_edges,
    intervene,
    measure_drift,
)
from neurflow_lightning.core import restriction
from neurflow_lightning.core.attribution import PathAttribution, request_attribution
from neurflow_lightning.core.default_layers import choose_layers
from neurflow_lightning.core.gates import GateKind
from neurflow_lightning.core.heads import attention_heads
from neurflow_lightning.core.hooks import OutputView, WatchedModel
from neurflow_lightning.core.observation import observe
from neurflow_lightning.core.segments import Network, open_network
from neurflow_lightning.core.study import Study
from neurflow_lightning.core.transfer import functional_transfer
from neurflow_lightning.errors import ComparisonError, ConfigError, LayerError
from neurflow_lightning.serialization import pack, unpack

HEADS, EACH = 3, 4
CHANNELS = HEADS * EACH
TOKENS = torch.randn(6, 5, 7, generator=torch.Generator().manual_seed(1))
"""As many tokens as no batch has, and as many inputs."""
IMAGES = torch.rand(6, 3, 16, 16, generator=torch.Generator().manual_seed(1))


def seeded(make: Callable[[], nn.Module]) -> nn.Module:
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(2)
        return make().eval()


class Attention(nn.Module):
    """As timm's: ``heads`` hands on the heads before their projection."""

    def __init__(self, is_fused: bool = True, handing_on: type[nn.Module] = nn.Identity) -> None:
        super().__init__()
        self.num_heads, self.is_fused = HEADS, is_fused
        self.norm, self.qkv = nn.LayerNorm(CHANNELS), nn.Linear(CHANNELS, 3 * CHANNELS)
        self.drop, self.heads = nn.Dropout(0.1), handing_on()
        self.proj = nn.Linear(CHANNELS, CHANNELS)

    def mixed(self, tokens: Tensor) -> Tensor:
        parts = self.qkv(self.norm(tokens)).unflatten(-1, (3, HEADS, EACH)).permute(2, 0, 3, 1, 4)
        query, key, value = parts.unbind(0)
        if self.is_fused:
            return functional.scaled_dot_product_attention(query, key, value)
        weights = self.drop((query @ key.transpose(-2, -1) * EACH**-0.5).softmax(-1))
        return weights @ value

    def forward(self, tokens: Tensor) -> Tensor:
        return self.proj(self.heads(self.mixed(tokens).transpose(1, 2).flatten(2)))


class Net(nn.Module):
    """Two attentions beside a stream, an MLP between them."""

    def __init__(self, **given: Any) -> None:
        super().__init__()
        self.embed = nn.Linear(7, CHANNELS)
        self.low, self.up = Attention(**given), Attention(**given)
        self.mlp = nn.Sequential(nn.Linear(CHANNELS, 8), nn.ReLU(), nn.Linear(8, CHANNELS))
        self.head = nn.Linear(CHANNELS, 3)

    def forward(self, tokens: Tensor) -> Tensor:
        tokens = self.embed(tokens)
        tokens = tokens + self.low(tokens)
        tokens = tokens + self.mlp(tokens)
        tokens = tokens + self.up(tokens)
        return self.head(tokens.mean(1))


LAYERS = ("low.heads", "mlp", "up.heads", "head")


def heads_of(model: nn.Module, inputs: Tensor) -> dict[str, int]:
    watched = WatchedModel(model)
    return attention_heads(watched, observe(watched, inputs[:3]))


def channels_of(heads: Sequence[int]) -> list[int]:
    return [head * EACH + channel for head in heads for channel in range(EACH)]


# --- which layers have heads ----------------------------------------------------------------


@pytest.mark.parametrize("is_fused", [True, False])
@pytest.mark.parametrize("trained", [True, False])
def test_the_modules_between_attention_and_projection_and_no_others(is_fused, trained):
    model = seeded(lambda: Net(is_fused=is_fused)).requires_grad_(trained)
    assert heads_of(model, TOKENS) == {"low.heads": HEADS, "up.heads": HEADS}


@pytest.mark.parametrize("handing_on", [lambda: nn.LayerNorm(CHANNELS), nn.GELU, nn.Dropout])
def test_a_norm_or_activation_of_the_heads_has_them(handing_on):
    assert set(heads_of(seeded(lambda: Net(handing_on=handing_on)), TOKENS)) == {
        "low.heads",
        "up.heads",
    }


@pytest.mark.parametrize("handing_on", [lambda: nn.Linear(CHANNELS, CHANNELS)])
def test_a_linear_layer_mixes_them(handing_on):
    assert heads_of(seeded(lambda: Net(handing_on=handing_on)), TOKENS) == {}


@pytest.mark.parametrize("count", [1, 5, "3", 3.0, True])
def test_a_number_that_is_none_of_heads(count):
    """One head is no division, and 12 channels do not divide into five."""
    model = seeded(Net)
    model.up.num_heads = count
    assert heads_of(model, TOKENS) == {"low.heads": HEADS}


@pytest.mark.parametrize("name", ["num_attention_heads", "n_heads", "n_head", "heads", "nhead"])
def test_other_names_of_the_number_on_the_module_itself_or_far_around_it(name):
    model = seeded(Net)
    del model.low.num_heads, model.up.num_heads
    for owner in (model, model.up):
        if not hasattr(owner, name):  # an attention has a module called "heads"
            setattr(owner, name, HEADS)
    assert heads_of(model, TOKENS) == {"low.heads": HEADS, "up.heads": HEADS}


def tiny_vit(**given: Any) -> nn.Module:
    model = VisionTransformer(
        *(16, 8),
        embed_dim=CHANNELS,
        depth=2,
        num_heads=HEADS,
        num_classes=4,
        mlp_ratio=2,
        **given,
    )
    nn.init.normal_(model.head.weight)
    return model


@pytest.mark.parametrize(
    "given", [{}, {"qk_norm": True}, {"scale_attn_norm": True}, {"init_values": 0.1}], ids=str
)
def test_of_timms_vit_the_heads_stand_for_their_attentions(given):
    model = seeded(lambda: tiny_vit(**given))
    mlp = "ls2" if "init_values" in given else "mlp"  # the MLP with its scale
    parts = [f"blocks.{n}.{part}" for n in (0, 1) for part in ("attn.norm", mlp)]
    network = open_network(model, None, IMAGES, neurons="heads", segments=True)
    assert network.layers == (*parts, "head")
    assert dict(network.widths) == dict(zip(network.layers, [3, 12, 3, 12, 4], strict=True))
    assert {network.segment(*pair).method for pair in pairs_of(network)} == {"traced"}


class SelfAttention(nn.Module):
    """As those of Hugging Face: returns the heads, and their weights."""

    def __init__(self, together: bool) -> None:
        super().__init__()
        self.num_attention_heads, self.together = HEADS, together
        self.query, self.key, self.value = (nn.Linear(CHANNELS, CHANNELS) for _ in "qkv")

    def forward(self, tokens: Tensor) -> Any:
        query, key, value = (
            one(tokens).view(*tokens.shape[:2], HEADS, EACH).transpose(1, 2)
            for one in (self.query, self.key, self.value)
        )
        weights = torch.softmax(query @ key.transpose(-1, -2) / EACH**0.5, -1)
        context = (weights @ value).permute(0, 2, 1, 3).contiguous()
        context = context.view(*tokens.shape[:2], CHANNELS)
        return (context, weights) if self.together else (context,)


class SelfOutput(nn.Module):
    def __init__(self, norm: bool) -> None:
        super().__init__()
        self.dense, self.dropout = nn.Linear(CHANNELS, CHANNELS), nn.Dropout(0.1)
        if norm:
            self.LayerNorm = nn.LayerNorm(CHANNELS)

    def forward(self, hidden: Tensor, tokens: Tensor) -> Tensor:
        hidden = self.dropout(self.dense(hidden))
        return self.LayerNorm(hidden + tokens) if hasattr(self, "LayerNorm") else hidden


class WholeAttention(nn.Module):
    def __init__(self, post_norm: bool, together: bool) -> None:
        super().__init__()
        self.self, self.output = SelfAttention(together), SelfOutput(post_norm)

    def forward(self, tokens: Tensor) -> Any:
        outputs = self.self(tokens)
        return (self.output(outputs[0], tokens), *outputs[1:])


class HuggingBlock(nn.Module):
    def __init__(self, post_norm: bool, together: bool) -> None:
        super().__init__()
        self.post_norm = post_norm
        self.before, self.after = nn.LayerNorm(CHANNELS), nn.LayerNorm(CHANNELS)
        self.attention = WholeAttention(post_norm, together)
        self.mlp = nn.Sequential(nn.Linear(CHANNELS, 8), nn.GELU(), nn.Linear(8, CHANNELS))

    def forward(self, tokens: Tensor) -> Tensor:
        if self.post_norm:
            tokens = self.attention(tokens)[0]
            return self.after(self.mlp(tokens) + tokens)
        tokens = tokens + self.attention(self.before(tokens))[0]
        return tokens + self.mlp(self.after(tokens))


class Hugging(nn.Module):
    def __init__(self, post_norm: bool, together: bool) -> None:
        super().__init__()
        self.embed, self.head = nn.Linear(7, CHANNELS), nn.Linear(CHANNELS, 3)
        self.layer = nn.ModuleList(HuggingBlock(post_norm, together) for _ in range(2))

    def forward(self, tokens: Tensor) -> Tensor:
        tokens = self.embed(tokens)
        for layer in self.layer:
            tokens = layer(tokens)
        return self.head(tokens[:, 0])


@pytest.mark.parametrize("together", [True, False], ids=["with weights", "alone"])
@pytest.mark.parametrize("post_norm", [True, False], ids=["BERT", "ViT"])
def test_of_hugging_faces_models_the_self_attentions(post_norm, together):
    model = seeded(lambda: Hugging(post_norm, together))
    network = open_network(model, None, TOKENS, neurons="heads", segments=True)
    parts = [f"layer.{n}.{part}" for n in (0, 1) for part in ("attention.self", "mlp")]
    assert network.layers == (*parts, "head")
    assert [network.widths[layer] for layer in parts] == [HEADS, CHANNELS] * 2
    check_segments(network)


class WithoutModules(Attention):
    """As timm's EVA: queries, keys and values are made by a function, not by a call of a module."""

    def mixed(self, tokens: Tensor) -> Tensor:
        made = functional.linear(self.norm(tokens), self.qkv.weight, self.qkv.bias)
        query, key, value = made.unflatten(-1, (3, HEADS, EACH)).permute(2, 0, 3, 1, 4).unbind(0)
        return functional.scaled_dot_product_attention(query, key, value)


def test_where_weights_are_used_outside_of_their_modules():
    model = seeded(Net)
    model.low, model.up = seeded(WithoutModules), seeded(WithoutModules)
    network = open_network(model, None, TOKENS, neurons="heads", segments=True)
    assert network.layers == LAYERS
    check_segments(network)


def test_with_channels_the_attentions_stay():
    model = seeded(tiny_vit)
    parts = [f"blocks.{n}.{part}" for n in (0, 1) for part in ("attn", "mlp")]
    assert open_network(model, None, IMAGES).layers == (*parts, "head")
    assert choose_layers(model, IMAGES) == (*parts, "head")


# --- closed forms ---------------------------------------------------------------------------


def both(model: nn.Module, layers: Sequence[str] = LAYERS) -> tuple[Network, Network]:
    """With heads, and with channels."""
    return (
        open_network(model, layers, TOKENS, neurons="heads"),
        open_network(model, layers, TOKENS),
    )


def pairs_of(network: Network) -> list[tuple[str, str]]:
    return list(zip(network.layers, network.layers[1:], strict=False))


def test_a_view_of_heads_and_back():
    values = torch.arange(2.0 * 5 * 12).view(5, 2, 12)
    view = OutputView(parts=2, batch_axis=1, heads=3)
    found = view.read((values, "weights"))
    assert found.shape == (2, 5, 3, 4)
    assert torch.equal(found[1, 4, 2], values[4, 1, 8:])
    tensor, other = view.write((values, "weights"), found)
    assert torch.equal(tensor, values)
    assert other == "weights"
    assert not view.is_plain
    assert not OutputView(heads=3).is_plain


def test_activations_are_the_channels_and_responses_their_means():
    heads, channels = both(seeded(Net))
    assert [heads.widths[layer] for layer in LAYERS] == [HEADS, CHANNELS, HEADS, 3]
    assert heads.channel_axes["up.heads"] == 2
    ours, theirs = heads.activations(TOKENS), channels.activations(TOKENS)
    found, expected = heads.responses(TOKENS), channels.responses(TOKENS)
    for layer in LAYERS:
        torch.testing.assert_close(ours[layer].flatten(), theirs[layer].flatten())
        means = expected[layer].unflatten(1, (heads.widths[layer], -1)).mean(2)
        torch.testing.assert_close(found[layer], means)


@pytest.mark.parametrize("knocked_out", [[1], [2, 0], [0, 1, 2]])
def test_knocking_out_a_head_zeroes_its_slice(knocked_out):
    model = seeded(Net)
    heads, _ = both(model)
    found = heads.masked(TOKENS, {"low.heads": torch.tensor(knocked_out)})

    def zero(_: nn.Module, __: Any, output: Tensor) -> Tensor:
        return output.index_fill(-1, torch.tensor(channels_of(knocked_out)), 0.0)

    hook = model.low.heads.register_forward_hook(zero)
    with torch.no_grad():
        torch.testing.assert_close(found, model(TOKENS))
    hook.remove()
    segment = heads.segment("low.heads", "mlp")
    request = request_attribution(heads, segment, 5, TOKENS)
    segment = both(model)[1].segment("low.heads", "mlp")
    slices = request_attribution(both(model)[1], segment, 5, TOKENS)
    expected = slices.without(channels_of(knocked_out))
    torch.testing.assert_close(request.without(knocked_out), expected)


@pytest.mark.parametrize("method", ["traced", "replayed"])
@pytest.mark.parametrize(
    "attribution",
    [PathAttribution(), PathAttribution(at_input=True), PathAttribution(hold=("norm", "softmax"))],
    ids=["ig", "gradient", "held"],
)
def test_a_heads_attribution_is_the_sum_of_its_channels(attribution, method):
    model = seeded(Net).double()
    inputs = TOKENS.double()
    heads, channels = (
        open_network(model, LAYERS, inputs, neurons=neurons, method=method)
        for neurons in ("heads", "channels")
    )
    for lower, upper in pairs_of(heads):
        ours = request_attribution(heads, heads.segment(lower, upper), 1, inputs)
        each = heads.shapes[upper].numel() // 5 // heads.widths[upper] if upper != "head" else 1
        sums = 0
        for channel in range(each, 2 * each):  # the upper head is the mean of its channels
            theirs = request_attribution(channels, channels.segment(lower, upper), channel, inputs)
            sums = sums + attribution(theirs) * theirs.positions / each
        expected = sums.unflatten(1, (heads.widths[lower], -1)).sum(2)
        found = attribution(ours)
        torch.testing.assert_close(found * ours.positions, expected)
        if not attribution.hold and not attribution.at_input:
            gap, change = ours.completeness_gap(found), ours.response_change()
            assert float(gap.abs().max()) < 0.05 * float(change.abs().max())


# --- traced, replayed, folded ---------------------------------------------------------------


def check_segments(network: Network, inputs: Tensor = TOKENS) -> None:
    """Traced segments give what replay gives, at the true activations and at others."""
    model, layers = network.model, network.layers
    replaying = open_network(model, layers, inputs, neurons="heads", method="replayed")
    seen = network.activations(inputs)
    for pair in pairs_of(network):
        segment, replayed = network.segment(*pair), replaying.segment(*pair)
        assert (segment.method, replayed.method) == ("traced", "replayed")
        capture = segment.capture(inputs)
        torch.testing.assert_close(capture.lower, seen[pair[0]])
        torch.testing.assert_close(capture.upper, seen[pair[1]])
        for share in (1.0, 0.3):
            lower, context = segment.entering(inputs)
            ours = segment.run(share * lower, context)
            theirs = replayed.run(share * lower, (inputs,))
            torch.testing.assert_close(ours, theirs)
        torch.testing.assert_close(segment.run(lower, context), seen[pair[1]])


@pytest.mark.parametrize("segments", [True, False], ids=["together", "one by one"])
@pytest.mark.parametrize("is_fused", [True, False])
def test_traced_segments_equal_replayed_ones(is_fused, segments):
    model = seeded(lambda: Net(is_fused=is_fused))
    check_segments(open_network(model, LAYERS, TOKENS, neurons="heads", segments=segments))


class Second(nn.Module):
    """The same with tokens (T, B, C) inside."""

    def __init__(self) -> None:
        super().__init__()
        self.net = Net()
        self.low, self.up = nn.Identity(), nn.Identity()
        self.num_heads = HEADS

    def forward(self, tokens: Tensor) -> Tensor:
        net = self.net
        tokens = net.embed(tokens)
        for block, heads in ((net.low, self.low), (net.up, self.up)):
            made = block.mixed(tokens).permute(2, 0, 1, 3).flatten(2)  # (T, B, C)
            tokens = tokens + block.proj(heads(made)).transpose(0, 1)
        return net.head(tokens.mean(1))


@pytest.mark.parametrize("tokens", [5, 6], ids=["few tokens", "as many as inputs"])
def test_the_batch_second(tokens):
    inputs = torch.randn(6, tokens, 7, generator=torch.Generator().manual_seed(1))
    model = seeded(Second)
    network = open_network(model, ("low", "up", "net.head"), inputs, neurons="heads", segments=True)
    assert network.shapes["up"] == (tokens, HEADS, EACH)
    check_segments(network, inputs)
    plain = open_network(model, ("low", "up", "net.head"), inputs)
    torch.testing.assert_close(
        network.activations(inputs)["up"].flatten(2), plain.activations(inputs)["up"]
    )


def check_folded(study: Study, upper: str, hold: tuple[GateKind, ...]) -> None:
    """Neither now nor after a look at it was the segment run the plain way."""
    folded = study.folded(upper, hold)
    assert folded is not None
    assert folded.doubts
    assert not any(folded.doubts.values())


@pytest.mark.parametrize("is_fused", [True, False])
@pytest.mark.parametrize("hold", [(), ("norm",), ("softmax",), ("norm", "softmax")], ids=str)
@pytest.mark.parametrize(
    "layers", [("low.heads", "mlp"), ("mlp", "up.heads"), ("low.heads", "up.heads")]
)
def test_folded_equals_plain(layers, hold, is_fused):
    model, inputs = seeded(lambda: Net(is_fused=is_fused)).double(), TOKENS.double()
    with opened(model, inputs, layers, neurons="heads") as study:
        assert study.network.widths[layers[0]] == (CHANNELS if layers[0] == "mlp" else HEADS)
        assert difference(study, method=PathAttribution(hold=hold)) < 1e-11
        assert difference(study, [2, 0], 4, PathAttribution(hold=hold)) < 1e-11
        check_folded(study, layers[1], hold)


def test_attention_is_run_once_for_all_heads(monkeypatch):
    """The weighted sum is in the part that all neurons share; only a head's slice is not."""
    monkeypatch.setattr(restriction, "WORTH_SHARING", 0)  # however small the network
    with opened(seeded(Net), TOKENS, ("mlp", "up.heads"), neurons="heads") as study:
        folded = study.folded("up.heads", ())
        ways = [folded.split(one) for one in folded.plans(range(HEADS))]
    assert not any(way.whole for way in ways)
    assert all(way.common is not None for way in ways)
    last = functional.scaled_dot_product_attention
    assert all(last in {node.target for node in way.common.part.run.graph.nodes} for way in ways)


class Rectified(nn.Module):
    """Between two modules with heads nothing but ReLUs bends, once the norm is held."""

    def __init__(self) -> None:
        super().__init__()
        self.embed, self.attention = nn.Linear(7, CHANNELS), Attention()
        self.low, self.up, self.norm = nn.Identity(), nn.Identity(), nn.LayerNorm(CHANNELS)
        self.first, self.second = (nn.Parameter(torch.randn(CHANNELS) / 5) for _ in range(2))
        self.num_heads = HEADS

    def forward(self, tokens: Tensor) -> Tensor:
        made = self.low(self.attention.mixed(self.embed(tokens)).transpose(1, 2).flatten(2))
        return self.up(functional.relu(self.norm(functional.relu(made + self.first)) + self.second))


@pytest.mark.parametrize("hold", [("norm",), ()], ids=str)
def test_rectified_heads(hold):
    """A head has as many ReLUs as channels: not one switch, as a channel has."""
    model, inputs = seeded(Rectified).double(), TOKENS.double()
    with opened(model, inputs, ("low", "up"), neurons="heads") as study:
        assert difference(study, method=PathAttribution(hold=hold)) < 1e-11
        assert difference(study, [2, 0], 5, PathAttribution(hold=hold)) < 1e-11
        check_folded(study, "up", hold)


# --- analyses -------------------------------------------------------------------------------

NUMBERS = NeurFlowConfig(
    tau=2, top_k=4, nodes=3, granularities=(1.0,), resamples=3, neurons="heads"
)


@pytest.fixture(scope="module")
def vit() -> nn.Module:
    return seeded(tiny_vit)


@pytest.fixture(scope="module")
def snapshot(vit: nn.Module) -> Any:
    return analyze(vit, ProbeSet(IMAGES), targets=[1], config=NUMBERS)


def test_a_circuit_of_heads(vit, snapshot):
    layer = snapshot.layers[2]
    assert layer == "blocks.1.attn.norm"
    circuit = snapshot.circuits[0]
    nodes = circuit.layer_neurons(layer)
    assert nodes
    assert all(0 <= node.id.index < HEADS for node in nodes)
    network = open_network(vit, snapshot.layers, IMAGES)
    each = network.responses(IMAGES)[layer].unflatten(1, (HEADS, EACH)).mean(2)
    for node in nodes:
        rows = each[:, node.id.index].argsort(descending=True)[: len(node.concept.patches)]
        assert sorted(rows.tolist()) == sorted(node.concept.patches.tolist())


def test_it_is_read_back_with_its_heads(snapshot):
    header, arrays = pack(snapshot)
    assert header["config"]["neurons"] == "heads"
    assert unpack(header, arrays).config == NUMBERS


def test_whoever_opens_the_network_again_opens_it_with_heads(vit, snapshot):
    circuit, probes = snapshot.circuits[0], ProbeSet(IMAGES)
    check = check_edges(vit, snapshot, probes, target=1)
    assert np.isfinite(check.effects).all()
    labels = torch.tensor([1, 1, 1, 0, 0, 2])
    found = functional_transfer(vit, snapshot, snapshot, IMAGES, labels)
    assert found.keys() == {1}
    node = circuit.layer_neurons("blocks.1.attn.norm")[0].id
    done = intervene(vit, circuit, node, IMAGES, neurons="heads")

    def zero(_: nn.Module, __: Any, output: Tensor) -> Tensor:
        return output.index_fill(-1, torch.tensor(channels_of([node.index])), 0.0)

    hook = vit.blocks[1].attn.norm.register_forward_hook(zero)
    with torch.no_grad():
        np.testing.assert_allclose(done.logits_after, vit(IMAGES)[:, 1], rtol=1e-4, atol=1e-5)
    hook.remove()
    single = intervene(vit, circuit, [NeuronId(node.layer, CHANNELS - 1)], IMAGES)
    assert not np.allclose(single.logits_after, done.logits_after)  # a channel


def test_analyze_like_it_takes_heads(vit, snapshot):
    again = analyze(vit, ProbeSet(IMAGES), like=snapshot)
    assert again.config.neurons == "heads"
    assert measure_drift(snapshot, again) is not None


def test_channels_are_not_compared_with_heads(vit, snapshot):
    config = NeurFlowConfig.from_dict({**NUMBERS.to_dict(), "neurons": "channels"})
    channels = analyze(vit, ProbeSet(IMAGES), layers=snapshot.layers, targets=[1], config=config)
    with pytest.raises(ComparisonError, match="neurons heads and channels"):
        measure_drift(snapshot, channels)


# --- what cannot be had ---------------------------------------------------------------------


class Mixed(nn.Module):
    """An attention of PyTorch's, then another that hands on its heads."""

    def __init__(self, with_heads: bool) -> None:
        super().__init__()
        self.embed, self.head = nn.Linear(7, CHANNELS), nn.Linear(CHANNELS, 3)
        self.first = nn.MultiheadAttention(CHANNELS, HEADS, batch_first=True)
        self.second = Attention() if with_heads else nn.Linear(CHANNELS, CHANNELS)

    def forward(self, tokens: Tensor) -> Tensor:
        tokens = self.embed(tokens)
        tokens = tokens + self.first(tokens, tokens, tokens)[0]
        return self.head((tokens + self.second(tokens)).mean(1))


def test_an_attention_of_pytorchs_keeps_its_channels():
    network = open_network(seeded(lambda: Mixed(True)), None, TOKENS, neurons="heads")
    assert network.layers == ("first", "second.heads", "head")
    assert [network.widths[layer] for layer in network.layers] == [CHANNELS, HEADS, 3]


@pytest.mark.parametrize("layers", [None, ("embed", "first", "head")])
def test_without_any_heads_the_way_out_is_named(layers):
    with pytest.raises(LayerError, match=r"MultiheadAttention.*neurons='channels'"):
        open_network(seeded(lambda: Mixed(False)), layers, TOKENS, neurons="heads")


def test_layers_without_heads_where_others_have_them():
    with pytest.raises(LayerError, match=r"'embed', 'up'.*'low\.heads', 'up\.heads'"):
        open_network(seeded(Net), ("embed", "up"), TOKENS, neurons="heads")


def test_the_axis_of_channels_leaves_heads_alone():
    network = open_network(seeded(Net), LAYERS, TOKENS, neurons="heads", channel_axis=1)
    assert network.channel_axes == {"low.heads": 2, "mlp": 1, "up.heads": 2, "head": 1}


def test_in_the_config():
    assert NeurFlowConfig().neurons == "channels"
    assert NeurFlowConfig.from_dict(NUMBERS.to_dict()) == NUMBERS
    before = NeurFlowConfig().to_dict()
    del before["neurons"]
    assert NeurFlowConfig.from_dict(before) == NeurFlowConfig()
    for value in ("head", None, 3):
        with pytest.raises(ConfigError, match=r"neurons=.*channels.*heads"):
            NeurFlowConfig(neurons=value)
    with pytest.raises(ConfigError, match="neurons='head'"):
        open_network(seeded(Net), LAYERS, TOKENS, neurons="head")
