"""Segments give the network's own values and gradients, and leave no trace of the run."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import pairwise

import pytest
import torch
import torch.nn.functional as F
from torch import Tensor, nn

from neurflow_lightning.core.hooks import undisturbed
from neurflow_lightning.core.segments import (
    Capture,
    Network,
    Segment,
    open_network,
    relative_error,
    response,
)
from neurflow_lightning.errors import ConfigError, LayerError

CLOSE = {"rtol": 1e-5, "atol": 1e-6}


# --- networks -------------------------------------------------------------------------------


class Residual(nn.Module):
    """Two blocks whose skip connections start before the layers listed."""

    def __init__(self) -> None:
        super().__init__()
        self.stem = nn.Conv2d(3, 4, 3, padding=1)
        self.inner = nn.Conv2d(4, 4, 3, padding=1)
        self.outer = nn.Conv2d(4, 4, 3, padding=1)
        self.norm = nn.BatchNorm2d(4)
        self.relu = nn.ReLU(inplace=True)
        self.fc = nn.Linear(4, 5)

    def forward(self, x: Tensor) -> Tensor:
        x = F.relu(self.stem(x))
        y = self.norm(self.outer(F.relu(self.inner(x))))
        y += x
        return self.fc(self.relu(y).mean((2, 3)))


class Dense(nn.Module):
    """Each layer sees all earlier ones, put together."""

    def __init__(self) -> None:
        super().__init__()
        self.first = nn.Conv2d(3, 4, 3, padding=1)
        self.second = nn.Conv2d(4, 4, 3, padding=1)
        self.third = nn.Conv2d(8, 4, 3, padding=1)
        self.fc = nn.Linear(12, 5)

    def forward(self, x: Tensor) -> Tensor:
        first = F.relu(self.first(x))
        second = F.relu(self.second(first))
        third = F.relu(self.third(torch.cat([first, second], 1)))
        features = torch.cat([first, second, third], dim=1)
        return self.fc(torch.flatten(F.adaptive_avg_pool2d(features, 1), 1))


class Branches(nn.Module):
    """Two branches that part after the stem and meet before the head."""

    def __init__(self) -> None:
        super().__init__()
        self.stem = nn.Sequential(nn.Conv2d(3, 4, 3, stride=2), nn.ReLU(inplace=True))
        self.left = nn.Sequential(nn.Conv2d(4, 3, 1), nn.ReLU(inplace=True), nn.Conv2d(3, 3, 1))
        self.right = nn.Conv2d(4, 2, 3, padding=1)
        self.head = nn.Linear(5, 5)

    def forward(self, x: Tensor) -> Tensor:
        x = self.stem(x)
        both = torch.cat([self.left(x), F.max_pool2d(self.right(x), 3, 1, 1)], 1)
        return self.head(both.mean(dim=(-2, -1)))


class InPlace(nn.Module):
    """Everything that follows a layer writes into that layer's output."""

    def __init__(self) -> None:
        super().__init__()
        self.conv = nn.Conv2d(3, 4, 3)
        self.relu = nn.ReLU(inplace=True)
        self.conv2 = nn.Conv2d(4, 4, 1)
        self.fc = nn.Linear(4, 5)

    def forward(self, x: Tensor) -> Tensor:
        x.sub_(0.1)
        x = self.relu(self.conv(x))
        identity = x
        x = self.conv2(x)
        x.add_(identity)
        F.relu(x, inplace=True)
        x = x + 1
        x *= 2
        return self.fc(x.mean((2, 3)))


class Tokens(nn.Module):
    """Patches as tokens, channels last, with a class token and attention."""

    def __init__(self) -> None:
        super().__init__()
        self.patches = nn.Conv2d(3, 8, 4, stride=4)
        self.cls = nn.Parameter(torch.randn(1, 1, 8))
        self.blocks = nn.ModuleList(Block() for _ in range(2))
        self.norm = nn.LayerNorm(8)
        self.head = nn.Linear(8, 5)

    def forward(self, x: Tensor) -> Tensor:
        n = x.shape[0]
        tokens = self.patches(x).reshape(n, 8, -1).permute(0, 2, 1)
        tokens = torch.cat([self.cls.expand(n, -1, -1), tokens], dim=1)
        for block in self.blocks:
            tokens = block(tokens)
        return self.head(self.norm(tokens)[:, 0])


