"""The library: bundled catalogue, shipped plans, units and samples as entities."""

from desktop_app.library.loading import load_empty, load_sample, samples
from desktop_app.library.shipped import Sample, Shipped

__all__ = ["Sample", "Shipped", "load_empty", "load_sample", "samples"]
