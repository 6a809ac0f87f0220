"""One opened network serves all analyses of a run, as long as it is the network that was opened."""

import copy
import gc
import pickle
import weakref
from contextlib import nullcontext
from pathlib import Path

import cloudpickle
import pytest
import torch
import torch.nn.functional as F
from lightning.pytorch import Callback
from torch import nn

from neurflow_lightning import ProbeSet
from neurflow_lightning.core.pipeline import analyze_study
from neurflow_lightning.core.study import analysis_mode, open_study
from neurflow_lightning.serialization import pack
from neurflow_lightning.training import analysis
from neurflow_lightning.training.reuse import StudyKeeper
from test_callback_no_trace import RebindingNet, wrapped_compiled
from trainings import LAYERS, SMALL, Classifier, SmallNet, differences, fit, images, neurflow


def given():
    return ProbeSet(*images().tensors)


@pytest.fixture
def opened(monkeypatch):
    """Every study that a run opens."""
    studies = []

    def noting(*args, **more):
        studies.append(open_study(*args, **more))
        return studies[-1]

    monkeypatch.setattr(analysis, "open_study", noting)
    return studies


@pytest.fixture
def afresh(monkeypatch):
    """(a run's snapshot, the same of a network opened for it alone): one pair an analysis."""
    pairs = []

    def both(study, *, progress, deadline, targets, **about):
        methods = study.records()
        snapshot = analyze_study(study, targets=targets, **about)
        numbers = [one.index for one in targets]
        anew = open_study(
            study.network.model, study.probes, study.network.layers, numbers, study.config, None
        )
        anew.adopt(methods)
        alone = analyze_study(anew, **about)
        pairs.append((values(snapshot), values(alone)))
        return snapshot

    monkeypatch.setattr(analysis, "analyze_study", both)
    return pairs


def values(snapshot):
    """All of a snapshot but the time that it took."""
    header, arrays = pack(snapshot)
    return header, {name: one for name, one in arrays.items() if not name.endswith(".seconds")}


# --- networks --------------------------------------------------------------------------------


class Readings(SmallNet):
    """Its graph depends on numbers that are no weights."""

    def __init__(self):
        super().__init__()
        self.temperature, self.side = 1.0, 8
        self.slope = nn.LeakyReLU(0.1)

    def forward(self, x):
        x = self.first(F.interpolate(x, size=(self.side, self.side)))
        x = self.slope(x - 0.5).unflatten(2, (self.side,))
        return self.head(self.second(x).mean((2, 3)) / self.temperature)


class Skipping(SmallNet):
    """What enters its upper segment beside the lower layer changes with the weights."""

    def forward(self, x):
        x = self.first(x)
        y = self.second(x).mean((2, 3))
        return self.head(y + F.pad(x.mean((2, 3)), (0, 2)))


class Undecided(SmallNet):
    """No graph can be made of it."""

    def forward(self, x):
        return super().forward(x if x.sum() > -1e9 else -x)


class Changing(Classifier):
    """Its network is changed when the second epoch begins."""

    def __init__(self, net, change):
        super().__init__(net)
        self.change = change

    def on_train_epoch_start(self):
        if self.current_epoch == 1:
            self.change(self.net)


# --- in a training ---------------------------------------------------------------------------


@pytest.mark.parametrize("settings", [{"probes": given()}, {}])
def test_a_run_opens_its_network_once(settings, tmp_path, opened):
    """Without given probes on the sanity check's batch, on which the arguments are tried."""
    callback = neurflow(**settings)
    fit(tmp_path, callback, max_epochs=3)
    assert len(callback.snapshots) == 3
    assert len(opened) == 1


@pytest.mark.parametrize(
    "model",
    [
        Classifier,
        lambda: Classifier(Skipping()),
        lambda: Classifier(Undecided()),
        wrapped_compiled,
    ],
)
@pytest.mark.parametrize("precision", ["32-true", "bf16-true"])
def test_a_network_kept_gives_what_one_opened_anew_gives(
    model, precision, tmp_path, opened, afresh
):
    torch.manual_seed(7)
    callback = neurflow(probes=given(), every_n_train_steps=3)
    fit(tmp_path, callback, model=model(), precision=precision)
    assert (len(afresh), len(opened)) == (4, 1)
    for kept, alone in afresh:
        assert differences(kept, alone) == []
    first, last = afresh[0][0], afresh[-1][0]
    assert differences(first, last) != []


