"""Puts load on a server of this machine with wrk, and reads its processor time and memory from /proc."""

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK")
REPORT = """done = function(summary, latency, requests)
  local errors = summary.errors
  io.write(string.format(
    "\\nJSON{\\"requests\\":%d,\\"us\\":%d,\\"errors\\":%d,\\"p50\\":%.1f,\\"p99\\":%.1f}\\n",
    summary.requests, summary.duration,
    errors.status + errors.connect + errors.read + errors.write + errors.timeout,
    latency:percentile(50), latency:percentile(99)))
end"""


@dataclass
class Measurement:
    """One run: requests a second, microseconds of processor time for each, latencies in milliseconds."""

    rate: float
    processor: float
    p50: float
    p99: float


def need(*programs):
    for program in programs:
        if not shutil.which(program):
            sys.exit(f"This benchmark needs {program}: on Debian, `apt-get install {program}` gives it.")


def load(url, pid, seconds=3, connections=16):
    """Requests one address, compressed, as fast as the server answers; returns the measurement."""
    with tempfile.NamedTemporaryFile("w", suffix=".lua") as script:
        script.write(REPORT)
        script.flush()
        before = processor_time(pid)
        command = ["wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "-s", script.name]
        command += ["-H", "Accept-Encoding: gzip", url]
        output = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    used = processor_time(pid) - before
    report = json.loads(output.split("JSON")[1])
    if report["errors"]:
        sys.exit(f"{url} answered {report['errors']} times with an error.")
    return Measurement(
        rate=report["requests"] / report["us"] * 1e6,
        processor=used / report["requests"] * 1e6,
        p50=report["p50"] / 1000,
        p99=report["p99"] / 1000,
    )


def processor_time(pid):
    """Returns the processor seconds of a process and all its descendants, those included that have ended."""
    family, parents = {pid}, {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            parents[int(folder.name)] = int(fields(folder)[1])
        except OSError:
            continue
    while children := {child for child, parent in parents.items() if parent in family} - family:
        family |= children
    total = 0
    for member in family:
        try:
            total += sum(map(int, fields(Path(f"/proc/{member}"))[11:15]))
        except OSError:
            continue
    return total / TICKS


def fields(folder):
    """Returns the fields of a process's `stat` from the third on, since its name may hold spaces."""
    return (folder / "stat").read_text().rpartition(")")[2].split()


def memory(pid):
    """Returns the resident memory of a process in MB."""
    status = Path(f"/proc/{pid}/status").read_text()
    [kilobytes] = re.findall(r"^VmRSS:\s+(\d+)", status, re.MULTILINE)
    return int(kilobytes) / 1000
