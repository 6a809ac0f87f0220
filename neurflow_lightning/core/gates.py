"""Gates: factors that a network computes from its own activations, and how they are held.

A LayerNorm multiplies by 1/σ, attention by its softmax, squeeze-and-excitation by a sigmoid. On
the path of integrated gradients from zero to the activations these factors change too, and that of
a LayerNorm grows without bound. A *held* gate keeps the value that it has on the patch itself, so
that the segment is linear in what the gate multiplies:

=============  ==============================================  ================================
kind           recognised in                                   held
=============  ==============================================  ================================
``norm``       LayerNorm, RMSNorm, GroupNorm, InstanceNorm,    1/σ; centring, scale and shift
               ``normalize``, and the root of a second moment  stay as they are
``softmax``    ``softmax``, attention                          the weights
``gate``       ``glu``; a product with a sigmoid or another    the sigmoid
               activation (squeeze-and-excitation, SwiGLU)
``activation`` GELU, SiLU, ReLU and others with f(0) = 0       f(x) / x
=============  ==============================================  ================================

1. :class:`GateMode` sees every function that PyTorch runs, whoever calls it. It *records* the gates
   of a run at the true activations and *replays* them, in order, in later runs on the same rows.
   So it serves traced and replayed segments alike.
2. :func:`hold_gates` does the same to a segment's graph: the gates become inputs, computed by a
   graph of their own. So the folded way sees a LayerNorm as the affine function that it is now.

Sources: *norms and activations held*: RelP (arXiv 2508.21258), AttnLRP (arXiv 2402.05602).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import FunctionType
from typing import Any, Literal, get_args

import torch
from torch import Tensor, fx, nn
from torch.nn import functional
from torch.overrides import TorchFunctionMode
from torch.utils._pytree import tree_leaves
from torch.utils.weak import WeakIdKeyDictionary

from neurflow_lightning.core.lowering import Lowered, record_shapes
from neurflow_lightning.core.operations import has_rows, shape
from neurflow_lightning.core.restriction import moving_nodes
from neurflow_lightning.core.tracing import UntraceableError
from neurflow_lightning.errors import ConfigError, near_matches
from neurflow_lightning.method_names import GATE_KINDS

GateKind = Literal["norm", "softmax", "gate", "activation"]

SMALLEST = 1e-6
"""An activation function's f(x) / x is taken at this distance from 0 at least."""


def check_kinds(kinds: Iterable[str]) -> tuple[GateKind, ...]:
    """The kinds in the order above, each once.

    Raises:
        ConfigError: for a kind that does not exist.

    >>> check_kinds(["softmax", "norm"])
    ('norm', 'softmax')
    """
    given = set(kinds)
    for kind in sorted(given - set(GATE_KINDS)):
        raise ConfigError(f"No kind of gate is named {kind!r}. {near_matches(kind, GATE_KINDS)}")
    return tuple(kind for kind in get_args(GateKind) if kind in given)


# --- how each gate is measured and applied ----------------------------------------------------


@dataclass(frozen=True)
class Gate:
    """One operation with a factor that can be held.

    Both functions take the operation's own arguments after the number of axes of its first input,
    and serve tensors and graph nodes alike.

    Attributes:
        kind: what it counts as.
        measure: (axes, *arguments) → the factor on the true activations.
        apply: (factor, axes, *arguments) → the operation's result with that factor.
    """

    kind: GateKind
    measure: Callable[..., Any]
    apply: Callable[..., Any]


def _last_axes(normalized_shape: Sequence[int]) -> list[int]:
    return list(range(-len(normalized_shape), 0))


def _scaled(values: Any, weight: Any, bias: Any) -> Any:
    values = values if weight is None else values * weight
    return values if bias is None else values + bias


def _layer_scale(
    axes: int, x: Any, normalized_shape: Any, weight: Any = None, bias: Any = None, eps: Any = 1e-5
) -> Any:
    variance = torch.var(x, _last_axes(normalized_shape), correction=0, keepdim=True)
    return torch.rsqrt(variance + eps)


def _layer_norm(
    factor: Any,
    axes: int,
    x: Any,
    normalized_shape: Any,
    weight: Any = None,
    bias: Any = None,
    *_: Any,
) -> Any:
    centred = x - torch.mean(x, _last_axes(normalized_shape), keepdim=True)
    return _scaled(centred * factor, weight, bias)


