"""Commands on packages: put, close and reopen them. Nothing in a package is agreed until all of it is closed."""

from __future__ import annotations

from goodoffices.data_class import dataclass
from goodoffices.talks.base.acts import Content, Ref, faces
from goodoffices.talks.base.states import Face
from goodoffices.talks.model.packages import Package, dangling
from goodoffices.talks.state.command_context import Command, CommandContext
from goodoffices.talks.state.known_decisions import KnownPackage


@dataclass(frozen=True, slots=True, kw_only=True)
class PutPackage(Command):
    """Put a package of options and steps, or of clauses of a version that they hold, to some seats.

    Nothing in a package is agreed until all of it is. Its clauses stay at *agreed ad referendum* until you close it.
    """

    package: Package
    to: tuple[str, ...]
    version: str | None = None
    clauses: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ClosePackage(Command):
    """Close a package of yours. Everything in it is agreed from now on."""

    package: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReopenPackage(Command):
    """Reopen a closed package of yours. Nothing in it is agreed any more."""

    package: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PackagePut(Content):
    """A package was put to the seats named."""

    FACES = {
        Face.SELF: ("package", "put", "version", "clauses", "to"),
        Face.ALL: ("package", "put", "version", "clauses"),
    }
    NEW = {"package": "z"}
    REFS = ("version", "clauses")

    package: Ref
    put: Package
    to: tuple[str, ...] = ()
    version: Ref | None = None
    clauses: tuple[Ref, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PackageClosed(Content):
    """A package was closed: everything in it is agreed."""

    FACES = faces("package")
    REFS = ("package",)

    package: Ref


@dataclass(frozen=True, slots=True, kw_only=True)
class PackageReopened(Content):
    """A package was reopened: nothing in it is agreed any more."""

    FACES = faces("package")
    REFS = ("package",)

    package: Ref


def put_package(context: CommandContext, command: PutPackage) -> None:
    """Put a package to the seats named. Refused unless its options are on the agenda and its obligors are known.

    Conditions that refer to something outside the package are allowed, and shown as faults of the package.
    """
    to = context.known_seats(command.to)
    options = {
        issue.slug: {o.slug for o in issue.options} for basket in context.known.agenda for issue in basket.issues
    }
    for picked in command.package.picked:
        if picked.option not in options.get(picked.slug, ()):
            case, slug = ("option", picked.option) if picked.slug in options else ("issue", picked.slug)
            raise context.refuse("unknown", case=case, slug=slug)
    context.known_actors([who for step in command.package.steps for who in step.obligors])
    if not command.package.members and not command.clauses:
        raise context.refuse("bad_value", why="The package is empty. Put at least one option, step or clause into it.")
    version, clauses = _clauses(context, command, to)
    context.tell(PackagePut(package=context.new(), put=command.package, to=to, version=version, clauses=clauses), to)


def _clauses(context: CommandContext, command: PutPackage, to: tuple[str, ...]) -> tuple[Ref | None, tuple[Ref, ...]]:
    """Return the version and its clauses in the package. Refused unless all recipients hold the version."""
    if command.version is None:
        if command.clauses:
            raise context.refuse("bad_value", why="Clauses are named without their version. Name the version.")
        return None, ()
    thing, version = context.find(command.version, context.known.versions)
    if not set(command.clauses) <= set(version.clauses):
        raise context.refuse("unknown", case="clause", handle=command.version)
    if not set(to) <= set(version.released_to):
        raise context.refuse("not_released", case="clauses", handle=command.version)
    return thing, context.ids(command.clauses)


def close_package(context: CommandContext, command: ClosePackage) -> None:
    """Close a package and tell the seats that know of it. Refused while a condition or a bracket is open."""
    thing, held = _own(context, command.package)
    if held.closed:
        raise context.refuse("done", case="package_closed", handle=command.package)
    open_ends = dangling(held.put, held.put.members)
    if open_ends:
        raise context.refuse("dangling_condition", what=open_ends[0][0], needs=open_ends[0][1])
    version = context.known.versions.get(held.version or "")
    still_open = () if version is None else tuple(version.open_in(held.clauses))
    if still_open:
        raise context.refuse("bracketed", clauses=", ".join(still_open))
    context.tell(PackageClosed(package=thing), context.seen_by(thing))


def reopen_package(context: CommandContext, command: ReopenPackage) -> None:
    """Reopen a package and tell the seats that know of it. Refused unless the asking seat put it."""
    thing, held = _own(context, command.package)
    if not held.closed:
        raise context.refuse("done", case="package_open", handle=command.package)
    context.tell(PackageReopened(package=thing), context.seen_by(thing))


def _own(context: CommandContext, handle: str) -> tuple[Ref, KnownPackage]:
    thing, held = context.find(handle, context.known.packages)
    if held.by != context.seat:
        raise context.refuse("not_yours", case="package", handle=handle)
    return thing, held
