"""A training with the callback ends in the same bytes as one without.

The analysis is made as clumsy as can be: it draws from every random state, trains the model's
batch norms, leaves modes and hooks behind and calls ``backward``.
"""

import random

import numpy as np
import pytest
import torch
from lightning.pytorch.callbacks import EMAWeightAveraging
from torch import nn

from neurflow_lightning import ProbeSet
from neurflow_lightning.core.pipeline import analyze_study
from neurflow_lightning.training import analysis
from trainings import (
    LAYERS,
    Classifier,
    SmallNet,
    differences,
    fit,
    footprint,
    images,
    loader,
    neurflow,
    trainer,
)


def disturb(study):
    model, probes = study.network.model, study.probes
    torch.rand(3), np.random.rand(), random.random()
    model.train()
    for module in model.modules():
        module.register_forward_hook(lambda *_: None)
    inputs = probes.images.to(next(model.parameters()).dtype)
    with torch.enable_grad():
        model(inputs).float().sum().backward()
    for parameter in model.parameters():
        parameter.requires_grad_(False)


@pytest.fixture
def clumsy(monkeypatch):
    """Makes every analysis clumsy; says how many there were."""
    taken = []

    def clumsy_analyze(study, **settings):
        snapshot = analyze_study(study, **settings)
        disturb(study)
        taken.append(snapshot)
        return snapshot

    monkeypatch.setattr(analysis, "analyze_study", clumsy_analyze)
    return taken


class FrozenNorm(Classifier):
    def on_train_start(self):
        self.net.first[1].eval()


class RebindingNet(SmallNet):
    def __init__(self):
        super().__init__()
        self.register_buffer("shift", torch.zeros(1))
        self.calls = 0

    def forward(self, x):
        self.calls += 1
        if self.training:
            self.shift = self.shift + 0.01
        return super().forward(x) + self.shift


class ZeroingClassifier(Classifier):
    def validation_step(self, batch, batch_idx):
        super().validation_step(batch, batch_idx)
        batch[0].zero_()


class BuiltLate(Classifier):
    def __init__(self):
        super().__init__(net=nn.Identity())

    def configure_model(self):
        if isinstance(self.net, nn.Identity):
            self.net = SmallNet()


class ByHand(Classifier):
    def __init__(self):
        super().__init__()
        self.automatic_optimization = False

    def training_step(self, batch, batch_idx):
        loss = super().training_step(batch, batch_idx)
        self.manual_backward(loss)
        if batch_idx % 2:
            self.optimizers().step()
            self.optimizers().zero_grad()


def compiled():
    net = SmallNet()
    net.compile(backend="eager")
    return Classifier(net)


def wrapped_compiled():
    return Classifier(torch.compile(SmallNet(), backend="eager"))


def shared_generator():
    generator = torch.Generator().manual_seed(5)
    return {
        "train": loader(shuffle=True, generator=generator),
        "validation": loader(shuffle=True, generator=generator),
    }


def workers():
    kept = {"num_workers": 2, "persistent_workers": True}
    return {"train": loader(shuffle=True, **kept), "validation": loader(**kept)}


GIVEN = {"probes": ProbeSet(*images().tensors)}

SETUPS = {
    "plain": lambda: {},
    "two persistent workers": workers,
    "shared generator": shared_generator,
    "validation within an accumulation": lambda: {
        "accumulate_grad_batches": 2,
        "val_check_interval": 3,
    },
    "frozen batch norm": lambda: {"model": FrozenNorm()},
    "bf16-mixed": lambda: {"precision": "bf16-mixed"},
    "bf16-true": lambda: {"precision": "bf16-true"},
    "dropout": lambda: {"model": Classifier(SmallNet(dropout=0.5))},
    "rebound buffer": lambda: {"model": Classifier(RebindingNet())},
    "validation_step in place": lambda: {"model": ZeroingClassifier()},
    "built in configure_model": lambda: {"model": BuiltLate()},
    "optimised by hand": lambda: {"model": ByHand()},
    "compiled": lambda: {"model": compiled()},
    "compiled wrapper": lambda: {"model": wrapped_compiled()},
    "averaged weights": lambda: {"others": [EMAWeightAveraging(decay=0.5)]},
}


def trained(folder, own, others=(), **settings):
    """Footprints of a training with the callbacks ``own`` around ``others``."""
    return footprint(*fit(folder, *own, *others, **settings))


@pytest.mark.parametrize("name", SETUPS)
def test_no_trace(name, tmp_path, clumsy):
    without = trained(tmp_path, (), **_built(name))
    callback = neurflow()
    with_it = trained(tmp_path, [callback], **_built(name))
    assert len(clumsy) == len(callback.snapshots) > 1
    assert differences(with_it, without) == []


