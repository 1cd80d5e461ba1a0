"""The body of a form with files in it, as browsers write it; its parts are divided by ``edge``."""

from __future__ import annotations

from collections.abc import Mapping


def multipart(fields: Mapping[str, str], *files: tuple[str, str, bytes]) -> bytes:
    """Return the body of a form with fields and files: the name of its field, what it is called, what is in it."""
    parts = [
        f'--edge\r\nContent-Disposition: form-data; name="{key}"\r\n\r\n{text}\r\n'.encode()
        for key, text in fields.items()
    ]
    for name, called, data in files:
        called = called.replace("\\", "\\\\").replace('"', "%22")
        head = f'--edge\r\nContent-Disposition: form-data; name="{name}"; filename="{called}"\r\n\r\n'.encode()
        parts += [head, data, b"\r\n"]
    return b"".join([*parts, b"--edge--\r\n"])