def set_to(**numbers):
    return lambda net: vars(net).update(numbers)


CHANGES = {
    "a number that forward reads": set_to(temperature=0.5),
    "a number that decides shapes": set_to(side=4),
    "a number of a module of PyTorch's": lambda net: set_to(negative_slope=0.9)(net.slope),
    "a hook": lambda net: net.second[0].register_forward_hook(lambda *given: given[-1] * 2),
    "a parameter": lambda net: setattr(net.head, "weight", nn.Parameter(-net.head.weight)),
    "a buffer": lambda net: setattr(net.first[1], "running_mean", net.first[1].running_mean + 1),
    "a module": lambda net: setattr(net, "head", nn.Linear(6, 3)),
}


@pytest.mark.parametrize("name", CHANGES)
def test_a_network_that_is_another_one_is_opened_anew(name, tmp_path, opened, afresh):
    torch.manual_seed(7)
    callback = neurflow(probes=given())
    fit(tmp_path, callback, model=Changing(Readings(), CHANGES[name]), max_epochs=3)
    assert (len(afresh), len(opened)) == (3, 2)
    for kept, alone in afresh:
        assert differences(kept, alone) == []


def test_a_buffer_that_each_step_rebinds_is_followed(tmp_path, opened, afresh):
    callback = neurflow(probes=given())
    fit(tmp_path, callback, model=Classifier(RebindingNet()))
    assert len(opened) == 3  # planned, and two analyses
    for kept, alone in afresh:
        assert differences(kept, alone) == []


# --- what is let go of -----------------------------------------------------------------------


class Failing(Callback):
    def on_train_end(self, trainer, pl_module):
        raise ZeroDivisionError


@pytest.mark.parametrize("others", [[], [Failing()]])
def test_after_a_training_its_graphs_are_not_held(others, tmp_path, opened):
    callback = neurflow(probes=given())
    with pytest.raises(ZeroDivisionError) if others else nullcontext():
        fit(tmp_path, callback, *others)
    study = weakref.ref(opened.pop())
    gc.collect()
    assert study() is None
    assert [one.step for one in callback.snapshots] == [6, 12]
    assert all(Path(one).exists() for one in callback.snapshot_paths)
    assert callback.probes is not None


def by_pickle(protocol):
    return lambda value: pickle.loads(pickle.dumps(value, protocol))


@pytest.mark.parametrize(
    "copied",
    [copy.deepcopy, by_pickle(0), by_pickle(5), lambda one: pickle.loads(cloudpickle.dumps(one))],
)
def test_a_copy_of_the_callback_holds_no_network(copied, tmp_path, opened):
    copies = []

    class Copying(Callback):
        def on_train_start(self, trainer, pl_module):
            assert len(opened) == 1
            copies.append(copied(callback))

    callback = neurflow(probes=given())
    fit(tmp_path, callback, Copying(), max_epochs=1)
    assert len(opened) == 1
    (own,) = copies
    model, seen = SmallNet().eval(), own.probes
    keeper = own._analysis._keeper
    with analysis_mode(model):
        again = keeper.study(model, seen, None, lambda: opened_on(model, seen))
    assert again not in opened
    fit(tmp_path, own, max_epochs=1)
    assert [one.step for one in own.snapshots] == [6]


# --- by itself -------------------------------------------------------------------------------


def opened_on(model, probes):
    return open_study(model, probes, LAYERS, [0], SMALL, None)


def test_another_placement_or_shape_opens_anew_and_another_probe_set_does_not():
    model, keeper, probes, targets = Undecided().eval(), StudyKeeper(), given(), [0]

    def study():
        with analysis_mode(model):
            return keeper.study(model, probes, targets, lambda: opened_on(model, probes))

    first = study()
    assert study() is first
    model.double()
    second = study()
    assert second.dtype == torch.float64
    assert study() is second
    probes, targets = given(), [2, 1]
    third = study()
    assert (third.probes, third.network) == (probes, second.network)
    assert [one.index for one in third.targets] == targets
    assert study() is third
    probes = ProbeSet(given().images[:, :, :6], given().labels)
    assert study().network is not third.network
