"""Run a model while some of its modules are watched, and leave no trace of it.

1. Names are those of ``named_modules()``, without what ``torch.compile`` puts into them.
2. :func:`undisturbed` gives back every attribute a forward pass or a tracer rebinds, even when
   it fails, and makes hooks fire inside compiled models.
3. :class:`WatchedModel` runs one forward pass with hooks that exist only during that pass.
4. An :class:`OutputView` finds a layer's activations in what its module returns: tokens may lie
   with the batch on the second axis, an attention returns its weights beside them, or its heads
   side by side.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Collection, Iterator, Mapping, MutableMapping
from contextlib import AbstractContextManager, ExitStack, contextmanager, nullcontext, suppress
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import partial
from operator import is_
from typing import Any

import torch
from torch import Tensor, nn

Forward = Callable[[nn.Module, Tensor], Any]
"""How to run the model on a batch, where that is not ``model(batch)``."""

Visit = Callable[[str, tuple[Any, ...], Any], Any]
"""Layer name, positional arguments, output → what to put in the output's place, or ``None``."""

_COMPILED = "_orig_mod"

# Ids of the models whose bindings an enclosing block gives back.
_KEPT: ContextVar[frozenset[int]] = ContextVar("_KEPT", default=frozenset())


@dataclass(frozen=True)
class OutputView:
    """Where a layer's activations are in what its module returns.

    Attributes:
        parts: length of the tuple whose first entry they are; ``None`` for a tensor as it is.
        batch_axis: 0, or 1 for activations (T, B, C) of T tokens.
        heads: H, where the last axis, of H·d channels, is read as H neurons of d channels each:
            activations (B, T, H, d). ``None`` leaves it as it is.

    >>> OutputView(batch_axis=1).read(torch.zeros(5, 2, 3)).shape
    torch.Size([2, 5, 3])
    >>> OutputView(heads=3).read(torch.zeros(2, 5, 12)).shape
    torch.Size([2, 5, 3, 4])
    """

    parts: int | None = None
    batch_axis: int = 0
    heads: int | None = None

    def read(self, output: Any) -> Tensor:
        """The activations, with the batch on axis 0."""
        return self.viewed(output if self.parts is None else output[0])

    def write(self, output: Any, activations: Tensor) -> Any:
        """What the module would return with other activations."""
        tensor = self.restored(activations)
        return tensor if self.parts is None else (tensor, *output[1:])

    def viewed(self, tensor: Tensor) -> Tensor:
        """The activations in the tensor that the module returned."""
        tensor = tensor if self.batch_axis == 0 else tensor.transpose(0, 1)
        return tensor if self.heads is None else torch.unflatten(tensor, -1, (self.heads, -1))

    def restored(self, activations: Tensor) -> Tensor:
        """The inverse of :meth:`viewed`."""
        tensor = activations if self.heads is None else activations.flatten(-2)
        return tensor if self.batch_axis == 0 else tensor.transpose(0, 1)

    @property
    def is_plain(self) -> bool:
        """Whether the module returns just the activations, as they are."""
        return self.parts is None and self.batch_axis == 0 and self.heads is None


PLAIN = OutputView()


def activations_of(output: Any) -> Any:
    """What of a module's output may be activations: the first entry of a tuple, or all of it."""
    is_tuple = type(output) is tuple and len(output) > 0
    return output[0] if is_tuple and isinstance(output[0], Tensor) else output


class Reached(BaseException):
    """Raised by a visit to end the forward pass: what was wanted is there."""


def plain_name(name: str) -> str:
    """``name`` without what ``torch.compile`` adds.

    >>> plain_name("_orig_mod.net._orig_mod.fc")
    'net.fc'
    """
    return ".".join(part for part in name.split(".") if part != _COMPILED)


def plain_module(module: nn.Module) -> nn.Module:
    """The module that ``torch.compile`` wrapped; ``module`` itself when it is not wrapped."""
    while isinstance(inner := getattr(module, _COMPILED, None), nn.Module):
        module = inner
    return module


def named_layers(model: nn.Module) -> dict[str, nn.Module]:
    """Every module below ``model`` by its plain name, in the order of their definition.

    >>> list(named_layers(nn.Sequential(nn.Linear(2, 2), nn.ReLU())))
    ['0', '1']
    """
    named = model.named_modules(remove_duplicate=False)
    layers = {plain_name(name): plain_module(module) for name, module in named}
    layers.pop("", None)
    return layers


def ordinary(tensor: Tensor) -> Tensor:
    """``tensor``, or a copy that autograd may save if it was made in inference mode."""
    if not tensor.is_inference():
        return tensor
    copy = tensor.clone()
    return nn.Parameter(copy, tensor.requires_grad) if isinstance(tensor, nn.Parameter) else copy


