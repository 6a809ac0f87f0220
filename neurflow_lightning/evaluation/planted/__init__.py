"""Circuits with known answers: an offline benchmark for anything that scores neurons.

====  =====================================================================================
T0    linear and ReLU networks with integrated gradients in closed form
T1    one layer pair: 8 of 64 neurons drive the target, among near-copies and leaks
T2    a CNN wired by hand, its nodes, edges and groups known
T3    redundancy, cancellation, inhibition, saturation: expected failures, and how they show
T4    neuron groups of a network trained on images of shape × colour × texture
T6    batch size, dtype, rescaling and permutation: changes that must not show, and one that must
====  =====================================================================================

A method of one's own is a function from a
:class:`~neurflow_lightning.core.attribution.AttributionRequest` to ``(B, C')`` numbers::

    $ python -m neurflow_lightning.evaluation.planted package.module:function ig

or, in Python, :func:`~neurflow_lightning.evaluation.planted.running.run_planted`.
"""