class Block(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.norm = nn.LayerNorm(8)
        self.attention = nn.MultiheadAttention(8, 2, batch_first=True)
        self.mlp = nn.Sequential(nn.Linear(8, 16), nn.GELU(), nn.Linear(16, 8))

    def forward(self, x: Tensor) -> Tensor:
        y = self.norm(x)
        x = x + self.attention(y, y, y, need_weights=False)[0]
        return x + self.mlp(x)


class Series(nn.Module):
    """One-dimensional convolutions over (N, C, L)."""

    def __init__(self) -> None:
        super().__init__()
        self.features = nn.Sequential(nn.Conv1d(2, 4, 3), nn.ReLU(), nn.Conv1d(4, 6, 3), nn.ReLU())
        self.fc = nn.Linear(6, 5)

    def forward(self, x: Tensor) -> Tensor:
        return self.fc(self.features(x).amax(-1))


class ControlFlow(nn.Module):
    """Decides by the data, so no graph can hold it."""

    def __init__(self) -> None:
        super().__init__()
        self.first = nn.Linear(6, 8)
        self.second = nn.Linear(8, 5)

    def forward(self, x: Tensor) -> Tensor:
        x = torch.relu(self.first(x))
        if x.sum() > -1:  # always true, but only the data can tell
            x = x * 2
        return self.second(x)


class Wrapper(nn.Module):
    """Keeps its network behind an attribute, as a LightningModule does."""

    def __init__(self, net: nn.Module) -> None:
        super().__init__()
        self.net = net
        self.loss = nn.CrossEntropyLoss()

    def forward(self, x: Tensor) -> Tensor:
        return self.net(x)


Case = tuple[Callable[[], nn.Module], tuple[int, ...], list[str]]

CASES: dict[str, Case] = {
    "residual": (Residual, (3, 8, 8), ["stem", "inner", "outer", "norm", "fc"]),
    "dense": (Dense, (3, 8, 8), ["first", "second", "third", "fc"]),
    "branches, left": (Branches, (3, 9, 9), ["stem", "left.0", "left.2", "head"]),
    "branches, right": (Branches, (3, 9, 9), ["stem.0", "right", "head"]),
    "in place": (InPlace, (3, 8, 8), ["conv", "conv2", "fc"]),
    "in place, activation": (InPlace, (3, 8, 8), ["relu", "conv2", "fc"]),
    "tokens": (Tokens, (3, 8, 8), ["patches", "blocks.0", "blocks.1.mlp.1", "norm", "head"]),
    "series": (Series, (2, 12), ["features.0", "features.2", "features.3", "fc"]),
    "wrapped": (lambda: Wrapper(Residual()), (3, 8, 8), ["stem", "outer", "fc"]),
    "vectors": (
        lambda: nn.Sequential(nn.Linear(6, 8), nn.ReLU(inplace=True), nn.Linear(8, 5)),
        (6,),
        ["0", "1", "2"],
    ),
}


@pytest.fixture(autouse=True)
def _seed() -> None:
    torch.manual_seed(0)


@pytest.fixture(params=CASES, ids=str)
def case(request: pytest.FixtureRequest) -> tuple[nn.Module, Tensor, list[str]]:
    make, shape, layers = CASES[request.param]
    return make().eval(), torch.randn(4, *shape), layers


def _truth(model: nn.Module, names: list[str], inputs: Tensor) -> dict[str, Tensor]:
    """Every layer's output as it was when the layer returned it, by hooks of our own."""
    seen: dict[str, Tensor] = {}
    hooks = [
        module.register_forward_hook(
            lambda _m, _i, out, name=name: seen.update({name: out.clone()})
        )
        for name, module in model.named_modules()
        if name in names
    ]
    with torch.no_grad():
        model(inputs.clone())
    for hook in hooks:
        hook.remove()
    return seen


def _hook_count(model: nn.Module) -> int:
    return sum(len(m._forward_hooks) + len(m._forward_pre_hooks) for m in model.modules())


def _bindings(model: nn.Module) -> list[dict[str, int]]:
    spaces = [vars(m) for m in model.modules()]
    spaces += [vars(m)[name] for m in model.modules() for name in ("_parameters", "_buffers")]
    return [{name: id(value) for name, value in space.items()} for space in spaces]


def _segments(network: Network) -> Iterator[Segment]:
    for lower, upper in pairwise(network.layers):
        yield network.segment(lower, upper)


def _gradient(segment: Segment, capture: Capture, scale: float) -> tuple[Tensor, Tensor]:
    lower = (capture.lower * scale).requires_grad_()
    with torch.enable_grad():
        upper = segment.run(lower, capture.context)
        (gradient,) = torch.autograd.grad(upper.square().sum(), lower)
    return upper.detach(), gradient


# --- right values ---------------------------------------------------------------------------


@pytest.mark.parametrize("method", ["traced", "replayed"])
def test_a_segment_run_on_the_lower_activations_gives_the_upper_ones(case, method) -> None:
    model, inputs, layers = case
    network = open_network(model, layers, inputs[:2], method=method)
    truth = _truth(model, list(network.layers), inputs)
    for segment in _segments(network):
        capture = segment.capture(inputs)
        assert segment.method == method
        torch.testing.assert_close(capture.lower, truth[segment.lower], **CLOSE)
        torch.testing.assert_close(capture.upper, truth[segment.upper], **CLOSE)
        upper = segment.run(capture.lower, capture.context)
        torch.testing.assert_close(upper.detach(), truth[segment.upper], **CLOSE)


@pytest.mark.parametrize("scale", [0.0, 0.5, 1.0])
def test_traced_and_replayed_segments_agree_in_values_and_gradients(case, scale) -> None:
    model, inputs, layers = case
    traced = open_network(model, layers, inputs, method="traced")
    replayed = open_network(model, layers, inputs, method="replayed")
    for ours, theirs in zip(_segments(traced), _segments(replayed), strict=True):
        upper, gradient = _gradient(ours, ours.capture(inputs), scale)
        upper_there, gradient_there = _gradient(theirs, theirs.capture(inputs), scale)
        torch.testing.assert_close(upper, upper_there, **CLOSE)
        torch.testing.assert_close(gradient, gradient_there, rtol=1e-4, atol=1e-5)


def test_running_a_segment_writes_into_nothing_it_was_given(case) -> None:
    model, inputs, layers = case
    for method in ("traced", "replayed"):
        for segment in _segments(open_network(model, layers, inputs, method=method)):
            before = inputs.clone()
            capture = segment.capture(inputs)
            given = [value.clone() for value in (capture.lower, *capture.context)]
            segment.run(capture.lower, capture.context)
            for value, copy in zip((capture.lower, *capture.context), given, strict=True):
                assert torch.equal(value, copy)
            assert torch.equal(inputs, before)


def test_activations_and_responses_are_those_of_the_model(case) -> None:
    model, inputs, layers = case
    network = open_network(model, layers, inputs)
    truth = _truth(model, list(network.layers), inputs)
    activations, responses = network.activations(inputs), network.responses(inputs)
    assert list(activations) == list(responses) == list(network.layers)
    for layer in network.layers:
        torch.testing.assert_close(activations[layer], truth[layer])
        assert not activations[layer].requires_grad
        expected = response(truth[layer], network.channel_axes[layer])
        assert expected.shape == (len(inputs), network.widths[layer])
        torch.testing.assert_close(responses[layer], expected)


def test_the_skip_connection_is_held_at_its_true_value() -> None:
    model = Residual().eval()
    inputs = torch.randn(3, 3, 8, 8)
    with torch.no_grad():
        skip = F.relu(model.stem(inputs))
        inner = model.inner(skip)
        branch = model.norm(model.outer(F.relu(inner * 0.25)))
        wanted = model.fc(F.relu(branch + skip).mean((2, 3)))
    for method in ("traced", "replayed"):
        segment = open_network(model, ["inner", "fc"], inputs, method=method).segment("inner", "fc")
        capture = segment.capture(inputs)
        with torch.no_grad():
            given = segment.run(inner * 0.25, capture.context)
        torch.testing.assert_close(given, wanted, **CLOSE)


def test_the_context_of_a_traced_segment_is_its_bypass() -> None:
    model = Residual().eval()
    inputs = torch.randn(3, 3, 8, 8)
    network = open_network(model, ["stem", "inner", "fc"], inputs, method="traced")
    assert network.segment("stem", "inner").capture(inputs).context == ()
    (skip,) = network.segment("inner", "fc").capture(inputs).context
    torch.testing.assert_close(skip, F.relu(model.stem(inputs)).detach())


def test_a_bypass_is_captured_as_the_segment_finds_it() -> None:
    class Aliased(nn.Module):
        """The skip connection is written into before the lower layer runs."""

        def __init__(self) -> None:
            super().__init__()
            self.a, self.b, self.fc = nn.Linear(4, 4), nn.Linear(4, 4), nn.Linear(4, 3)

        def forward(self, x: Tensor) -> Tensor:
            skip = self.a(x)
            y = self.b(F.relu(skip, inplace=True))
            return self.fc(y + skip)

    model, inputs = Aliased().eval(), torch.randn(5, 4)
    segment = open_network(model, ["b", "fc"], inputs, method="traced").segment("b", "fc")
    (skip,) = segment.capture(inputs).context
    torch.testing.assert_close(skip, F.relu(model.a(inputs)).detach())


def test_sizes_of_the_batch_are_worked_out_anew() -> None:
    class Windows(nn.Module):
        """Reshapes with numbers read off the network's input, multiples of the batch among them."""

        def __init__(self) -> None:
            super().__init__()
            self.a, self.b, self.fc = nn.Linear(4, 6), nn.Linear(3, 3), nn.Linear(6, 2)

        def forward(self, x: Tensor) -> Tensor:
            rows, windows = x.shape[0], x.shape[0] * 2
            y = self.b(self.a(x).reshape(windows, 3)).reshape(rows, 6)
            return self.fc(y)

    model, inputs = Windows().eval(), torch.randn(7, 4)
    segment = open_network(model, ["a", "fc"], inputs, method="traced").segment("a", "fc")
    capture = segment.capture(inputs)
    assert capture.context == ()
    torch.testing.assert_close(segment.run(capture.lower, ()), model(inputs))


def test_one_row_is_example_enough() -> None:
    model, inputs = Tokens().eval(), torch.randn(4, 3, 8, 8)
    segment = open_network(model, ["blocks.0", "head"], inputs[:1]).segment("blocks.0", "head")
    capture = segment.capture(inputs)
    assert segment.method == "traced"
    torch.testing.assert_close(segment.run(capture.lower, capture.context), model(inputs))


def test_integer_inputs_reach_layers_through_an_embedding() -> None:
    model = nn.Sequential(nn.Embedding(11, 6), nn.Flatten(), nn.Linear(24, 8), nn.ReLU())
    model.append(nn.Linear(8, 3)).eval()
    inputs = torch.randint(0, 11, (5, 4))
    network = open_network(model, ["0", "3", "4"], inputs)
    for segment in _segments(network):
        capture = segment.capture(inputs)
        assert segment.method == "traced"
        torch.testing.assert_close(segment.run(capture.lower, capture.context), capture.upper)


def test_the_network_follows_weights_that_change() -> None:
    model, inputs = Residual().eval(), torch.randn(3, 3, 8, 8)
    segment = open_network(model, ["inner", "fc"], inputs).segment("inner", "fc")
    with torch.no_grad():
        model.fc.weight.mul_(3)
        model.norm.running_mean.add_(1)
    capture = segment.capture(inputs)
    torch.testing.assert_close(capture.upper, model(inputs).detach())
    torch.testing.assert_close(segment.run(capture.lower, capture.context), model(inputs))


# --- tracing and replaying ------------------------------------------------------------------


def test_what_decides_by_the_data_is_replayed_and_says_why() -> None:
    model, inputs = ControlFlow().eval(), torch.randn(4, 6)
    segment = open_network(model, ["first", "second"], inputs).segment("first", "second")
    assert segment.method == "replayed"
    assert "ControlFlow cannot be traced" in segment.reason
    assert "control flow" in segment.reason
    capture = segment.capture(inputs)
    torch.testing.assert_close(segment.run(capture.lower, capture.context), model(inputs))


def test_tracing_can_be_demanded() -> None:
    network = open_network(
        ControlFlow().eval(), ["first", "second"], torch.randn(4, 6), method="traced"
    )
    with pytest.raises(LayerError, match="'first' to 'second' cannot be traced: ControlFlow"):
        network.segment("first", "second")


def test_a_module_that_cannot_be_traced_becomes_one_node() -> None:
    model = nn.Sequential(nn.Linear(6, 6), ControlFlow(), nn.ReLU(), nn.Linear(5, 2)).eval()
    inputs = torch.randn(4, 6)
    segment = open_network(model, ["0", "3"], inputs).segment("0", "3")
    capture = segment.capture(inputs)
    assert (segment.method, segment.reason) == ("traced", "")
    torch.testing.assert_close(segment.run(capture.lower, capture.context), model(inputs))


def test_a_graph_that_gives_other_values_is_not_used() -> None:
    class Frozen(nn.Module):
        """Computes with a plain number that tracing takes for a constant."""

        def __init__(self) -> None:
            super().__init__()
            self.a, self.b = nn.Linear(3, 3), nn.Linear(3, 2)

        def forward(self, x: Tensor) -> Tensor:
            symbolic = not isinstance(x, Tensor) or isinstance(x, torch.fx.Proxy)
            return self.b(self.a(x) * (2.0 if symbolic else 1.0))

    model, inputs = Frozen().eval(), torch.randn(4, 3)
    segment = open_network(model, ["a", "b"], inputs).segment("a", "b")
    assert segment.method == "replayed"
    assert "differ" in segment.reason
    capture = segment.capture(inputs)
    torch.testing.assert_close(segment.run(capture.lower, capture.context), model(inputs))


def test_a_bypass_without_a_batch_axis_is_replayed() -> None:
    class Turned(nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.a, self.b = nn.Linear(3, 3), nn.Linear(3, 2)

        def forward(self, x: Tensor) -> Tensor:
            turned = x.T[:, None]  # (C, 1, N)
            return self.b(torch.einsum("nc,cin->nc", self.a(x), turned))

    model, inputs = Turned().eval(), torch.randn(4, 3)
    segment = open_network(model, ["a", "b"], inputs).segment("a", "b")
    assert segment.method == "replayed"
    assert "no axis is the batch" in segment.reason


def test_a_table_made_from_sizes_stays_in_the_graph() -> None:
    class Positions(nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.a, self.b = nn.Linear(3, 4), nn.Linear(4, 2)

        def forward(self, x: Tensor) -> Tensor:
            return self.b(self.a(x) + torch.arange(x.shape[1])[:, None])

    model, inputs = Positions().eval(), torch.randn(4, 5, 3)
    segment = open_network(model, ["a", "b"], inputs).segment("a", "b")
    capture = segment.capture(inputs)
    assert (segment.method, capture.context) == ("traced", ())
    torch.testing.assert_close(segment.run(capture.lower, ()), model(inputs))


def test_a_forward_function_runs_the_model() -> None:
    class Odd(nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.net = Residual()

        def forward(self) -> None:
            raise AssertionError("not the classifier")

    model, inputs = Odd().eval(), torch.randn(3, 3, 8, 8)
    for method in ("traced", "replayed"):
        network = open_network(
            model,
            ["outer", "fc"],
            inputs,
            forward=lambda module, x: {"logits": module.net(x + 1)},
            method=method,
        )
        assert network.layers == ("net.outer", "net.fc")
        segment = network.segment("net.outer", "net.fc")
        capture = segment.capture(inputs)
        torch.testing.assert_close(capture.upper, model.net(inputs + 1).detach())
        torch.testing.assert_close(segment.run(capture.lower, capture.context), capture.upper)


@pytest.mark.parametrize("how", ["wrapped", "inner", "in place"])
@pytest.mark.parametrize("warm", [False, True])
@pytest.mark.parametrize("method", ["traced", "replayed"])
def test_compiled_models_are_analysed_as_written(how, warm, method) -> None:
    plain = Wrapper(Residual()).eval()
    inputs = torch.randn(3, 3, 8, 8)
    model: nn.Module = plain
    if how == "wrapped":
        model = torch.compile(plain, backend="eager")
    elif how == "inner":
        plain.net = torch.compile(plain.net, backend="eager")
    else:
        plain.net.compile(backend="eager")
    wanted = Wrapper.forward(plain, inputs).detach() if not warm else model(inputs).detach()
    network = open_network(model, ["net.inner", "fc"], inputs, method=method)
    segment = network.segment("net.inner", "net.fc")
    capture = segment.capture(inputs)
    torch.testing.assert_close(capture.upper, wanted, **CLOSE)
    torch.testing.assert_close(segment.run(capture.lower, capture.context), wanted, **CLOSE)
    torch.testing.assert_close(network.responses(inputs)["net.fc"], wanted, **CLOSE)


@pytest.mark.parametrize("method", ["traced", "replayed"])
def test_inference_mode_outside_hinders_no_gradient(method) -> None:
    class Rebound(nn.Module):
        """A buffer that validation rebinds, as an inference tensor."""

        def __init__(self) -> None:
            super().__init__()
            self.a, self.b = nn.Linear(3, 3), nn.Linear(3, 2)
            self.register_buffer("scale", torch.ones(3))

        def forward(self, x: Tensor) -> Tensor:
            return self.b((self.a(x) * self.scale).square())

    model = Rebound().eval()
    with torch.inference_mode():
        model.scale = model.scale * 2
        inputs = torch.randn(4, 3)
        network = open_network(model, ["a", "b"], inputs, method=method)
        segment = network.segment("a", "b")
        capture = segment.capture(inputs)
        responses = network.responses(inputs)
    assert model.scale.is_inference()
    assert not capture.lower.is_inference()
    assert not any(value.is_inference() for value in responses.values())
    _, gradient = _gradient(segment, capture, 1.0)
    by_hand = capture.lower.clone().requires_grad_()
    upper = model.b((by_hand * 2).square())
    torch.testing.assert_close(gradient, torch.autograd.grad(upper.square().sum(), by_hand)[0])


@pytest.mark.parametrize("enabled", [False, True])
def test_gradients_are_the_callers_choice(enabled) -> None:
    model, inputs = Residual().eval(), torch.randn(3, 3, 8, 8)
    for method in ("traced", "replayed"):
        segment = open_network(model, ["inner", "fc"], inputs, method=method).segment("inner", "fc")
        capture = segment.capture(inputs)
        assert not capture.upper.requires_grad
        with torch.set_grad_enabled(enabled):
            upper = segment.run(capture.lower.requires_grad_(), capture.context)
        assert upper.requires_grad == enabled


def test_frozen_weights_do_not_stop_gradients() -> None:
    model, inputs = Residual().eval().requires_grad_(False), torch.randn(3, 3, 8, 8)
    for segment in _segments(open_network(model, ["stem", "inner", "fc"], inputs)):
        _, gradient = _gradient(segment, segment.capture(inputs), 1.0)
        assert gradient.abs().sum() > 0


# --- no trace -------------------------------------------------------------------------------


@pytest.mark.parametrize("method", ["traced", "replayed"])
def test_nothing_is_left_on_the_model(case, method) -> None:
    model, inputs, layers = case
    bindings, state = _bindings(model), {k: v.clone() for k, v in model.state_dict().items()}
    network = open_network(model, layers, inputs, method=method)
    network.activations(inputs)
    network.responses(inputs)
    for segment in _segments(network):
        _gradient(segment, segment.capture(inputs), 0.5)
    assert _hook_count(model) == 0
    assert _bindings(model) == bindings
    assert all(torch.equal(value, state[name]) for name, value in model.state_dict().items())
    assert all(parameter.grad is None for parameter in model.parameters())


@pytest.mark.parametrize("method", ["traced", "replayed"])
def test_what_a_forward_pass_rebinds_is_bound_back(method) -> None:
    class Remembers(nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.a, self.b = nn.Linear(3, 3), nn.Linear(3, 2)
            self.register_buffer("calls", torch.zeros(()))

        def forward(self, x: Tensor) -> Tensor:
            self.calls = self.calls + 1
            self.last = self.a(x)
            return self.b(self.last)

    model, inputs = Remembers().eval(), torch.randn(4, 3)
    bindings = _bindings(model)
    segment = open_network(model, ["a", "b"], inputs, method=method).segment("a", "b")
    _gradient(segment, segment.capture(inputs), 1.0)
    assert _bindings(model) == bindings
    assert not hasattr(model, "last")


def test_no_pass_starts_from_what_another_left() -> None:
    class Stateful(nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.a, self.b, self.passes = nn.Linear(3, 3), nn.Linear(3, 2), 0

        def forward(self, x: Tensor) -> Tensor:
            self.passes = self.passes + x.mean() * 0 + 1
            return self.b(self.a(x) * self.passes)

    model, inputs = Stateful().eval(), torch.randn(4, 3)
    with undisturbed(model):
        network = open_network(model, ["a", "b"], inputs[:2], method="replayed")
        segment = network.segment("a", "b")
        capture = segment.capture(inputs)
        torch.testing.assert_close(segment.run(capture.lower, capture.context), capture.upper)
    torch.testing.assert_close(capture.upper, model(inputs).detach())


def test_no_hooks_are_left_when_a_run_fails() -> None:
    class Fails(nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.a, self.b, self.fails = nn.Linear(3, 3), nn.Linear(3, 2), False

        def forward(self, x: Tensor) -> Tensor:
            y = self.a(x)
            if self.fails:
                self.note = y
                raise RuntimeError("on purpose")
            return self.b(y)

    model, inputs = Fails().eval(), torch.randn(4, 3)
    network = open_network(model, ["a", "b"], inputs, method="replayed")
    segment = network.segment("a", "b")
    capture = segment.capture(inputs)
    model.fails = True
    bindings = _bindings(model)
    runs: list[Callable[[], object]] = [
        lambda: network.activations(inputs),
        lambda: network.responses(inputs),
        lambda: segment.capture(inputs),
        lambda: segment.run(capture.lower, capture.context),
        lambda: open_network(model, ["a", "b"], inputs),
    ]
    for run in runs:
        with pytest.raises(RuntimeError, match="on purpose"):
            run()
        assert _hook_count(model) == 0
        assert _bindings(model) == bindings


def test_hooks_of_the_user_stay_and_count() -> None:
    model, inputs = Residual().eval(), torch.randn(3, 3, 8, 8)
    hook = model.inner.register_forward_hook(lambda _m, _i, out: out * 2)
    for method in ("traced", "replayed"):
        segment = open_network(model, ["inner", "fc"], inputs, method=method).segment("inner", "fc")
        capture = segment.capture(inputs)
        torch.testing.assert_close(capture.upper, model(inputs).detach())
    assert list(model.inner._forward_hooks) == [hook.id]


# --- what is refused ------------------------------------------------------------------------


class Awkward(nn.Module):
    """A layer for each thing that can be wrong with one."""

    def __init__(self) -> None:
        super().__init__()
        self.start = nn.Linear(4, 4)
        self.left, self.right = nn.Linear(4, 4), nn.Linear(4, 4)
        self.twice, self.never = nn.Linear(4, 4), nn.Linear(4, 4)
        self.pair = nn.LSTM(4, 4, batch_first=True)
        self.turned, self.merged = nn.Identity(), nn.Identity()
        self.whole = nn.Identity()
        self.head = nn.Linear(4, 3)

    def forward(self, x: Tensor) -> Tensor:
        x = self.start(x)
        y = self.twice(self.twice(self.left(x) + self.right(x)))
        y = self.pair(y[:, None])[0][:, 0]
        y = self.turned(y.T).T
        y = self.merged(y.reshape(-1, 2)).reshape(-1, 4)
        self.whole((y > 0).long())
        return self.head(y)


REFUSED = {
    "unknown": (["starr", "head"], "No layer is named 'starr'. Did you mean 'start'"),
    "one layer": (["head"], "at least two layers"),
    "no layers": ([], "at least two layers"),
    "repeated": (["start", "head", "head"], "'head' is listed twice"),
    "called twice": (["start", "twice", "head"], "'twice' is called 2 times"),
    "never called": (["start", "never", "head"], "'never' is never called"),
    "integers": (["start", "whole"], "'whole' returns Tensor of shape .* of torch.int64"),
    "batch on axis 1": (
        ["start", "turned", "head"],
        r"'turned' .*\(4, 2\) for 2 .* batch on axis 0",
    ),
    "batch and windows": (["start", "merged"], r"'merged' .*\(4, 2\) for 2 inputs and \(6, 2\)"),
    "wrong order": (["head", "start"], "it is computed from it. List shallow to deep: start, head"),
    "parallel": (["left", "right", "head"], "'left' does not lie before 'right': .* parallel"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_layers_that_cannot_serve_are_refused_by_name(name) -> None:
    layers, message = REFUSED[name]
    model = Awkward().eval()
    with pytest.raises(LayerError, match=message):
        open_network(model, layers, torch.randn(5, 4))
    assert _hook_count(model) == 0


def test_two_names_of_one_value_are_refused() -> None:
    model = nn.Sequential(nn.Sequential(nn.Linear(3, 4), nn.ReLU()), nn.Linear(4, 2)).eval()
    with pytest.raises(LayerError, match=r"'0\.1' and '0' return the same values"):
        open_network(model, ["0.1", "0", "1"], torch.randn(3, 3))


@pytest.mark.parametrize("layers", [["0", "2", "4"], None])
def test_activations_that_are_not_finite_are_refused_by_name(layers) -> None:
    parts = [nn.Linear(3, 4), nn.ReLU(), nn.Linear(4, 4), nn.ReLU(), nn.Linear(4, 2)]
    model = nn.Sequential(*parts).eval()
    model[2].weight.data[0] = float("nan")
    where = "2" if layers else "3"
    with pytest.raises(LayerError, match=f"activations of '{where}' are not finite: the training"):
        open_network(model, layers, torch.randn(3, 3))


@pytest.mark.parametrize("rows", [2, 3])
def test_rows_that_depend_on_their_batch_are_refused(rows) -> None:
    norm = nn.BatchNorm2d(4, track_running_stats=False)
    model = nn.Sequential(nn.Conv2d(3, 4, 3), norm, nn.ReLU(), nn.Flatten(), nn.Linear(144, 2))
    inputs = torch.randn(rows, 3, 8, 8)
    with pytest.raises(LayerError, match="of '2' for a row depend on the other rows"):
        open_network(model.eval(), ["0", "2", "4"], inputs)


@pytest.mark.parametrize("dtype", [torch.bfloat16, torch.float16, torch.float64])
def test_rounding_is_no_dependence_on_the_batch(dtype) -> None:
    model, inputs = Residual().eval().to(dtype), torch.randn(3, 3, 8, 8).to(dtype)
    assert open_network(model, ["stem", "fc"], inputs).layers == ("stem", "fc")


def _scripted() -> nn.Module:
    return torch.jit.trace(nn.Sequential(nn.Linear(3, 3), nn.ReLU()), torch.randn(2, 3))


@pytest.mark.filterwarnings("ignore::FutureWarning")
@pytest.mark.parametrize("layers", [["0", "1"], None])
def test_torchscript_is_refused_by_name(layers) -> None:
    with pytest.raises(LayerError, match="The model is a TorchScript module"):
        open_network(_scripted(), layers, torch.randn(2, 3))
    with pytest.raises(LayerError, match="'1' is a TorchScript module"):
        open_network(nn.Sequential(nn.Linear(3, 3), _scripted()), layers, torch.randn(2, 3))


def test_two_names_of_one_module_are_refused() -> None:
    shared = nn.Linear(3, 3)
    model = nn.ModuleDict({"a": shared, "b": shared, "c": nn.Linear(3, 2)}).eval()
    with pytest.raises(LayerError, match="'a' and 'b' are one module"):
        open_network(model, ["a", "b"], torch.randn(3, 3), forward=lambda m, x: m["c"](m["a"](x)))


def test_a_cut_off_gradient_is_refused() -> None:
    class Detached(nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.a, self.b = nn.Linear(3, 3), nn.Linear(3, 2)

        def forward(self, x: Tensor) -> Tensor:
            return self.b(self.a(x).detach())

    network = open_network(Detached().eval(), ["a", "b"], torch.randn(3, 3))
    with pytest.raises(LayerError, match="No gradient flows from 'b' to 'a'"):
        network.segment("a", "b")


def test_a_backbone_run_without_gradient_is_traced_through() -> None:
    class Probe(nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.a, self.b, self.head = nn.Linear(3, 3), nn.Linear(3, 4), nn.Linear(4, 2)

        def forward(self, x: Tensor) -> Tensor:
            with torch.no_grad():
                x = self.b(torch.relu(self.a(x)))
            return self.head(x)

    inputs = torch.randn(3, 3)
    segment = open_network(Probe().eval(), ["a", "b", "head"], inputs).segment("a", "b")
    assert segment.method == "traced"
    _, gradient = _gradient(segment, segment.capture(inputs), 1.0)
    assert gradient.abs().sum() > 0


class Noisy(nn.Module):
    """Dropout that heeds no mode."""

    def forward(self, x: Tensor) -> Tensor:
        return F.dropout(x, 0.5)


@pytest.mark.parametrize("part", [nn.Dropout(0.5), Noisy()])
def test_a_model_that_gives_other_values_each_time_is_refused(part) -> None:
    model = nn.Sequential(nn.Linear(3, 64), part, nn.Linear(64, 2)).train()
    with pytest.raises(LayerError, match="'2' gives other values each time"):
        open_network(model, ["0", "2"], torch.randn(3, 3))


def test_a_model_put_into_training_mode_later_is_refused() -> None:
    model = nn.Sequential(nn.Linear(3, 64), nn.Dropout(0.5), nn.Linear(64, 2)).eval()
    network = open_network(model, ["0", "2"], torch.randn(3, 3))
    model.train()
    with pytest.raises(LayerError, match="'2' gives other values each time"):
        network.segment("0", "2")


def test_a_segment_needs_layers_the_network_is_open_at() -> None:
    network = open_network(Residual().eval(), ["stem", "fc"], torch.randn(2, 3, 8, 8))
    with pytest.raises(LayerError, match="not open at 'inner'; it is at stem, fc"):
        network.segment("inner", "fc")


def test_an_unknown_method_is_refused() -> None:
    with pytest.raises(ConfigError, match="method='traced!'"):
        open_network(Residual(), ["stem", "fc"], torch.randn(2, 3, 8, 8), method="traced!")  # type: ignore[arg-type]


# --- axes -----------------------------------------------------------------------------------


def test_the_channel_axis_can_be_given() -> None:
    model, inputs = Residual().eval(), torch.randn(2, 3, 8, 8)
    network = open_network(model, ["stem", "fc"], inputs, channel_axis=-1)
    assert (dict(network.channel_axes), dict(network.widths)) == (
        {"stem": 3, "fc": 1},
        {"stem": 8, "fc": 5},
    )
    for axis in (0, 4, -4):
        with pytest.raises(LayerError, match=rf"channel_axis={axis}: 'stem' .* axes 1 to 3"):
            open_network(model, ["stem", "fc"], inputs, channel_axis=axis)


@pytest.mark.parametrize("name", ["tokens", "series", "residual"])
def test_widths_are_numbers_of_neurons(name) -> None:
    make, shape, layers = CASES[name]
    network = open_network(make().eval(), layers, torch.randn(2, *shape))
    assert (
        list(network.widths.values())
        == {
            "tokens": [8, 8, 16, 8, 5],
            "series": [4, 6, 6, 5],
            "residual": [4, 4, 4, 4, 5],
        }[name]
    )


def test_a_response_is_the_mean_over_positions_in_float32_at_least() -> None:
    maps = torch.randn(2, 3, 4, 5, dtype=torch.bfloat16)
    assert response(maps, 3).shape == (2, 5)
    torch.testing.assert_close(response(maps, 1), maps.float().mean((2, 3)))
    assert response(maps.double(), 1).dtype == torch.float64
    vectors = torch.randn(2, 3)
    assert response(vectors, 1).data_ptr() != vectors.data_ptr()


def test_the_relative_error_is_infinite_for_other_shapes_and_values_that_are_none() -> None:
    ones = torch.ones(3)
    assert relative_error(ones[:2], ones) == float("inf")
    assert relative_error(ones * float("nan"), ones) != relative_error(ones, ones)
    assert relative_error(torch.zeros(3), torch.zeros(3)) == 0.0