@contextmanager
def undisturbed(model: nn.Module, *, anew: bool = False) -> Iterator[None]:
    """Everything inside may run ``model`` eagerly, outside inference mode, without a trace.

    Attributes, buffers and parameters that are rebound inside are bound back at the end; values
    written in place are the caller's concern. Gradient mode stays as the caller set it.

    Inside another such block of the same model this one costs nothing and leaves binding back to
    the other, unless ``anew`` asks for it: passes through the model's own code do, so that
    none starts from what the last one left.
    """
    grad = torch.is_grad_enabled()
    with ExitStack() as stack:
        stack.enter_context(_eager())
        stack.enter_context(torch.inference_mode(False))
        # Leaving inference mode switches gradients on, whatever the caller had chosen.
        stack.enter_context(torch.set_grad_enabled(grad))
        if anew or id(model) not in _KEPT.get():
            stack.enter_context(_bindings_kept(model))
        yield


def _eager() -> AbstractContextManager[object]:
    """Compiled modules run as written: hooks on a warm compiled module never fire otherwise."""
    if "torch._dynamo" not in sys.modules:  # nothing is compiled, and importing it takes seconds
        return nullcontext()
    return torch.compiler.set_stance("force_eager")  # type: ignore[no-any-return]


@contextmanager
def _bindings_kept(model: nn.Module) -> Iterator[None]:
    held = [
        (namespace, dict(namespace))
        for module in model.modules()
        for namespace in _namespaces(module)
    ]
    outer = _KEPT.set(_KEPT.get() | {id(model)})
    try:
        for namespace, before in held:
            _make_plain(namespace, before)
        yield
    finally:
        _KEPT.reset(outer)
        for namespace, before in held:
            _restore(namespace, before)


def _namespaces(module: nn.Module) -> list[MutableMapping[str, Any]]:
    own = vars(module)
    inner = (own.get(name) for name in ("_parameters", "_buffers", "_modules"))
    return [own, *(namespace for namespace in inner if isinstance(namespace, dict))]


def _make_plain(namespace: MutableMapping[str, Any], before: Mapping[str, Any]) -> None:
    """Undo, for a while, what compiling in place and inference mode left on a module.

    Validation may have rebound a buffer in inference mode; autograd refuses such tensors.
    """
    for name, value in before.items():
        if isinstance(value, Tensor) and value.is_inference():
            namespace[name] = ordinary(value)
    if before.get("_compiled_call_impl") is not None:
        namespace["_compiled_call_impl"] = None


def _restore(namespace: MutableMapping[str, Any], before: Mapping[str, Any]) -> None:
    if list(namespace) == list(before) and all(map(is_, namespace.values(), before.values())):
        return  # as almost always: this is done for every module in every forward pass
    for name in namespace.keys() - before.keys():
        del namespace[name]
    for name, value in before.items():
        if namespace.get(name, namespace) is not value:
            namespace[name] = value


@dataclass(frozen=True, eq=False)
class WatchedModel:
    """A model, and how it is run.

    Attributes:
        model: the model; it is never altered.
        forward: how to run it on a batch; ``None`` for ``model(batch)``.
        views: layer → where its activations are in its output, if that is not all of it.
    """

    model: nn.Module
    forward: Forward | None = None
    views: Mapping[str, OutputView] = field(default_factory=dict)
    modules: Mapping[str, nn.Module] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "modules", named_layers(self.model))

    def view(self, layer: str) -> OutputView:
        """Where a layer's activations are in what its module returns."""
        return self.views.get(layer, PLAIN)

    def viewed(self, layer: str, tensor: Tensor) -> Tensor:
        """A layer's activations in the tensor that its module returned."""
        return self.view(layer).viewed(tensor)

    def __call__(self, inputs: Tensor) -> Any:
        """The model's output on ``inputs``; no hooks."""
        return self.model(inputs) if self.forward is None else self.forward(self.model, inputs)

    def run(self, inputs: Tensor, layers: Collection[str], visit: Visit) -> Any:
        """One forward pass in which ``visit`` sees the activations of the named layers.

        Returns:
            The model's output, or ``None`` when ``visit`` ended the pass with :class:`Reached`.
        """
        with undisturbed(self.model, anew=True), suppress(Reached), ExitStack() as hooks:
            for layer in layers:
                visited = partial(_hook, visit, self.view(layer), layer)
                hook = self.modules[layer].register_forward_hook(visited)
                hooks.callback(hook.remove)
            # The model may write into its input, which belongs to the caller.
            return self(inputs.clone())
        return None


def _hook(
    visit: Visit,
    view: OutputView,
    layer: str,
    _: nn.Module,
    args: tuple[Any, ...],
    output: Any,
) -> Any:
    if view.is_plain:
        return visit(layer, args, output)
    replaced = visit(layer, args, view.read(output))
    return None if replaced is None else view.write(output, replaced)
