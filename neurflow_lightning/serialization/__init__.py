"""Snapshot ↔ header and arrays: what a file holds, apart from how files are written."""

from neurflow_lightning.serialization.layout import SCHEMA_VERSION
from neurflow_lightning.serialization.packing import pack
from neurflow_lightning.serialization.unpacking import unpack

__all__ = ["SCHEMA_VERSION", "pack", "unpack"]
