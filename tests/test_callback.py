"""The callback in real trainings: when it analyses, on what, and what becomes of it."""

import warnings
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest
import torch
from lightning.fabric.utilities.exceptions import MisconfigurationException
from lightning.pytorch import LightningDataModule, LightningModule
from lightning.pytorch.callbacks import (
    EarlyStopping,
    ModelCheckpoint,
    RichProgressBar,
    TQDMProgressBar,
)
from lightning.pytorch.loggers import CSVLogger, TensorBoardLogger
from lightning.pytorch.profilers import SimpleProfiler
from tensorboard.backend.event_processing.event_accumulator import EventAccumulator
from torch import nn
from torch.utils.data import TensorDataset

from neurflow_lightning import NeurFlowCallback, NeurFlowConfig, ProbeSet, load_snapshot
from neurflow_lightning import callback as callback_module
from neurflow_lightning.errors import ConfigError, LayerError, NeurFlowError, ProbeError
from neurflow_lightning.training import analysis
from neurflow_lightning.training.trainer_facts import has_forward
from trainings import LAYERS, SMALL, Classifier, SmallNet, fit, images, loader, neurflow, trainer

METRIC = "neurflow/0/net.second/neuron_groups"


def taken(callback):
    return [(one.epoch, one.step) for one in callback.snapshots]


def given(count=24):
    return ProbeSet(*images(count).tensors)


class Breaking(Exception):
    """An error on purpose."""


@pytest.fixture
def breaking(monkeypatch):
    """Makes every analysis fail; counts them."""
    calls = []

    def failing(*_, **__):
        calls.append(1)
        raise Breaking(f"number {len(calls)}")

    monkeypatch.setattr(analysis, "analyze_study", failing)
    return calls


@pytest.fixture
def instant(monkeypatch):
    """One real analysis stands for all of them, where only their moment matters; lists steps."""
    from dataclasses import replace

    from neurflow_lightning.core.pipeline import analyze_study

    known, steps = {}, []

    def stand_in(study, *, targets, deadline, progress, epoch, step, weights):
        steps.append(step)
        if targets not in known:
            known[targets] = analyze_study(study, targets=targets)
        return replace(known[targets], epoch=epoch, step=step, weights=weights)

    monkeypatch.setattr(analysis, "analyze_study", stand_in)
    return steps


# --- when ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("schedule", "settings", "expected"),
    [
        ({}, {}, [(0, 6), (1, 12), (2, 18)]),
        ({"every_n_epochs": 2}, {}, [(1, 12)]),
        ({}, {"val_check_interval": 0.5}, [(0, 3), (0, 6), (1, 9), (1, 12), (2, 15), (2, 18)]),
        ({}, {"check_val_every_n_epoch": 2}, [(1, 12)]),
        ({"every_n_train_steps": 7}, {}, [(1, 7), (2, 14)]),
        ({"every_n_train_steps": 4}, {}, [(0, 6), (1, 8), (1, 12), (2, 16)]),
        ({"every_n_train_steps": 2}, {"accumulate_grad_batches": 3}, [(0, 2), (1, 4), (2, 6)]),
        ({"train_time_interval": timedelta(days=1)}, {}, []),
    ],
)
def test_analyses_come_when_they_are_due(schedule, settings, expected, tmp_path, instant):
    callback = neurflow(**schedule)
    fit(tmp_path, callback, max_epochs=3, **settings)
    assert taken(callback) == expected


def test_time_makes_an_analysis_due_after_a_training_batch(tmp_path, instant):
    callback = neurflow(train_time_interval=timedelta(microseconds=1), probes=given())
    fit(tmp_path, callback, max_epochs=1)
    assert taken(callback) == [(0, step) for step in range(1, 7)]


def test_time_counts_from_the_last_analysis(tmp_path, instant, monkeypatch):
    class Ticking(Classifier):
        def training_step(self, batch, batch_idx):
            clock.now += 1
            return super().training_step(batch, batch_idx)

    clock = SimpleNamespace(now=0.0)
    monkeypatch.setattr(callback_module, "time", SimpleNamespace(monotonic=lambda: clock.now))
    callback = neurflow(train_time_interval=timedelta(seconds=4), probes=given())
    fit(tmp_path, callback, model=Ticking())
    assert [step for _, step in taken(callback)] == [4, 8, 12]


def test_without_validation_given_probes_are_analysed_at_the_end_of_the_epoch(tmp_path, instant):
    callback = neurflow(probes=given())
    fit(tmp_path, callback, limit_val_batches=0)
    assert taken(callback) == [(0, 6), (1, 12)]


def test_a_step_is_never_analysed_twice(tmp_path, instant):
    """Within an accumulation, validation may come twice to the same weights."""
    callback = neurflow()
    fit(tmp_path, callback, max_epochs=1, accumulate_grad_batches=3, val_check_interval=1)
    assert instant == [one.step for one in callback.snapshots] == [0, 1, 2]


def test_the_schedule_can_be_overridden(tmp_path, instant):
    class Powers(NeurFlowCallback):
        def should_analyze(self, *, step, **_):
            return step in (1, 2, 4, 8)

    callback = Powers(
        LAYERS, [0], config=SMALL, every_n_train_steps=1, max_overhead=None, probes=given()
    )
    fit(tmp_path, callback)
    assert [step for _, step in taken(callback)] == [1, 2, 4, 8]


