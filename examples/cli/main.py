"""Your own LightningCLI, unchanged: the callback is added in ``config.yaml`` by its class path.

In the folder ``examples``:

    python -m cli.main fit --config cli/config.yaml
    tensorboard --logdir runs/cli

Every argument can be changed on the command line too, such as
``--trainer.max_epochs 3`` or ``--trainer.callbacks.every_n_epochs 2``.
"""

from lightning.pytorch.cli import LightningCLI

from digits import Classifier, DigitsData

if __name__ == "__main__":
    LightningCLI(Classifier, DigitsData, save_config_kwargs={"overwrite": True})