def _root_mean_square_scale(
    axes: int, x: Any, normalized_shape: Any, weight: Any = None, eps: Any = None
) -> Any:
    square = torch.mean(x * x, _last_axes(normalized_shape), keepdim=True)
    return torch.rsqrt(square + (_smallest_step(x) if eps is None else eps))


def _smallest_step(x: Any) -> Any:
    """What PyTorch takes for ``eps=None``: that of the type that it computes in."""
    if isinstance(x, fx.Proxy):  # known when the graph runs
        return x.tracer.create_proxy("call_function", _smallest_step, (x,), {})
    return torch.finfo(torch.promote_types(x.dtype, torch.float32)).eps


def _rms_norm(
    factor: Any, axes: int, x: Any, normalized_shape: Any, weight: Any = None, *_: Any
) -> Any:
    return _scaled(x * factor, weight, None)


def _per_channel(constant: Any, axes: int) -> Any:
    return None if constant is None else constant.reshape(1, -1, *[1] * (axes - 2))


def _group_scale(
    axes: int, x: Any, groups: int, weight: Any = None, bias: Any = None, eps: Any = 1e-5, *_: Any
) -> Any:
    grouped = torch.unflatten(x, 1, (groups, -1))
    variance = torch.var(grouped, list(range(2, axes + 1)), correction=0, keepdim=True)
    return torch.rsqrt(variance + eps)


def _group_norm(
    factor: Any, axes: int, x: Any, groups: int, weight: Any = None, bias: Any = None, *_: Any
) -> Any:
    grouped = torch.unflatten(x, 1, (groups, -1))
    centred = grouped - torch.mean(grouped, list(range(2, axes + 1)), keepdim=True)
    values = torch.flatten(centred * factor, 1, 2)
    return _scaled(values, _per_channel(weight, axes), _per_channel(bias, axes))


def _instance_scale(axes: int, x: Any, *arguments: Any) -> Any:
    eps = arguments[6] if len(arguments) > 6 else 1e-5
    variance = torch.var(x, list(range(2, axes)), correction=0, keepdim=True)
    return torch.rsqrt(variance + eps)


def _instance_norm(factor: Any, axes: int, x: Any, *arguments: Any) -> Any:
    _, _, weight, bias, *_ = (*arguments, None, None, None, None)
    centred = x - torch.mean(x, list(range(2, axes)), keepdim=True)
    return _scaled(centred * factor, _per_channel(weight, axes), _per_channel(bias, axes))


def _unit_scale(axes: int, x: Any, p: float = 2.0, dim: int = 1, eps: float = 1e-12) -> Any:
    return torch.reciprocal(torch.clamp(torch.norm(x, p, dim, keepdim=True), min=eps))


def _times_factor(factor: Any, axes: int, x: Any, *_: Any) -> Any:
    return x * factor


def _times_other(factor: Any, axes: int, gate: Any, other: Any) -> Any:
    return other * factor


def _constant(factor: Any, axes: int, *_: Any) -> Any:
    return factor


def _softmax(axes: int, x: Any, dim: int | None = None, *_: Any) -> Any:
    return torch.softmax(x, -1 if dim is None else dim)


def _attention_weights(
    axes: int,
    query: Any,
    key: Any,
    value: Any,
    mask: Any = None,
    dropout: float = 0.0,
    causal: bool = False,
    scale: float | None = None,
    enable_gqa: bool = False,
) -> Any:
    key, _ = _repeated(query, key, value, enable_gqa)
    scores = query @ key.transpose(-2, -1) * (query.shape[-1] ** -0.5 if scale is None else scale)
    if causal:
        allowed = torch.ones(scores.shape[-2:], dtype=torch.bool, device=scores.device).tril()
        scores = scores.masked_fill(~allowed, -torch.inf)
    if mask is not None:
        is_allowed = mask.dtype == torch.bool
        scores = scores.masked_fill(~mask, -torch.inf) if is_allowed else scores + mask
    return torch.softmax(scores, -1)