def test_validate_and_test_are_left_alone(tmp_path, instant):
    callback, model = neurflow(), Classifier()
    trainer(tmp_path, callback).validate(model, loader(), verbose=False)
    assert callback.snapshots == ()
    assert callback.probes is None


def test_a_second_training_begins_anew(tmp_path, instant):
    callback = neurflow()
    fit(tmp_path / "one", callback)
    other = TensorDataset(images(seed=9).tensors[0], images().tensors[1])
    fit(tmp_path / "two", callback, validation=loader(other))
    assert taken(callback) == [(0, 6), (1, 12)]
    assert torch.equal(callback.probes.images[0], other[0][0])


# --- the probe set ---------------------------------------------------------------------------


def probes_of(folder, model=None, **settings):
    callback = settings.pop("callback", None) or neurflow()
    fit(folder, callback, model=model, max_epochs=1, **settings)
    return callback.probes


def test_probe_images_are_the_first_of_each_target_by_true_label(tmp_path, instant):
    probes = probes_of(tmp_path)
    pictures, labels = images().tensors
    rows = [0, 2, 3, 5, 6, 8]
    assert torch.equal(probes.images, pictures[rows])
    assert probes.labels.tolist() == labels[rows].tolist() == [0, 2, 0, 2, 0, 2]


@pytest.mark.parametrize("steps", [0, 1, 2, -1])
def test_probe_images_do_not_depend_on_the_sanity_check(steps, tmp_path, instant):
    usual = probes_of(tmp_path).fingerprint((1.0,))
    assert probes_of(tmp_path, num_sanity_val_steps=steps).fingerprint((1.0,)) == usual


def test_probe_images_are_taken_before_validation_step_changes_them(tmp_path, instant):
    class Zeroing(Classifier):
        def validation_step(self, batch, batch_idx):
            super().validation_step(batch, batch_idx)
            batch[0].zero_()

    assert probes_of(tmp_path, model=Zeroing()).images.abs().sum() > 0


def test_without_targets_the_five_lowest_classes_are_taken(tmp_path, instant):
    callback = neurflow(targets=None)
    data = loader(images(24, classes=8), shuffle=True)
    model = Classifier(SmallNet(classes=8))
    fit(tmp_path, callback, model=model, train=data, validation=data, max_epochs=1)
    assert callback.probes.targets() == (0, 1, 2, 3, 4)
    assert [circuit.target.index for circuit in callback.snapshots[0].circuits] == [0, 1, 2, 3, 4]


class Unsupervised(Classifier):
    def validation_step(self, batch, batch_idx):
        self(batch[0])


def test_without_labels_every_image_serves_every_target(tmp_path, instant):
    callback = neurflow(targets=[1])
    data = loader(TensorDataset(images().tensors[0]))
    fit(tmp_path, callback, model=Unsupervised(), validation=data, max_epochs=1)
    assert callback.probes.labels is None
    assert torch.equal(callback.probes.images, images().tensors[0][:3])
    assert len(callback.snapshots) == 1


def test_without_labels_and_targets_the_first_sanity_batch_ends_it(tmp_path):
    data = loader(TensorDataset(images().tensors[0]))
    with pytest.raises(ConfigError, match="targets=None needs labels"):
        fit(tmp_path, neurflow(targets=None), validation=data, model=Unsupervised())


def test_what_stands_in_place_of_labels_is_named(tmp_path):
    pictures, labels = images().tensors
    data = loader(TensorDataset(pictures, labels.float()))
    with pytest.raises(ProbeError, match=r"stands a tensor \(4,\) of torch.float32: wanted"):
        fit(tmp_path, neurflow(targets=None), validation=data, model=Unsupervised())
    with pytest.warns(UserWarning, match="every probe image now serves every target"):
        fit(tmp_path, neurflow(), validation=data, model=Unsupervised(), max_epochs=1)


@dataclass
class Sample:
    picture: torch.Tensor
    kind: torch.Tensor


def test_batches_of_any_structure_serve(tmp_path, instant):
    class Structured(Classifier):
        def validation_step(self, batch, batch_idx):
            super().validation_step((batch.picture, batch.kind), batch_idx)

    def collated(items):
        pictures, labels = torch.utils.data.default_collate(items)
        return Sample(pictures, labels)

    data = loader(collate_fn=collated)
    callback = neurflow(input_key="picture", label_key="kind")
    usual = probes_of(tmp_path).fingerprint((1.0,))
    found = probes_of(tmp_path, model=Structured(), validation=data, callback=callback)
    assert found.fingerprint((1.0,)) == usual


def test_the_first_of_several_loaders_gives_the_probe_images(tmp_path, instant):
    class Several(Classifier):
        def validation_step(self, batch, batch_idx, dataloader_idx=0):
            super().validation_step(batch, batch_idx)

    both = [loader(), loader(images(seed=5))]
    usual = probes_of(tmp_path).fingerprint((1.0,))
    assert probes_of(tmp_path, model=Several(), validation=both).fingerprint((1.0,)) == usual


