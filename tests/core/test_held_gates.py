"""Held norms and other gates against closed forms; traced, replayed and folded alike."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
import torch
from attributing import (
    Case,
    around_maps,
    asked,
    difference,
    on_maps,
    on_tokens,
    on_vectors,
    the_packages_way,
    the_plain_way,
    ways,
)
from cases import CASES, CONV, DENSE, SKIP, Attention, number
from torch import Tensor, nn
from torch.nn import functional

from neurflow_lightning.core.attribution import HeldRun, PathAttribution
from neurflow_lightning.core.gates import GateMode, check_kinds
from neurflow_lightning.core.methods import find_method, method_name
from neurflow_lightning.errors import ConfigError
from neurflow_lightning.method_names import GATE_KINDS

EPS = 0.1  # large, so that a norm that forgets it is found out
HELD = PathAttribution(hold=("norm",))
HELD_GRADIENT = PathAttribution(hold=("norm",), at_input=True)
Steps = Callable[[Any, Tensor], Tensor]


def weighted(make: Callable[[], nn.Module]) -> nn.Module:
    """A norm whose weights and biases are not all the same."""
    norm = make()
    for parameter in norm.parameters():
        nn.init.uniform_(parameter, 0.5, 1.5)
    return norm


def undecided(steps: Steps) -> Steps:
    """The same steps behind a branch on the data: no graph holds them."""
    return lambda net, y: steps(net, y) if y.sum() < 1e9 else y


def is_folded(study, method: PathAttribution) -> bool:
    folded = study.folded("up", method.hold)
    return folded is not None and not any(folded.doubts.values())


# --- Jacobians of norms on (B, 4) vectors ---------------------------------------------------


def of_layer_norm(x: Tensor, weight: Tensor, groups: int = 1) -> Tensor:
    """(B, 4, 4) w_i / σ · (δ_ij − 1/n), σ and n of the own group."""
    n = 4 // groups
    mean = torch.block_diag(*[torch.full((n, n), 1 / n).to(x)] * groups)
    sigma = (x.view(-1, groups, n).var(2, correction=0) + EPS).sqrt().repeat_interleave(n, 1)
    return (weight / sigma)[:, :, None] * (torch.eye(4).to(x) - mean)


def of_rms_norm(x: Tensor, weight: Tensor) -> Tensor:
    """(B, 4, 4) w_i / rms · δ_ij."""
    return torch.diag_embed(weight / (x.square().mean(1, keepdim=True) + EPS).sqrt())


def of_normalize(x: Tensor, weight: Tensor) -> Tensor:
    """(B, 4, 4) δ_ij / ‖x‖."""
    return torch.eye(4).to(x) / x.norm(dim=1)[:, None, None]


def written_layer_norm(net: Any, y: Tensor) -> Tensor:
    variance = (y - y.mean(-1, keepdim=True)).pow(2).mean(-1, keepdim=True)
    return (y - y.mean(-1, keepdim=True)) / (variance + EPS).sqrt() * net.n.weight + net.n.bias


def written_rms_norm(net: Any, y: Tensor) -> Tensor:
    return y * torch.rsqrt(y.pow(2).mean(-1, keepdim=True) + EPS) * net.n.weight


LAYER, RMS = partial(nn.LayerNorm, 4, EPS), partial(nn.RMSNorm, 4, EPS)
NORMS: dict[str, tuple[Steps, Callable[[], nn.Module], Callable[..., Tensor]]] = {
    "LayerNorm": (lambda net, y: net.n(y), LAYER, of_layer_norm),
    "functional.layer_norm": (
        lambda net, y: functional.layer_norm(y, (4,), net.n.weight, net.n.bias, EPS),
        LAYER,
        of_layer_norm,
    ),
    "functional.layer_norm by name": (
        lambda net, y: functional.layer_norm(
            eps=EPS, input=y, bias=net.n.bias, weight=net.n.weight, normalized_shape=(4,)
        ),
        LAYER,
        of_layer_norm,
    ),
    "layer norm written out": (written_layer_norm, LAYER, of_layer_norm),
    "RMSNorm": (lambda net, y: net.n(y), RMS, of_rms_norm),
    "functional.rms_norm": (
        lambda net, y: functional.rms_norm(y, (4,), net.n.weight, eps=EPS),
        RMS,
        of_rms_norm,
    ),
    "RMS norm written out": (written_rms_norm, RMS, of_rms_norm),
    "GroupNorm": (
        lambda net, y: net.n(y),
        partial(nn.GroupNorm, 2, 4, EPS),
        partial(of_layer_norm, groups=2),
    ),
    "functional.group_norm": (
        lambda net, y: functional.group_norm(y, 2, net.n.weight, net.n.bias, EPS),
        partial(nn.GroupNorm, 2, 4, EPS),
        partial(of_layer_norm, groups=2),
    ),
    "normalize": (lambda net, y: functional.normalize(y, dim=-1), LAYER, of_normalize),
}


@pytest.mark.parametrize("method", [HELD, HELD_GRADIENT], ids=method_name)
@pytest.mark.parametrize("way", ["folded", "replayed"])
@pytest.mark.parametrize("name", NORMS)
def test_a_held_norm_gives_each_neuron_weight_over_sigma_times_its_activation(name, way, method):
    steps, norm, jacobian = NORMS[name]
    steps = undecided(steps) if way == "replayed" else steps
    with on_vectors(steps, n=partial(weighted, norm)).opened() as study, torch.no_grad():
        what = asked(study)
        found = the_packages_way(study, what, method)
        rows = torch.arange(len(found.lower))
        neurons = torch.from_numpy(what.neurons.repeat(3))
        expected = jacobian(found.lower, study.network.model.n.weight)[rows, neurons] * found.lower
        assert is_folded(study, method) == (way == "folded")
        assert study.segments[0].method == ("traced" if way == "folded" else "replayed")
    torch.testing.assert_close(found.values, expected, rtol=1e-11, atol=1e-13)
    assert found.completeness_gap.abs().max() < 1e-12
    torch.testing.assert_close(found.response_change, expected.sum(1))


@pytest.mark.parametrize("name", NORMS)
def test_a_segment_of_norms_and_linear_maps_is_affine_once_its_norms_are_held(name):
    steps, norm, _ = NORMS[name]
    case = on_vectors(
        lambda net, y: net.b(steps(net, net.a(y))), a=DENSE, b=DENSE, n=partial(weighted, norm)
    )
    with case.opened() as study:
        assert all(way.is_affine for way in ways(study, ("norm",)))
        assert not any(way.is_affine for way in ways(study))
        assert difference(study, method=HELD) < 1e-12


def test_each_token_has_a_sigma_of_its_own():
    case = on_tokens(lambda net, y: net.n(y), n=partial(weighted, LAYER))
    with case.opened() as study, torch.no_grad():
        what = asked(study, neurons=[2])
        found = the_packages_way(study, what, HELD)
        tokens = study.network.model.low(study.inputs(what.patches[0]))
        weight = study.network.model.n.weight
        jacobians = of_layer_norm(tokens.flatten(0, 1), weight)[:, 2].view(tokens.shape)
    torch.testing.assert_close(found.values, (jacobians * tokens).mean(1) / 5)
    assert found.completeness_gap.abs().max() < 1e-12


def test_a_group_norm_of_maps_shares_its_sigma_among_positions_and_channels_of_a_group():
    case = on_maps(lambda net, y: net.n(y), n=partial(weighted, partial(nn.GroupNorm, 2, 4, EPS)))
    with case.opened() as study, torch.no_grad():
        what = asked(study, neurons=[1])
        found = the_packages_way(study, what, HELD)
        maps = study.network.model.low(study.inputs(what.patches[0]))
        weight = study.network.model.n.weight[1]
    sigma = (maps[:, :2].flatten(1).var(1, correction=0) + EPS).sqrt()[:, None]
    shares = torch.tensor([-0.5, 0.5, 0.0, 0.0]).double()  # δ_1j − ½ within the first group
    expected = weight / sigma * shares * maps.mean((2, 3)) / 30
    torch.testing.assert_close(found.values, expected)


def test_the_held_function_keeps_what_passes_the_lower_layer_by():
    """LN(y + s) with the skip s at its true value: with σ held the change is w (y − ȳ) / σ.

    Without holding the norm it would be LN(y + s) − LN(s).
    """

    def steps(net: Any, y: Tensor, x: Tensor) -> Tensor:
        return net.n((y + net.skip(x)).mean((2, 3)))

    case = around_maps(steps, n=partial(weighted, LAYER), skip=lambda: nn.Conv2d(3, 4, 1))
    with case.opened() as study, torch.no_grad():
        what, net = asked(study, neurons=[0]), study.network.model
        found = the_packages_way(study, what, HELD)
        inputs = study.inputs(what.patches[0])
        own, skip = net.low(inputs).mean((2, 3)), net.skip(inputs).mean((2, 3))
        sigma = ((own + skip).var(1, correction=0) + EPS).sqrt()
        plain = the_packages_way(study, what).response_change
    expected = net.n.weight[0] * (own[:, 0] - own.mean(1)) / sigma
    torch.testing.assert_close(found.response_change, expected)
    assert found.completeness_gap.abs().max() < 1e-12
    assert (plain - expected).abs().max() > 0.01


def test_what_is_curved_beside_a_held_norm_is_still_integrated():
    """tanh(W LN(y)): with σ held it runs along tanh(α u + c), whose integral is the change."""
    case = on_vectors(
        lambda net, y: torch.tanh(net.b(net.n(y))), b=DENSE, n=partial(weighted, LAYER)
    )
    method = PathAttribution(hold=("norm",), nodes=16)
    with case.opened() as study, torch.no_grad():
        what, net = asked(study, neurons=[3]), study.network.model
        found = the_packages_way(study, what, method)
        lower = found.lower
        begin = net.b(net.n.bias)[3]
        step = net.b.weight[3] @ of_layer_norm(lower, net.n.weight)  # (B, 4)
        slope = (step * lower).sum(1)
        change = torch.tanh(begin + slope) - torch.tanh(begin)
    torch.testing.assert_close(found.response_change, change)
    torch.testing.assert_close(found.values, step * lower * (change / slope)[:, None])
    assert found.completeness_gap.abs().max() < 1e-10


# --- norms where no graph shows them --------------------------------------------------------


class Undecided(nn.Module):
    """Runs another module behind a branch on the data, so that it is one node of the graph."""

    def __init__(self, module: nn.Module) -> None:
        super().__init__()
        self.module = module

    def forward(self, values: Tensor) -> Tensor:
        return self.module(values) if values.sum() < 1e9 else values


def drawn(make: Callable[[], nn.Module]) -> nn.Module:
    """With the weights of one seed, whatever was drawn before."""
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(7)
        return weighted(make)


@pytest.mark.parametrize("method", [HELD, HELD_GRADIENT], ids=method_name)
@pytest.mark.parametrize("norm", [LAYER, RMS, partial(nn.GroupNorm, 2, 4)], ids=["L", "RMS", "G"])
def test_a_norm_inside_an_opaque_module_is_held_as_in_a_graph(norm, method):
    steps = lambda net, y: functional.silu(net.n(y))  # noqa: E731
    opaque = on_vectors(steps, n=lambda: Undecided(drawn(norm)))
    replayed = on_vectors(undecided(steps), n=partial(drawn, norm))
    seen = on_vectors(steps, n=partial(drawn, norm))
    with seen.opened() as study:
        expected = the_packages_way(study, asked(study), method)
        assert is_folded(study, method)
    for case in (opaque, replayed):
        with case.opened() as study:
            found = the_packages_way(study, asked(study), method)
            assert not is_folded(study, method)
        for ours, theirs in zip(found.columns(), expected.columns(), strict=True):
            torch.testing.assert_close(ours, theirs, rtol=1e-11, atol=1e-13)


def test_why_a_norm_out_of_sight_is_not_folded_is_told():
    case = on_vectors(lambda net, y: net.n(y), n=lambda: Undecided(LAYER()))
    with case.opened(attribution="norm-held") as study:
        the_packages_way(study, asked(study), HELD)
        assert study.methods() == {"up": "traced"}
        assert "norms or gates" in study.reason("up")


def test_a_norm_in_windows_is_held_though_its_factor_has_not_one_row_a_patch():
    """Five tokens as five rows each: σ of (5 B, 1)."""

    def steps(net: Any, y: Tensor) -> Tensor:
        return net.n(y.reshape(-1, 4)).reshape(y.shape)

    windows, whole = (
        on_tokens(one, n=partial(drawn, LAYER)) for one in (steps, lambda net, y: net.n(y))
    )
    with windows.opened(attribution="norm-held") as study, whole.opened() as plain:
        found = the_packages_way(study, asked(study), HELD)
        expected = the_packages_way(plain, asked(plain), HELD)
        assert study.reason("up") == "the factor of a held gate has the shape (15, 1) for 3 inputs"
    torch.testing.assert_close(found.values, expected.values)


# --- other gates ----------------------------------------------------------------------------


def held(case: Case, *kinds: str, neurons: list[int] | None = None):
    """(study, (rows, ...) attribution) by one node with gates of these kinds held."""
    method = PathAttribution(hold=kinds, nodes=1)
    with case.opened() as study, torch.no_grad():
        what = asked(study, neurons)
        found = the_packages_way(study, what, method)
        assert is_folded(study, method)
        plain = the_plain_way(study, what, method)
    torch.testing.assert_close(found.values, plain.values, rtol=1e-10, atol=1e-13)
    assert found.completeness_gap.abs().max() < 1e-11
    return study, what, found


def test_a_held_gate_leaves_what_it_multiplies():
    """σ(W x) · x with the sigmoid held gives neuron i what it is worth: all of its output."""
    _, _, found = held(
        on_vectors(lambda net, y: torch.sigmoid(net.a(y)) * y, a=DENSE), "gate", neurons=[2]
    )
    assert found.values[:, [0, 1, 3]].abs().max() == 0
    torch.testing.assert_close(found.values[:, 2], found.response_change)
    assert found.response_change.abs().min() > 0


def test_a_held_squeeze_and_excitation_is_a_scale_of_each_channel():
    case = CASES["gate at the end"]
    study, what, found = held(case, "gate", "activation", neurons=[1])
    with torch.no_grad():
        net = study.network.model
        maps = net.a(net.low(study.inputs(what.patches[0])))
        gate = torch.sigmoid(net.gate.up(functional.relu(net.gate.down(net.gate.mean(maps)))))
        nothing = net.a(torch.zeros_like(maps))
        expected = (gate * (maps - nothing)).mean((2, 3))[:, 1]
    torch.testing.assert_close(found.response_change, expected)


def test_a_held_glu_gives_nothing_to_what_gates():
    """glu(x) = (x0, x1) · σ(x2, x3)."""
    _, _, found = held(on_vectors(lambda net, y: functional.glu(y, 1)), "gate", neurons=[0])
    expected = torch.zeros_like(found.values)
    expected[:, 0] = found.lower[:, 0] * torch.sigmoid(found.lower[:, 2])
    torch.testing.assert_close(found.values, expected)


def test_a_held_swiglu_is_linear_in_what_it_gates():
    case = on_vectors(lambda net, y: functional.silu(net.a(y)) * net.b(y), a=DENSE, b=DENSE)
    study, _, found = held(case, "gate", neurons=[3])
    with torch.no_grad():
        net = study.network.model
        gate = functional.silu(net.a(found.lower))[:, 3, None]
        expected = gate * net.b.weight[3] * found.lower
    torch.testing.assert_close(found.values, expected)


@pytest.mark.parametrize(
    "function",
    [
        *(functional.relu, functional.gelu, functional.silu, functional.elu, functional.mish),
        *(torch.tanh, partial(functional.gelu, approximate="tanh")),
        partial(functional.leaky_relu, negative_slope=0.2),
    ],
    ids=["relu", "gelu", "silu", "elu", "mish", "tanh", "tanh gelu", "leaky relu"],
)
def test_a_held_activation_gives_a_neuron_what_it_hands_on(function):
    """f(x) / x held: the neuron x_i gets f(x_i), no more and no less."""
    _, _, found = held(on_vectors(lambda net, y: function(y)), "activation", neurons=[1])
    expected = torch.zeros_like(found.values)
    expected[:, 1] = function(found.lower[:, 1])
    torch.testing.assert_close(found.values, expected)


def test_held_attention_is_a_fixed_mixture_of_tokens():
    """mean_t Σ_s A_ts (W x_s)_i with the weights A held: x_j gets mean_s ā_s W_ij x_sj."""
    case = on_tokens(
        lambda net, y: functional.scaled_dot_product_attention(net.a(y), y, net.b(y)),
        a=DENSE,
        b=DENSE,
    )
    study, what, found = held(case, "softmax", neurons=[2])
    with torch.no_grad():
        net = study.network.model
        tokens = net.low(study.inputs(what.patches[0]))
        weights = torch.softmax(net.a(tokens) @ tokens.transpose(1, 2) / 2, -1).mean(1)
        expected = (weights[:, :, None] * net.b.weight[2] * tokens).mean(1)
    torch.testing.assert_close(found.values, expected)


class Heads(nn.Module):
    """Self-attention of PyTorch's module, as a layer that returns one tensor."""

    def __init__(self) -> None:
        super().__init__()
        self.attention = nn.MultiheadAttention(4, 2, batch_first=True)

    def forward(self, tokens: Tensor) -> Tensor:
        return self.attention(tokens, tokens, tokens, need_weights=False)[0]


