"""A small server beside the desk from which devices of a hall fetch the venue's root certificate, over plain http.

Everything it gives is public: one page in each language, and the certificate. It reads nothing and keeps nothing.
"""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Iterator, Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from markupsafe import Markup

from goodoffices.errors import StorageError
from goodoffices.reports.messages.catalogues import LANGUAGES, catalogue_for
from goodoffices.service.open_record import view_of_nobody
from goodoffices.service.venue_certificate import Certificate
from goodoffices.web.http.static_files import FONTS, Static
from goodoffices.web.render.localize import Localizer
from goodoffices.web.render.render import environment

ROOT = "/goodoffices-root.crt"
_LONGEST_WAIT = 5
_POLICY = "default-src 'none'; style-src 'self'; font-src 'self'; img-src 'self'; base-uri 'none'"
Answers = Mapping[str, tuple[str, bytes]]


def answers_for(certificate: Certificate, desk: str) -> Answers:
    """Return what is given at each path: its type and its bytes. ``desk`` is the address of the desk itself."""
    assert certificate.root is not None
    made: dict[str, tuple[str, bytes]] = {ROOT: ("application/x-x509-ca-cert", certificate.root.read_bytes())}
    for name in ("app.css", "fonts.css", "sprite.svg", *FONTS):
        made[Static.address(name)] = Static.content(name)
    for language in LANGUAGES:
        t = Localizer(catalogue_for(language), view_of_nobody())
        body = Markup(  # noqa: S704 - a template escapes
            environment()
            .get_template("trust.html")
            .render(t=t, root=ROOT, desk=desk, fingerprint=certificate.fingerprint, languages=LANGUAGES)
        )
        page = environment().get_template("plain.html").render(t=t, title=t("Trust this desk"), body=body)
        made[f"/{language}"] = ("text/html; charset=utf-8", page.encode())
    return {**made, "/": made["/en"]}


def _handler(answers: Answers) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        timeout = _LONGEST_WAIT

        def do_GET(self) -> None:
            found = answers.get(self.path)
            kind, data = found or ("text/plain; charset=utf-8", b"There is nothing here.\n")
            self.send_response(200 if found else 404)
            for name, value in (
                ("content-type", kind),
                ("content-length", str(len(data))),
                ("cache-control", "no-store"),
                ("content-security-policy", _POLICY),
                ("x-content-type-options", "nosniff"),
                ("connection", "close"),
            ):
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(data)

        def version_string(self) -> str:
            return "-"

        def log_message(self, format: str, *args: object) -> None:
            """Log nothing."""

    return Handler


@contextlib.contextmanager
def trust_page(host: str, port: int, answers: Answers) -> Iterator[int]:
    """Serve the page while the block runs, and yield its port.

    Raises
    ------
    StorageError
        If the port cannot be used.
    """
    try:
        server = ThreadingHTTPServer((host, port), _handler(answers))
    except OSError as error:
        raise StorageError(
            f"{host} port {port}, where devices fetch the certificate, cannot be used: {error.strerror or error}; "
            "choose another --port"
        ) from error
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, name="trust-page", daemon=True)
    thread.start()
    try:
        yield int(server.server_address[1])
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