def test_a_combined_loader_may_run_dry(tmp_path, instant):
    from lightning.pytorch.utilities import CombinedLoader

    class Combined(Classifier):
        def validation_step(self, batch, batch_idx):
            super().validation_step(batch["long"], batch_idx)

    both = CombinedLoader({"short": loader(images(4)), "long": loader()}, "max_size")
    callback = neurflow(targets=[0], input_key="short.0", label_key="short.1")
    probes = probes_of(tmp_path, model=Combined(), validation=both, callback=callback)
    assert probes.labels.tolist() == [0, 0]


@pytest.mark.parametrize("where", ["argument", "datamodule", "dataset"])
def test_targets_go_by_class_names(where, tmp_path, instant):
    names = ["cat", "dog", "eel"]
    dataset = images()
    if where == "dataset":
        dataset.classes = names

    class Data(LightningDataModule):
        def train_dataloader(self):
            return loader()

        def val_dataloader(self):
            return loader(torch.utils.data.Subset(dataset, range(20)))

    data = Data()
    if where == "datamodule":
        data.classes = names
    callback = neurflow(targets=["eel"], class_names=names if where == "argument" else None)
    trainer(tmp_path, callback, max_epochs=1).fit(Classifier(), datamodule=data)
    assert callback.snapshots[0].circuit("eel").target.index == 2
    assert callback.snapshots[0].probe.class_names == ("cat", "dog", "eel")


def test_given_probes_are_used_as_they_are(tmp_path, instant):
    probes = given(6)
    callback = neurflow(probes=probes)
    fit(tmp_path, callback)
    assert callback.probes is probes


def test_given_probes_get_the_names_and_colours_that_they_lack(tmp_path, instant):
    names = ["cat", "dog", "eel"]
    callback = neurflow(targets=["eel"], probes=given(), class_names=names, mean=[0.5])
    fit(tmp_path, callback, max_epochs=1)
    assert callback.snapshots[0].circuits[0].name == "eel"
    assert (callback.probes.mean, callback.probes.std) == ((0.5,), None)
    own = ProbeSet(*images().tensors, names, mean=[0.25])
    assert neurflow(probes=own, targets=[0], mean=[0.5]).probes is own


def test_class_names_that_cannot_be_read_are_said(tmp_path, instant):
    class Data(LightningDataModule):
        @property
        def classes(self):
            raise Breaking("not set up")

        def train_dataloader(self):
            return loader()

        def val_dataloader(self):
            return loader()

    callback = neurflow(on_error="warn")
    with pytest.warns(UserWarning, match="looking for the classes' names failed"):
        trainer(tmp_path, callback).fit(Classifier(), datamodule=Data())
    assert taken(callback) == [(0, 6), (1, 12)]


# --- wrong arguments fail before the first step ----------------------------------------------


class Untrained(Classifier):
    """Fails at its first step."""

    def training_step(self, batch, batch_idx):
        raise AssertionError("the training began")


WRONG = [
    ({"layers": ["first", "secnod", "head"]}, LayerError, "'secnod'.*Did you mean"),
    ({"layers": ["head", "first"]}, LayerError, "first"),
    ({"targets": [7]}, ConfigError, "'net.head' has the neurons 0 to 2"),
    ({"targets": ["cat"]}, ConfigError, "No class is named 'cat'"),
    ({"module": "nte"}, ConfigError, "module='nte'.*Did you mean 'net'"),
    ({"config": NeurFlowConfig(granularities=(0.01,))}, ProbeError, "leaves no pixel"),
    ({"targets": [0, 0]}, ConfigError, "twice"),
    ({"mean": [0.5, 0.5, 0.5]}, ProbeError, "mean has 3 numbers"),
]
WRONG_KEYS = [
    ({"input_key": "image"}, ProbeError, "A batch has no 'image'"),
    ({"label_key": 0}, ProbeError, "label_key=0 names a tensor"),
]


@pytest.mark.parametrize(("wrong", "error", "said"), [*WRONG, *WRONG_KEYS])
def test_wrong_arguments_fail_before_the_first_step(wrong, error, said, tmp_path):
    with pytest.raises(error, match=said):
        fit(tmp_path, neurflow(on_error="warn", **wrong), model=Untrained())


@pytest.mark.parametrize(("wrong", "error", "said"), WRONG)
def test_with_given_probes_they_fail_without_a_sanity_check(wrong, error, said, tmp_path):
    with pytest.raises(error, match=said):
        callback = neurflow(on_error="warn", probes=given(), **wrong)
        fit(tmp_path, callback, model=Untrained(), num_sanity_val_steps=0)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"every_n_epochs": 1, "every_n_train_steps": 1}, "exclude each other"),
        ({"max_overhead": 5}, "max_overhead=5: wanted a share of the training time"),
        ({"targets": "cat"}, "targets='cat'"),
        ({"targets": []}, r"targets=\[\]: wanted a list"),
        ({"targets": ["cow"], "class_names": ["cat"]}, "No class is named 'cow'"),
        ({"filename": "last"}, r"wanted \{step\} in it"),
        ({"trainer_precision": "16"}, r"trainer_precision='16': .* NeurFlowConfig\(precision"),
        ({"on_error": "ignore"}, "on_error='ignore'"),
        ({"layers": "head"}, "layers='head'"),
    ],
)
def test_arguments_that_no_training_could_use_are_refused_at_once(wrong, said):
    with pytest.raises(NeurFlowError, match=said):
        neurflow(**wrong)