def test_the_weights_inside_a_module_of_attention_are_held_too():
    """Then it is affine: one node is exact."""
    method = PathAttribution(hold=("softmax",), nodes=1)
    with on_tokens(lambda net, y: net.a(y), a=Heads).opened() as study:
        found = the_packages_way(study, asked(study), method)
        unheld = the_packages_way(study, asked(study), PathAttribution(nodes=1))
    assert found.completeness_gap.abs().max() < 1e-12
    assert unheld.completeness_gap.abs().max() > 1e-6


# --- whatever is held -----------------------------------------------------------------------


def standardised(weight: Tensor) -> Tensor:
    spread = torch.sqrt(weight.var(1, keepdim=True) + EPS)
    return (weight - weight.mean(1, keepdim=True)) / spread / weight.std()


class Opaque(nn.Module):
    """One node of the graph, without gates inside."""

    def forward(self, values: Tensor) -> Tensor:
        return values * 2 + values.sign() if values.sum() < 1e9 else values


def written(weight: Tensor, values: Tensor) -> Tensor:
    copy = weight.expand(values.shape[0], -1).clone()
    copy += values
    return copy


GATED = {
    **{name: CASES[name] for name in ("layer norm", "group norm", "attention", "channels last")},
    **{name: CASES[name] for name in ("gate", "gate at the end", "softmax", "silu", "gelu tanh")},
    "attention of PyTorch's module": on_tokens(lambda net, y: net.a(y), a=Heads),
    "instance norm": on_maps(
        lambda net, y: functional.relu(functional.instance_norm(y, weight=net.w, bias=net.v)),
        w=number(4),
        v=number(4),
    ),
    "RMS norm with its own eps": on_vectors(
        lambda net, y: net.n(net.a(y * 1e-4)),
        a=partial(nn.Linear, 4, 4, bias=False),
        n=partial(nn.RMSNorm, 4),
    ),
    "weights standardised": on_vectors(
        lambda net, y: net.n(functional.linear(y, standardised(net.w))),
        w=number(4, 4),
        n=partial(nn.LayerNorm, 4),
    ),
    "cosines": on_vectors(
        lambda net, y: functional.linear(
            functional.normalize(y, dim=1), functional.normalize(net.w, dim=1)
        ),
        w=number(3, 4),
    ),
    "gated by a weight": on_vectors(lambda net, y: y * torch.sigmoid(net.w * 2), w=number(4)),
    "scaled behind a sigmoid": on_vectors(
        lambda net, y: torch.sigmoid(net.a(y)) * net.w.exp(), a=DENSE, w=number(4)
    ),
    "gated by what passes by": around_maps(
        lambda net, y, x: torch.sigmoid(net.skip(x)) * net.a(y), a=CONV, skip=SKIP
    ),
    "added behind a norm": around_maps(
        lambda net, y, x: net.n(y) + net.n(net.skip(x)), n=partial(nn.GroupNorm, 2, 4), skip=SKIP
    ),
    "written into a weight's copy": on_vectors(
        lambda net, y: functional.layer_norm(written(net.w, net.a(y)), (4,)), a=DENSE, w=number(4)
    ),
    "a norm before an opaque module": on_maps(
        lambda net, y: functional.relu(net.b(net.u(net.n(net.a(y))))),
        a=CONV,
        b=CONV,
        u=Opaque,
        n=partial(nn.GroupNorm, 2, 4),
    ),
    "norm without eps": on_vectors(lambda net, y: net.a(y) / y.norm(dim=1, keepdim=True), a=DENSE),
    "standard deviation": on_vectors(
        lambda net, y: net.a(y) / (y.std(1, keepdim=True) + EPS), a=DENSE
    ),
    "glu": on_tokens(lambda net, y: functional.glu(net.a(y)), a=partial(nn.Linear, 4, 8)),
    "grouped queries": on_maps(
        lambda net, y: functional.scaled_dot_product_attention(
            y, net.a(y)[:, :2], y[:, 2:], is_causal=True, scale=0.3, enable_gqa=True
        ),
        a=partial(nn.Conv2d, 4, 4, 1),
    ),
}


