"""A context that leaves no trace: what an analysis changes inside is put back, even on error.

Put back, bit by bit:

1. the random state of Python, NumPy, torch and every device, and of every generator that a
   module or a data loader holds;
2. of every module: its mode, hooks, attributes and buffers; what its dicts, lists, sets and
   deques hold, however deeply nested; of tensors both which one a name is bound to and what it
   holds;
3. of every parameter: which tensor its name is bound to, ``requires_grad``, and the ``.grad``
   object, which is hidden meanwhile, so that not even a stray ``backward()`` reaches it;
4. the default dtype.

Every buffer, and every tensor that a module holds as an attribute or in a container, is copied for
the while: it takes that much memory more. The values of parameters are not copied: nothing but
an optimiser writes them. What objects of other classes hold (NumPy arrays, subclasses of the
containers) is not put back. Tensors born in inference mode (a buffer rebound during
``trainer.validate``) are replaced by ordinary copies inside, since autograd refuses them.
"""

from __future__ import annotations

from collections import OrderedDict, defaultdict, deque
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
    held = _all_held(attributes)
    containers = [(one, copy(one)) for one in held if type(one) in _CONTAINERS]
    tensors = [(one, one.detach().clone(), _version(one)) for one in held if _has_content(one)]
    try:
        for container in (vars(module), *(one for one, _ in containers)):
            _replace_inference_tensors(container)
        yield
    finally:
        _put_back(vars(module), attributes)
        for container, entries in containers:
            _put_back(container, entries)
        for tensor, content, version in tensors:
            if _changed(tensor, content, version):
                _write_back(tensor, content)


_CONTAINERS = (dict, OrderedDict, defaultdict, list, deque, set)
"""Containers whose entries are kept: a module's hooks, buffers and children, a user's lists."""


def _all_held(attributes: dict[str, Any]) -> list[Any]:
    """The attributes' values and, level after level, those in containers; each object once."""
    found = {id(value): value for value in attributes.values()}
    waiting = list(found.values())
    while waiting:
        new = {id(value): value for value in _entries(waiting.pop()) if id(value) not in found}
        found |= new
        waiting += new.values()
    return list(found.values())


def _entries(value: Any) -> Iterable[Any]:
    if type(value) not in (*_CONTAINERS, tuple):
        return ()
    return value.values() if isinstance(value, dict) else value


def _put_back(container: Any, entries: Any) -> None:
    """The same entries in the same order; untouched where nothing changed."""
    if _same_entries(container, entries):
        return
    container.clear()
    (container.extend if isinstance(container, list | deque) else container.update)(entries)


def _same_entries(one: Any, other: Any) -> bool:
    """By identity: comparing tensors would compare their values."""
    if len(one) != len(other):
        return False
    if isinstance(one, dict):
        return list(one) == list(other) and all(one[key] is other[key] for key in one)
    return all(left is right for left, right in zip(one, other, strict=True))


def _has_content(value: Any) -> bool:
    if not isinstance(value, Tensor) or isinstance(value, nn.Parameter):
        return False
    return not is_lazy(value) and not value.is_meta


def _replace_inference_tensors(container: Any) -> None:
    if isinstance(container, set):
        return  # has no places to put a copy in
    for place, value in container.items() if isinstance(container, dict) else enumerate(container):
        if _has_content(value) and value.is_inference():
            container[place] = value.clone()


def _version(tensor: Tensor) -> int | None:
    """Autograd's count of writes; inference tensors have none."""
    return None if tensor.is_inference() else tensor._version


def _changed(tensor: Tensor, content: Tensor, version: int | None) -> bool:
    """By the bits: a write through ``.data`` is not counted, and NaN is unlike itself.

    Sparse and quantized tensors have no bits to compare in one piece: there the count decides.
    """
    if tensor.layout is not torch.strided or tensor.is_quantized:
        return version is None or _version(tensor) != version
    return not torch.equal(_bits(tensor), _bits(content))


def _bits(tensor: Tensor) -> Tensor:
    own = tensor.detach().resolve_conj().resolve_neg()
    return own.reshape(-1).contiguous().view(torch.uint8)


def _write_back(tensor: Tensor, content: Tensor) -> None:
    """Called only where it changed: a write would spoil graphs that autograd still holds."""
    with torch.inference_mode(tensor.is_inference()), torch.no_grad():
        if tensor.layout is torch.strided:
            # torch refuses to write an expanded tensor, whose elements share one place.
            once = tuple(slice(0, 1) if step == 0 else slice(None) for step in tensor.stride())
            tensor, content = tensor[once], content[once]
        tensor.copy_(content)
