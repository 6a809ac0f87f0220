import random
from collections import OrderedDict, defaultdict, deque

import numpy as np
import pytest
import torch
from torch import nn
from torch.utils.data import DataLoader, RandomSampler

from neurflow_lightning.training.no_trace import no_trace


class Restless(nn.Module):
    """Changes whatever a forward pass can change."""

    def __init__(self):
        super().__init__()
        self.linear = nn.Linear(2, 2)
        self.norm = nn.BatchNorm1d(2)
        self.register_buffer("rebound", torch.zeros(1))
        self.register_buffer("written", torch.zeros(1))
        self.plain = torch.zeros(1)
        self.calls = 0
        self.seen = []
        self.noise = torch.Generator()
        self.numpy_noise = np.random.default_rng(0)

    def forward(self, x):
        self.rebound = self.rebound + 1
        self.written += 1
        self.plain += 1
        self.calls += 1
        self.seen.append(x)
        self.cache = x
        x = x + torch.rand(2, generator=self.noise) + self.numpy_noise.random()
        return self.norm(self.linear(x)) + torch.rand(2) + random.random() + np.random.rand()


def traces(model):
    """Everything of a model that a training could notice."""
    return {
        "modes": [module.training for module in model.modules()],
        "needs": [parameter.requires_grad for parameter in model.parameters()],
        "gradients": [id(parameter.grad) for parameter in model.parameters()],
        "buffers": [(name, id(one), one.tolist()) for name, one in model.named_buffers()],
        "plain": model.plain.tolist(),
        "attributes": (model.calls, len(model.seen), hasattr(model, "cache")),
        "hooks": [len(module._forward_hooks) for module in model.modules()],
        "noise": model.noise.get_state().tolist(),
        "numpy noise": model.numpy_noise.bit_generator.state,
        "torch": torch.get_rng_state().tolist(),
        "numpy": [np.random.get_state()[1].tolist(), np.random.get_state()[2]],
        "python": random.getstate(),
        "dtype": torch.get_default_dtype(),
        "grad mode": (torch.is_grad_enabled(), torch.is_inference_mode_enabled()),
    }


def disturb(model):
    model.train()
    model.norm.eval()
    model.linear.register_forward_hook(lambda *_: None)
    model.linear.weight.requires_grad_(False)
    model(torch.zeros(4, 2)).sum().backward()
    torch.set_default_dtype(torch.float64)


@pytest.fixture
def model():
    torch.manual_seed(0)
    model = Restless().train()
    model.linear.eval()
    model.norm.weight.requires_grad_(False)
    model.linear.weight.grad = torch.ones(2, 2)
    return model


def test_everything_is_as_it_was(model):
    before = traces(model)
    gradient = model.linear.weight.grad
    with no_trace(model):
        disturb(model)
        assert traces(model) != before
    assert traces(model) == before
    assert model.linear.weight.grad is gradient
    assert gradient.tolist() == [[1, 1], [1, 1]]


@pytest.mark.parametrize("error", [ZeroDivisionError, KeyboardInterrupt])
def test_everything_is_as_it_was_after_an_error(error, model):
    before = traces(model)
    with pytest.raises(error), no_trace(model):
        disturb(model)
        raise error
    assert traces(model) == before


def test_the_restless_model_does_leave_traces_without_it(model):
    before = traces(model)
    try:
        disturb(model)
        after = traces(model)
    finally:
        torch.set_default_dtype(torch.float32)
    assert [name for name in before if before[name] == after[name]] == ["grad mode"]


@pytest.mark.parametrize("mode", [torch.no_grad, torch.inference_mode])
def test_gradients_can_be_taken_inside(mode):
    with mode():
        x = torch.ones(2)
        with no_trace(nn.Identity()):
            own = x.clone().requires_grad_()
            (gradient,) = torch.autograd.grad((own * own).sum(), own)
    assert gradient.tolist() == [2, 2]


def test_buffers_born_in_inference_mode_can_be_used_and_come_back():
    norm = nn.BatchNorm1d(2).eval()
    with torch.inference_mode():
        norm.running_mean = norm.running_mean + 1
    born = norm.running_mean
    with torch.no_grad(), no_trace(norm):
        x = torch.ones(3, 2, requires_grad=True)
        (gradient,) = torch.autograd.grad(norm(x).sum(), x)
        norm.running_mean += 5
    assert torch.allclose(gradient, torch.ones(3, 2))
    assert norm.running_mean is born
    assert born.tolist() == [1, 1]


def test_an_untouched_buffer_is_not_written():
    """A write would spoil a graph that still holds the buffer."""
    model = nn.BatchNorm1d(2).eval()
    version = model.running_mean._version
    with no_trace(model):
        model(torch.ones(3, 2))
    assert model.running_mean._version == version


def test_hidden_gradients_are_not_accumulated_into():
    linear = nn.Linear(2, 1)
    linear(torch.ones(1, 2)).backward()
    before = linear.weight.grad.clone()
    with no_trace(linear):
        assert linear.weight.grad is None
        linear(torch.ones(1, 2)).backward()
    assert torch.equal(linear.weight.grad, before)


