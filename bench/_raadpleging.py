"""What the bench and the attacks of the employer's check share: a register, employers, the real server, and a client.

Most people of the register are made as rows only: their indexes are random and belong to no number. Half of the 9,091
numbers that are kept for made-up people are registered too, or as many as asked.
"""

import json
import os
import random
import signal
import socket
import subprocess
import sys
import time
import uuid
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

ZAAD = 20261124
STAFF = 200


@dataclass(frozen=True)
class Werkgever:
    """One employer of the bench: its id, the key of its program, and its staff."""

    id: int
    gebruiker: uuid.UUID
    sleutel: str
    staff: tuple[str, ...]


def numbers() -> list[str]:
    """All numbers kept for made-up people."""
    from banenafspraak.access.bsn import is_valid

    return [text for n in range(999_900_000, 1_000_000_000) if is_valid(text := str(n))]


TABLES = (
    "register_bezwaar", "register_blokkade", "register_raadpleging", "register_raadpleegverzoek",
    "register_raadpleegstand", "register_kandidaatcode", "register_werkrelatie", "register_werkgeversomvang",
    "access_mandaat", "access_apisleutel", "access_loonheffingennummer",
)  # fmt: skip


def seed(
    *, people: int, employers: int, registered: Sequence[str], staff: int = STAFF, seed: int = ZAAD
) -> list[Werkgever]:
    """Fill an empty register with so many people, of whom `registered` by number, and employers with their keys."""
    from django.db import connection, transaction
    from django.utils import timezone

    from attacks import empty
    from banenafspraak.access import bsn as bsns
    from banenafspraak.access.bsn import SEALED_LENGTH

    empty(*TABLES)
    now = timezone.now()
    chance = random.Random(seed)
    sealed = b"\1" * SEALED_LENGTH
    born, since = date(1990, 1, 1), date(2020, 1, 1)

    def indexes() -> Iterator[bytes]:
        for number in registered:
            yield bsns.index(number, doel="register")
        for _ in range(people - len(registered)):
            yield chance.randbytes(32)

    ids = [uuid.UUID(bytes=chance.randbytes(16), version=4) for _ in range(people)]
    with transaction.atomic(), connection.cursor() as cursor:
        # No COPY into a protected table.
        cursor.execute("CREATE TEMPORARY TABLE nieuw (id uuid, index bytea) ON COMMIT DROP")
        with cursor.copy("COPY nieuw (id, index) FROM STDIN (FORMAT BINARY)") as copy:
            copy.set_types(("uuid", "bytea"))
            for row in zip(ids, indexes(), strict=True):
                copy.write_row(row)
        cursor.execute(
            "INSERT INTO register_persoon (id, bsn_index, bsn_verzegeld, geboortedatum, index_versie) "
            "SELECT id, index, %s, %s, %s FROM nieuw",
            [sealed, born, bsns.newest_register_versie()],
        )
        cursor.execute(
            "INSERT INTO register_registratie (persoon_id, grond, route, geldig, bekend, einde_reden, levering) "
            "SELECT id, 'wajong', 'wajong_2015', daterange(%s, NULL), tstzrange(%s, NULL), '', '' FROM nieuw",
            [since, now - timedelta(days=1)],
        )
    made = _employers(employers, staff, now)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return made


def _employers(count: int, staff: int, now: Any) -> list[Werkgever]:
    from django.utils import timezone

    from banenafspraak.access import apisleutels, mandaten
    from banenafspraak.access.actor import Actor
    from banenafspraak.access.bsn import Bsn
    from banenafspraak.access.models import Gebruiker, Lidmaatschap, Organisatie
    from banenafspraak.access.permissions import Rol
    from banenafspraak.register.werkrelaties import Relatie, take_in_werkrelaties

    system = Actor.system(doel="bench")
    every = numbers()
    month = timezone.localtime(now).date().replace(day=1)
    found, relations = [], []
    for place in range(count):
        kvk = f"{10_000_000 + place}"
        organisatie, _ = Organisatie.objects.get_or_create(
            kvk=kvk, defaults={"soort": "werkgever", "naam": f"Werkgever {place}"}
        )
        gebruiker, _ = Gebruiker.objects.get_or_create(
            email=f"{kvk}@bench.invalid", defaults={"naam": "bench", "created_at": now}
        )
        Lidmaatschap.objects.get_or_create(
            gebruiker=gebruiker, organisatie=organisatie, rol="werkgever", defaults={"geldig": (date(2020, 1, 1), None)}
        )
        lhnr = f"{every[place]}L01"
        mandaten.link_loonheffingennummer(actor=system, organisatie_id=organisatie.pk, lhnr=lhnr, now=now)
        people = tuple(every[(place * staff + n) % len(every)] for n in range(staff))
        relations += [Relatie(month, lhnr, Bsn.parse(number)) for number in people]
        actor = Actor(gebruiker.pk, organisatie.pk, Rol.WERKGEVER, None, "bench")
        key = apisleutels.make(actor=actor, naam="bench", now=now).geheim
        found.append(Werkgever(organisatie.pk, gebruiker.pk, key, people))
    take_in_werkrelaties(relations, actor=system, now=now)
    return found


