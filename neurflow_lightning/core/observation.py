"""What one forward pass shows: every module's calls, and how its values hang together.

Gradients are followed through the graph that autograd leaves behind, from the output back to
what entered the network; integers enter where an embedding turns them into numbers. No values are
kept: those of a deep network on three images are hundreds of megabytes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import astuple, dataclass, field
from math import prod
from typing import Any

import torch
from torch import Tensor, nn
from torch.autograd.graph import Node
from torch.nn.modules.batchnorm import _NormBase
from torch.nn.modules.conv import _ConvNd
from torch.overrides import TorchFunctionMode
from torch.utils._python_dispatch import TorchDispatchMode
from torch.utils._pytree import tree_map_only
from torch.utils.flop_counter import flop_registry
from torch.utils.weak import WeakIdKeyDictionary

from neurflow_lightning.core.hooks import WatchedModel, activations_of
from neurflow_lightning.errors import LayerError


@dataclass(frozen=True, slots=True)
class Operator:
    """A module with weights of its own, at work.

    Attributes:
        width: how many neurons it makes.
        positions: number of axes of its output beside batch and neurons if it puts the neurons
            on axis 1; ``None`` if it does so for any number, -1 if it puts them last.
        sides: sizes of those axes in its output.
    """

    width: int
    positions: int | None
    sides: tuple[int, ...]

    def is_channels_first(self, positions: int) -> bool:
        """Whether it puts the neurons of outputs with that many position axes on axis 1."""
        return self.positions in (None, positions)

    def was_permuted(self, shape: Sequence[int]) -> bool:
        """Whether ``shape`` is its own output's with the neurons moved to the end.

        As many positions as before are asked for: the neurons of several outputs put together
        may be as many as one side of the map.
        """
        moved = shape[1] != self.width and shape[-1] == self.width
        return moved and prod(shape[1:-1]) == prod(self.sides)


@dataclass(frozen=True)
class ForwardWork:
    """What a forward pass, or a part of it, does for each row of its batch.

    Attributes:
        multiply_adds: of convolutions and products of matrices.
        convolved: those of convolutions alone.
        numbers: elements of all values that it makes.
        operations: how many it runs, whatever the batch.
    """

    multiply_adds: int = 0
    convolved: int = 0
    numbers: int = 0
    operations: int = 0

    def __sub__(self, other: ForwardWork) -> ForwardWork:
        """What lies between two moments of a pass; 0 where the order is the other way round."""
        return ForwardWork(
            max(self.multiply_adds - other.multiply_adds, 0),
            max(self.convolved - other.convolved, 0),
            max(self.numbers - other.numbers, 0),
            max(self.operations - other.operations, 0),
        )

    def times(self, share: float) -> ForwardWork:
        """A part of it."""
        return ForwardWork(*(int(share * value) for value in astuple(self)))


class WorkCounter(TorchDispatchMode):  # type: ignore[no-untyped-call]
    """Counts what is done meanwhile, backward passes too.

    Args:
        rows: by which the counts are divided.
    """

    def __init__(self, rows: int = 1) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.rows = rows
        self.flops, self.convolved, self.numbers, self.operations = 0, 0, 0, 0

    def __torch_dispatch__(
        self, func: Any, types: Any, args: tuple[Any, ...] = (), kwargs: Any = None
    ) -> Any:
        kwargs = kwargs or {}
        result = func(*args, **kwargs)
        count = flop_registry.get(func._overloadpacket)
        if count is not None:
            flops = count(*args, **kwargs, out_val=result)
            self.flops += flops
            self.convolved += flops if "convolution" in str(func) else 0
        if not func.is_view:
            self.operations += 1
            values = result if isinstance(result, tuple | list) else (result,)
            self.numbers += sum(one.numel() for one in values if isinstance(one, Tensor))
        return result

    def __enter__(self) -> WorkCounter:
        super().__enter__()  # type: ignore[no-untyped-call]
        return self

    def so_far(self) -> ForwardWork:
        """Up to now, for each row."""
        return ForwardWork(
            self.flops // (2 * self.rows),
            self.convolved // (2 * self.rows),
            self.numbers // self.rows,
            self.operations,
        )


@dataclass(frozen=True, eq=False)
class ModuleCall:
    """One call of one module.

    Attributes:
        layer: its name.
        output: what it returned, of a tuple the first entry if that is a tensor; of dense tensors
            only shape and type, on the device ``meta``.
        parts: length of that tuple; ``None`` where it returned none.
        node: the output's place in the autograd graph; ``None`` without gradient.
        operator: the last module with weights that ran before the call ended.
        depth: weights that mix neurons passed so far.
        is_composite: whether the module has children.
        work: what the network did up to the end of this call, for each row.
        values: the activations themselves, where they are few.
        sample: (B, n) some of each row's activations; ``None`` where it is not clear which axis is
            the batch.
    """

    layer: str
    output: Any
    parts: int | None
    node: Node | None
    operator: Operator | None
    depth: int
    is_composite: bool
    work: ForwardWork
    values: Tensor | None
    sample: Tensor | None

    @property
    def level(self) -> int:
        """Level in the model's tree of modules, 0 for its direct children."""
        return self.layer.count(".")


