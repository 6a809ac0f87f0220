import importlib.metadata

import pytest

import neurflow_lightning


def test_public_names_are_sorted_and_said_once():
    assert neurflow_lightning.__all__ == sorted(set(neurflow_lightning.__all__))


@pytest.mark.parametrize("name", neurflow_lightning.__all__)
def test_every_public_name_is_the_one_its_home_defines(name):
    member = getattr(neurflow_lightning, name)
    assert member.__name__ == name
    assert member.__module__.startswith("neurflow_lightning.")
    assert member.__doc__


def test_dir_lists_every_public_name():
    assert set(neurflow_lightning.__all__) <= set(dir(neurflow_lightning))


def test_star_import_brings_exactly_the_public_names():
    names: dict[str, object] = {}
    exec("from neurflow_lightning import *", names)
    assert sorted(set(names) - {"__builtins__"}) == neurflow_lightning.__all__


def test_an_unknown_name_is_an_attribute_error():
    with pytest.raises(AttributeError, match="'neurflow_lightning' has no attribute 'analyse'"):
        _ = neurflow_lightning.analyse


def test_the_version_is_the_one_installed():
    assert neurflow_lightning.__version__ == importlib.metadata.version("neurflow-lightning")
