"""One role walks through every address and every form, and types canaries wherever something can be typed."""

import json
import random
import re
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote, urlencode

from attacks.canaries.browser import Answer, Field, Form, Page, Session
from attacks.canaries.numbers import Flock
from attacks.canaries.watch import Watch, route_of

MAX_BODY = 3_000_000
# What ends something comes after what needs it.
_LAST = re.compile(r"uitloggen|intrek|/weg/|verwijder|taal|inloggen|afsluiten|stop")
_KEY = re.compile(rb"bna_[A-Za-z0-9_-]{43}")
_BOUNDARY = "kanariekanariekanarie"

Fields = list[tuple[str, str]]


@dataclass(frozen=True)
class Upload:
    """One file in a form."""

    filename: str
    content: bytes
    kind: str


@dataclass
class Visitor:
    """`role` is the button of the demo's sign-in page, or '' for who stays outside. `size` says how much is tried."""

    role: str
    session: Session
    watch: Watch
    flock: Flock
    rng: random.Random
    quick: bool
    per_route: int
    lhnr: str
    own: tuple[str, ...] = ()
    turn: int = 0
    forms_done: dict[tuple[Any, ...], int] = field(default_factory=dict)
    known: list[tuple[str, Form]] = field(default_factory=list)
    visited: dict[str, int] = field(default_factory=dict)
    submitted: int = 0
    outage: bool = False
    keys: list[str] = field(default_factory=list)
    """Secrets for the API that a page showed this visitor."""

    def go(
        self,
        method: str,
        path: str,
        *,
        sent: list[str] | None = None,
        body: bytes | None = None,
        headers: dict[str, str] | None = None,
    ) -> tuple[Answer, Page | None]:
        """One request and its judgement."""
        answer = self.session.send(method, path, body=body, headers=headers)
        self.keys += [key.decode() for key in _KEY.findall(answer.body)]
        return answer, self.watch.inspect(answer, role=self.role or "a visitor", sent=sent or (), outage=self.outage)

    def sign_in(self) -> None:
        """Press the button of this role."""
        self.session.cookies.clear()
        if not self.role:
            return
        _, page = self.go("GET", "/inloggen/")
        forms = [f for f in page.forms if any(x.value == self.role for x in f.fields)] if page else []
        if not forms:
            raise RuntimeError(f"the demo has no button for {self.role}")
        fields = [(f.name, f.value) for f in forms[0].fields if f.kind == "hidden"] + [("rol", self.role)]
        self.submit(forms[0], fields, [])
        if "sessionid" not in self.session.cookies:
            raise RuntimeError(f"could not sign in as {self.role}")

    @property
    def signed_out(self) -> bool:
        """Whether some form ended the session."""
        return bool(self.role) and "sessionid" not in self.session.cookies

    # --- Walking ---------------------------------------------------------------------------------------------------

    def walk(self, starts: list[str]) -> None:
        """Every link from here on; forms that end something come last."""
        todo, last = deque(starts), deque[tuple[str, Form]]()
        while todo or last:
            if not todo:
                path, form = last.popleft()
                todo.extendleft(self.attack(path, form))
                continue
            path = todo.popleft()
            route = route_of(path)
            kind = path if route == "(no such address)" else route
            if self.visited.get(path) or self.visited.get(f"route {kind}", 0) >= self.per_route:
                continue
            self.visited[path] = 1
            self.visited[f"route {kind}"] = self.visited.get(f"route {kind}", 0) + 1
            answer, page = self.go("GET", path)
            for onward, form in self._read(answer, page, todo):
                if _LAST.search(form.action):
                    last.append((onward, form))
                else:
                    todo.extendleft(reversed(self.attack(onward, form)))

    def _read(self, answer: Answer, page: Page | None, todo: deque[str]) -> list[tuple[str, Form]]:
        if location := _local(answer.header("Location")):
            todo.appendleft(location)
        if page is None:
            return []
        todo.extend(page.links)
        return [(page.path, form) for form in page.forms]

    def attack(self, path: str, form: Form) -> list[str]:
        """Submit a form in every way; returns the addresses it led to."""
        names = tuple(f.name for f in form.fields if f.kind not in ("hidden", "button"))
        # A wizard asks something else under the same address, a list has the same button on each line.
        key = (route_of(form.action), form.method, names)
        if self.forms_done.get(key, 0) >= (1 if self.quick else 2):
            return []
        self.forms_done[key] = self.forms_done.get(key, 0) + 1
        if not _LAST.search(form.action):
            self.known.append((path, form))
        led_to: list[str] = []
        for fields, uploads, sent, how in self._ways(form):
            led_to += self._one_way(form, fields, uploads, sent, how)
            if self.signed_out:
                self.sign_in()
        return led_to

    def _one_way(self, form: Form, fields: Fields, uploads: list[Any], sent: list[str], how: str) -> list[str]:
        answer, _page = self.submit(form, fields, sent, uploads=uploads, how=how)
        led_to = []
        for _ in range(3):
            location = _local(answer.header("Location"))
            if location is None:
                break
            led_to.append(location)
            self.visited.pop(location, None)
            # The page after a form is where a message would stand; what was typed is still fresh.
            answer, _page = self.go("GET", location)
        return led_to

    # --- Forms -----------------------------------------------------------------------------------------------------

    def submit(
        self,
        form: Form,
        fields: Fields,
        sent: list[str],
        *,
        uploads: list[tuple[str, Upload]] | None = None,
        how: str = "",
    ) -> tuple[Answer, Page | None]:
        """Send a form the way `how` says."""
        self.submitted += 1
        # A token of an earlier session would be refused before anything else is looked at.
        token = self.session.cookies.get("csrftoken", "")
        fields = [(name, token if name == "csrfmiddlewaretoken" and token else value) for name, value in fields]
        headers = {"Referer": f"http://127.0.0.1:{self.session.port}/", "Sec-Fetch-Site": "same-origin"}
        path, method = form.action, form.method
        if how == "headers":
            number = sent[0]
            headers |= {
                "User-Agent": f"Mozilla/5.0 ({number})", "Referer": f"http://127.0.0.1/?bsn={number}",
                "traceparent": f"00-{number:0>32}-{number:0>16}-01", "X-Request-ID": number, "X-Forwarded-For": number,
                "Accept-Language": number, "If-None-Match": f'"{number}"', "Authorization": f"Bearer {number}",
            }  # fmt: skip
        if how == "query":
            path += ("&" if "?" in path else "?") + urlencode([("bsn", sent[0]), ("next", f"/{sent[0]}/")])
        if method == "GET":
            return self.go("GET", form.action.split("?")[0] + "?" + urlencode(fields), sent=sent, headers=headers)
        if how.startswith("method "):
            method = how.removeprefix("method ")
        if how == "json":
            body, kind = json.dumps(dict(fields)).encode(), "application/json"
        elif how == "broken json":
            body, kind = (json.dumps(dict(fields))[:-3] + "\n").encode(), "application/json"
        elif uploads or form.multipart:
            body, kind = _multipart(fields, uploads or []), f"multipart/form-data; boundary={_BOUNDARY}"
            if how == "cut off":
                body = body[: len(body) * 2 // 3]
        else:
            body, kind = urlencode(fields).encode(), "application/x-www-form-urlencoded"
            if how == "bytes":
                body = body.replace(b"KAN%00", b"%00%ff%fe").replace(b"KAN", b"%80")
        return self.go(method, path, sent=sent, body=body, headers=headers | {"Content-Type": kind})

    def _ways(self, form: Form) -> Iterator[tuple[Fields, list[tuple[str, Upload]], list[str], str]]:
        """Fields, files, the canaries among them, and how to send them: first what is wrong, then what should work."""
        yield from self._wrong(form)
        for turn in range(2 if self.quick else 5):
            yield self._valid(form, turn)
            if form.method == "POST" and turn == 0:  # twice the same: a double submit
                yield self._valid(form, turn)

    def _wrong(self, form: Form) -> Iterator[tuple[Fields, list[tuple[str, Upload]], list[str], str]]:
        def typed(write: str, *, options: bool = False, token: bool = True, only: int | None = None) -> Any:
            fields, sent = [], []
            for f in form.fields:
                if f.kind == "hidden" and f.name == "csrfmiddlewaretoken":
                    fields += [(f.name, f.value)] if token else []
                elif f.is_text or (options and f.kind != "file"):
                    if only is not None and len(sent) >= only:
                        continue
                    number = self._number(form, f)
                    sent.append(number)
                    fields.append((f.name, _written(write, number)))
                elif f.kind in ("radio", "select", "hidden", "button"):
                    fields += [(f.name, f.options[-1] if f.options else f.value)]
            return fields, [], sent

        yield *typed("{}"), ""
        yield *typed("Mijn nummer is {}, kunt u mij helpen?"), ""
        yield *typed("{}", options=True), ""
        yield *typed("{}"), "headers" if any(f.is_text for f in form.fields) else ""
        extra, _, sent = typed("{}")
        number = self._number(form, Field("onbekend", "text"))
        yield [*extra, ("onbekend_veld", number), (f"veld{number}", "1")], [], [*sent, number], "query"
        if form.method == "POST":
            yield *typed("{}", options=True, token=False), ""
            yield from self._files(form, typed)
        if self.quick:
            return
        yield *typed("spaced"), ""
        yield *typed("dotted"), ""
        yield *typed("{}", only=1), ""
        yield *typed("long"), ""
        fields, _, sent = typed("{}")
        yield [*fields, *fields], [], sent, ""
        if form.method == "POST":
            yield *typed("KAN\0{}KAN"), "bytes"
            yield *typed("{}"), "json"
            yield *typed("{}"), "broken json"
            for method in ("PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"):
                yield *typed("{}"), f"method {method}"
            yield [*fields, *((f"veld{n}", number) for n in range(1100))], [], [*sent, number], ""
            yield [*fields, ("groot", f"{number} " * (MAX_BODY // 10))], [], [*sent, number], ""

    def _files(self, form: Form, typed: Any) -> Iterator[tuple[Fields, list[tuple[str, Upload]], list[str], str]]:
        """Files of many kinds, the number in their name and inside; also where no file was asked for."""
        names = [f.name for f in form.fields if f.kind == "file"]
        kinds = list(_FILES) if names else ["csv"]
        for kind in kinds[:2] if self.quick else kinds:
            fields, _, sent = typed("{}")
            number = self._number(form, Field(names[0] if names else "bestand", "file"))
            upload = _file(kind, number)
            yield fields, [(name, upload) for name in names or ["bestand"]], [*sent, number], ""
            if not self.quick:
                # A number of its own: the file before may have been kept, and its name stands on the page by right.
                number = self._number(form, Field(names[0] if names else "bestand", "file"))
                upload = _file(kind, number)
                yield fields, [(name, upload) for name in names or ["bestand"]], [*sent, number], "cut off"

    def _valid(self, form: Form, turn: int) -> tuple[Fields, list[tuple[str, Upload]], list[str], str]:
        """Sensible answers, so that something really happens; the number of a person where one is asked for."""
        fields: Fields = []
        uploads: list[tuple[str, Upload]] = []
        sent: list[str] = []
        chosen = {f.name for f in form.fields if f.kind == "button"}
        for f in form.fields:
            if f.kind == "hidden":
                fields.append((f.name, f.value))
            elif f.kind == "file":
                number = self._number(form, f)
                sent.append(number)
                uploads.append((f.name, _file("pdf" if turn % 2 == 0 else "png", number, honest=True)))
            elif f.kind in ("radio", "select"):
                options = [o for o in f.options if o] or [""]
                fields.append((f.name, options[0] if turn == 0 else self.rng.choice(options)))
            elif f.kind == "checkbox":
                if turn % 3 != 2:
                    fields.append((f.name, f.options[0]))
            elif f.kind == "button":
                if f.name in chosen:
                    buttons = [x.value for x in form.fields if x.kind == "button" and x.name == f.name]
                    fields.append((f.name, buttons[turn % len(buttons)]))
                    chosen.discard(f.name)
            else:
                text, numbers = self._sensible(form, f, turn)
                fields.append((f.name, text))
                sent += numbers
        return fields, uploads, sent, ""

    def _sensible(self, form: Form, f: Field, turn: int) -> tuple[str, list[str]]:
        name = f.name.lower()
        if "bsn" in name or "burgerservice" in name:
            several = self.flock.residents if turn % 2 == 0 else self.flock.strangers
            person = self.own[0] if self.own and turn == 4 else self.rng.choice(several)
            if f.kind == "textarea":
                persons = self.rng.sample(several, min(3, len(several)))
                return "\n".join(persons), persons
            return (person if turn != 3 else f"{person[:4]} {person[4:6]} {person[6:]}"), [person]
        if f.kind in ("date", "month"):
            return (_BY_KIND[f.kind] if "geboorte" in name else f.value or _RECENT[f.kind]), []
        for pattern, text in _SENSIBLE:
            if re.search(pattern, name):
                return text.format(lhnr=self.lhnr), []
        if f.kind in ("number", "email", "tel"):
            return _BY_KIND[f.kind], []
        if f.kind == "textarea" or re.search(r"toelicht|reden|waarom|tekst|vraag|moeilijk|lukt|hulp|bericht", name):
            number = self._number(form, f)
            return f"Mijn burgerservicenummer is {number}. Ik hoor graag van u.", [number]
        return f.value or ("Merel Vink" if turn % 2 == 0 else "Een antwoord"), []

    def _number(self, form: Form, f: Field) -> str:
        return self.flock.type_in(f"{route_of(form.action)} {f.name} ({self.role or 'a visitor'})")

    # --- Addresses that nobody gave out ----------------------------------------------------------------------------

    def stray(self, paths: list[str]) -> None:
        """Numbers in the address itself, in the query, in headers; wrong methods; and hosts that are not ours."""
        for path in paths:
            route = route_of(path)
            number = self.flock.type_in(f"the address of {route}")
            self.go("GET", f"{path}?bsn={number}&q=Mijn%20nummer%20is%20{number}&next=/{number}/", sent=[number])
            if self.quick:
                continue
            headers = {"X-Bsn": number, "User-Agent": number, "Cookie": f"sessionid={number}; csrftoken={number}"}
            self.go("GET", path, sent=[number], headers=headers)
            for method in ("POST", "PUT", "DELETE", number):
                self.go(method, path, sent=[number], body=f"bsn={number}".encode())
            self.go("GET", f"{path.rstrip('/')}?bsn={number}", sent=[number])
            self.go("GET", f"{path}{number}/", sent=[number])
        for path in ("/{}/", "/burger/{}/", "/static/{}.js", "/api/v1/{}", "/a/{}?b={}", "/..;/{}", "/%00{}", "/%ff{}"):
            number = self.flock.type_in("an address that does not exist")
            for method in ("GET", "POST"):
                self.go(method, path.format(number, number), sent=[number], body=number.encode())
        number = self.flock.type_in("the name of the host")
        self.go("GET", "/", sent=[number], headers={"Host": f"{number}.example"})
        self.go("GET", "/?" + quote("x" * 9_000 + number), sent=[number])


_SENSIBLE = (
    (r"geboorte", "01-05-1990"),
    (r"datum|_op$|_vanaf$|vanaf|tot$|einde|begin|dag$|peil", "01-10-2026"),
    (r"postcode", "1211 AB"),
    (r"telefoon", "0612345678"),
    (r"mail", "merel@voorbeeld.invalid"),
    (r"gemeente", "GM0402"),
    (r"lhnr|loonheffing", "{lhnr}"),
    (r"kvk|uitlener", "00000003"),
    (r"^code$", ""),
    (r"uren", "20"),
    (r"dagen", "4"),
    (r"percentage|tempo|kwaliteit|netto|aantal|loon", "60"),
    (r"kenmerk", "2026-17"),
    (r"naam", "Merel Vink"),
)
_RECENT = {"date": "2026-10-01", "month": "2026-10"}
_BY_KIND = {
    "number": "4",
    "date": "1990-05-01",
    "month": "2026-10",
    "email": "m@voorbeeld.invalid",
    "tel": "0612345678",
}


def _written(write: str, number: str) -> str:
    if write == "spaced":
        return f" {number[:4]} {number[4:6]} {number[6:]} "
    if write == "dotted":
        return f"{number[:4]}.{number[4:6]}.{number[6:]}"
    if write == "long":
        return f"{number} " * 2_000
    return write.format(number)


def _local(location: str) -> str | None:
    return location if location.startswith("/") and not location.startswith("//") else None


# --- Files ---------------------------------------------------------------------------------------------------------

_PDF = """%PDF-1.4
1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj
3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 300]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>endobj
4 0 obj<</Length 60>>stream
BT /F1 12 Tf 20 200 Td (BSN {}) Tj ET
endstream endobj
5 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>endobj
trailer<</Root 1 0 R/Info<</Title({})>>>>
%%EOF
"""
_PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c4944415408d763f8cfc000000301010018dd8db0"
)
_FILES: dict[str, tuple[str, str]] = {
    "pdf": ("application/pdf", _PDF),
    "csv": ("text/csv", "bsn;naam\n{};Merel\n{};Vink\n"),
    "json": ("application/json", '{{"bsn": "{}", "n": {}}}'),
    "xml": ("text/xml", "<?xml version='1.0'?><a><bsn>{}</bsn><b>{}</b></a>"),
    "html": ("text/html", "<script>alert('{}')</script>{}"),
    "exe": ("application/octet-stream", "MZ\x00\x00{} {}"),
    "pdf dat geen pdf is": ("application/pdf", "MZ {} {}"),
    "leeg": ("application/pdf", ""),
}


def _file(kind: str, number: str, *, honest: bool = False) -> Upload:
    """A file of this kind with the number in its name and inside."""
    name = f"brief {number}.{kind[:4].strip()}"
    if kind == "png":
        inside = b"\0\0\0\x15tEXtComment\0" + number.encode()
        return Upload(name, _PNG + inside + b"\0\0\0\0\0\0\0\0IEND\xaeB`\x82", "image/png")
    mime, content = _FILES[kind]
    filename = name if honest or kind != "html" else f"../../{name}"
    return Upload(filename, content.format(number, number).encode(), mime)


def _multipart(fields: Fields, uploads: list[tuple[str, Upload]]) -> bytes:
    parts = [
        f'--{_BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
        for name, value in fields
    ]
    for name, upload in uploads:
        head = f'Content-Disposition: form-data; name="{name}"; filename="{upload.filename}"\r\n'
        parts.append(f"--{_BOUNDARY}\r\n{head}Content-Type: {upload.kind}\r\n\r\n".encode() + upload.content + b"\r\n")
    return b"".join(parts) + f"--{_BOUNDARY}--\r\n".encode()
