"""The heads of attentions, in modules that return them side by side.

Each of H heads is a weighted sum over the tokens. An attention concatenates them, and mixes them in
its output projection. A module that returns (B, T, H·d) before that projection *has heads*:

1. The number of heads H, at least 2, is an attribute of the module, or of the nearest module around
   it that has such an attribute.
2. The autograd graph leads from the output back to the weighted sum: a product of two values which
   both depend on the network's inputs, or a fused attention. On the way lie only operations on one
   value that mix no channels, such as reshapes, activations and norms.

So neither the projection's output, nor queries, keys and attention weights, nor the norm before an
attention pass for heads. ``torch.nn.MultiheadAttention`` projects within a function: none of its
modules has them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from torch import Tensor
from torch.autograd.graph import Node

from neurflow_lightning.core.hooks import WatchedModel
from neurflow_lightning.core.observation import (
    ModuleCall,
    Observation,
    graph_inputs,
    inputs_first,
)

COUNTS = ("num_heads", "num_attention_heads", "n_heads", "n_head", "heads", "nhead")
"""What modules call their number of heads."""


def attention_heads(watched: WatchedModel, seen: Observation) -> dict[str, int]:
    """Layer → its number of heads, of every module that returns them side by side.

    Args:
        watched: the network.
        seen: a pass over it.
    """
    counts: dict[str, int] = {}
    calls: list[ModuleCall] = []
    for call in seen.calls:
        count = _head_count(watched, call)
        if call.node is not None and count is not None:
            counts[call.layer] = count
            calls.append(call)
    moving = _moving([call.node for call in calls if call.node is not None], seen.sources)
    return {call.layer: counts[call.layer] for call in calls if _is_weighted_sum(call.node, moving)}


def no_heads_message(layers: Sequence[str], heads: Collection[str]) -> str:
    """Why ``neurons="heads"`` cannot be had at ``layers``, and the way out.

    Args:
        layers: where the network was to be opened; none of them has heads.
        heads: the layers of the network that have.
    """
    if heads:
        shown = ", ".join(map(repr, list(heads)[:5])) + (", …" if len(heads) > 5 else "")
        return (
            f"neurons='heads': none of the layers {', '.join(map(repr, layers))} has heads. "
            f"List layers that do ({shown}), or use neurons='channels'."
        )
    return (
        "neurons='heads': no module of the network returns the heads of an attention, which takes "
        "a module between the attention and its output projection, and the number of heads as an "
        f"attribute ({', '.join(COUNTS)}) of it or of a module around it. "
        "torch.nn.MultiheadAttention has no such module: it projects within a function. Use "
        "neurons='channels', or pass the heads through an nn.Identity() before the projection."
    )


def _head_count(watched: WatchedModel, call: ModuleCall) -> int | None:
    """How many heads its output may hold: tokens whose channels divide into as many."""
    output = call.output
    if not isinstance(output, Tensor) or output.ndim != 3:
        return None
    for name in _names_outwards(call.layer):
        module = watched.modules.get(name, watched.model)
        for attribute in COUNTS:
            count = getattr(module, attribute, None)
            if isinstance(count, int) and count > 1 and output.shape[-1] % count == 0:
                return count
    return None


def _names_outwards(layer: str) -> Iterator[str]:
    """The layer, the modules around it, and last the model, which has no name."""
    while layer:
        yield layer
        layer = layer.rpartition(".")[0]
    yield ""


def _moving(roots: Sequence[Node], sources: set[Node]) -> set[Node]:
    """Graph nodes below ``roots`` that depend on the network's inputs."""
    known: set[Node] = set()
    moving = set(sources)
    for root in reversed(roots):  # below the last one lie almost all others
        for node in inputs_first(root) if root not in known else ():
            known.add(node)
            if any(entry in moving for entry in graph_inputs(node)):
                moving.add(node)
    return moving


def _is_weighted_sum(node: Node | None, moving: set[Node]) -> bool:
    """Whether the value was made by an attention, and no channels were mixed since."""
    while node is not None:
        name = type(node).__name__
        entries = [entry for entry in graph_inputs(node) if entry in moving]
        if len(entries) > 1:
            return "bmm" in name.lower() or "Attention" in name or "Attn" in name
        if any(mixing in name.lower() for mixing in ("mm", "linear", "convolution", "softmax")):
            return False
        node = entries[0] if entries else None
    return False