@pytest.mark.parametrize("kinds", [*((kind,) for kind in GATE_KINDS), GATE_KINDS], ids="+".join)
@pytest.mark.parametrize("name", GATED)
def test_on_the_patch_itself_a_held_segment_gives_what_it_gives(name, kinds):
    with GATED[name].opened() as study, torch.no_grad():
        segment = study.segments[0]
        lower, context = segment.entering(study.inputs(asked(study).patches.ravel()))
        true = segment.run(lower, context)
        run = HeldRun.recorded(segment, lower, context, kinds)
        torch.testing.assert_close(run(lower), true, rtol=1e-9, atol=1e-9)


@pytest.mark.parametrize("name", [name for name in CASES if name != "softmax"])
def test_folded_with_everything_held_equals_the_plain_way(name):
    with CASES[name].opened() as study:
        assert difference(study, method=PathAttribution(hold=GATE_KINDS, nodes=2)) < 1e-9


@pytest.mark.parametrize("steps", [lambda y: y, lambda y: y[:, :2]], ids=["whole", "part"])
def test_an_upper_layer_that_is_a_held_gate_gives_nothing_to_anybody(steps):
    case = on_vectors(lambda net, y: steps(torch.softmax(net.a(y), 1)), a=DENSE)
    with case.opened() as study:
        found = the_packages_way(study, asked(study), PathAttribution(hold=("softmax",)))
    assert not found.values.any()
    assert not found.response_change.any()


