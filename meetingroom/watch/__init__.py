"""Watching over the house: logs, figures for Prometheus, and how it is in words. Never what is said in a meeting."""