def test_without_validation_and_probes_there_is_a_way_out(tmp_path):
    with pytest.raises(MisconfigurationException, match="Give probes=ProbeSet"):
        fit(tmp_path, neurflow(), limit_val_batches=0)


def test_targets_may_be_an_array():
    assert neurflow(targets=torch.arange(3).numpy()).targets == (0, 1, 2)


def test_a_module_of_pytorch_lightning_is_taken():
    other = pytest.importorskip("pytorch_lightning")

    class Module(other.LightningModule):
        def forward(self, x):
            return x

    assert has_forward(Module())
    assert not has_forward(other.LightningModule())


def test_a_module_without_forward_is_refused(tmp_path):
    class NoForward(LightningModule):
        def __init__(self):
            super().__init__()
            self.net = SmallNet()

        def training_step(self, batch, batch_idx):
            raise AssertionError("the training began")

        def validation_step(self, batch, batch_idx):
            self.net(batch[0])

        def configure_optimizers(self):
            return torch.optim.SGD(self.parameters(), 0.1)

    with pytest.raises(MisconfigurationException, match="NoForward has no forward that gives"):
        fit(tmp_path, neurflow(), model=NoForward())


@pytest.mark.parametrize("name", ["FSDPStrategy", "DeepSpeedStrategy", "ModelParallelStrategy"])
def test_strategies_that_split_the_model_are_refused(name):
    strategy = type(name, (), {})()
    with pytest.raises(MisconfigurationException, match=f"cannot analyse under {name}"):
        neurflow().setup(SimpleNamespace(strategy=strategy), None, "fit")


# --- which classifier ------------------------------------------------------------------------


def embedding_and_logits(module, inputs):
    return module(inputs)[1]


class TwoOutputs(Classifier):
    def forward(self, x):
        return x.mean((1, 2, 3)), self.net(x)

    def training_step(self, batch, batch_idx):
        return nn.functional.cross_entropy(self(batch[0])[1], batch[1])

    def validation_step(self, batch, batch_idx):
        self(batch[0])


@pytest.mark.parametrize("settings", [{"forward_fn": embedding_and_logits}, {"module": "net"}])
def test_the_classifier_may_be_elsewhere(settings, tmp_path):
    callback, usual = neurflow(**settings), neurflow()
    torch.manual_seed(0)
    fit(tmp_path, callback, model=TwoOutputs(), max_epochs=1)
    torch.manual_seed(0)
    fit(tmp_path, usual, model=Classifier(), max_epochs=1)
    found, wanted = (
        [
            (node.id.index, node.concept.patches.tolist())
            for node in one.snapshots[0].circuit(0).neurons
        ]
        for one in (callback, usual)
    )
    assert found == wanted


def test_the_classifier_may_be_a_module_itself(tmp_path):
    model = TwoOutputs()
    callback = neurflow(module=model.net)
    fit(tmp_path, callback, model=model, max_epochs=1)
    assert callback.snapshots[0].layers == LAYERS


def test_layers_may_be_chosen(tmp_path):
    callback = neurflow(layers=None, module="net")
    fit(tmp_path, callback, max_epochs=1)
    assert callback.snapshots[0].layers[-1] == "head"
    assert len(callback.snapshots[0].layers) > 1


# --- errors ----------------------------------------------------------------------------------


def test_an_analysis_that_fails_is_said_and_training_goes_on(tmp_path, breaking, recwarn):
    used, _ = fit(tmp_path, neurflow(on_error="warn"))
    assert used.global_step == 12
    said = [str(one.message) for one in recwarn if "NeurFlow:" in str(one.message)]
    assert len(breaking) == len(said) == 2
    assert "the analysis at step 6 failed" in said[0]
    assert "Breaking: number 1 Give on_error='raise'" in said[0]


def test_the_same_failure_is_said_once(tmp_path, monkeypatch, recwarn):
    def failing(*_, **__):
        raise Breaking("again")

    monkeypatch.setattr(analysis, "analyze_study", failing)
    fit(tmp_path, neurflow(on_error="warn"))
    assert sum("Breaking: again" in str(one.message) for one in recwarn) == 1


def test_a_failure_ends_the_training_of_those_who_want_it(tmp_path, breaking):
    with pytest.raises(Breaking, match="number 1"):
        fit(tmp_path, neurflow(on_error="raise"))


def test_no_hook_is_left_behind_by_a_failure(tmp_path, monkeypatch):
    def failing(study, **_):
        study.network.model.net.register_forward_hook(lambda *_: None)
        raise Breaking("with a hook")

    monkeypatch.setattr(analysis, "analyze_study", failing)
    with pytest.warns(UserWarning, match="with a hook"):
        _, model = fit(tmp_path, neurflow(on_error="warn"))
    assert not any(module._forward_hooks for module in model.modules())


def test_groups_whose_stability_was_not_measured_are_said_once(tmp_path, recwarn):
    config = replace(SMALL, memory_budget=1)
    fit(tmp_path, neurflow(config=config))
    said = [one for one in recwarn if "stability of the neuron groups" in str(one.message)]
    assert len(said) == 1


