"""``python -m neurflow_lightning``: the command ``neurflow``."""

import sys

from neurflow_lightning.cli import main

if __name__ == "__main__":
    sys.exit(main())
