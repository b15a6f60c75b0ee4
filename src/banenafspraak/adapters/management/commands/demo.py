"""`demo`: from an empty database to a served factsheet, with synthetic people only."""

import csv
import os
import secrets
import signal
import socket
import subprocess
import sys
import time
from argparse import ArgumentParser
from contextlib import suppress
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from banenafspraak.access import demo as rollen
from banenafspraak.access import zegels
from banenafspraak.access.bsn import Bsn
from banenafspraak.adapters import (
    demo_contact,
    demo_plaatsingen,
    demo_profielen,
    demo_vacatures,
    demo_wsp,
    synthese,
)
from banenafspraak.adapters.demo_werkgever import give_staff
from banenafspraak.adapters.synthese.nummers import lawful_numbers
from banenafspraak.metingen import store

KWARTAAL = "2018Q1"
ZAAD = 2018
PATIENCE = 30  # seconds for the web server to answer


class Command(BaseCommand):
    """Load the demo once, then serve the pages and run the queue until Ctrl-C."""

    help = "Vult de demo met synthetische mensen en start de website en de wachtrij."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The port comes from PORT, as `make demo` documents."""
        parser.add_argument("--zonder-server", action="store_true", help="alleen vullen, niet starten")
        parser.add_argument("--poort", type=int, default=int(os.environ.get("PORT", "8000")))

    def handle(self, *args: Any, **options: Any) -> None:
        """Fill what is missing; a second start only serves."""
        if settings.PRODUCTIE:
            raise CommandError("De demo draait niet in productie.", returncode=2)
        rollen.ensure_demo_roles()
        if not any(kwartaal == KWARTAAL for _, kwartaal in store.available()):
            self._fill()
        call_command("collectstatic", interactive=False, verbosity=0)
        if not options["zonder_server"]:
            self._serve(options["poort"])

    def _fill(self) -> None:
        self.stdout.write("Demo vullen met synthetische mensen (eenmalig)...")
        leveringen = synthese.write_demo(settings.DATA_DIR / "synthese", ZAAD, op=timezone.localdate())
        for bestand in leveringen.register:
            call_command("import_register", str(bestand))
        call_command("import_lonen", *[str(bestand) for bestand in leveringen.lonen])
        call_command("build_meting", kwartaal=KWARTAAL)
        call_command("draw_charts", kwartaal=KWARTAAL, regio="AM12")
        registered, unknown = _people(leveringen.register[-1])
        rollen.give_bsn("burger", registered)
        rollen.give_bsn("burger-nieuw", unknown)
        give_staff(leveringen.register[-1], now=timezone.now())
        demo_profielen.load(leveringen, now=timezone.now())
        demo_contact.load(now=timezone.now())
        demo_vacatures.load(settings.DATA_DIR / "synthese", ZAAD, now=timezone.now())
        demo_plaatsingen.load(now=timezone.now())
        demo_wsp.load(now=timezone.now())

    def _serve(self, port: int) -> None:
        if _taken(port):
            raise CommandError(f"Poort {port} is bezet. Kies een andere: PORT={port + 1} make demo", returncode=2)
        environ = os.environ | {"BANENAFSPRAAK_DEMO": "1", "DJANGO_SETTINGS_MODULE": "banenafspraak.config.settings"}
        # The children share this process's right to the metrics, and nothing else does.
        environ.setdefault("BANENAFSPRAAK_METRICS_TOKEN", secrets.token_urlsafe(16))
        web = [
            sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port),
            "--workers", "2", "--blocking-threads", "2", "--no-ws", "--log-level", "warning",
            "banenafspraak.config.wsgi:application",
        ]  # fmt: skip
        queue = [sys.executable, "-m", "django", "procrastinate", "worker", "--concurrency", "1"]
        for stop in (signal.SIGINT, signal.SIGTERM):  # also where a shell started us with Ctrl-C switched off
            signal.signal(stop, signal.default_int_handler)
        # A session of their own: Ctrl-C reaches this process only, which then stops them in order.
        # What the last time left unsealed would lock a demo that was off for hours.
        zegels.seal(now=timezone.now())
        children = [subprocess.Popen(command, env=environ, start_new_session=True) for command in (web, queue)]
        try:
            self._wait_until_served(port, children)
            self.stdout.write(
                f"\nBanenafspraak draait op http://127.0.0.1:{port}\n"
                f"  Factsheet: http://127.0.0.1:{port}/cijfers/AM12/{KWARTAAL}/\n"
                f"  Inloggen:  http://127.0.0.1:{port}/inloggen/\n"
                "  Rollen:    " + ", ".join(rol.label for rol in rollen.DEMO_ROLLEN) + "\n"
                "Stoppen: Ctrl-C\n"
            )
            self.stdout.flush()
            while all(child.poll() is None for child in children):
                time.sleep(0.5)
            raise CommandError("De website of de wachtrij is gestopt; hierboven staat waarom.", returncode=1)
        except KeyboardInterrupt:
            self.stdout.write("\nStoppen...")
        finally:
            _stop(children)

    def _wait_until_served(self, port: int, children: list[subprocess.Popen[bytes]]) -> None:
        deadline = time.monotonic() + PATIENCE
        while not _taken(port):
            if time.monotonic() > deadline or any(child.poll() is not None for child in children):
                raise CommandError("De website start niet; hierboven staat waarom.", returncode=1)
            time.sleep(0.1)


def _people(register: Path) -> tuple[Bsn, Bsn]:
    """Two made-up people for the demo: one who is registered and lives in Hilversum, and one the delivery lacks."""
    with register.open(encoding="utf-8", newline="") as file:
        lines = list(csv.DictReader(file, delimiter=";"))
    running = [line for line in lines if not line["geldig_tot"]]
    here = {line["bsn"] for line in running if line["gemeente"] == "GM0402"}
    registered = next(
        line["bsn"] for line in running if line["bsn"] in here and line["route"] == "indicatie_banenafspraak"
    )
    named = {line["bsn"] for line in lines}
    return Bsn.parse(registered), Bsn.parse(next(text for text in lawful_numbers() if text not in named))


def _taken(port: int) -> bool:
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex(("127.0.0.1", port)) == 0


def _stop(children: list[subprocess.Popen[bytes]]) -> None:
    for child in children:
        with suppress(ProcessLookupError):
            os.killpg(child.pid, signal.SIGTERM)
    for child in children:
        try:
            child.wait(timeout=10)
        except subprocess.TimeoutExpired:
            os.killpg(child.pid, signal.SIGKILL)
            child.wait()