def _attention(factor: Any, axes: int, query: Any, key: Any, value: Any, *rest: Any) -> Any:
    enable_gqa = rest[4] if len(rest) > 4 else False
    return factor @ _repeated(query, key, value, enable_gqa)[1]


def _repeated(query: Any, key: Any, value: Any, enable_gqa: bool) -> tuple[Any, Any]:
    """Keys and values for every head of the queries (grouped-query attention)."""
    if not enable_gqa:
        return key, value
    times = query.shape[-3] // key.shape[-3]
    return key.repeat_interleave(times, -3), value.repeat_interleave(times, -3)


def _glu_gate(axes: int, x: Any, dim: int = -1) -> Any:
    return torch.sigmoid(torch.chunk(x, 2, dim)[1])


def _glu(factor: Any, axes: int, x: Any, dim: int = -1) -> Any:
    return torch.chunk(x, 2, dim)[0] * factor


def _slope_of(function: Callable[..., Any]) -> Callable[..., Any]:
    def slope(axes: int, x: Any, *arguments: Any) -> Any:
        near = torch.where(torch.abs(x) < SMALLEST, SMALLEST, x)
        return function(near, *arguments) / near

    return slope


_NORMS = {
    "layer_norm": Gate("norm", _layer_scale, _layer_norm),
    "rms_norm": Gate("norm", _root_mean_square_scale, _rms_norm),
    "group_norm": Gate("norm", _group_scale, _group_norm),
    "instance_norm": Gate("norm", _instance_scale, _instance_norm),
    "normalize": Gate("norm", _unit_scale, _times_factor),
}
_ACTIVATIONS: Mapping[str, Callable[..., Any]] = {
    "relu": functional.relu,
    "relu6": functional.relu6,
    "leaky_relu": functional.leaky_relu,
    "gelu": lambda x, approximate="none": functional.gelu(x, approximate=approximate),
    "silu": functional.silu,
    "mish": functional.mish,
    "hardswish": functional.hardswish,
    "elu": functional.elu,
    "celu": functional.celu,
    "selu": functional.selu,
    "tanh": torch.tanh,
}
_GATES: Mapping[str, Gate] = {
    **_NORMS,
    "softmax": Gate("softmax", _softmax, _constant),
    "scaled_dot_product_attention": Gate("softmax", _attention_weights, _attention),
    "glu": Gate("gate", _glu_gate, _glu),
    **{
        name: Gate("activation", _slope_of(function), _times_factor)
        for name, function in _ACTIVATIONS.items()
    },
}
_ROOT = Gate("norm", lambda axes, result: result, _constant)
"""A root of a second moment, or a norm: its result is the factor."""

_PRODUCT = Gate("gate", lambda axes, gate, other: gate, _times_other)
"""A product with a sigmoid or an activation."""

_SQUASHING = frozenset({"sigmoid", "hardsigmoid", *_ACTIVATIONS})
_ROOTS = frozenset({"sqrt", "rsqrt"})
_NORM_FUNCTIONS = frozenset({"std", "norm", "linalg_norm", "linalg_vector_norm"})
_REDUCTIONS = frozenset({"mean", "sum"})
_ARGUMENT_NAMES = {
    "layer_norm": ("normalized_shape", "weight", "bias", "eps"),
    "rms_norm": ("normalized_shape", "weight", "eps"),
    "group_norm": ("num_groups", "weight", "bias", "eps"),
    "instance_norm": (
        *("running_mean", "running_var", "weight", "bias"),
        *("use_input_stats", "momentum", "eps"),
    ),
    "normalize": ("p", "dim", "eps"),
    "softmax": ("dim",),
    "scaled_dot_product_attention": (
        *("key", "value", "attn_mask", "dropout_p", "is_causal", "scale", "enable_gqa"),
    ),
    "glu": ("dim",),
    "gelu": ("approximate",),
    "leaky_relu": ("negative_slope",),
    "elu": ("alpha",),
    "celu": ("alpha",),
}
_DEFAULTS: Mapping[str, Mapping[str, Any]] = {
    "instance_norm": {"use_input_stats": True, "momentum": 0.1, "eps": 1e-5},
    "normalize": {"p": 2.0, "dim": 1, "eps": 1e-12},
    "scaled_dot_product_attention": {"dropout_p": 0.0, "is_causal": False, "enable_gqa": False},
    "layer_norm": {"eps": 1e-5},
    "group_norm": {"eps": 1e-5},
    "glu": {"dim": -1},
    "gelu": {"approximate": "none"},
    "leaky_relu": {"negative_slope": 0.01},
    "elu": {"alpha": 1.0},
    "celu": {"alpha": 1.0},
}


