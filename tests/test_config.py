import pytest

from neurflow_lightning import NeurFlowConfig
from neurflow_lightning.config import DEPARTURES
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
