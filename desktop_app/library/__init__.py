"""The library: bundled catalogue, shipped plans, units and samples as entities."""

from desktop_app.library.answers import (
    SampleAnswer,
    SampleDeployment,
    SampleReport,
    sample_answers,
    sample_deployments,
    sample_reports,
)
from desktop_app.library.checks import check
from desktop_app.library.loading import load_empty, load_sample, samples
from desktop_app.library.shipped import Sample, Shipped

__all__ = [
    "Sample",
    "SampleAnswer",
    "SampleDeployment",
    "SampleReport",
    "Shipped",
    "check",
    "load_empty",
    "load_sample",
    "sample_answers",
    "sample_deployments",
    "sample_reports",
    "samples",
]
