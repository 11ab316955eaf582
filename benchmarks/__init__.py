"""Measures what docs/performance.md claims; each part is a command: `python -m benchmarks.<name>`."""
