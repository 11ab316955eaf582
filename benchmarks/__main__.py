"""Runs the benchmarks behind docs/performance.md: `make bench`, half an hour on an idle machine."""

import subprocess
import sys

from .load import need

PARTS = ["serving", "memory", "cold", "visibility", "visibility --redis", "register", "pages", "search"]


def main():
    need("nginx", "wrk")
    for part in PARTS:
        name, *options = part.split()
        print(f"\n{part}\n", flush=True)
        subprocess.run([sys.executable, "-m", f"benchmarks.{name}", *options], check=True)


if __name__ == "__main__":
    main()