def test_out_of_memory_names_the_numbers_to_lower(tmp_path, monkeypatch):
    def failing(*_, **__):
        raise torch.OutOfMemoryError("too much")

    monkeypatch.setattr(analysis, "analyze_study", failing)
    with pytest.warns(UserWarning, match="Lower memory_budget, batch_size or images_per_target"):
        fit(tmp_path, neurflow(on_error="warn"))


def test_a_file_that_cannot_be_written_is_said(tmp_path, instant):
    (tmp_path / "taken").write_text("a file, no folder")
    callback = neurflow(on_error="warn", dirpath=str(tmp_path / "taken"))
    with pytest.warns(UserWarning, match="writing .*step=6.safetensors failed"):
        fit(tmp_path, callback)
    assert len(callback.snapshots) == 2
    assert callback.snapshot_paths == ()


def without_class(number):
    pictures, labels = images().tensors
    return TensorDataset(pictures[labels != number], labels[labels != number])


def test_a_target_without_images_is_said_and_left_out(tmp_path, instant, recwarn):
    callback = neurflow()
    fit(tmp_path, callback, validation=loader(without_class(2)))
    assert [[one.name for one in shot.circuits] for shot in callback.snapshots] == [["0"], ["0"]]
    said = [str(one.message) for one in recwarn if "no probe image of target 2" in str(one.message)]
    assert len(said) == 1
    assert "Give more validation batches" in said[0]


def test_a_run_with_a_target_left_out_can_be_resumed(tmp_path, instant):
    data = loader(without_class(2))
    checkpointed(tmp_path, neurflow(), validation=data, max_epochs=1)
    resumed = neurflow()
    fit(tmp_path, resumed, validation=data, ckpt_path=tmp_path / "step=6.ckpt")
    assert taken(resumed) == [(1, 12)]


class NotYet(Classifier):
    """Its forward pass fails before the training has started."""

    started = False

    def on_train_start(self):
        self.started = True

    def forward(self, x):
        if not self.started:
            raise Breaking("not yet")
        return super().forward(x)


def test_an_error_before_the_training_does_not_end_it(tmp_path, instant):
    callback = neurflow(probes=given(), on_error="warn")
    with pytest.warns(UserWarning, match="planning the analyses failed.*not yet"):
        fit(tmp_path, callback, model=NotYet(), num_sanity_val_steps=0)
    assert taken(callback) == [(0, 6), (1, 12)]


def test_an_error_at_a_resume_does_not_end_the_training(tmp_path, instant):
    checkpointed(tmp_path, neurflow(), max_epochs=1)
    callback = neurflow(on_error="warn")
    settings = {"model": NotYet(), "num_sanity_val_steps": 0}
    with pytest.warns(UserWarning, match="planning the analyses failed.*not yet"):
        fit(tmp_path, callback, ckpt_path=tmp_path / "step=6.ckpt", **settings)
    assert taken(callback) == [(1, 12)]


def test_a_second_training_says_its_failures_again(tmp_path, monkeypatch, recwarn):
    def failing(*_, **__):
        raise Breaking("again")

    monkeypatch.setattr(analysis, "analyze_study", failing)
    warnings.simplefilter("always")
    callback = neurflow(on_error="warn")
    fit(tmp_path, callback)
    fit(tmp_path, callback)
    assert sum("Breaking: again" in str(one.message) for one in recwarn) == 2


def test_a_training_without_an_analysis_says_so(tmp_path):
    with pytest.warns(UserWarning, match="analysed nothing in this training.*every 5 epochs"):
        fit(tmp_path, neurflow(every_n_epochs=5))


def test_a_logger_that_fails_costs_no_file(tmp_path, instant):
    class Offline(CSVLogger):
        def log_metrics(self, metrics, step=None):
            if any(name.startswith("neurflow/") for name in metrics):
                raise Breaking("offline")
            super().log_metrics(metrics, step)

    callback = neurflow(on_error="warn", probes=given(), every_n_train_steps=6)
    with pytest.warns(UserWarning, match="logging failed.*offline"):
        fit(tmp_path, callback, logger=Offline(tmp_path))
    assert [Path(path).exists() for path in callback.snapshot_paths] == [True, True]


def test_targets_without_any_image_are_said_and_tried_again(tmp_path, instant):
    """The next validation may have one."""
    callback = neurflow(targets=[0], on_error="warn")
    pictures, _ = images().tensors
    data = loader(TensorDataset(pictures, torch.ones(24, dtype=torch.long)))
    with pytest.warns(UserWarning, match="capturing the probe images failed.*no batch held"):
        fit(tmp_path, callback, validation=data)
    assert callback.snapshots == ()


# --- logs ------------------------------------------------------------------------------------


def scalars(folder):
    events = EventAccumulator(str(folder), size_guidance={"tensors": 0}).Reload()
    return {tag: [one.step for one in events.Scalars(tag)] for tag in events.Tags()["scalars"]}


def image_steps(folder):
    events = EventAccumulator(str(folder), size_guidance={"images": 0}).Reload()
    return {tag: [one.step for one in events.Images(tag)] for tag in events.Tags()["images"]}


