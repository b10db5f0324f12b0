"""Shipped data read into entities: catalogue, plans, units and samples."""
