"""Counters of this process, in the text format that Prometheus reads. No label holds a path, a user or an address."""

import os
import threading
from collections import defaultdict

_lock = threading.Lock()
_requests: defaultdict[tuple[str, str, str], int] = defaultdict(int)
_seconds: defaultdict[str, float] = defaultdict(float)

METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})


def count_request(*, method: str, route: str, status: int, seconds: float) -> None:
    """Count one answered request. `route` is the pattern from the URLconf, so the number of labels stays bounded."""
    label = method if method in METHODS else "other"
    with _lock:
        _requests[(label, route or "unknown", f"{status // 100}xx")] += 1
        _seconds[route or "unknown"] += seconds


def _escape(value: str) -> str:
    return value.replace("\\", r"\\").replace('"', r"\"").replace("\n", r"\n")


def _labels(**labels: str) -> str:
    return "{" + ",".join(f'{name}="{_escape(value)}"' for name, value in labels.items()) + "}"


def render(*, version: str, factsheets: int, database_up: bool) -> str:
    """The exposition text (version 0.0.4). Each worker process counts for itself and says so in the label `worker`."""
    worker = str(os.getpid())
    lines = [
        "# HELP banenafspraak_info Version of the running software.",
        "# TYPE banenafspraak_info gauge",
        f"banenafspraak_info{_labels(version=version)} 1",
        "# HELP banenafspraak_database_up Whether the database answers.",
        "# TYPE banenafspraak_database_up gauge",
        f"banenafspraak_database_up {int(database_up)}",
        "# HELP banenafspraak_factsheets Number of published factsheets (region and quarter).",
        "# TYPE banenafspraak_factsheets gauge",
        f"banenafspraak_factsheets {factsheets}",
        "# HELP banenafspraak_http_requests_total Requests answered.",
        "# TYPE banenafspraak_http_requests_total counter",
    ]
    with _lock:
        requests, seconds = sorted(_requests.items()), sorted(_seconds.items())
    lines += [
        f"banenafspraak_http_requests_total{_labels(worker=worker, method=m, route=r, status=s)} {n}"
        for (m, r, s), n in requests
    ]
    lines += [
        "# HELP banenafspraak_http_request_seconds_total Time spent answering.",
        "# TYPE banenafspraak_http_request_seconds_total counter",
    ]
    lines += [
        f"banenafspraak_http_request_seconds_total{_labels(worker=worker, route=r)} {total:.6f}" for r, total in seconds
    ]
    return "\n".join(lines) + "\n"