@pytest.mark.parametrize(
    ("settings", "run", "metric", "steps"),
    [
        ({}, {}, "val_loss", [5, 11]),
        ({}, {"val_check_interval": 0.5}, "val_loss", [2, 5, 8, 11]),
        ({}, {"accumulate_grad_batches": 2}, "val_loss", [2, 5]),
        ({"probes": given()}, {"limit_val_batches": 0}, "loss_epoch", [5, 11]),
        ({"probes": given(), "every_n_train_steps": 4}, {}, "loss", [3, 7, 11]),
        (
            {"probes": given(), "every_n_train_steps": 3},
            {"accumulate_grad_batches": 2, "log_every_n_steps": 50},
            None,
            [2, 5],
        ),
    ],
)
def test_steps_are_those_of_log(settings, run, metric, steps, tmp_path):
    class Logging(Classifier):
        def training_step(self, batch, batch_idx):
            loss = super().training_step(batch, batch_idx)
            self.log("loss_epoch", loss, on_step=False, on_epoch=True)
            return loss

    logger = TensorBoardLogger(tmp_path)
    fit(tmp_path, neurflow(**settings), model=Logging(), logger=logger, **run)
    logged = scalars(logger.log_dir)
    assert set(logged.get(metric, steps)) >= set(steps)
    assert logged[METRIC] == logged["neurflow/seconds"] == steps
    pictures = image_steps(logger.log_dir)
    assert pictures
    assert {tuple(found) for found in pictures.values()} == {tuple(steps)}


def test_every_documented_metric_is_logged(tmp_path):
    callback = neurflow(attribution="ig")  # the gradient has no gap
    used, _ = fit(tmp_path, callback, max_epochs=1)
    logged = {tag for tag in used.callback_metrics if tag.startswith("neurflow/")}
    names = ("core_neurons", "semantic_groups", "neuron_groups", "completeness_gap", "seconds")
    assert {tag.rsplit("/", 1)[1] for tag in logged} == {*names, "overhead", "edge_drift"}
    statistics = callback.snapshots[0].circuit(0).statistics("net.second")
    assert used.callback_metrics[METRIC] == statistics.neuron_groups
    seconds = used.callback_metrics["neurflow/seconds"]
    assert seconds >= callback.snapshots[0].seconds > 0
    assert used.callback_metrics["neurflow/overhead"] > 0


@pytest.mark.parametrize("save_on_train_epoch_end", [None, False])
@pytest.mark.parametrize("val_check_interval", [0.5, 1.0])
def test_metrics_reach_early_stopping_and_checkpoints(
    save_on_train_epoch_end, val_check_interval, tmp_path, instant
):
    best = ModelCheckpoint(
        tmp_path / "best", monitor=METRIC, save_on_train_epoch_end=save_on_train_epoch_end
    )
    stopping = EarlyStopping(METRIC, patience=1, mode="max")
    used, _ = fit(
        tmp_path,
        stopping,
        best,
        neurflow(),
        max_epochs=9,
        enable_checkpointing=True,
        val_check_interval=val_check_interval,
    )
    assert used.current_epoch < 9
    assert stopping.stopped_epoch > 0 or val_check_interval < 1
    assert best.best_model_score is not None


def test_metrics_between_epochs_reach_checkpoints(tmp_path, instant):
    best = ModelCheckpoint(tmp_path / "best", monitor=METRIC, every_n_train_steps=2)
    callback = neurflow(every_n_train_steps=2, probes=given())
    fit(tmp_path, best, callback, max_epochs=1, enable_checkpointing=True)
    assert best.best_model_score is not None


@pytest.mark.parametrize(
    ("schedule", "warned"),
    [
        ({}, False),
        ({"every_n_epochs": 3}, True),
        ({"every_n_train_steps": 9}, True),
        ({"max_overhead": 0.05}, True),
    ],
)
def test_a_stale_metric_is_said_before_the_training(schedule, warned, tmp_path, instant, recwarn):
    stopping = EarlyStopping(METRIC, patience=2, strict=False)
    fit(tmp_path, stopping, neurflow(**schedule), max_epochs=1)
    said = [str(one.message) for one in recwarn if "EarlyStopping(monitor=" in str(one.message)]
    assert bool(said) is warned


def test_that_a_failure_may_end_a_training_is_said_before_it(tmp_path, instant):
    best = ModelCheckpoint(tmp_path / "best", monitor=METRIC)
    with pytest.warns(UserWarning, match="ModelCheckpoint.* watches .*on_error='warn'"):
        fit(tmp_path, best, neurflow(on_error="warn"), max_epochs=1, enable_checkpointing=True)


def test_what_forward_logs_is_not_changed(tmp_path):
    class Logging(Classifier):
        def forward(self, x):
            out = super().forward(x)
            if not self.training:
                self.log("mean_logit", out.mean())
            return out

    logged = []
    for callbacks in ((), (neurflow(),)):
        torch.manual_seed(7)
        used, _ = fit(tmp_path, *callbacks, model=Logging(), max_epochs=1)
        logged.append(used.callback_metrics["mean_logit"])
    assert logged[0] == logged[1]


