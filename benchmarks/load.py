"""Load on a server of this machine, and what it costs that server: wrk asks, /proc tells the processor time of the server and its children."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK")
REPORT = """done = function(summary, latency, requests)
  io.write(string.format("\\nJSON{\\"n\\":%d,\\"us\\":%d,\\"bad\\":%d,\\"p50\\":%.1f,\\"p99\\":%.1f}\\n", summary.requests, summary.duration,
    summary.errors.status + summary.errors.connect + summary.errors.read + summary.errors.write + summary.errors.timeout,
    latency:percentile(50), latency:percentile(99)))
end"""


@dataclass
class Measured:
    """Of one run: requests a second, microseconds of the server's processor for each, latencies in milliseconds."""

    rate: float
    processor: float
    p50: float
    p99: float


def need(*programs):
    for program in programs:
        if not shutil.which(program):
            sys.exit(f"This benchmark needs {program}: on Debian, `apt-get install {program}` gives it.")


def load(url, pid, seconds=3, connections=16):
    """Ask one address again and again, compressed, as fast as the server answers."""
    with tempfile.NamedTemporaryFile("w", suffix=".lua") as script:
        script.write(REPORT)
        script.flush()
        before = processor_time(pid)
        command = [
            "wrk",
            "-t1",
            f"-c{connections}",
            f"-d{seconds}s",
            "-H",
            "Accept-Encoding: gzip",
            "-s",
            script.name,
            url,
        ]
        said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    used = processor_time(pid) - before
    told = json.loads(said.split("JSON")[1])
    if told["bad"]:
        sys.exit(f"{url} answered {told['bad']} times with an error.")
    return Measured(
        told["n"] / told["us"] * 1e6, used / told["n"] * 1e6, told["p50"] / 1000, told["p99"] / 1000
    )


def processor_time(pid):
    """Seconds that a process and all that it has started have used, those included that have ended."""
    family, parents = {pid}, {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            parents[int(folder.name)] = int(fields(folder)[1])
        except OSError:
            continue
    while more := {child for child, parent in parents.items() if parent in family} - family:
        family |= more
    total = 0
    for member in family:
        try:
            total += sum(map(int, fields(Path(f"/proc/{member}"))[11:15]))
        except OSError:
            continue
    return total / TICKS


def fields(folder):
    return (folder / "stat").read_text().rpartition(")")[2].split()


def memory(pid):
    """Megabytes that a process holds for itself."""
    return (
        next(
            int(line.split()[1])
            for line in Path(f"/proc/{pid}/status").read_text().splitlines()
            if line.startswith("VmRSS")
        )
        / 1000
    )