def test_generators_of_loaders_are_kept():
    shared = torch.Generator().manual_seed(3)
    loader = DataLoader(range(8), 2, sampler=RandomSampler(range(8), generator=shared))
    with_own = DataLoader(range(8), 2, shuffle=True, generator=shared)
    before = shared.get_state()
    with no_trace(nn.Identity(), loaders=[loader, with_own]):
        list(loader), list(with_own)
        assert not torch.equal(shared.get_state(), before)
    assert torch.equal(shared.get_state(), before)


def test_a_graph_held_outside_survives():
    model = nn.Sequential(nn.Linear(2, 2), nn.BatchNorm1d(2))
    loss = model(torch.ones(3, 2)).sum()
    with no_trace(model):
        model.eval()(torch.zeros(3, 2)).sum().backward()
    loss.backward()
    assert model[0].weight.grad is not None


def test_lazy_modules_are_left_lazy():
    model = nn.Sequential(nn.LazyLinear(2), nn.LazyBatchNorm1d())
    with no_trace(model):
        pass
    assert [type(one).__name__ for one in model] == ["LazyLinear", "LazyBatchNorm1d"]


def test_shared_modules_and_parameters_are_kept_once():
    linear = nn.Linear(2, 2)
    twice = nn.Sequential(linear, linear)
    linear.weight.grad = gradient = torch.ones(2, 2)
    with no_trace(twice, linear):
        twice(torch.ones(1, 2)).sum().backward()
    assert linear.weight.grad is gradient


def test_containers_within_containers_come_back():
    model = nn.Identity()
    model.recent = deque([1, 2], maxlen=2)
    model.counts = defaultdict(list, seen=[1])
    model.nested = {"list": [OrderedDict(deep={3})], "tuple": ([4], "x")}
    model.nested["itself"] = model.nested
    deep = model.nested["list"][0]
    with no_trace(model):
        model.recent.append(3)
        model.counts["seen"].append(2)
        model.counts["new"].append(1)
        deep["deep"].add(5)
        model.nested["tuple"][0].append(6)
        model.nested["list"].clear()
        del model.nested["itself"]
    assert model.recent == deque([1, 2], maxlen=2)
    assert model.counts == {"seen": [1]}
    assert model.nested["list"] == [{"deep": {3}}]
    assert model.nested["list"][0] is deep
    assert model.nested["tuple"] == ([4], "x")
    assert model.nested["itself"] is model.nested


def test_tensors_in_containers_come_back():
    model = nn.Identity()
    with torch.inference_mode():
        born = torch.ones(2)
    model.state = {"mean": torch.zeros(2), "queue": deque([born])}
    with no_trace(model):
        model.state["mean"] += 1
        model.state["queue"][0] += 1
        assert model.state["queue"][0].tolist() == [2, 2]
    assert model.state["mean"].tolist() == [0, 0]
    assert model.state["queue"][0] is born
    assert born.tolist() == [1, 1]


def test_parameters_in_lists_are_not_copied():
    model = nn.Linear(1, 1)
    model.listed = [model.weight]
    with no_trace(model):
        model.weight.data += 1
        changed = model.weight.clone()
    assert torch.equal(model.weight, changed)


NAN = float("nan")


@pytest.mark.parametrize(
    "value",
    [
        torch.eye(2).to_sparse(),
        torch.tensor([NAN]).expand(3),
        torch.tensor([1.0, NAN]),
        torch.tensor([True, False]),
        torch.tensor([1 + 2j]).conj(),
        torch.tensor(NAN, dtype=torch.bfloat16),
        torch.zeros(0, 2),
        torch.eye(2).t()[:, :1],
    ],
    ids=str,
)
@pytest.mark.parametrize("inference", [False, True])
def test_untouched_tensors_of_every_kind_are_not_written(value, inference):
    with torch.inference_mode(inference):
        value = value.clone() if inference else value
    model = nn.Identity()
    model.register_buffer("kept", value)
    version = None if inference else value._version
    with no_trace(model):
        pass
    assert model.kept is value
    assert inference or value._version == version


@pytest.mark.parametrize("value", [torch.eye(2).to_sparse(), torch.tensor([1.0, NAN])])
def test_sparse_tensors_and_nan_are_put_back(value):
    model = nn.Identity()
    model.register_buffer("kept", value.clone())
    with no_trace(model):
        model.kept.mul_(2)
    assert torch.allclose(model.kept.to_dense(), value.to_dense(), equal_nan=True)


def test_an_expanded_tensor_is_put_back():
    model = nn.Identity()
    base = torch.tensor([[1.0], [2.0]])
    model.register_buffer("kept", base.expand(2, 3))
    with no_trace(model):
        base += 5
    assert model.kept.tolist() == [[1, 1, 1], [2, 2, 2]]


def test_a_write_that_autograd_does_not_count_is_put_back():
    model = nn.BatchNorm1d(2)
    with no_trace(model):
        model.running_mean.data.add_(1)
    assert model.running_mean.tolist() == [0, 0]


def test_the_sign_of_a_zero_is_put_back():
    model = nn.Identity()
    model.register_buffer("zero", torch.tensor([-0.0]))
    with no_trace(model):
        model.zero.abs_()
    assert torch.signbit(model.zero).tolist() == [True]
