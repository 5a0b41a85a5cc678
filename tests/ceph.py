"""What Ceph's gateway keeps objects in: a monitor and one store, in memory but for the monitor's few megabytes.

The daemons trust each other; nobody else reaches them.
"""

from __future__ import annotations

import os
import subprocess
import uuid
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import Final, Self

from tests.processes import ProcessGroup, free_port, wait_until

TIMEOUT_S: Final = 90

_ENV: Final = {"PATH": os.environ["PATH"]}
_CONFIGURATION: Final = """
[global]
fsid = {fsid}
mon host = [v1:127.0.0.1:{mon_port}]
mon initial members = a
auth cluster required = none
auth service required = none
auth client required = none
osd pool default size = 1
osd pool default min size = 1
osd pool default pg num = 1
osd crush chooseleaf type = 0
mon allow pool size one = true
mon data avail crit = 0
ms bind ipv4 = true
public addr = 127.0.0.1
cluster addr = 127.0.0.1
run dir = {folder}
admin socket = {folder}/$name.asok
log file = {folder}/$name.log
mon data = {folder}/mon
osd data = {folder}/osd
osd objectstore = memstore
memstore device bytes = 1073741824
osd crush update on start = false
osd class update on start = false
osd client watch timeout = 5
keyring = {folder}/keyring
"""


class Ceph:
    """``with Ceph(folder, gateway) as ceph`` runs the daemons; ``gateway`` is the part of the configuration for it."""

    def __init__(self, folder: Path, gateway: str) -> None:
        self.folder = folder
        self._configuration = folder / "ceph.conf"
        self._fsid = str(uuid.uuid4())
        self._mon_port = free_port()
        self._gateway = gateway
        self._daemons = ExitStack()

    def run(self, program: str, *arguments: str) -> None:
        """Run one of Ceph's programs to its end.

        Raises:
            subprocess.CalledProcessError: it failed; its notes hold what it complained of.
        """
        command = [program, "-c", str(self._configuration), *arguments]
        try:
            subprocess.run(command, env=_ENV, check=True, capture_output=True, text=True, timeout=TIMEOUT_S)
        except subprocess.CalledProcessError as error:
            error.add_note(error.stderr)
            raise

    def daemon(self, program: str, *arguments: str) -> ProcessGroup:
        """Start one of Ceph's daemons, whose last words go to a file of its name."""
        command = [program, "-c", str(self._configuration), *arguments, "-f"]
        return ProcessGroup(command, env=_ENV, log=self.folder / f"{program}.out")

    def __enter__(self) -> Self:
        with ExitStack() as daemons:  # a start that fails leaves nothing behind
            self._configure()
            self._start_monitor(daemons)
            self._start_store(daemons)
            self._daemons = daemons.pop_all()
        return self

    def __exit__(self, *_: object) -> None:
        self._daemons.close()

    def _configure(self) -> None:
        told = _CONFIGURATION.format(folder=self.folder, fsid=self._fsid, mon_port=self._mon_port)
        self._configuration.write_text(told + self._gateway)
        for name in ("mon", "osd"):
            (self.folder / name).mkdir()

    def _start_monitor(self, daemons: ExitStack) -> None:
        keyring, monmap = str(self.folder / "keyring"), str(self.folder / "monmap")
        self.run("ceph-authtool", "--create-keyring", keyring, "--gen-key", "-n", "mon.", "--cap", "mon", "allow *")
        at = f"[v1:127.0.0.1:{self._mon_port}]"
        self.run("monmaptool", "--create", "--addv", "a", at, "--fsid", self._fsid, monmap)
        self.run("ceph-mon", "--mkfs", "-i", "a", "--monmap", monmap, "--keyring", keyring)
        daemons.callback(self.daemon("ceph-mon", "-i", "a").kill)

    def _start_store(self, daemons: ExitStack) -> None:
        store_id = str(uuid.uuid4())
        self._insist("osd", "new", store_id, "0")
        # It would say so itself when it starts, and give up where it is faster than the monitor's first answer.
        self._insist("osd", "crush", "add", "osd.0", "1.0", "root=default", "host=here")
        self.run("ceph-osd", "-i", "0", "--mkfs", "--osd-uuid", store_id)
        daemons.callback(self.daemon("ceph-osd", "-i", "0").kill)

    def _insist(self, *wish: str) -> None:
        """Tell the monitor, again and again: for a moment after its start it refuses everything."""

        def heeded() -> bool:
            with suppress(subprocess.CalledProcessError):
                self.run("ceph", *wish)
                return True
            return False

        wait_until(heeded, TIMEOUT_S, f"ceph {' '.join(wish)}")