@pytest.mark.parametrize("method", [HELD, HELD_GRADIENT], ids=method_name)
@pytest.mark.parametrize("name", GATED)
def test_folded_with_norms_held_equals_the_plain_way(name, method):
    with GATED[name].opened() as study:
        assert difference(study, method=method) < 1e-10
        assert is_folded(study, method)


@pytest.mark.parametrize("name", [name for name in GATED if name != "softmax"])
def test_folded_with_every_gate_held_equals_the_plain_way(name):
    method = PathAttribution(hold=GATE_KINDS, nodes=2)
    with GATED[name].opened() as study:
        assert difference(study, method=method) < 1e-9
        assert is_folded(study, method)


def test_a_sigmoid_of_the_lower_layer_that_gates_what_passes_it_by_gives_nothing():
    """Held it stands still, folded as in any run."""
    case = around_maps(lambda net, y, x: torch.sigmoid(net.a(y)) * net.skip(x), a=CONV, skip=SKIP)
    method = PathAttribution(hold=("gate",))
    with case.opened() as study:
        what = asked(study)
        for found in (the_packages_way(study, what, method), the_plain_way(study, what, method)):
            assert not found.values.any()


def test_weights_that_move_on_move_what_is_held():
    with on_tokens(lambda net, y: net.a(y), a=Attention).opened() as study:
        before = the_packages_way(study, asked(study), HELD).values
        with torch.no_grad():
            study.network.model.a.norm.weight.mul_(1.7)
        assert difference(study, method=HELD) < 1e-11
        after = the_packages_way(study, asked(study), HELD).values
    assert (after - before).abs().max() > 0.01 * before.abs().max()


