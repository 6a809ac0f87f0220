"""What is left of concepts after knockouts."""

import numpy as np
import pytest
import torch

from networks import SmallCNN
from neurflow_lightning import NeurFlowConfig, ProbeSet
from neurflow_lightning.core.concepts import ImageLimit
from neurflow_lightning.core.study import analysis_mode, open_study
from neurflow_lightning.core.sweep import sweep
from neurflow_lightning.evaluation.knockouts import Knockouts, overlaps


@pytest.mark.parametrize("most", [None, 1, 2])
def test_nothing_is_lost_where_nothing_is_knocked_out(most):
    """Also where a concept may have only some patches of an image."""
    images = torch.randn(6, 1, 8, 8, generator=torch.Generator().manual_seed(0))
    probes = ProbeSet(images, torch.zeros(6, dtype=torch.long))
    config = NeurFlowConfig(top_k=6, max_patches_per_image=most, granularities=(1.0, 0.5))
    model = SmallCNN()
    with analysis_mode(model):
        study = open_study(model, probes, ["body", "top", "fc"], [0], config, None)
        swept = sweep(study, study.patch_rows(study.targets[0]), lambda _: None)
        segment = study.segments[0]
        knockouts = Knockouts(study, swept, segment, swept.rows, range(8))
        concepts = [swept.top[segment.upper].concept(one).patches for one in range(8)]
        left = overlaps(knockouts.rows, knockouts.without([]), concepts, knockouts.limit)
    assert left.tolist() == [1.0] * 8


def test_patches_beyond_the_limit_of_an_image_do_not_count():
    """Of image 0, rows 0 and 1, one patch is taken: then row 2 follows."""
    responses = np.array([[3.0], [2.0], [1.0], [0.0]])
    concepts = [np.array([0, 2])]
    assert overlaps(np.arange(4), responses, concepts).tolist() == [0.5]
    assert overlaps(np.arange(4), responses, concepts, ImageLimit(2, 1)).tolist() == [1.0]