def function_name(target: Any) -> str:
    """A function's name without underscores: ``mul`` for ``x * y`` and ``x.mul_(y)`` as well.

    >>> function_name(torch.Tensor.__rmul__), function_name(torch.relu_), function_name("pow")
    ('mul', 'relu', 'pow')
    """
    name = target if isinstance(target, str) else getattr(target, "__name__", "")
    name = name.strip("_")
    return _OPERATORS.get(name, name)


_OPERATORS = {"rmul": "mul", "imul": "mul", "multiply": "mul", "ipow": "pow", "silu_": "silu"}


def _arguments(name: str, args: Sequence[Any], kwargs: Mapping[str, Any]) -> tuple[Any, ...] | None:
    """All arguments in their places, as a gate's functions take them; ``None`` if unknown."""
    kwargs = {key: value for key, value in kwargs.items() if key not in ("inplace", "_stacklevel")}
    if not args:
        first = next((key for key in ("input", "query", "self") if key in kwargs), None)
        if first is None:
            return None
        args = (kwargs.pop(first),)
    names = _ARGUMENT_NAMES.get(name, ())
    defaults = _DEFAULTS.get(name, {})
    given = {**dict(zip(names, args[1:], strict=False)), **kwargs}
    if set(given) - set(names):
        given = {key: value for key, value in given.items() if key in names}
    last = max((place for place, key in enumerate(names) if key in given), default=-1)
    return (args[0], *(given.get(key, defaults.get(key)) for key in names[: last + 1]))


def _is_own_statistics(name: str, arguments: Sequence[Any]) -> bool:
    """Whether an instance norm works out its statistics, rather than using stored ones."""
    if name != "instance_norm":
        return True
    return bool(arguments[5]) if len(arguments) > 5 else True


class _Dataflow:
    """Which values are second moments of activations, and which are outputs of sigmoids.

    A value is a *second moment* if it is a sum or mean of squares, or made of such values and
    constants alone. Its root is a norm, whoever wrote it.
    """

    def __init__(self, is_constant: Callable[[Any], bool], table: Callable[[], Any]) -> None:
        self.is_constant = is_constant
        self.squares, self.moments, self.squashed = table(), table(), table()

    def root(self, name: str, args: Sequence[Any], kwargs: Mapping[str, Any]) -> bool:
        """Whether a function's result is a norm: a root of a second moment, or ``std``."""
        if name in _NORM_FUNCTIONS:
            return True
        if not args or args[0] not in self.moments:
            return False
        return name in _ROOTS or (name == "pow" and abs(_exponent(args, kwargs)) == 0.5)

    def factor(self, name: str, args: Sequence[Any]) -> int | None:
        """Which argument of a product is a gate; ``None`` if neither is, or both are."""
        if name != "mul" or len(args) != 2 or any(map(self.is_constant, args)):
            return None
        found = [place for place, one in enumerate(args) if one in self.squashed]
        return found[0] if len(found) == 1 else None

    def note(self, name: str, args: Sequence[Any], kwargs: Mapping[str, Any], result: Any) -> None:
        """Remember what a function's result is."""
        values = [one for one in args if self._is_value(one)]
        is_square = name in ("square", "abs") or (name == "pow" and _exponent(args, kwargs) == 2)
        is_square = is_square or (name == "mul" and len(values) == 2 and args[0] is args[1])
        if name in _SQUASHING:
            self._put(self.squashed, result)
        if is_square:
            self._put(self.squares, result)
        elif name in ("var", "var_mean"):
            self._put(self.moments, result[0] if isinstance(result, tuple) else result)
        elif self._is_moment(name, values):
            self._put(self.moments, result)

    def _is_moment(self, name: str, values: Sequence[Any]) -> bool:
        if name in _REDUCTIONS and values and values[0] in self.squares:
            return True
        return bool(values) and all(one in self.moments for one in values)

    def _is_value(self, one: Any) -> bool:
        return isinstance(one, Tensor | fx.Node) and not self.is_constant(one)

    def _put(self, table: Any, result: Any) -> None:
        if isinstance(result, Tensor | fx.Node):
            table[result] = True


