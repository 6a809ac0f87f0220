from dataclasses import replace

import pytest
import torch
from torch import nn

from networks import SmallCNN
from neurflow_lightning import NeurFlowCallback, NeurFlowConfig, ProbeSet, analyze
from neurflow_lightning.config import DEPARTURES, PRESETS, config_of
from neurflow_lightning.core.planning import plan
from neurflow_lightning.errors import ConfigError


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"tau": 0}, "tau=0: wanted a whole number of at least 1"),
        ({"top_k": 2.0}, "top_k=2.0"),
        ({"nodes": True}, "nodes=True"),
        ({"node_power": 4}, r"node_power=4: wanted one of \(1, 2, 3\)"),
        ({"granularities": ()}, "at least one number"),
        ({"granularities": (1, 1.5)}, r"1.5 does not lie in \(0, 1\]"),
        ({"granularities": 0.5}, "granularities=0.5"),
        ({"prune_epsilon": -0.1}, "from 0 to 1"),
        ({"silhouette_threshold": 2}, "from -1 to 1"),
        ({"max_neurons_per_layer": 0}, "max_neurons_per_layer=0"),
        ({"channel_axis": "last"}, "channel_axis='last'"),
    ],
)
def test_numbers_out_of_range_are_named(values, message):
    with pytest.raises(ConfigError, match=message):
        NeurFlowConfig(**values)


def test_what_is_no_number_of_the_method_is_refused():
    with pytest.raises(ConfigError, match=r"unknown field 'taw'\. Did you mean 'tau'"):
        NeurFlowConfig.from_dict({"taw": 3})


def test_granularities_become_a_tuple_of_floats():
    assert NeurFlowConfig(granularities=[1, 0.5]).granularities == (1.0, 0.5)


class TestReference:
    def test_every_departure_is_one(self):
        """The definition is the default, and the reference differs from it in every field named."""
        definition, reference = NeurFlowConfig(), NeurFlowConfig.reference()
        for name in DEPARTURES:
            assert getattr(definition, name) != getattr(reference, name), name

    def test_fields_can_be_said_otherwise(self):
        assert NeurFlowConfig.reference(images_by="label", tau=3).images_by == "label"

    @pytest.mark.parametrize(
        ("values", "message"),
        [
            ({"images_by": "guess"}, r"images_by='guess': wanted one of \('label', 'prediction'\)"),
            ({"min_semantic_groups": 0}, "min_semantic_groups=0: wanted a whole number"),
            ({"min_semantic_groups": 6}, "min_semantic_groups=6: wanted at most max_semantic_g"),
            (
                {"min_neuron_groups": 11},
                "min_neuron_groups=11: wanted at most max_neuron_groups=10",
            ),
            ({"split_target": 1}, r"split_target=1: wanted one of \(False, True\)"),
            ({"weight_scaling": "never"}, "weight_scaling='never': wanted one of"),
            ({"group_weights": None}, "group_weights=None: wanted one of"),
        ],
    )
    def test_what_is_no_choice_is_refused(self, values, message):
        with pytest.raises(ConfigError, match=message):
            NeurFlowConfig(**values)


class TestPresets:
    """An effort by name."""

    EFFORTS = ("glance", "quick", "standard", "paper")

    def test_the_names(self):
        assert tuple(PRESETS) == self.EFFORTS

    @pytest.mark.parametrize("name", EFFORTS)
    def test_a_preset_knows_its_name_and_survives_being_stored(self, name):
        config = NeurFlowConfig.preset(name)
        assert config.effort == name
        assert NeurFlowConfig.from_dict(config.to_dict()) == config

    def test_the_default_is_standard(self):
        assert NeurFlowConfig() == NeurFlowConfig.preset("standard") == config_of(None)

    def test_paper_has_the_numbers_of_the_paper(self):
        paper = NeurFlowConfig.preset("paper")
        assert (paper.attribution, paper.nodes, paper.tau, paper.top_k) == ("ig", 16, 16, 50)
        assert (paper.granularities, paper.images_per_target) == ((1.0, 0.5, 0.25), 50)
        assert (paper.max_patches_per_image, paper.max_neurons_per_layer) == (None, None)

    @pytest.mark.parametrize(
        "field",
        [
            *("tau", "top_k", "images_per_target", "max_layers", "max_neurons_per_layer"),
            *("resamples", "granularities"),
        ],
    )
    def test_less_effort_is_no_more_of_anything(self, field):
        cheap_first = [getattr(NeurFlowConfig.preset(name), field) for name in self.EFFORTS[:3]]
        sizes = [len(one) if field == "granularities" else one for one in cheap_first]
        assert sizes == sorted(sizes)
        assert sizes[0] < sizes[2]

    def test_changes_are_taken_and_make_it_custom(self):
        config = NeurFlowConfig.preset("quick", tau=3)
        assert replace(config, tau=8) == NeurFlowConfig.preset("quick")
        assert config.effort == "custom"

    @pytest.mark.parametrize("wrong", ["quik", "Quick", "", "paper "])
    def test_a_wrong_name_gets_near_matches(self, wrong):
        with pytest.raises(ConfigError, match=r"'quick'|'paper'"):
            NeurFlowConfig.preset(wrong)
        with pytest.raises(ConfigError, match=r"'quick'|'paper'"):
            config_of(wrong)

    def test_a_wrong_change_is_named(self):
        with pytest.raises(ConfigError, match="tau=0"):
            NeurFlowConfig.preset("quick", tau=0)

    @pytest.mark.parametrize("wrong", [3, {"tau": 3}, ["quick"]], ids=repr)
    def test_anything_else_is_refused_with_the_names(self, wrong):
        with pytest.raises(ConfigError, match="glance"):
            config_of(wrong)


class TestNameOfAnEffortInPlaceOfAConfig:
    probes = ProbeSet(
        torch.rand(8, 1, 8, 8, generator=torch.Generator().manual_seed(0)), torch.arange(8) % 3
    )

    @pytest.mark.parametrize("name", ["glance", "quick"])
    def test_analyze(self, name):
        snapshot = analyze(SmallCNN(), self.probes, targets=[0], config=name)
        assert snapshot.config == NeurFlowConfig.preset(name)
        assert len(snapshot.layers) <= snapshot.config.max_layers + 1
        for layer in snapshot.layers:
            count = len(snapshot.circuits[0].layer_neurons(layer))
            assert count <= snapshot.config.max_neurons_per_layer

    def test_the_plan_of_an_analysis(self):
        by_name, by_config = (
            plan(SmallCNN(), self.probes, targets=[0], config=one)
            for one in ("quick", NeurFlowConfig.preset("quick"))
        )
        assert by_name.patches == by_config.patches
        assert by_name.core_neurons == by_config.core_neurons

    def test_the_callback(self):
        assert NeurFlowCallback(probes=self.probes, config="quick").config.effort == "quick"
        with pytest.raises(ConfigError, match="'quick'"):
            NeurFlowCallback(probes=self.probes, config="quik")

    def test_a_wrong_name_costs_no_work(self):
        with pytest.raises(ConfigError, match="'glance'"):
            analyze(Unusable(), self.probes, targets=[0], config="glanze")


class Unusable(nn.Module):
    def forward(self, images):
        raise AssertionError("was run")
