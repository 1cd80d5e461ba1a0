"""The body of a form with a file in it, as browsers write it; its parts are divided by ``edge``."""

from __future__ import annotations

from collections.abc import Mapping


def multipart(fields: Mapping[str, str], file: tuple[str, str, bytes]) -> bytes:
    """Return the body of a form with fields and one file: the name of its field, what it is called, what is in it."""
    name, called, data = file
    called = called.replace("\\", "\\\\").replace('"', "%22")
    parts = [
        f'--edge\r\nContent-Disposition: form-data; name="{key}"\r\n\r\n{text}\r\n'.encode()
        for key, text in fields.items()
    ]
    head = f'--edge\r\nContent-Disposition: form-data; name="{name}"; filename="{called}"\r\n\r\n'.encode()
    return b"".join([*parts, head, data, b"\r\n--edge--\r\n"])
