"""A browser without eyes: one role's session over plain HTTP, and the links and forms that stand on a page."""

import http.client
from dataclasses import dataclass, field, replace
from html.parser import HTMLParser
from http.cookies import CookieError, SimpleCookie
from typing import Final
from urllib.parse import urljoin, urlsplit

TIMEOUT = 120
MAX_PATH: Final = 4_000

TEXT_TYPES = frozenset({"text", "search", "email", "tel", "number", "date", "month", "url", "password", "time", ""})


@dataclass(frozen=True)
class Field:
    """One field of a form. `options` are the values that can be chosen; of a button, its own."""

    name: str
    kind: str
    value: str = ""
    options: tuple[str, ...] = ()

    @property
    def is_text(self) -> bool:
        """Whether one can type in it."""
        return self.kind in TEXT_TYPES or self.kind == "textarea"


@dataclass(frozen=True)
class Form:
    """A form as it stood on a page: `action` is a path on our own address."""

    action: str
    method: str
    fields: tuple[Field, ...]

    @property
    def multipart(self) -> bool:
        """Whether it asks for a file."""
        return any(f.kind == "file" for f in self.fields)


@dataclass(frozen=True)
class Answer:
    """What came back."""

    method: str
    path: str
    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes

    def header(self, name: str) -> str:
        """The last header of this name, or ''."""
        return next((value for key, value in reversed(self.headers) if key.lower() == name.lower()), "")

    @property
    def is_page(self) -> bool:
        """Whether it is HTML."""
        return self.header("Content-Type").startswith("text/html")


@dataclass
class Session:
    """One visitor: cookies are kept, redirects are not followed. Every answer goes past `seen`."""

    port: int
    cookies: dict[str, str] = field(default_factory=dict)
    set_cookies: list[str] = field(default_factory=list)
    _line: http.client.HTTPConnection | None = None

    def send(
        self, method: str, path: str, *, body: bytes | None = None, headers: dict[str, str] | None = None
    ) -> Answer:
        """One request. A connection that was closed meanwhile is opened once more."""
        sent = {"Accept": "text/html,*/*", "Accept-Encoding": "identity", **(headers or {})}
        if self.cookies and "Cookie" not in sent:
            sent["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        for last in (False, True):
            try:
                if self._line is None:
                    self._line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=TIMEOUT)
                self._line.putrequest(method, path, skip_host="Host" in sent, skip_accept_encoding=True)
                for name, value in sent.items():
                    self._line.putheader(name, value.encode("utf-8"))
                if body is not None:
                    self._line.putheader("Content-Length", str(len(body)))
                self._line.endheaders(body)
                got = self._line.getresponse()
                answer = Answer(method, path, got.status, tuple(got.getheaders()), got.read())
                break
            except (http.client.HTTPException, OSError) as error:
                self.close()
                if last:
                    # Refused before it was read: an answer too, and one that says nothing.
                    return Answer(method, path, 0, (), type(error).__name__.encode())
        for name, value in answer.headers:
            if name.lower() == "set-cookie":
                self._keep(value)
        return answer

    def _keep(self, text: str) -> None:
        self.set_cookies.append(text)
        try:
            jar = SimpleCookie(text)
        except CookieError:
            return
        for name, morsel in jar.items():
            if morsel["max-age"] == "0" or not morsel.value:
                self.cookies.pop(name, None)
            else:
                self.cookies[name] = morsel.value

    def close(self) -> None:
        """Hang up."""
        if self._line is not None:
            self._line.close()
            self._line = None


def own_path(base: str, link: str) -> str | None:
    """The path and query of a link on our own address, or None for another address."""
    parts = urlsplit(urljoin(f"http://127.0.0.1{base}", link))
    if parts.scheme != "http" or parts.hostname != "127.0.0.1" or len(parts.path) > MAX_PATH:
        return None
    return parts.path + (f"?{parts.query}" if parts.query else "")


class Page(HTMLParser):
    """The links and forms of a page, and the parts of it that re-show what was typed."""

    def __init__(self, path: str, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.path = path
        self.links: list[str] = []
        self.urls: list[str] = []
        self.forms: list[Form] = []
        self.typed_back: list[tuple[str, str]] = []
        self._form: Form | None = None
        self._fields: list[Field] = []
        self._area: tuple[str, list[str]] | None = None
        self._select: tuple[str, list[str]] | None = None
        self._text: list[str] = []
        self._skip = 0
        self.feed(text)
        self.close()

    @property
    def text(self) -> str:
        """What stands on the page outside the fields, attributes included."""
        return "\n".join(self._text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """An element begins."""
        a = {name: value or "" for name, value in attrs}
        self.urls += [a[name] for name in ("href", "src", "action", "formaction", "data-url") if name in a]
        typed = tag == "input" and a.get("type", "text").lower() not in ("submit", "button")
        self._text += [value for name, value in a.items() if not (typed and name == "value")]
        if tag == "a" and "href" in a and (path := own_path(self.path, a["href"])):
            self.links.append(path)
        elif tag == "form":
            action = own_path(self.path, a.get("action") or self.path) or self.path
            self._form, self._fields = Form(action, a.get("method", "get").upper(), ()), []
        elif tag == "input":
            self._input(a, typed)
        elif tag == "button" and a.get("name"):
            self._fields.append(Field(a["name"], "button", a.get("value", ""), (a.get("value", ""),)))
        elif tag == "textarea":
            self._area = (a.get("name", ""), [])
        elif tag == "select":
            self._select = (a.get("name", ""), [])
        elif tag == "option" and self._select:
            self._select[1].append(a.get("value", ""))

    def _input(self, a: dict[str, str], typed: bool) -> None:
        name, kind, value = a.get("name", ""), a.get("type", "text").lower(), a.get("value", "")
        if typed and value:
            self.typed_back.append((name, value))
        if not name:
            return
        if kind in ("radio", "checkbox"):
            for place, known in enumerate(self._fields):
                if known.name == name and known.kind == kind:
                    self._fields[place] = replace(known, options=(*known.options, value or "on"))
                    return
            self._fields.append(Field(name, kind, "", (value or "on",)))
        elif kind == "submit":
            self._fields.append(Field(name, "button", value, (value,)))
        else:
            self._fields.append(Field(name, kind, value))

    def handle_endtag(self, tag: str) -> None:
        """An element ends."""
        if tag == "textarea" and self._area:
            name, parts = self._area
            text = "".join(parts).removeprefix("\n")
            self._fields.append(Field(name, "textarea", text))
            self.typed_back.append((name, text))
            self._area = None
        elif tag == "select" and self._select:
            name, options = self._select
            self._fields.append(Field(name, "select", "", tuple(options)))
            self._select = None
        elif tag == "form" and self._form:
            self.forms.append(replace(self._form, fields=tuple(self._fields)))
            self._form = None

    def handle_data(self, data: str) -> None:
        """Text between elements."""
        if self._area:
            self._area[1].append(data)
        elif data.strip():
            self._text.append(data)

    def handle_comment(self, data: str) -> None:
        """A comment is part of the answer too."""
        self._text.append(data)
