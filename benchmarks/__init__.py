"""What the site says about its own speed, as commands that anyone can run: `python -m benchmarks.<name>`."""
