"""The composition root: settings in, a node out. The only place that knows every feature."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property
from threading import Thread
from typing import TYPE_CHECKING, Final

import msgspec

from comity.accounts import service as _accounts  # noqa: F401 - its tables are declared by importing it
from comity.alerts import jobs as alerts_jobs
from comity.catalogue import messages, regimes, sources
from comity.filtering import jobs as filtering_jobs
from comity.infra import jobs, ledger, migrations
from comity.infra import settings as settings_
from comity.infra import work as work_
from comity.infra.blobs import Blobs
from comity.infra.database import Database
from comity.infra.keys import Keys
from comity.infra.settings import SettingsInvalid
from comity.kit.catalogue import discover
from comity.kit.clock import Clock, SystemClock
from comity.kit.errors import Conflict
from comity.lists import jobs as lists_jobs
from comity.lists import service as lists
from comity.lists.model import Source
from comity.model.actor import NODE, Purpose
from comity.model.permission import Permission
from comity.portfolios import jobs as portfolios_jobs
from comity.screening import jobs as screening_jobs

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping
    from pathlib import Path
    from threading import Event

    from comity.alerts import service as alerts
    from comity.filtering import service as filtering
    from comity.filtering.model import Regime
    from comity.filtering.service import Stands
    from comity.infra.ledger import Checkpoint
    from comity.infra.settings import DatabaseSettings, NodeSettings, Settings
    from comity.infra.work import Work
    from comity.infra.worker import Handler
    from comity.lists.model import Edition
    from comity.model.actor import Actor
    from comity.portfolios import service as portfolios
    from comity.screening import service as screening
    from comity.screening.model.profile import Profile
    from comity.screening.model.release import Trials


LEFTOVERS_KEPT: Final = timedelta(days=1)
"""Another process may still be writing a file that is younger."""

JOBS_KEPT: Final = timedelta(days=90)
"""How long ended jobs are shown; what they did is in the ledger for ever."""


BINDINGS: Final = "bindings.toml"
"""The file in the node's home that says which regimes bind it."""


class NodeExists(Conflict):
    """There is a node in this home already."""

    code = "node.exists"