def test_a_batch_norm_is_affine_anyway_and_is_not_held():
    with CASES["batch norm 2d"].opened() as study, torch.no_grad():
        segment = study.segments[0]
        lower, context = segment.entering(study.inputs(asked(study).patches[0]))
        with GateMode(("norm",)) as recorded:
            segment.run(lower, context)
    assert recorded.factors == []


def test_a_norm_of_what_was_written_into_zeros_is_held():
    """What began as a constant is none any more."""

    def norm(values: Tensor) -> Tensor:
        place = torch.zeros(2, 4)
        place[:, 1:] = values
        return functional.layer_norm(place, (4,))

    values = torch.tensor([[3.0, -3.0, 1.0], [0.0, 2.0, 1.0]])
    with GateMode(("norm",)) as recorded:
        true = norm(values)
    assert len(recorded.factors) == 1
    with GateMode(("norm",), recorded.factors):
        torch.testing.assert_close(norm(values / 2), true / 2)


# --- names ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "name", ["norm-held", "norm-held-gradient", "norm+softmax-held", "norm+gate-held-gradient"]
)
def test_a_method_with_gates_held_goes_by_its_name(name):
    method = find_method(name)
    assert method_name(method) == name
    assert "norm" in method.hold
    assert method.at_input == name.endswith("gradient")


def test_an_unknown_gate_has_near_matches():
    with pytest.raises(ConfigError, match="'softmax'"):
        check_kinds(["softmx"])
    with pytest.raises(ConfigError, match="norms-held"):
        find_method("norms-held")