def test_dashboards_are_laid_out_once(tmp_path, instant, monkeypatch):
    laid_out = []

    def recorded(*_, layout, **__):
        laid_out.append(layout)
        return ()

    monkeypatch.setattr(callback_module, "publish_snapshot", recorded)
    fit(tmp_path, neurflow(), max_epochs=3)
    assert laid_out == [True, False, False]


def test_a_csv_logger_gets_the_scalars(tmp_path):
    logger = CSVLogger(tmp_path)
    fit(tmp_path, neurflow(), logger=logger)
    rows = Path(logger.log_dir, "metrics.csv").read_text().splitlines()
    assert METRIC in rows[0].split(",")
    assert Path(logger.log_dir, "neurflow", "epoch=1-step=12.safetensors").exists()


def test_concept_vectors_are_shown_once_at_the_end(tmp_path, instant):
    logger = TensorBoardLogger(tmp_path)
    fit(tmp_path, neurflow(), logger=logger)
    config = Path(logger.log_dir, "projector_config.pbtxt").read_text()
    assert "00011" in config
    assert "00005" not in config


def test_sections_stand_in_the_profiler(tmp_path, instant):
    profiler = SimpleProfiler()
    fit(tmp_path, neurflow(), profiler=profiler)
    counts = {name: len(times) for name, times in profiler.recorded_durations.items()}
    assert counts["[NeurFlow]analyze"] == counts["[NeurFlow]publish"] == 2
    assert counts["[NeurFlow]projector"] == 1


def test_a_dry_run_writes_nothing(tmp_path):
    callback = neurflow()
    fit(tmp_path, callback, fast_dev_run=True)
    assert len(callback.snapshots) == 1
    assert list(tmp_path.rglob("*.safetensors")) == []


# --- files -----------------------------------------------------------------------------------


def test_snapshots_lie_in_the_log_folder(tmp_path):
    callback = neurflow()
    fit(tmp_path, callback)
    names = ["epoch=0-step=6.safetensors", "epoch=1-step=12.safetensors"]
    assert callback.snapshot_paths == tuple(f"{tmp_path}/neurflow/{name}" for name in names)
    read = load_snapshot(callback.snapshot_paths[-1])
    assert (read.epoch, read.step, read.weights) == (1, 12, "raw")
    assert [circuit.name for circuit in read.circuits] == ["0", "2"]


def test_folder_and_name_can_be_chosen(tmp_path, instant):
    callback = neurflow(dirpath=tmp_path / "mine", filename="s{step:03d}")
    fit(tmp_path, callback, max_epochs=1)
    assert callback.snapshot_paths == (f"{tmp_path}/mine/s006.safetensors",)


# --- resuming --------------------------------------------------------------------------------


def checkpointed(folder, *callbacks, **settings):
    every = ModelCheckpoint(folder, filename="{step}", save_top_k=-1, **settings.pop("every", {}))
    return fit(folder, every, *callbacks, enable_checkpointing=True, **settings)


def test_a_checkpoint_loads_with_weights_only(tmp_path, instant):
    callback = neurflow()
    checkpointed(tmp_path, callback)
    state = torch.load(tmp_path / "step=12.ckpt", weights_only=True)
    own = state["callbacks"][callback.state_key]
    assert own["snapshots"] == {6: callback.snapshot_paths[0], 12: callback.snapshot_paths[1]}
    assert torch.equal(own["probes"]["images"], callback.probes.images)


@pytest.mark.parametrize("every", [{}, {"every_n_train_steps": 4}])
def test_a_resumed_run_keeps_its_probe_set_and_its_steps(every, tmp_path, instant):
    """The validation loader shuffles, so a second capture would find other images."""
    shuffled = {"validation": loader(shuffle=True)}
    whole = neurflow()
    checkpointed(tmp_path, whole, max_epochs=3, every=every, **shuffled)
    checkpoints = sorted(tmp_path.glob("*.ckpt"))
    assert len(checkpoints) >= 3
    for checkpoint in checkpoints:
        resumed = neurflow()
        fit(tmp_path, resumed, max_epochs=3, ckpt_path=checkpoint, **shuffled)
        begun = int(checkpoint.stem.split("=")[1])
        steps = {one.step for one in resumed.snapshots}
        before = torch.load(checkpoint)["callbacks"][whole.state_key]["snapshots"]
        assert torch.equal(resumed.probes.images, whole.probes.images)
        assert steps <= {6, 12, 18} - set(before)
        assert steps >= {step for step in (6, 12, 18) if step > begun}
        assert resumed.snapshot_paths[: len(before)] == tuple(before.values())


def test_steps_before_a_resume_still_count(tmp_path, instant):
    """Were they counted from the checkpoint, the multiple of 4 would not be passed anew."""
    whole, resumed = neurflow(every_n_train_steps=4), neurflow(every_n_train_steps=4)
    checkpointed(tmp_path, whole, max_epochs=1, every={"every_n_train_steps": 5})
    fit(tmp_path, resumed, max_epochs=1, ckpt_path=tmp_path / "step=5.ckpt")
    assert taken(resumed) == [(0, 6)]


