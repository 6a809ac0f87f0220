"""Names are resolved, neuron axes found and layers chosen as a reader of the model would."""

from __future__ import annotations

import pytest
import torch
import torch.nn.functional as F
from torch import Tensor, nn

from neurflow_lightning.core.default_layers import choose_layers
from neurflow_lightning.core.hooks import WatchedModel, named_layers, undisturbed
from neurflow_lightning.core.layers import channel_axis, resolve_layers
from neurflow_lightning.core.observation import Operator, observe, sample_rows
from neurflow_lightning.core.segments import open_network
from neurflow_lightning.errors import LayerError


@pytest.fixture(autouse=True)
def _seed() -> None:
    torch.manual_seed(0)


# --- names ----------------------------------------------------------------------------------


@pytest.fixture
def nested() -> nn.Module:
    stage = nn.Sequential(nn.Linear(3, 3), nn.ReLU())
    net = nn.ModuleDict(
        {"layer1": stage, "layer2": nn.Sequential(nn.Linear(3, 3)), "fc": nn.ReLU()}
    )
    return nn.ModuleDict({"net": net, "layer2": nn.Identity()})


def test_a_unique_ending_is_enough(nested) -> None:
    assert resolve_layers(nested, ["layer1", "layer1.1", "net.fc", "fc"]) == (
        "net.layer1",
        "net.layer1.1",
        "net.fc",
        "net.fc",
    )


def test_a_full_name_wins_over_an_ending(nested) -> None:
    assert resolve_layers(nested, ["layer2"]) == ("layer2",)


def test_an_ambiguous_ending_is_refused_with_all_it_could_mean(nested) -> None:
    with pytest.raises(LayerError, match=r"'0' could mean 'net\.layer1\.0', 'net\.layer2\.0'"):
        resolve_layers(nested, ["0"])


@pytest.mark.parametrize("name", ["layr1", "ayer1", "", "layer1.", "net.layer1.7"])
def test_an_unknown_name_is_refused_with_near_matches(nested, name) -> None:
    with pytest.raises(LayerError, match=rf"No layer is named '{name}'. (Did you mean|Known are)"):
        resolve_layers(nested, [name])


def test_a_name_must_be_a_string_and_names_a_list(nested) -> None:
    with pytest.raises(LayerError, match="3 is no layer name"):
        resolve_layers(nested, [3])  # type: ignore[list-item]
    with pytest.raises(LayerError, match="layers='fc': wanted a list"):
        resolve_layers(nested, "fc")


@pytest.mark.parametrize("name", ["fc", "net.fc", "_orig_mod.net.fc", "net._orig_mod.fc"])
def test_what_compiling_adds_to_names_is_ignored(nested, name) -> None:
    nested["net"] = torch.compile(nested["net"], backend="eager")
    model = torch.compile(nested, backend="eager")
    assert resolve_layers(model, [name]) == ("net.fc",)
    assert named_layers(model)["net"] is nested["net"]._orig_mod


class Renamed(nn.Module):
    """One network under two names, run under the second."""

    def __init__(self, compiled: bool) -> None:
        super().__init__()
        self.backbone = mlp(1)
        self.model = torch.compile(self.backbone, backend="eager") if compiled else self.backbone

    def forward(self, x: Tensor) -> Tensor:
        return self.model(x)


@pytest.mark.parametrize("compiled", [False, True])
@pytest.mark.parametrize("names", [["model.1", "model.2"], ["1", "2"], ["backbone.1", "model.2"]])
def test_a_module_with_two_names_goes_by_the_first(compiled, names) -> None:
    network = open_network(Renamed(compiled).eval(), names, torch.randn(2, 6))
    assert network.layers == ("backbone.1", "backbone.2")


# --- axes -----------------------------------------------------------------------------------