def _built(name):
    torch.manual_seed(7)
    return SETUPS[name]()


@pytest.mark.parametrize("of_trainer", [False, True])
@pytest.mark.parametrize("trained_in", ["bf16-mixed", "bf16-true"])
def test_no_trace_at_either_precision_of_the_analysis(of_trainer, trained_in, tmp_path, clumsy):
    torch.manual_seed(7)
    without = trained(tmp_path, (), model=Classifier(), precision=trained_in)
    torch.manual_seed(7)
    callback = neurflow(trainer_precision=of_trainer)
    with_it = trained(tmp_path, [callback], model=Classifier(), precision=trained_in)
    assert len(clumsy) == 2
    assert differences(with_it, without) == []


@pytest.mark.parametrize(
    "settings",
    [{"every_n_train_steps": 1}, {"every_n_train_steps": 5}, {"every_n_epochs": 1}],
)
@pytest.mark.parametrize("model", [Classifier, FrozenNorm])
@pytest.mark.parametrize("validated", [True, False])
def test_no_trace_between_training_batches(settings, model, validated, tmp_path, clumsy):
    run = {"accumulate_grad_batches": 2, "limit_val_batches": 1.0 if validated else 0}
    torch.manual_seed(7)
    without = trained(tmp_path, (), model=model(), **run)
    torch.manual_seed(7)
    with_it = trained(tmp_path, [neurflow(**GIVEN, **settings)], model=model(), **run)
    assert clumsy
    assert differences(with_it, without) == []


def test_no_trace_of_an_analysis_that_fails(tmp_path, monkeypatch):
    def failing(study, **_):
        disturb(study)
        raise ZeroDivisionError("on purpose")

    monkeypatch.setattr(analysis, "analyze_study", failing)
    torch.manual_seed(7)
    without = trained(tmp_path, (), model=Classifier())
    torch.manual_seed(7)
    with pytest.warns(UserWarning, match="ZeroDivisionError: on purpose"):
        with_it = trained(tmp_path, [neurflow(on_error="warn")], model=Classifier())
    assert differences(with_it, without) == []


@pytest.mark.parametrize("first", [True, False])
def test_no_trace_and_true_word_beside_weight_averaging(first, tmp_path, clumsy):
    """Listed before weight averaging the callback sees averaged weights, after it raw ones."""
    torch.manual_seed(7)
    without = trained(tmp_path, [EMAWeightAveraging(decay=0.5)], model=Classifier())
    torch.manual_seed(7)
    callback = neurflow()
    own = [callback, EMAWeightAveraging(decay=0.5)]
    with_it = trained(tmp_path, own if first else own[::-1], model=Classifier())
    assert differences(with_it, without) == []
    assert {one.weights for one in callback.snapshots} == {"averaged" if first else "raw"}


def test_every_validation_batch_is_seen_once(tmp_path, clumsy):
    _, model = fit(tmp_path, neurflow(), max_epochs=1, num_sanity_val_steps=0, **workers())
    assert len(set(model.validation_order)) == len(model.validation_order) == 6


def test_compiled_layers_are_analysed_when_warm(tmp_path):
    callback, plain = neurflow(), neurflow()
    torch.manual_seed(7)
    fit(tmp_path, callback, model=wrapped_compiled())
    torch.manual_seed(7)
    fit(tmp_path, plain, model=Classifier())
    assert callback.snapshots[-1].layers == tuple(f"net.{layer}" for layer in LAYERS)
    nodes = [one.snapshots[-1].circuit(0).neurons for one in (callback, plain)]
    assert [node.id for node in nodes[0]] == [node.id for node in nodes[1]]
    for left, right in zip(*nodes, strict=True):
        np.testing.assert_allclose(left.concept.activations, right.concept.activations, rtol=1e-4)


def test_buffers_left_by_validate_are_no_obstacle(tmp_path, recwarn):
    """``trainer.validate`` runs in inference mode; what is rebound there is born in it."""

    class Shifting(SmallNet):
        def __init__(self):
            super().__init__()
            self.register_buffer("shift", torch.ones(1))

        def forward(self, x):
            self.shift = self.shift * 1
            return super().forward(x) * self.shift

    model, callback = Classifier(Shifting()), neurflow()
    used = trainer(tmp_path, callback, max_epochs=1)
    used.validate(model, loader(), verbose=False)
    assert model.net.shift.is_inference()
    used.fit(model, loader(), loader())
    assert len(callback.snapshots) == 1
    assert not [one for one in recwarn if "NeurFlow:" in str(one.message)]
