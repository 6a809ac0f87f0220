"""The smallest use: one callback more in a training you have.

Run it with ``python examples/ten_lines.py`` and then look at the circuit with
``tensorboard --logdir lightning_logs``.
"""

from lightning import Trainer

from digits import Classifier, DigitsData, SmallCNN
from neurflow_lightning import NeurFlowCallback

layers = ["block1", "block2", "block3", "head"]
# max_overhead=None: these three epochs are too short to pay for an analysis from 5 % of their time.
neurflow = NeurFlowCallback(layers, targets=[3], every_n_epochs=3, max_overhead=None)
trainer = Trainer(max_epochs=3, accelerator="cpu", callbacks=[neurflow])
trainer.fit(Classifier(SmallCNN()), DigitsData())

circuit = neurflow.snapshots[-1].circuit(3)
for group in circuit.groups:
    print(group.id, [neuron.index for neuron in group.neurons])