LINEAR = {"positions": -1, "sides": (7, 7)}
AXES = {
    "vectors": ((2, 10), None, 1),
    "maps": ((2, 10, 7, 7), None, 1),
    "tokens": ((2, 50, 10), None, 2),
    "volumes": ((2, 10, 7, 7, 7), None, 1),
    "channels last": ((2, 7, 7, 10), Operator(10, -1, (7, 10)), 3),
    "linear, then permuted": ((2, 10, 7, 7), Operator(10, -1, (7, 10)), 1),
    "as wide as long": ((2, 10, 10, 10), Operator(10, -1, (10, 10)), 1),
    "convolution": ((2, 10, 7, 7), Operator(10, 2, (7, 7)), 1),
    "convolution, then permuted": ((2, 7, 7, 10), Operator(10, 2, (7, 7)), 3),
    "convolution, then windows": ((2, 1, 49, 10), Operator(10, 2, (7, 7)), 3),
    "outputs put together": ((2, 64, 10, 10), Operator(10, 2, (10, 10)), 1),
    "one-dimensional convolution": ((2, 10, 50), Operator(10, 1, (50,)), 1),
    "patches as tokens": ((2, 49, 10), Operator(10, 2, (7, 7)), 2),
    "patches not yet turned": ((2, 10, 49), Operator(10, 2, (7, 7)), 1),
    "batch norm over a series": ((2, 10, 50), Operator(10, None, (50,)), 1),
}


@pytest.mark.parametrize("name", AXES)
def test_the_neurons_axis_follows_from_the_last_operator(name) -> None:
    shape, operator, axis = AXES[name]
    assert channel_axis(shape, operator) == axis


class ChannelsLast(nn.Module):
    """As Swin does it: (N, H, W, C), and layers without weights among them."""

    def __init__(self) -> None:
        super().__init__()
        self.patches = nn.Conv2d(3, 12, 4, stride=4)
        self.norm = nn.LayerNorm(12)
        self.mlp = nn.Sequential(nn.Linear(12, 20), nn.GELU(), nn.Linear(20, 12), nn.Dropout())
        self.head = nn.Linear(12, 5)

    def forward(self, x: Tensor) -> Tensor:
        x = self.norm(self.patches(x).permute(0, 2, 3, 1))
        return self.head((x + self.mlp(x)).mean((1, 2)))


def test_axes_of_a_channels_last_network() -> None:
    layers = ["patches", "norm", "mlp.1", "mlp", "head"]
    network = open_network(ChannelsLast().eval(), layers, torch.randn(2, 3, 16, 16))
    assert list(network.channel_axes.values()) == [1, 3, 3, 3, 1]
    assert list(network.widths.values()) == [12, 12, 20, 12, 5]