@dataclass
class Node:
    """One authority's node: its home, settings, database, keys, files and catalogues."""

    home: Path
    settings: Settings
    clock: Clock

    @cached_property
    def database(self) -> Database:
        """The node's database."""
        url = self.settings.database.url
        return Database(url) if url else Database.embedded(self.home / "node.sqlite3")

    @cached_property
    def blobs(self) -> Blobs:
        """Raw files, by the hash of their content."""
        return Blobs(self.home / "blobs")

    @cached_property
    def keys(self) -> Keys:
        """The node's secret keys."""
        return Keys(self.home / "keys")

    @cached_property
    def sources(self) -> Mapping[str, Source]:
        """Every official list that this node can read."""
        return discover(sources, "SOURCE", Source)

    @cached_property
    def regimes(self) -> Mapping[str, Regime]:
        """Every body of law that this node knows."""
        from comity.filtering.model import Regime  # noqa: PLC0415 - a tenth of a second, for whoever decides about payments

        return discover(regimes, "REGIME", Regime)

    @cached_property
    def desk(self) -> lists.Desk:
        """What loading an edition needs; the register follows every edition that comes into force. Raises `SettingsInvalid`."""
        for place, name in enumerate(self.settings.lists.disabled):
            if name not in self.sources:
                raise SettingsInvalid(f"node.toml: lists.disabled[{place}]: there is no list called {name!r}.")
        return lists.Desk(sources=self.sources, blobs=self.blobs, follow=self._follow)

    @cached_property
    def handlers(self) -> Mapping[str, Handler]:
        """What this node does in the background, by kind of job."""
        place = _Place(self)
        return {
            **lists_jobs.handlers(place),
            **screening_jobs.handlers(place),
            **alerts_jobs.handlers(place),
            **filtering_jobs.handlers(place),
            **portfolios_jobs.handlers(place),
        }

    @cached_property
    def screening(self) -> screening.Place:
        """What screening needs: the lists, and where its index is kept."""
        from comity.screening import service as screening  # noqa: PLC0415 - a quarter of a second, for whoever screens

        return screening.Place(
            self.desk, self.home / "screening", deciders=screening.Deciders(self._tried, self._opened)
        )

    @cached_property
    def office(self) -> alerts.Office:
        """What deciding alerts needs: the lists, and when the office works. Raises `CalendarUnfit`."""
        from comity.alerts import service as alerts  # noqa: PLC0415 - the same
        from comity.alerts.model.practice import Calendar  # noqa: PLC0415 - the same

        return alerts.Office(self.desk, Calendar(**msgspec.structs.asdict(self.settings.alerts)))

    @cached_property
    def filtering(self) -> filtering.Place:
        """What screening payments needs: the lists, the kinds of messages, who decides, and which law binds."""
        from comity.filtering import service as filtering  # noqa: PLC0415 - the same
        from comity.payments.model import MessageKind  # noqa: PLC0415 - the same

        kinds = discover(messages, "MESSAGE", MessageKind)
        return filtering.Place(self.screening, kinds, self.office, lambda: self._stands)

    @cached_property
    def _stands(self) -> Stands | None:
        """Where the institution stands in payments; None if nobody has said so. Raises `BindingsInvalid`, `BranchUnknown`."""
        from comity.filtering.model import Law, binding  # noqa: PLC0415 - the same
        from comity.filtering.service import Stands  # noqa: PLC0415 - the same

        file, said = self.home / BINDINGS, self.settings.payments
        if not said.branch or not file.exists():
            return None
        bindings = binding.read(file.read_text(encoding="utf-8"), self.regimes)
        bindings.country(said.branch)
        return Stands(Law(regimes=self.regimes, bindings=bindings), said.branch, frozenset(said.bics))

    @cached_property
    def books(self) -> portfolios.Books:
        """What portfolios need: where screening asks, where alerts are decided, and a folder of their own."""
        from comity.portfolios import service as portfolios  # noqa: PLC0415 - the same

        return portfolios.Books(self.screening, self.office, self.home / "portfolios")

    def _tried(self, work: Work, profile: Profile) -> Trials:
        from comity.alerts import service as alerts  # noqa: PLC0415 - a tenth of a second, for whoever releases a profile

        return alerts.tried(work, profile)

    def _opened(self, work: Work, screening_id: str) -> str:
        from comity.alerts import service as alerts  # noqa: PLC0415 - the same, for whoever looks at an answer

        return alerts.opened(work, screening_id)

    def _follow(self, work: Work, edition: Edition, references: Collection[str]) -> int:
        from comity.register import service as register  # noqa: PLC0415 - a tenth of a second, for commands that load nothing

        return register.follow(work, self.desk.source(edition.source), edition.source, references)

    @contextmanager
    def work(
        self,
        actor: Actor,
        permission: Permission,
        purpose: Purpose = Purpose.SANCTIONS_IMPLEMENTATION,
        *,
        write: bool = True,
    ) -> Iterator[Work]:
        """Begin a unit of work on this node."""
        with work_.begin(
            self.database, self.clock, actor=actor, purpose=purpose, permission=permission, write=write
        ) as work:
            yield work
            if screening_jobs.CHANGING & work.recorded:
                screening_jobs.order(work)
                filtering_jobs.order_look_back(work)
            if alerts_jobs.VOUCHING in work.recorded:
                alerts_jobs.order(work)
            if filtering_jobs.SETTLING & work.recorded:
                filtering_jobs.order_settling(work)
            if (screening_jobs.CHANGING | portfolios_jobs.RELEASED) & work.recorded:
                portfolios_jobs.order(work)

    def prepare(self) -> None:
        """Bring the database to the shape that this version needs. Raises `DatabaseNewer`."""
        migrations.upgrade(self.database)

    def publish(self) -> Checkpoint:
        """Publish the ledger's new entries, and return the checkpoint in force."""
        return ledger.publish(self.database, self.home / "ledger", self.keys.log)

    def tidy(self) -> None:
        """Remove the files that killed processes left half-written, and the jobs that ended long ago."""
        now = self.clock.now()
        self.blobs.tidy(now - LEFTOVERS_KEPT)
        with self.database.transaction(write=True) as connection:
            jobs.forget(connection, now - JOBS_KEPT)

    def labour(self, stop: Event) -> None:
        """Tidy up, then follow the publishers and do what people order, until told to stop.

        What waits for somebody else's server has a worker of its own, so that nobody here waits for that.
        """
        from comity.infra.worker import Worker  # noqa: PLC0415 - by the one process that serves

        self.tidy()
        with self.work(NODE, Permission.OPERATE, Purpose.OPERATION) as work:
            disabled = self.settings.lists.disabled
            lists.order(work, self.desk, [id_ for id_ in self.desk.lists if id_ not in disabled], first=True)
            portfolios_jobs.begin(work)
        lanes = (self.handlers.keys() - lists_jobs.AFAR, lists_jobs.AFAR)
        near, far = (Worker(self.database, self.clock, {kind: self.handlers[kind] for kind in lane}) for lane in lanes)
        waiting = Thread(target=far.run, args=(stop,), name="worker for others' servers", daemon=True)
        waiting.start()  # a process that ends does not wait for it: what it had begun is leased again
        near.run(stop)

    def close(self) -> None:
        """Let go of the database."""
        self.database.close()


class _Place:
    """A node as the place where jobs run: every work is the node's own, and the ledger is published after it."""

    def __init__(self, node: Node) -> None:
        self._node = node
        self.home = node.home
        self.desk = node.desk
        self.screening = node.screening
        self.filtering = node.filtering
        self.books = node.books
        self.timeout_s = float(node.settings.lists.timeout_s)

    @contextmanager
    def work(self, permission: Permission, *, write: bool = True) -> Iterator[Work]:
        """Begin a unit of work of the node itself."""
        with self._node.work(NODE, permission, Purpose.OPERATION, write=write) as work:
            yield work
        if write:
            self._node.publish()


def init(home: Path, settings: NodeSettings, database: DatabaseSettings | None = None) -> Node:
    """Create a node in a home: its settings, its keys and its tables. Raises `NodeExists`."""
    if (home / settings_.FILE).exists():
        raise NodeExists(f"There is a node in {home} already.")
    home.mkdir(parents=True, exist_ok=True)
    Keys.create(home / "keys")
    settings_.write(home, settings, database)
    node = open_node(home)
    node.prepare()
    with node.work(NODE, Permission.OPERATE, Purpose.OPERATION) as work:
        work.record("node.created", country=settings.country, node_kind=settings.kind)
    node.publish()
    return node


def open_node(home: Path, clock: Clock | None = None) -> Node:
    """Open the node in a home. Raises `NodeAbsent`, `SettingsInvalid`."""
    return Node(home=home, settings=settings_.load(home), clock=clock or SystemClock())
