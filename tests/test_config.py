import pytest

from neurflow_lightning import NeurFlowConfig
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
    with pytest.raises(ConfigError, match="'taw' is no number of NeurFlowConfig"):
        NeurFlowConfig.from_dict({"taw": 3})


def test_granularities_become_a_tuple_of_floats():
    assert NeurFlowConfig(granularities=[1, 0.5]).granularities == (1.0, 0.5)