def _exponent(args: Sequence[Any], kwargs: Mapping[str, Any]) -> float:
    exponent = args[1] if len(args) > 1 else kwargs.get("exponent")
    return float(exponent) if isinstance(exponent, int | float) else 0.0


# --- in any run -------------------------------------------------------------------------------


class GateMode(TorchFunctionMode):
    """Records gates in one run of a network, or replays recorded ones in another.

    Args:
        kinds: which gates.
        factors: what was recorded, to be replayed; ``None`` to record.
        fixed: tensors that count as parameters do: what is made of them alone is no gate.

    Attributes:
        factors: the recorded factors in the order of their calls, without gradient.

    Raises:
        UntraceableError: in a replay that calls other gates than were recorded.

    >>> x = torch.tensor([[3.0, -3.0]])
    >>> with GateMode(("norm",)) as recorded:
    ...     true = functional.layer_norm(x, (2,))
    >>> with GateMode(("norm",), recorded.factors):
    ...     halved = functional.layer_norm(x / 2, (2,))
    >>> bool(torch.allclose(halved, true / 2))
    True
    """

    def __init__(
        self,
        kinds: Sequence[GateKind],
        factors: Sequence[Tensor] | None = None,
        fixed: Iterable[Tensor] = (),
    ) -> None:
        super().__init__()
        self.kinds = frozenset(kinds)
        self.is_recording = factors is None
        self.factors = [] if factors is None else list(factors)
        self._place = 0
        self._fixed = WeakIdKeyDictionary()
        self._fix(fixed)
        self._flow = _Dataflow(self._is_fixed, WeakIdKeyDictionary)

    def __torch_function__(
        self,
        func: Any,
        types: Any,
        args: tuple[Any, ...] = (),
        kwargs: Mapping[str, Any] | None = None,
    ) -> Any:
        """Run one function, with its gate recorded or replayed."""
        kwargs = kwargs or {}
        if all(map(self._is_fixed, tree_leaves((args, kwargs)))):  # such as norms of weights
            result = func(*args, **kwargs)
            self._fix(one for one in tree_leaves(result) if isinstance(one, Tensor))
            return result
        name = function_name(func)
        if name == "multi_head_attention_forward" and "softmax" in self.kinds:
            with self:
                return _ATTENTION_IN_PARTS(*args, **kwargs)
        gate = _GATES.get(name)
        if gate is not None and gate.kind in self.kinds:
            arguments = _arguments(name, args, kwargs)
            if arguments is not None and _is_own_statistics(name, arguments):
                return self._gated(gate, arguments, lambda: func(*args, **kwargs))
        if "gate" in self.kinds and (place := self._flow.factor(name, args)) is not None:
            pair = (args[place], args[1 - place])
            return self._gated(_PRODUCT, pair, lambda: func(*args, **kwargs))
        result = func(*args, **kwargs)
        if "norm" in self.kinds and self._flow.root(name, args, kwargs):
            return self._gated(_ROOT, (result,), lambda: result)
        self._flow.note(name, args, kwargs, result)
        return result

    def _gated(self, gate: Gate, arguments: Sequence[Any], run: Callable[[], Any]) -> Any:
        axes = arguments[0].ndim if isinstance(arguments[0], Tensor) else 0
        if self.is_recording:
            with torch.no_grad():
                self.factors.append(gate.measure(axes, *arguments).detach())
            return run()
        if self._place == len(self.factors):
            raise UntraceableError("another run of it uses more norms or gates than the first one")
        factor = self.factors[self._place]
        self._place += 1
        return gate.apply(factor, axes, *arguments)

    def _is_fixed(self, value: Any) -> bool:
        if not isinstance(value, Tensor) or isinstance(value, nn.Parameter):
            return True
        return value in self._fixed and self._fixed[value] == value._version

    def _fix(self, values: Iterable[Tensor]) -> None:
        # Until something else is written into them, or into what they are a view of.
        self._fixed.update({one: one._version for one in values if not one.is_inference()})


