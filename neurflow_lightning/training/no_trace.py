"""A context that leaves no trace: what an analysis changes inside is put back, even on error.

Put back, bit by bit:

1. the random state of Python, NumPy, torch and every device, and of every generator that a
   module or a data loader holds;
2. of every module: its mode, hooks, attributes, lists and buffers; of tensors both which one a
   name is bound to and what it holds;
3. of every parameter: which tensor its name is bound to, ``requires_grad``, and the ``.grad``
   object, which is hidden meanwhile, so that not even a stray ``backward()`` reaches it;
4. the default dtype.

The values of parameters are not copied: nothing but an optimiser writes them. Tensors born in
inference mode (a buffer rebound during ``trainer.validate``) are replaced by ordinary copies
inside, since autograd refuses them.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from copy import copy
from typing import Any

import numpy as np
import torch
from lightning.fabric.utilities.seed import _collect_rng_states, _set_rng_states
from torch import Tensor, nn
from torch.nn.parameter import is_lazy

Generator = torch.Generator | np.random.Generator


@contextmanager
def no_trace(*modules: nn.Module, loaders: Iterable[Any] = ()) -> Iterator[None]:
    """Whatever happens inside, ``modules``, their gradients and every random state come back.

    Inside, gradients can be taken, also from within ``torch.no_grad`` and inference mode.

    >>> model = nn.Dropout()
    >>> with no_trace(model):
    ...     _ = model.eval(), torch.rand(1)
    >>> model.training
    True
    """
    every = list({id(one): one for root in modules for one in root.modules()}.values())
    with ExitStack() as kept:
        kept.enter_context(torch.inference_mode(False))
        kept.enter_context(torch.enable_grad())
        kept.enter_context(_default_dtype_kept())
        kept.enter_context(_random_states_kept(_generators(every, loaders)))
        kept.enter_context(_gradients_hidden(every))
        for module in every:
            kept.enter_context(_module_kept(module))
        yield


@contextmanager
def _default_dtype_kept() -> Iterator[None]:
    dtype = torch.get_default_dtype()
    try:
        yield
    finally:
        torch.set_default_dtype(dtype)


@contextmanager
def _random_states_kept(generators: Iterable[Generator]) -> Iterator[None]:
    states = _collect_rng_states(include_cuda=_cuda_in_use())
    own = [(generator, _state_of(generator)) for generator in generators]
    try:
        yield
    finally:
        _set_rng_states(states)
        for generator, state in own:
            _set_state(generator, state)


def _cuda_in_use() -> bool:
    return bool(torch.cuda.is_initialized())  # type: ignore[no-untyped-call]


def _generators(modules: Iterable[nn.Module], loaders: Iterable[Any]) -> list[Generator]:
    """Every generator that a module or a loader (or its samplers) holds, once each."""
    holders: list[Any] = [*modules]
    for loader in loaders:
        batch_sampler = getattr(loader, "batch_sampler", None)
        samplers = (getattr(loader, "sampler", None), getattr(batch_sampler, "sampler", None))
        holders += [loader, batch_sampler, *samplers]
    values = [value for one in holders for value in getattr(one, "__dict__", {}).values()]
    found = [value for value in values if isinstance(value, torch.Generator | np.random.Generator)]
    return list({id(one): one for one in found}.values())


def _state_of(generator: Generator) -> Any:
    if isinstance(generator, torch.Generator):
        return generator.get_state()
    return generator.bit_generator.state


def _set_state(generator: Generator, state: Any) -> None:
    if isinstance(generator, torch.Generator):
        generator.set_state(state)
    else:
        generator.bit_generator.state = state


@contextmanager
def _gradients_hidden(modules: Iterable[nn.Module]) -> Iterator[None]:
    own = [one for module in modules for one in module._parameters.values() if one is not None]
    parameters = {id(one): one for one in own}.values()
    saved = [(parameter, parameter.grad, parameter.requires_grad) for parameter in parameters]
    try:
        for parameter, _, _ in saved:
            parameter.grad = None
        yield
    finally:
        for parameter, gradient, requires_grad in saved:
            if parameter.requires_grad != requires_grad:
                parameter.requires_grad_(requires_grad)
            parameter.grad = gradient


@contextmanager
def _module_kept(module: nn.Module) -> Iterator[None]:
    """Attributes, then what the containers among them hold, then what the tensors hold."""
    attributes = dict(vars(module))
    containers = [(one, copy(one)) for one in attributes.values() if type(one) in _CONTAINERS]
    held = [*attributes.values(), *module._buffers.values()]
    tensors = [(one, one.detach().clone()) for one in held if _has_content(one)]
    try:
        _replace_inference_tensors(vars(module))
        _replace_inference_tensors(module._buffers)
        yield
    finally:
        _put_back(vars(module), attributes)
        for container, content in containers:
            _put_back(container, content)
        for tensor, content in tensors:
            _write_back(tensor, content)


_CONTAINERS = (dict, OrderedDict, list, set)
"""Containers whose entries are kept: a module's hooks, buffers and children, a user's lists."""


def _put_back(container: Any, entries: Any) -> None:
    """The same entries in the same order; untouched where nothing changed."""
    if _same_entries(container, entries):
        return
    container.clear()
    (container.extend if isinstance(container, list) else container.update)(entries)


def _same_entries(one: Any, other: Any) -> bool:
    """By identity: comparing tensors would compare their values."""
    if len(one) != len(other):
        return False
    if isinstance(one, dict):
        return list(one) == list(other) and all(one[key] is other[key] for key in one)
    return all(left is right for left, right in zip(one, other, strict=True))


def _has_content(value: Any) -> bool:
    return isinstance(value, Tensor) and not is_lazy(value) and not value.is_meta


def _replace_inference_tensors(table: dict[str, Any]) -> None:
    for name, value in table.items():
        if _has_content(value) and value.is_inference():
            table[name] = value.clone()


def _write_back(tensor: Tensor, content: Tensor) -> None:
    """Only where it changed: a write would spoil graphs that autograd still holds."""
    with torch.inference_mode(tensor.is_inference()), torch.no_grad():
        if not torch.equal(tensor, content):
            tensor.copy_(content)
