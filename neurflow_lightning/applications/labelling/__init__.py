"""Names for neuron groups: asked of a model or a person, scored, followed through a run, shared.

========================= =============================================================
:mod:`.asking`            groups shown to a labeller layer by layer, and what it says
:mod:`.endpoint`          a labeller: any OpenAI-compatible endpoint that takes images
:mod:`.clip`              a labeller: an open_clip model with a vocabulary, run locally
:mod:`.handwritten`       a person's names, in YAML
:mod:`.scoring`           how well a name picks a group's patches among others
:mod:`.collection`        the labels of a run, merged without losing anybody's
:mod:`.following`         names that follow their groups through a run
:mod:`.feeding`           which groups feed a group
:mod:`.storing`           labels ↔ a file beside the snapshots
========================= =============================================================
"""

from neurflow_lightning.applications.labelling.asking import (
    Description,
    Labeller,
    Matcher,
    Missed,
    Question,
    label_run,
    label_snapshot,
)
from neurflow_lightning.applications.labelling.collection import LabelledGroup, Labels
from neurflow_lightning.applications.labelling.feeding import Below
from neurflow_lightning.applications.labelling.following import follow
from neurflow_lightning.applications.labelling.storing import (
    labels_beside,
    read_labels,
    save_labels,
)
from neurflow_lightning.labels import Label, Relation

__all__ = [
    "Below",
    "Description",
    "Label",
    "LabelledGroup",
    "Labeller",
    "Labels",
    "Matcher",
    "Missed",
    "Question",
    "Relation",
    "follow",
    "label_run",
    "label_snapshot",
    "labels_beside",
    "read_labels",
    "save_labels",
]