def test_an_earlier_checkpoint_gives_up_what_came_after_it(tmp_path, instant):
    callback = neurflow()
    checkpointed(tmp_path, callback, max_epochs=3)
    fit(tmp_path, callback, max_epochs=1, ckpt_path=tmp_path / "step=6.ckpt")
    assert taken(callback) == [(0, 6)]
    assert len(callback.snapshot_paths) == 1


def test_another_probe_set_is_refused_on_resume(tmp_path, instant):
    checkpointed(tmp_path, neurflow(probes=given()))
    with pytest.raises(ProbeError, match="another probe set"):
        fit(tmp_path, neurflow(probes=given(9)), max_epochs=3, ckpt_path=tmp_path / "step=12.ckpt")


def test_given_probes_do_not_weigh_on_checkpoints(tmp_path, instant):
    callback = neurflow(probes=given())
    fit(tmp_path, callback)
    state = callback.state_dict()["probes"]
    assert state["images"] is None
    assert state["fingerprint"] == given().fingerprint(SMALL.granularities)


def test_two_callbacks_live_side_by_side(tmp_path, instant):
    one, two = neurflow(), neurflow(config=NeurFlowConfig(tau=3, images_per_target=2))
    checkpointed(tmp_path, one, two)
    assert one.state_key != two.state_key
    assert (len(one.probes), len(two.probes)) == (6, 4)


def test_the_state_key_is_the_same_in_every_run():
    assert neurflow().state_key == neurflow().state_key
    different = [
        {"targets": [1]},
        {"input_key": 0},
        {"label_key": 1},
        {"forward_fn": embedding_and_logits},
        {"dirpath": "here"},
        {"filename": "{step}"},
    ]
    assert len({neurflow(**settings).state_key for settings in [{}, *different]}) == 7


def test_a_run_whose_bound_is_changed_can_be_resumed():
    assert neurflow(max_overhead=0.1).state_key == neurflow().state_key


# --- said and shown --------------------------------------------------------------------------


def test_a_report_comes_at_the_start_and_when_the_probe_set_is_there(
    tmp_path, instant, capfd, caplog
):
    with caplog.at_level("INFO"):
        fit(tmp_path, neurflow(verbose=True))
    assert "NeurFlow analyses every epoch." in caplog.text
    assert "layers: first, second, head" in caplog.text
    said = capfd.readouterr().out
    assert "targets: 0 (3 images), 2 (3 images)" in said
    assert "patches: 60" in said


def test_given_probes_are_reported_before_the_training(tmp_path, caplog):
    with caplog.at_level("INFO"), pytest.raises(AssertionError, match="the training began"):
        fit(tmp_path, neurflow(verbose=True, probes=given(), targets=None), model=Untrained())
    assert "targets: 0 (8 images), 1 (8 images), 2 (8 images)" in caplog.text


def test_rich_bars_stay_whole(tmp_path, capfd):
    bar = RichProgressBar(refresh_rate=1)
    validated = []

    class Watching(Classifier):
        def on_validation_end(self):
            if not self.trainer.sanity_checking:
                validated.append(bar.val_progress_bar.description)

    settings = {"enable_progress_bar": True, "model": Watching()}
    fit(tmp_path, neurflow(verbose=True), bar, **settings)
    assert validated == ["Validation", "Validation"]
    own = [one for one in bar.progress.tasks if one.description.startswith("NeurFlow")]
    assert len(own) == 2
    assert not any(one.visible for one in own)
    assert own[-1].completed == own[-1].total == 100
    assert "NeurFlow has its 6 probe images" in capfd.readouterr().out


def test_tqdm_bars_stay_whole(tmp_path, capfd):
    bar = TQDMProgressBar()
    fit(tmp_path, neurflow(verbose=True), bar, enable_progress_bar=True)
    assert (bar.train_progress_bar.n, bar.train_progress_bar.total) == (6, 6)
    said = capfd.readouterr().out
    assert "NeurFlow has its 6 probe images" in said
    assert "NeurFlow:   0%" in said


# --- the command line ------------------------------------------------------------------------


def test_lightning_cli_builds_it_from_yaml(tmp_path):
    from lightning.pytorch.cli import LightningCLI

    config = tmp_path / "config.yaml"
    config.write_text(
        f"""
trainer:
  logger: false
  default_root_dir: {tmp_path}
  callbacks:
    - class_path: neurflow_lightning.NeurFlowCallback
      init_args:
        layers: [first, second, head]
        targets: [0, cat]
        class_names: [dog, eel, cat]
        config:
          tau: 4
          granularities: [1.0, 0.5]
        train_time_interval: 0:10:00
        max_overhead: 0.2
        forward_fn: test_callback.embedding_and_logits
        module: net
        input_key: 0
        mean: [0.5]
"""
    )
    built = LightningCLI(
        TwoOutputs, run=False, args=["--config", str(config)], save_config_callback=None
    )
    (callback,) = [one for one in built.trainer.callbacks if isinstance(one, NeurFlowCallback)]
    assert callback.targets == (0, "cat")
    assert callback.config == NeurFlowConfig(tau=4, granularities=(1.0, 0.5))
    assert callback.schedule.train_time_interval == timedelta(minutes=10)
    assert callback.max_overhead == 0.2
    assert callback.forward_fn is embedding_and_logits
    assert (callback.module, callback.input_key) == ("net", 0)
    assert built.parser.dump(built.config)
