"""Bulletins of the guarantors' ledgers, 2017 to 2021, as news agencies quote the Russian Ministry of Defence."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from goodoffices.ceasefire.ledgers import reconcile
from goodoffices.formats.event_tables.reader import ledger_days


def test_what_each_ledger_says(shared: Path) -> None:
    bulletins = ledger_days(shared / "ceasefire" / "dual_ledgers.csv")
    found = reconcile(bulletins, "Russia", "Turkey")
    assert len(found.days) == 32
    assert (found.first.total, found.second.total) == (391, 331)
    assert (found.higher, found.lower, found.equal) == (21, 9, 2)
    assert (found.second.checked_days, found.second.checked) == (15, 172)
    assert (found.second.confirmed, found.second.explained, found.second.not_confirmed) == (3, 1, 168)
    assert found.links == "not possible"


def test_the_twenty_days_of_2017_by_governorate(shared: Path) -> None:
    bulletins = ledger_days(shared / "ceasefire" / "dual_ledgers.csv")
    found = reconcile(bulletins, "Russia", "Turkey", first_day=date(2017, 1, 1), last_day=date(2017, 12, 31))
    areas = ("Damascus", "Latakia", "Hama", "Daraa", "Aleppo", "Homs", "Quneitra", "Idlib")
    assert len(found.days) == 20
    assert [found.first.by_area.get(area, 0) for area in areas] == [98, 50, 42, 14, 12, 1, 1, 0]
    assert [found.second.by_area.get(area, 0) for area in areas] == [33, 2, 28, 17, 15, 10, 0, 12]
    assert (found.first.total, found.first.unplaced) == (218, 0)
    assert (found.second.total, found.second.unplaced) == (185, 68)
    assert found.second.only_here == ("Idlib",)


def test_a_stated_zero_is_not_silence(shared: Path) -> None:
    bulletins = ledger_days(shared / "ceasefire" / "dual_ledgers.csv")
    [day] = [one for one in reconcile(bulletins, "Russia", "Turkey").days if one.day == date(2017, 1, 23)]
    assert (day.first, day.second) == ("9", "stated as none")


def test_parts_that_do_not_add_up_are_shown_and_not_repaired(shared: Path) -> None:
    bulletins = ledger_days(shared / "ceasefire" / "dual_ledgers_faulty.csv")
    [turkey] = [one for one in bulletins if one.ledger == "Turkey"]
    assert (sum(turkey.parts.values()), turkey.total, turkey.difference) == (93, 82, -11)