@dataclass(eq=False)
class Observation:
    """All module calls of one forward pass, in the order in which they ended.

    Attributes:
        calls: the calls.
        output: the model's output.
        sources: graph nodes of what entered the network.
        work: of the whole pass, for each row.
    """

    calls: list[ModuleCall] = field(default_factory=list)
    output: Any = None
    sources: set[Node] = field(default_factory=set)
    work: ForwardWork = ForwardWork()


def observe(watched: WatchedModel, inputs: Tensor) -> Observation:
    """One forward pass with autograd in which every module's calls are written down.

    A model that differentiates within its forward pass is run a second time, all values kept.
    """
    try:
        with torch.autograd.graph.saved_tensors_hooks(_dropped, _missed):
            return _observed(watched, inputs)
    except torch.OutOfMemoryError:
        raise
    except Exception:  # torch.func refuses the hooks, and what is wrong otherwise is wrong again
        pass
    return _observed(watched, inputs)  # not above, where the error holds the first pass's values


def _dropped(value: Tensor) -> None:
    """What autograd saves of a value that nobody will ask for."""


def _missed(saved: None) -> Tensor:
    raise RuntimeError("A gradient was asked for whose values were not kept.")


def _observed(watched: WatchedModel, inputs: Tensor) -> Observation:
    seen = Observation()
    counter = WorkCounter(len(inputs))
    operator: Operator | None = None
    depth = 0

    def visit(layer: str, args: tuple[Any, ...], output: Any) -> Any:
        nonlocal operator, depth
        module = watched.modules[layer]
        mixes = any(map(_mixes_neurons, module.parameters(recurse=False)))
        given = activations_of(output)
        operator = _operator(module, given) or _surviving(operator, mixes, given)
        depth += mixes
        entered = _entry(args, output)
        seen.sources.update(_nodes([entered]))
        output = output if entered is None else entered
        activations = activations_of(output)
        composite = any(True for _ in module.children())
        seen.calls.append(
            ModuleCall(
                layer,
                _outline(activations),
                len(output) if activations is not output else None,
                _node(activations),
                operator,
                depth,
                composite,
                counter.so_far(),
                _few(activations),
                _sampled(activations, len(inputs)),
            )
        )
        return entered

    with torch.inference_mode(False), torch.enable_grad():
        entrance = _differentiable(inputs)
        seen.sources.update(_nodes([entrance]))
        # A shared module has several names; it is watched under the first.
        layers = {id(module): name for name, module in reversed(list(watched.modules.items()))}
        with counter, _casts(entrance, seen.sources):
            seen.output = watched.run(entrance, list(layers.values()), visit)
    seen.work = counter.so_far()
    return seen


def _casts(entrance: Tensor, sources: set[Node]) -> AbstractContextManager[object]:
    """Has numbers that are made of an integer input begin the graph, as a float input would."""
    if entrance.is_floating_point():
        return nullcontext()
    return _Casts(entrance, sources)


class _Casts(TorchFunctionMode):
    """Finds where the network turns the integers it was given into floating-point numbers."""

    def __init__(self, entrance: Tensor, sources: set[Node]) -> None:
        super().__init__()
        self.integers = WeakIdKeyDictionary({entrance: True})
        self.sources = sources

    def __torch_function__(
        self, func: Any, types: Any, args: tuple[Any, ...] = (), kwargs: Any = None
    ) -> Any:
        result = func(*args, **(kwargs or {}))
        given = [*args, *(kwargs or {}).values()]
        is_made = any(isinstance(one, Tensor) and one in self.integers for one in given)
        if not is_made or not isinstance(result, Tensor):
            return result
        if not result.is_floating_point():
            self.integers[result] = True
            return result
        begin = _differentiable(result)
        self.sources.update(_nodes([begin]))
        return begin


def _differentiable(tensor: Tensor) -> Tensor:
    """A copy with a graph node, into which a model may write; integers stay integers."""
    if not tensor.is_floating_point():
        return tensor.clone()
    return tensor.detach().clone().requires_grad_().clone()


def _entry(args: tuple[Any, ...], output: Any) -> Tensor | None:
    """Where integers become numbers that can be differentiated: an embedding's output."""
    tensors = [value for value in args if isinstance(value, Tensor)]
    is_entry = tensors and not any(value.is_floating_point() for value in tensors)
    if not is_entry or not isinstance(output, Tensor) or not output.is_floating_point():
        return None
    return _differentiable(output)


def _node(value: Any) -> Node | None:
    return value.grad_fn if isinstance(value, Tensor) else None


def _nodes(values: Iterable[Any]) -> Iterator[Node]:
    return (node for node in map(_node, values) if node is not None)


FEW_VALUES = 2**17
"""Numbers in activations that are kept whole."""

SAMPLED = 64
"""Numbers of each row that are kept of all others."""


