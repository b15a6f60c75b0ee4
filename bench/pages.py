"""How fast the factsheet comes over the wire: the demo as it is served, asked from this machine.

Starts `banenafspraak demo` on a free port, with data of its own that is made once, and asks for each address from four
connections at once. Times run from the first byte sent to the last byte received, so they hold the server, the
database and the loopback, and whatever else this machine does.
"""

import argparse
import http.client
import json
import os
import socket
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench import bench_dir, sample

PAGE = "/cijfers/AM12/2018Q1/"
ADDRESSES = (
    PAGE,
    "/",
    "/cijfers/",
    "/cijfers/AM12/2018Q1/uitleg/",
    "/cijfers/AM12/2018Q1.csv",
    "/api/v1/factsheets/AM12/2018Q1",
)
CONNECTIONS = 4
PATIENCE = 300  # seconds for the first start, which makes a database and a meting


def _command() -> str:
    return str(Path(sys.executable).with_name("banenafspraak"))


def _environment() -> dict[str, str]:
    """Data of our own; the private database where that can be had, so that nobody's own database is filled."""
    from banenafspraak.config import cluster

    environ = os.environ | {"BANENAFSPRAAK_VAR": str(bench_dir() / "pages"), "BANENAFSPRAAK_ENV": "ontwikkeling"}
    if cluster.find_binaries() is not None:
        environ.pop("DATABASE_URL", None)
    return environ


@contextmanager
def served() -> Iterator[int]:
    """The demo, filled and answering, with its charts drawn; gives the port."""
    environ = _environment()
    for command in (["demo", "--zonder-server"], ["draw_charts"]):
        subprocess.run([_command(), *command], env=environ, check=True, stdout=sys.stderr, timeout=PATIENCE)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    server = subprocess.Popen([_command(), "demo", "--poort", str(port)], env=environ, stdout=sys.stderr)
    try:
        deadline = time.monotonic() + PATIENCE
        while True:
            try:
                _ask(http.client.HTTPConnection("127.0.0.1", port, timeout=30), "/healthz")
                break
            except OSError:
                if time.monotonic() > deadline or server.poll() is not None:
                    raise RuntimeError("the demo does not start; its own message stands above") from None
                time.sleep(0.2)
        yield port
    finally:
        server.terminate()
        server.wait(timeout=60)


def _ask(connection: http.client.HTTPConnection, address: str) -> tuple[float, int, int]:
    """Milliseconds, status and bytes of one answer."""
    begin = time.perf_counter()
    connection.request("GET", address, headers={"Accept-Encoding": "gzip"})
    response = connection.getresponse()
    size = len(response.read())
    return (time.perf_counter() - begin) * 1000, response.status, size


def _measure(port: int, address: str, requests: int) -> dict[str, float]:
    """Percentiles of one address, asked from several connections at once."""
    taken: list[tuple[float, int, int]] = []

    def ask_many() -> None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        mine = [_ask(connection, address) for _ in range(requests // CONNECTIONS)]
        taken.extend(mine)

    threads = [threading.Thread(target=ask_many) for _ in range(CONNECTIONS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    times = statistics.quantiles([ms for ms, _, _ in taken], n=100)
    return {
        "p50_ms": round(times[49], 1),
        "p95_ms": round(times[94], 1),
        "p99_ms": round(times[98], 1),
        "kb": round(taken[0][2] / 1000, 1),
        "requests": len(taken),
        "errors": sum(status != 200 for _, status, _ in taken) + requests // CONNECTIONS * CONNECTIONS - len(taken),
    }


def main(argv: list[str]) -> dict[str, object]:
    """Measure; `--snel` asks ten times less often."""
    parser = argparse.ArgumentParser(prog="bench.pages")
    parser.add_argument("--snel", action="store_true", help="a tenth of the requests")
    requests = 200 if parser.parse_args(argv).snel else 2000
    with served() as port:
        # Each worker reads the sealed files once; that is a start-up cost and is told apart.
        first_ms = max(_ask(http.client.HTTPConnection("127.0.0.1", port), PAGE)[0] for _ in range(8))
        with sample() as machine:
            answers = {address: _measure(port, address, requests) for address in ADDRESSES}
    return {
        **answers[PAGE],
        "first_ms": round(first_ms, 1),
        "connections": CONNECTIONS,
        "foreign": round(machine.foreign, 2),
        "addresses": answers,
    }


if __name__ == "__main__":
    print(json.dumps(main(sys.argv[1:])))
