"""Official documents: a neutral model, its builders, and renderers to PDF and Word."""