def _in_parts(function: Any) -> Any:
    """A function of PyTorch's that hands itself to a mode as a whole, made to run its parts."""
    namespace = {**function.__globals__, "has_torch_function": lambda _: False}
    copy = FunctionType(function.__code__, namespace, function.__name__, function.__defaults__)
    copy.__kwdefaults__ = function.__kwdefaults__
    return copy


_ATTENTION_IN_PARTS = _in_parts(functional.multi_head_attention_forward)


# --- in a graph -------------------------------------------------------------------------------


@dataclass(frozen=True, eq=False)
class HeldGates:
    """A segment whose gates are inputs.

    Attributes:
        segment: its context ends with the gates' factors.
        factors: (lower, *context, *constants) of the segment as it was → a tuple of the factors.
        count: of the factors.
    """

    segment: Lowered
    factors: fx.GraphModule
    count: int


def hold_gates(
    segment: Lowered, kinds: Sequence[GateKind], example: tuple[Tensor, ...]
) -> HeldGates | None:
    """The segment with its gates as inputs; ``None`` if it has none of these kinds.

    Args:
        segment: as pure functions.
        kinds: which gates.
        example: lower activations and context of three rows.

    Raises:
        UntraceableError: for a gate whose factor has not one row for each patch, or that the graph
            does not show, as inside of a module which is a single node of it; where the upper layer
            depends on the lower one through gates alone.
    """
    places = _gates_of(segment, frozenset(kinds))
    constants = [segment.constant(node) for node in segment.constants]
    parameters = [
        value
        for node, value in zip(segment.constants, constants, strict=True)
        if segment.is_parameter(node)
    ]
    with torch.no_grad(), GateMode(kinds, fixed=parameters) as recorded:
        run = _GatedNodes(segment, recorded)
        run.run(*example, *constants)
    moving = moving_nodes(segment)
    if [node for node in run.found if node in moving] != list(places):
        raise UntraceableError("its graph does not show all of its norms or gates")
    if not places:
        return None
    measured = _measuring_graph(segment, places)
    held = _held_graph(segment, places)
    factors = fx.GraphModule(segment.root, measured)
    with torch.no_grad():
        found = factors(*example, *constants)
    for one in found:
        if one.ndim == 0 or len(one) != len(example[0]):
            raise UntraceableError(
                f"the factor of a held gate has the shape {tuple(one.shape)} for "
                f"{len(example[0])} inputs"
            )
    record_shapes(held, (*example, *found))
    if held.upper not in moving_nodes(held):
        raise UntraceableError("the upper layer depends on the lower one only through held gates")
    for node in held.context[len(segment.context) :]:
        if not has_rows(node):
            raise UntraceableError(f"the factor of a held gate has the shape {shape(node)}")
    return HeldGates(held, factors, len(places))


class _GatedNodes(fx.Interpreter):
    """A run of a segment's graph that notes at which nodes gates are recorded."""

    def __init__(self, segment: Lowered, recorded: GateMode) -> None:
        super().__init__(fx.GraphModule(segment.root, segment.graph), graph=segment.graph)
        self.extra_traceback = False  # messages are for people
        self.recorded, self.found = recorded, list[fx.Node]()

    def run_node(self, n: fx.Node) -> Any:
        """Run one node; a module may have several gates inside."""
        before = len(self.recorded.factors)
        result = super().run_node(n)
        self.found += [n] * (len(self.recorded.factors) - before)
        return result


_Place = tuple[Gate, tuple[Any, ...]]
"""A gate, and its arguments in the segment's graph."""


def _gates_of(segment: Lowered, kinds: frozenset[GateKind]) -> dict[fx.Node, _Place]:
    moving = {segment.lower}
    varying = {segment.lower, *segment.context}
    flow = _Dataflow(lambda one: not isinstance(one, fx.Node) or one not in varying, dict)
    found: dict[fx.Node, _Place] = {}
    for node in segment.graph.nodes:
        if varying.isdisjoint(node.all_input_nodes):
            continue
        varying.add(node)
        if not moving.isdisjoint(node.all_input_nodes):
            moving.add(node)
        place = _gate_at(node, kinds, flow)
        if place is None:
            name = function_name(node.target) if node.op != "call_module" else ""
            flow.note(name, node.args, node.kwargs, node)
        elif node in moving:
            found[node] = place
    return found