def _few(activations: Any) -> Tensor | None:
    if not _is_dense(activations) or activations.numel() > FEW_VALUES:
        return None
    values: Tensor = activations.detach().clone()
    return values


def _sampled(activations: Any, rows: int) -> Tensor | None:
    if not _is_dense(activations) or activations.ndim < 2:
        return None
    axes = [axis for axis in range(2) if activations.shape[axis] == rows]
    if len(axes) > 1 and activations.ndim == 2:
        axes = axes[:1]
    return sample_of_rows(activations.transpose(0, axes[0])) if len(axes) == 1 else None


def sample_of_rows(activations: Tensor) -> Tensor:
    """(B, n) some of the activations of each row, spread over it; the same places for any batch."""
    flat = activations.detach().flatten(1)
    count = min(SAMPLED, flat.shape[1])
    places = torch.linspace(0, flat.shape[1] - 1, count, device=flat.device).long()
    return flat[:, places].clone()


def _is_dense(value: Any) -> bool:
    if not isinstance(value, Tensor) or not value.is_floating_point():
        return False
    return value.layout is torch.strided and not (value.is_nested or value.is_quantized)


def _outline(value: Any) -> Any:
    return tree_map_only(Tensor, _outline_of_tensor, value)


def _outline_of_tensor(value: Tensor) -> Tensor:
    # Other layouts are not known on ``meta``.
    is_dense = value.layout is torch.strided and not (value.is_nested or value.is_quantized)
    return value.detach().to("meta") if is_dense else value.detach()


def _mixes_neurons(parameter: Tensor) -> bool:
    """Matrices and filters do; scales, shifts, class tokens and position tables do not."""
    if parameter.ndim == 3 and parameter.shape[0] == 1:
        return False
    return parameter.ndim == 2 or sum(side > 1 for side in parameter.shape) >= 2


_WIDTHS = (
    "out_channels",
    "out_features",
    "num_features",
    "num_channels",
    "normalized_shape",
    "embedding_dim",
    "embed_dim",
)


def _operator(module: nn.Module, output: Any) -> Operator | None:
    has_weights = any(True for _ in module.parameters(recurse=False))
    width = _width(module)
    if not has_weights or width is None or not isinstance(output, Tensor):
        return None
    return Operator(width, _positions(module), tuple(output.shape[2:]))


def _surviving(operator: Operator | None, mixes: bool, output: Any) -> Operator | None:
    """``operator``, unless a module that mixes neurons has made others in their place.

    How many a recurrent network or a module with a matrix of its own makes is unknown. Windowed
    attention keeps them, last: what its block's norm tells still holds after it.
    """
    if operator is None or not mixes:
        return operator
    return operator if _is_as_wide(output, operator.width) else None


def _is_as_wide(output: Any, width: int) -> bool:
    return isinstance(output, Tensor) and output.ndim > 3 and output.shape[-1] == width


def _width(module: nn.Module) -> int | None:
    for name in _WIDTHS:
        value = getattr(module, name, None)
        width = value[-1] if isinstance(value, tuple) and value else value
        if isinstance(width, int):
            return width
    return None


def _positions(module: nn.Module) -> int | None:
    if isinstance(module, _ConvNd):
        return len(module.kernel_size)
    return None if isinstance(module, _NormBase | nn.GroupNorm) else -1


def sample_rows(batch: Tensor, rows: int) -> Tensor:
    """``rows`` rows of a batch, repeated from the start where it has fewer.

    >>> sample_rows(torch.tensor([5, 6]), 3).tolist()
    [5, 6, 5]
    """
    if batch.ndim == 0 or len(batch) == 0:
        raise LayerError(
            f"The example batch has shape {tuple(batch.shape)}: wanted at least one row."
        )
    return batch[torch.arange(rows, device=batch.device) % len(batch)]


def describe(value: Any) -> str:
    """What a module returned, in words.

    >>> describe((torch.zeros(2, 3), None))
    'tuple (Tensor, NoneType)'
    """
    kind = type(value).__name__
    if isinstance(value, list | tuple):
        return f"{kind} ({', '.join(type(item).__name__ for item in value)})"
    return f"{kind} of shape {tuple(value.shape)}" if isinstance(value, Tensor) else kind


def graph_inputs(node: Node) -> list[Node]:
    """The graph nodes whose values ``node`` was computed from; one twice if it was used twice."""
    return [entry for entry, _ in node.next_functions if entry is not None]


def inputs_first(root: Node | None) -> Iterator[Node]:
    """Every node below ``root``, each after all of its inputs."""
    stack: list[tuple[Node, Iterator[Node]]] = [(root, iter(graph_inputs(root)))] if root else []
    known = {root}
    while stack:
        node, entries = stack[-1]
        entry = next((entry for entry in entries if entry not in known), None)
        if entry is None:
            stack.pop()
            yield node
        else:
            known.add(entry)
            stack.append((entry, iter(graph_inputs(entry))))


def reaches(lower: Node | None, upper: Node | None) -> bool:
    """Whether a gradient can flow from ``upper`` to ``lower``."""
    return lower is not None and any(node is lower for node in inputs_first(upper))