class Recurrent(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.gru = nn.GRU(5, 9, batch_first=True)

    def forward(self, x: Tensor) -> Tensor:
        return self.gru(x)[0]


class Matrix(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.matrix = nn.Parameter(torch.randn(5, 9))

    def forward(self, x: Tensor) -> Tensor:
        return x @ self.matrix


class Series(nn.Module):
    """A convolution over time, then steps as tokens."""

    def __init__(self, inner: nn.Module) -> None:
        super().__init__()
        self.conv, self.inner, self.head = nn.Conv1d(2, 5, 3, padding=1), inner, nn.Linear(9, 2)

    def forward(self, x: Tensor) -> Tensor:
        return self.head(self.inner(self.conv(x).relu().transpose(1, 2))[:, -1])


@pytest.mark.parametrize("inner", [Recurrent, Matrix])
@pytest.mark.parametrize("steps", [5, 12])
def test_a_convolution_tells_nothing_of_neurons_made_after_it(inner, steps) -> None:
    network = open_network(Series(inner()).eval(), ["conv", "inner"], torch.randn(2, 2, steps))
    assert dict(network.channel_axes) == {"conv": 1, "inner": 2}
    assert dict(network.widths) == {"conv": 5, "inner": 9}


class Windowed(nn.Module):
    """Attention that uses its layers' weights without calling them, as Swin's does."""

    def __init__(self) -> None:
        super().__init__()
        self.value, self.biases = nn.Linear(12, 12), nn.Parameter(torch.randn(49, 2))

    def forward(self, x: Tensor) -> Tensor:
        return F.linear(x, self.value.weight) + self.biases.sum()


def test_neurons_stay_last_after_windowed_attention() -> None:
    model = ChannelsLast()
    model.norm = nn.Sequential(model.norm, Windowed())
    network = open_network(model.eval(), ["norm.0", "norm.1", "mlp"], torch.randn(2, 3, 16, 16))
    assert list(network.channel_axes.values()) == [3, 3, 3]


# --- choosing -------------------------------------------------------------------------------


def conv(inputs: int, outputs: int) -> nn.Conv2d:
    return nn.Conv2d(inputs, outputs, 3, padding=1)


class BasicBlock(nn.Module):
    def __init__(self, width: int) -> None:
        super().__init__()
        self.a, self.b, self.relu = conv(width, width), conv(width, width), nn.ReLU(inplace=True)

    def forward(self, x: Tensor) -> Tensor:
        return self.relu(self.b(F.relu(self.a(x))) + x)


class Stages(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.stem, self.relu = conv(3, 4), nn.ReLU(inplace=True)
        self.stages = nn.ModuleList(
            nn.Sequential(nn.MaxPool2d(2), BasicBlock(4), BasicBlock(4)) for _ in range(3)
        )
        self.pool, self.fc = nn.AdaptiveAvgPool2d(1), nn.Linear(4, 5)

    def forward(self, x: Tensor) -> Tensor:
        x = self.relu(self.stem(x))
        for stage in self.stages:
            x = stage(x)
        return self.fc(self.pool(x).flatten(1))


class FunctionalNet(nn.Module):
    """The digits example everyone writes: functions between layers, log-softmax at the end."""

    def __init__(self) -> None:
        super().__init__()
        self.conv1, self.conv2 = nn.Conv2d(1, 4, 3), nn.Conv2d(4, 8, 3)
        self.fc1, self.fc2 = nn.Linear(8 * 9, 16), nn.Linear(16, 10)

    def forward(self, x: Tensor) -> Tensor:
        x = F.max_pool2d(F.relu(self.conv2(F.relu(self.conv1(x)))), 2)[:, :, :3, :3]
        return F.log_softmax(self.fc2(F.relu(self.fc1(torch.flatten(x, 1)))), dim=1)


class TinyViT(nn.Module):
    def __init__(self, depth: int) -> None:
        super().__init__()
        self.patches = nn.Conv2d(3, 8, 4, stride=4)
        self.cls, self.places = (
            nn.Parameter(torch.zeros(1, 1, 8)),
            nn.Parameter(torch.zeros(1, 17, 8)),
        )
        self.blocks = nn.ModuleList(
            nn.TransformerEncoderLayer(8, 2, 16, batch_first=True, norm_first=True)
            for _ in range(depth)
        )
        self.norm, self.head = nn.LayerNorm(8), nn.Linear(8, 5)

    def forward(self, x: Tensor) -> Tensor:
        x = self.patches(x).flatten(2).transpose(1, 2)
        x = torch.cat([self.cls.expand(len(x), -1, -1), x], 1) + self.places
        for block in self.blocks:
            x = block(x)
        return self.head(self.norm(x)[:, 0])


class Wrapped(nn.Module):
    def __init__(self, net: nn.Module) -> None:
        super().__init__()
        self.net, self.loss = net, nn.CrossEntropyLoss()

    def forward(self, x: Tensor) -> Tensor:
        return self.net(x)


def plain_cnn() -> nn.Sequential:
    head = [nn.MaxPool2d(2), nn.Flatten(), nn.Linear(8 * 16, 10)]
    return nn.Sequential(conv(1, 4), nn.ReLU(inplace=True), conv(4, 8), nn.ReLU(), *head)


def norm_cnn() -> nn.Sequential:
    return nn.Sequential(
        *(conv(3, 4), nn.BatchNorm2d(4), nn.ReLU(), nn.MaxPool2d(2)),
        *(conv(4, 6), nn.BatchNorm2d(6), nn.ReLU(), nn.MaxPool2d(2)),
        *(nn.Dropout(0.3), nn.Flatten(), nn.Linear(6 * 16, 20), nn.ReLU(), nn.Dropout()),
        nn.Linear(20, 4),
    )


def mlp(hidden: int) -> nn.Sequential:
    inner = [part for _ in range(hidden) for part in (nn.Linear(6, 6), nn.ReLU())]
    return nn.Sequential(*inner, nn.Linear(6, 3))


CHOSEN = {
    "stages": (
        Stages,
        (3, 32, 32),
        (
            *("relu", "stages.0.1", "stages.0.2", "stages.1.1", "stages.1.2"),
            *("stages.2.1", "stages.2.2", "fc"),
        ),
    ),
    "plain CNN": (plain_cnn, (1, 8, 8), ("1", "3", "6")),
    "CNN with norms": (norm_cnn, (3, 16, 16), ("2", "6", "11", "13")),
    "functional": (FunctionalNet, (1, 12, 12), ("conv1", "conv2", "fc1", "fc2")),
    "perceptron": (lambda: mlp(2), (6,), ("1", "3", "4")),
    "deep perceptron": (lambda: mlp(10), (6,), ("5", "7", "9", "11", "13", "15", "17", "19", "20")),
    "tiny ViT": (
        lambda: TinyViT(2),
        (3, 16, 16),
        (
            "blocks.0.self_attn",
            "blocks.0.linear2",
            "blocks.1.self_attn",
            "blocks.1.linear2",
            "head",
        ),
    ),
    "wrapped": (lambda: Wrapped(plain_cnn()), (1, 8, 8), ("net.1", "net.3", "net.6")),
    "softmax at the end": (
        lambda: nn.Sequential(nn.Linear(6, 4), nn.ReLU(), nn.Linear(4, 3), nn.Softmax(1)),
        (6,),
        ("1", "2"),
    ),
    "pooled logits": (
        lambda: nn.Sequential(
            conv(3, 4), nn.ReLU(), conv(4, 5), nn.AdaptiveAvgPool2d(1), nn.Flatten()
        ),
        (3, 8, 8),
        ("1", "4"),
    ),
    "one logit": (
        lambda: nn.Sequential(nn.Linear(6, 4), nn.Tanh(), nn.Linear(4, 1), nn.Flatten(0)),
        (6,),
        ("1", "2"),
    ),
}


@pytest.mark.parametrize("name", CHOSEN)
def test_layers_are_chosen_where_a_reader_would_cut(name) -> None:
    make, shape, layers = CHOSEN[name]
    model, inputs = make().eval(), torch.randn(2, *shape)
    assert choose_layers(model, inputs) == layers
    assert choose_layers(model.requires_grad_(False), inputs[:1]) == layers
    assert open_network(model, None, inputs).layers == layers


def test_layers_of_a_text_classifier_are_chosen() -> None:
    model = nn.Sequential(
        nn.Embedding(9, 6), nn.Linear(6, 6), nn.ReLU(), nn.Flatten(), nn.Linear(24, 3)
    )
    for trained in (True, False):
        layers = choose_layers(model.requires_grad_(trained), torch.randint(0, 9, (2, 4)))
        assert layers == ("0", "2", "4")


class Differentiating(nn.Module):
    """Needs a gradient in its forward pass, for which autograd must have kept its values."""

    def __init__(self) -> None:
        super().__init__()
        self.energy, self.net = mlp(1), mlp(1)

    def forward(self, x: Tensor) -> Tensor:
        with torch.enable_grad():
            place = x.detach().requires_grad_()
            (slope,) = torch.autograd.grad(self.energy(place).square().sum(), place)
            return self.net(place + slope)


class Sparse(nn.Module):
    """One of its modules returns no dense tensor."""

    def __init__(self) -> None:
        super().__init__()
        self.net, self.thin = mlp(1), Thin()

    def forward(self, x: Tensor) -> Tensor:
        return self.net(self.thin(x).to_dense())


class Thin(nn.Module):
    def forward(self, x: Tensor) -> Tensor:
        return x.to_sparse()


def test_values_of_the_pass_that_is_observed_are_not_kept() -> None:
    seen = observe(WatchedModel(mlp(1).eval()), torch.randn(2, 6))
    assert [call.output.device.type for call in seen.calls] == ["meta"] * 3
    with pytest.raises(RuntimeError, match="values were not kept"):
        seen.output.sum().backward()


def test_a_model_that_differentiates_within_its_forward_pass_is_opened() -> None:
    model, inputs = Differentiating().eval(), torch.randn(2, 6)
    found = model(inputs)
    network = open_network(model, ["net.1", "net.2"], inputs, method="replayed")
    segment = network.segment("net.1", "net.2")
    lower, context = segment.entering(inputs)
    with torch.no_grad():
        given = (
            network.responses(inputs)["net.2"],
            network.masked(inputs, {}),
            segment.run(lower, context),
        )
    for one in given:
        assert not one.requires_grad
        torch.testing.assert_close(one, found.detach())


def test_no_layers_are_chosen_of_a_model_that_returns_one_number() -> None:
    model = nn.Sequential(mlp(1), Mean()).eval()
    with pytest.raises(LayerError, match="the model returned Tensor of shape"):
        choose_layers(model, torch.randn(2, 6))


class Mean(nn.Module):
    def forward(self, x: Tensor) -> Tensor:
        return x.mean()


def test_a_module_may_return_something_sparse() -> None:
    model, inputs = Sparse().eval(), torch.randn(2, 6)
    assert open_network(model, ["net.1", "net.2"], inputs).widths["net.2"] == 3


@pytest.mark.parametrize("count", [1, 2, 3, 9])
def test_as_many_layers_are_chosen_as_wanted_if_there_are(count) -> None:
    layers = choose_layers(mlp(6).eval(), torch.randn(2, 6), count=count)
    assert len(layers) == min(count, 6) + 1
    assert layers[-1] == "12"
    assert list(layers) == sorted(layers, key=int)


def test_layers_of_a_forward_function_are_chosen() -> None:
    model = nn.ModuleDict({"net": mlp(2)}).eval()
    layers = choose_layers(model, torch.randn(2, 6), lambda module, x: module["net"](x))
    assert layers == ("net.1", "net.3", "net.4")


def test_layers_of_a_compiled_model_are_chosen() -> None:
    plain, inputs = Wrapped(plain_cnn()).eval(), torch.randn(2, 1, 8, 8)
    model = torch.compile(plain, backend="eager")
    model(inputs)
    assert choose_layers(model, inputs) == ("net.1", "net.3", "net.6")


def test_layers_are_chosen_inside_inference_mode() -> None:
    with torch.inference_mode():
        assert choose_layers(mlp(1).eval(), torch.randn(2, 6)) == ("1", "2")


def test_layers_beside_a_bypass_are_no_cut_points() -> None:
    class Bypassed(nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.a, self.b, self.c = nn.Linear(4, 4), nn.Linear(4, 4), nn.Linear(4, 4)
            self.head = nn.Linear(4, 2)

        def forward(self, x: Tensor) -> Tensor:
            x = self.a(x)
            return self.head(self.c(self.b(x).relu() + x))

    assert choose_layers(Bypassed().eval(), torch.randn(2, 4)) == ("a", "c", "head")


def test_a_layer_called_twice_is_not_chosen() -> None:
    class Shared(nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.a, self.b, self.relu, self.head = (
                nn.Linear(4, 4),
                nn.Linear(4, 4),
                nn.ReLU(),
                nn.Linear(4, 2),
            )

        def forward(self, x: Tensor) -> Tensor:
            return self.head(self.relu(self.b(self.relu(self.a(x)))))

    assert choose_layers(Shared().eval(), torch.randn(2, 4)) == ("a", "b", "head")


class Pair(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.a = nn.Linear(4, 4)

    def forward(self, x: Tensor) -> tuple[Tensor, Tensor]:
        return self.a(x), x


class Untouched(nn.Module):
    """Its output depends on the input past every module."""

    def __init__(self) -> None:
        super().__init__()
        self.a, self.head = nn.Linear(4, 4), nn.Linear(4, 4)

    def forward(self, x: Tensor) -> Tensor:
        return self.head(self.a(x)) + x


class TwoHeads(nn.Module):
    """Averages two heads, as distilled transformers do: no module's output is the logits."""

    def __init__(self) -> None:
        super().__init__()
        self.body, self.drop = nn.Linear(4, 4), nn.Dropout()
        self.left, self.right = nn.Linear(4, 2), nn.Linear(4, 2)

    def forward(self, x: Tensor) -> Tensor:
        x = self.drop(self.body(x))
        return (self.left(x) + self.right(x)) / 2


@pytest.mark.parametrize(
    ("model", "message"),
    [
        (TwoHeads(), "no module of the model gives one number a class"),
        (Pair(), r"returned tuple \(Tensor, Tensor\), wanted one tensor of logits"),
        (Untouched(), "no module of the model gives one number a class"),
        (nn.Sequential(nn.Linear(4, 2)), "nothing before '0' cuts the model in two"),
    ],
)
def test_where_no_layers_can_be_chosen_the_error_says_why(model, message) -> None:
    with pytest.raises(LayerError, match=message):
        choose_layers(model.eval(), torch.randn(2, 4))


def test_an_empty_example_is_refused() -> None:
    with pytest.raises(LayerError, match=r"shape \(0, 4\): wanted at least one row"):
        sample_rows(torch.zeros(0, 4), 3)


# --- no trace -------------------------------------------------------------------------------


def test_choosing_leaves_no_trace() -> None:
    model, inputs = Stages().eval(), torch.randn(2, 3, 32, 32)
    before, copy = {id(m): dict(vars(m)) for m in model.modules()}, inputs.clone()
    with torch.no_grad():
        choose_layers(model, inputs)
        assert not torch.is_grad_enabled()
    assert {id(m): dict(vars(m)) for m in model.modules()} == before
    assert not any(m._forward_hooks for m in model.modules())
    assert all(parameter.grad is None for parameter in model.parameters())
    assert torch.equal(inputs, copy)
    assert not inputs.requires_grad


@pytest.mark.parametrize("grad", [False, True])
@pytest.mark.parametrize("inference", [False, True])
def test_gradient_mode_stays_the_callers(grad, inference) -> None:
    with torch.inference_mode(inference), torch.set_grad_enabled(grad):
        with undisturbed(nn.Linear(2, 2)):
            assert torch.is_grad_enabled() == grad
            assert not torch.is_inference_mode_enabled()
        assert torch.is_grad_enabled() == grad
        assert torch.is_inference_mode_enabled() == inference


def test_a_block_inside_another_leaves_binding_back_to_it() -> None:
    model, other = nn.Linear(2, 2), nn.Linear(2, 2)
    with undisturbed(model):
        with undisturbed(model), undisturbed(other):
            model.note = other.note = "rebound"
        assert model.note == "rebound"
        assert not hasattr(other, "note")
        with torch.inference_mode(), torch.enable_grad(), undisturbed(model):
            assert torch.is_grad_enabled()
            assert not torch.is_inference_mode_enabled()
    assert not hasattr(model, "note")
    with undisturbed(model):
        model.note = "rebound"
    assert not hasattr(model, "note")


def test_a_block_anew_starts_and_ends_with_the_outer_blocks_bindings() -> None:
    model = nn.Linear(2, 2)
    with undisturbed(model):
        model.note = "outer"
        with undisturbed(model, anew=True):
            model.note = "inner"
        assert model.note == "outer"
    assert not hasattr(model, "note")


def test_bindings_come_back_when_an_inner_block_fails() -> None:
    model = nn.Linear(2, 2)

    def disturb() -> None:
        with undisturbed(model):
            model.note = "rebound"
            raise RuntimeError("on purpose")

    with pytest.raises(RuntimeError, match="on purpose"), undisturbed(model):
        disturb()
    assert not hasattr(model, "note")


def test_attributes_are_bound_back_after_a_failure() -> None:
    model = nn.BatchNorm1d(2)
    before = {name: id(value) for name, value in vars(model).items()}
    mean = model.running_mean

    def disturb() -> None:
        model.running_mean = torch.ones(2)
        model.extra = nn.Linear(1, 1)
        model.note = "rebound"
        del model.eps
        raise RuntimeError("on purpose")

    with pytest.raises(RuntimeError, match="on purpose"), undisturbed(model):
        disturb()
    assert {name: id(value) for name, value in vars(model).items()} == before
    assert model.running_mean is mean
    assert list(model.children()) == []