@contextmanager
def served(*, workers: int = 2, threads: int = 2, port: int = 0) -> Iterator["Server"]:
    """The website as `make demo` serves it, on a free port, with the database and keys of the bench."""
    from django.core.management import call_command

    call_command("collectstatic", verbosity=0, interactive=False)
    server = Server(workers, threads, port or _free_port())
    # Who stops us stops the server too, and whatever else is to be put back.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    server.start()
    try:
        yield server
    finally:
        server.stop()


class Server:
    """A granian that can be killed and started again on the same port."""

    def __init__(self, workers: int, threads: int, port: int) -> None:
        self.port = port
        self._command = [
            sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port),
            "--workers", str(workers), "--blocking-threads", str(threads), "--no-ws", "--log-level", "error",
            "banenafspraak.config.wsgi:application",
        ]  # fmt: skip
        self._process: subprocess.Popen[bytes] | None = None

    def start(self, patience: float = 60) -> None:
        """Start, and wait until it answers."""
        environ = os.environ | {"BANENAFSPRAAK_LOG": "ERROR"}
        self._process = subprocess.Popen(self._command, env=environ, stdout=sys.stderr, start_new_session=True)
        deadline = time.monotonic() + patience
        while True:
            try:
                with socket.create_connection(("127.0.0.1", self.port), timeout=1):
                    return
            except OSError:
                if time.monotonic() > deadline or self._process.poll() is not None:
                    raise RuntimeError("the website does not start; its own message stands above") from None
                time.sleep(0.05)

    @property
    def pid(self) -> int:
        """The process that started the workers."""
        return self._process.pid if self._process is not None else 0

    def stop(self) -> None:
        """End it in order."""
        self._end(signal.SIGTERM)

    def kill(self) -> None:
        """End it with SIGKILL, workers included, and without a word."""
        self._end(signal.SIGKILL)

    def _end(self, number: int) -> None:
        if self._process is not None:
            os.killpg(self._process.pid, number)
            try:
                self._process.wait(timeout=10)
            except subprocess.TimeoutExpired:  # asked to end while its workers were starting
                os.killpg(self._process.pid, 9)
                self._process.wait()
            self._process = None


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def request(key: str, vragen: Sequence[dict[str, Any]], *, idempotency_key: str = "", werkgever: str = "") -> bytes:
    """A whole HTTP request with these questions, for the employer with this KvK number or for the own organisation."""
    body = json.dumps({"vragen": list(vragen), "werkgever": werkgever}).encode()
    head = (
        f"POST /api/v1/raadplegingen HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer {key}\r\n"
        f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n"
    )
    if idempotency_key:
        head += f"Idempotency-Key: {idempotency_key}\r\n"
    return head.encode() + b"\r\n" + body


def own_staff(number: str) -> dict[str, Any]:
    """The question about one of the own staff."""
    return {"bsn": number, "soort": "werknemer"}


def expected(number: str) -> dict[str, Any]:
    """The question about somebody the employer wants to take on."""
    return {"bsn": number, "soort": "verwacht", "verklaring": True}


class Connection:
    """One kept-alive connection; the smallest client there is, so that it costs the server's machine little."""

    def __init__(self, port: int) -> None:
        self._socket = socket.create_connection(("127.0.0.1", port), timeout=30)
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._left = b""

    def ask(self, request: bytes) -> tuple[int, bytes, bytes]:
        """Status, head and body of the answer. Raises `OSError` when the other side goes away."""
        self._socket.sendall(request)
        data = self._left
        while (end := data.find(b"\r\n\r\n")) < 0:
            data += self._more()
        head = data[:end]
        at = head.lower().index(b"content-length:") + 15
        length = int(head[at : head.find(b"\r", at) if head.find(b"\r", at) > 0 else len(head)])
        while len(data) < end + 4 + length:
            data += self._more()
        self._left = data[end + 4 + length :]
        return int(head[9:12]), head, data[end + 4 : end + 4 + length]

    def _more(self) -> bytes:
        data = self._socket.recv(1 << 16)
        if not data:
            raise ConnectionError("the other side closed the connection")
        return data

    def close(self) -> None:
        """Let go."""
        self._socket.close()


def answers(body: bytes) -> list[dict[str, Any]]:
    """The answers in a body, in order."""
    found: list[dict[str, Any]] = json.loads(body)["antwoorden"]
    return found