def _gate_at(node: fx.Node, kinds: frozenset[GateKind], flow: _Dataflow) -> _Place | None:
    name = function_name(node.target) if node.op != "call_module" else ""
    gate = _GATES.get(name)
    arguments = _arguments(name, node.args, node.kwargs) if gate is not None else None
    if (
        gate is not None
        and gate.kind in kinds
        and arguments is not None
        and _is_own_statistics(name, arguments)
    ):
        return gate, arguments
    if "gate" in kinds and (which := flow.factor(name, node.args)) is not None:
        return _PRODUCT, (node.args[which], node.args[1 - which])
    if "norm" in kinds and flow.root(name, node.args, node.kwargs):
        return _ROOT, (node,)
    return None


def _copied_inputs(graph: fx.Graph, segment: Lowered) -> dict[fx.Node, fx.Node]:
    copies = {}
    for node in segment.graph.nodes:
        if node.op == "placeholder":
            copies[node] = graph.placeholder(node.name)
            copies[node].meta = dict(node.meta)
    return copies


def _emitted(graph: fx.Graph, emit: Callable[..., Any], *arguments: Any) -> fx.Node:
    """What a gate's function computes, as nodes of a graph."""
    tracer = fx.proxy.GraphAppendingTracer(graph)

    def proxy(node: fx.Node) -> Any:
        return fx.Proxy(node, tracer)

    result: fx.Node = emit(*fx.map_arg(arguments, proxy)).node
    return result


def _axes(arguments: Sequence[Any]) -> int:
    found = shape(arguments[0]) if isinstance(arguments[0], fx.Node) else None
    return 0 if found is None else len(found)


def _measuring_graph(segment: Lowered, places: Mapping[fx.Node, _Place]) -> fx.Graph:
    graph = fx.Graph()
    copies = _copied_inputs(graph, segment)
    factors = []
    for node in segment.graph.nodes:
        if node.op in ("placeholder", "output"):
            continue
        copies[node] = graph.node_copy(node, copies.__getitem__)
        if node in places:
            gate, arguments = places[node]
            given = fx.map_arg(arguments, copies.__getitem__)
            if gate is _ROOT:
                factors.append(copies[node])
            else:
                factors.append(_emitted(graph, gate.measure, _axes(arguments), *given))
    graph.output(tuple(factors))
    graph.eliminate_dead_code(_is_kept)  # of modules it could not tell by itself
    return graph


def _is_kept(node: fx.Node) -> bool:
    """Whether a node that nothing uses stays."""
    return node.op in ("placeholder", "output")


def _held_graph(segment: Lowered, places: Mapping[fx.Node, _Place]) -> Lowered:
    graph = fx.Graph()
    inputs = (segment.lower, *segment.context)
    copies: dict[fx.Node, fx.Node] = {node: graph.placeholder(node.name) for node in inputs}
    factors = {node: graph.placeholder(f"factor_{place}") for place, node in enumerate(places)}
    for node in segment.constants:
        copies[node] = graph.placeholder(node.name)
        copies[node].meta["constant"] = True
    for node in segment.graph.nodes:
        if node.op in ("placeholder", "output"):
            continue
        if node not in places:
            copies[node] = graph.node_copy(node, copies.__getitem__)
            copies[node].meta = {key: node.meta[key] for key in ("opaque",) if key in node.meta}
            continue
        gate, arguments = places[node]
        if gate is _ROOT:
            copies[node] = factors[node]
        else:
            given = fx.map_arg(arguments, copies.__getitem__)
            copies[node] = _emitted(graph, gate.apply, factors[node], _axes(arguments), *given)
    graph.output(copies[segment.upper])
    graph.eliminate_dead_code(_is_kept)  # of modules it could not tell by itself
    return Lowered(
        root=segment.root,
        graph=graph,
        lower=copies[segment.lower],
        context=(*(copies[node] for node in segment.context), *factors.values()),
        constants={copies[node]: name for node, name in segment.constants.items()},
        upper=copies[segment.upper],
    )
