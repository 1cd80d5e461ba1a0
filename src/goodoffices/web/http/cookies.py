"""The cookies of sessions: their names and attributes, over https and over plain http.

Over https a name begins with ``__Host-``, so that no other host and no plain page can set or read it. Over plain http
browsers refuse such names, so they are left out there.
"""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response


def cookie_name(key: str, *, is_secure: bool) -> str:
    """Return the name of the cookie for a seat, a record's start page or the list of records.

    Examples
    --------
    >>> cookie_name("ab12cd34", is_secure=True), cookie_name("desk", is_secure=False)
    ('__Host-go-ab12cd34', 'go-desk')
    """
    return f"__Host-go-{key}" if is_secure else f"go-{key}"


def cookie(request: Request, key: str, *, is_secure: bool) -> str:
    """Return the secret that a browser holds under ``key``; empty if it holds none."""
    return request.cookies.get(cookie_name(key, is_secure=is_secure), "")


def give_cookie(answer: Response, key: str, secret: str, *, is_secure: bool) -> None:
    """Give a browser the secret of a session."""
    name = cookie_name(key, is_secure=is_secure)
    answer.set_cookie(name, secret, path="/", httponly=True, samesite="strict", secure=is_secure)


def take_cookie(answer: Response, key: str, *, is_secure: bool) -> None:
    """Take the secret of a session from a browser."""
    name = cookie_name(key, is_secure=is_secure)
    answer.delete_cookie(name, path="/", httponly=True, samesite="strict", secure=is_secure)
