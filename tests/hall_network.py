"""The network of a hall, made by the test itself: a server and several devices, each with an address of its own."""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass

import pytest

SERVER = "10.97.0.1"


@dataclass(frozen=True, slots=True)
class HallNetwork:
    """Network namespaces: one of the server, one of each device. Nothing of the computer's own network is touched."""

    server: str
    devices: tuple[str, ...]

    def within_server(self) -> tuple[str, ...]:
        return ("ip", "netns", "exec", self.server)

    def within(self, device: int) -> tuple[str, ...]:
        """Return the command by which a program is run on a device; devices are counted from 0."""
        return ("ip", "netns", "exec", self.devices[device])

    def address(self, device: int) -> str:
        return f"10.97.0.{device + 11}"

    def pull_cable(self, device: int) -> None:
        _ip("-n", self.server, "link", "set", f"cable{device}", "down")

    def plug_cable(self, device: int) -> None:
        _ip("-n", self.server, "link", "set", f"cable{device}", "up")
        _ip("-n", self.server, "route", "replace", self.address(device), "dev", f"cable{device}")


def _ip(*words: str) -> None:
    subprocess.run(["ip", *words], check=True, capture_output=True, text=True)


@contextlib.contextmanager
def hall_network(n_devices: int) -> Iterator[HallNetwork]:
    """Make the network for the length of a block; the test is skipped, saying so, where none may be made."""
    name = f"goodoffices{os.getpid()}"
    made = HallNetwork(f"{name}s", tuple(f"{name}d{n}" for n in range(n_devices)))
    if shutil.which("ip") is None:
        pytest.skip("no network can be made here (no program `ip`); test_hall.py uses several loopback addresses")
    try:
        _ip("netns", "add", made.server)
    except subprocess.CalledProcessError as error:
        pytest.skip(
            f"no network may be made here ({error.stderr.strip()}); test_hall.py uses several loopback addresses"
        )
    try:
        _ip("-n", made.server, "link", "set", "lo", "up")
        _ip("-n", made.server, "addr", "add", f"{SERVER}/32", "dev", "lo")
        for n, device in enumerate(made.devices):
            _ip("netns", "add", device)
            ends = ("peer", "name", "eth0", "netns", device)
            _ip("link", "add", f"cable{n}", "netns", made.server, "type", "veth", *ends)
            _ip("-n", device, "link", "set", "lo", "up")
            _ip("-n", device, "addr", "add", f"{made.address(n)}/32", "dev", "eth0")
            _ip("-n", device, "link", "set", "eth0", "up")
            _ip("-n", device, "route", "add", SERVER, "dev", "eth0")
            made.plug_cable(n)
        yield made
    finally:
        for one in (made.server, *made.devices):
            subprocess.run(["ip", "netns", "del", one], check=False, capture_output=True)
