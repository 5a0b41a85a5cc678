"""A real S3 server on loopback: Ceph's RADOS Gateway, all of it in memory but for the monitor's few megabytes.

Three programs make it: a monitor, one store of objects, and the gateway, which alone speaks S3 and can be stopped and
started again. The daemons trust each other; whoever speaks to the gateway needs the key.
"""

from __future__ import annotations

import os
import subprocess
import uuid
from contextlib import closing, suppress
from http import HTTPStatus
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from typing import Any, Final, Self

import boto3
from botocore.config import Config

from tests.processes import ProcessGroup, free_port, wait_until

ACCESS_KEY: Final = "aloud-tests"
SECRET_KEY: Final = "known-to-everybody-who-reads-this"
START_TIMEOUT_S: Final = 90

_ENV: Final = {"PATH": os.environ["PATH"]}

CONFIGURATION: Final = """
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
osd client watch timeout = 1
keyring = {folder}/keyring
[client.rgw]
rgw frontends = beast endpoint=127.0.0.1:{port} tcp_nodelay=1
rgw data = {folder}/rgw
rgw lc debug interval = {day_s}
rgw lc max worker = 1
"""


class S3Server:
    """``with S3Server(folder) as server`` speaks S3 at ``server.url``. To its lifecycle rules a day lasts ``day_s``."""

    def __init__(self, folder: Path, *, day_s: int = 1) -> None:
        self.folder = folder
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self._mon_port = free_port()
        self._day_s = day_s
        self._running: list[ProcessGroup] = []
        self._gateway: ProcessGroup | None = None

    @property
    def environment(self) -> dict[str, str]:
        """The environment that leads there, but for the bucket."""
        return {
            "AWS_S3_ENDPOINT_URL": self.url,
            "TTS_S3_ACCESS_KEY_ID": ACCESS_KEY,
            "TTS_S3_SECRET_ACCESS_KEY": SECRET_KEY,
        }

    def options(self, bucket: str) -> dict[str, str]:
        """What the storage is told by those settings."""
        return {
            "bucket_name": bucket,
            "region_name": "us-east-1",
            "endpoint_url": self.url,
            "access_key": ACCESS_KEY,
            "secret_key": SECRET_KEY,
        }

    def client(self) -> Any:
        """boto3's, to look behind the application's back."""
        return boto3.client(
            "s3",
            endpoint_url=self.url,
            region_name="us-east-1",
            aws_access_key_id=ACCESS_KEY,
            aws_secret_access_key=SECRET_KEY,
            config=Config(signature_version="s3v4", s3={"addressing_style": "path"}),
        )

    def new_bucket(self) -> str:
        """The name of a bucket nobody has yet."""
        return f"aloud-{uuid.uuid4().hex[:12]}"

    def start(self) -> None:
        """Start the gateway, and wait until it answers."""
        self._gateway = self._daemon("radosgw", "-n", "client.rgw")
        wait_until(self._answers, START_TIMEOUT_S, self.url)

    def stop(self) -> None:
        """End the gateway at once; what is stored stays."""
        if self._gateway:
            self._gateway.kill()

    def __enter__(self) -> Self:
        fsid = str(uuid.uuid4())
        places = {"folder": self.folder, "fsid": fsid, "port": self.port, "mon_port": self._mon_port}
        self._configuration.write_text(CONFIGURATION.format(**places, day_s=self._day_s))
        for name in ("mon", "osd", "rgw"):
            (self.folder / name).mkdir()
        self._start_monitor(fsid)
        self._start_store()
        keys = [f"--access-key={ACCESS_KEY}", f"--secret-key={SECRET_KEY}"]
        self._run("radosgw-admin", "user", "create", "--uid=aloud", "--display-name=aloud", *keys)
        self.start()
        self._settle()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()
        for daemon in reversed(self._running):
            daemon.kill()

    def _settle(self) -> None:
        """Have it make, the first time it takes seconds, what it keeps buckets and objects in."""
        client, bucket = self.client(), self.new_bucket()
        client.create_bucket(Bucket=bucket)
        client.put_object(Bucket=bucket, Key="first", Body=b"first")

    @property
    def _configuration(self) -> Path:
        return self.folder / "ceph.conf"

    def _start_monitor(self, fsid: str) -> None:
        keyring, monmap = self.folder / "keyring", self.folder / "monmap"
        allowed = ["-n", "mon.", "--cap", "mon", "allow *"]
        self._run("ceph-authtool", "--create-keyring", str(keyring), "--gen-key", *allowed)
        at = f"[v1:127.0.0.1:{self._mon_port}]"
        self._run("monmaptool", "--create", "--addv", "a", at, "--fsid", fsid, str(monmap))
        self._run("ceph-mon", "--mkfs", "-i", "a", "--monmap", str(monmap), "--keyring", str(keyring))
        self._running.append(self._daemon("ceph-mon", "-i", "a"))

    def _start_store(self) -> None:
        store_id = str(uuid.uuid4())
        self._run("ceph", "osd", "new", store_id, "0")
        self._run("ceph-osd", "-i", "0", "--mkfs", "--osd-uuid", store_id)
        self._running.append(self._daemon("ceph-osd", "-i", "0"))

    def _run(self, program: str, *arguments: str) -> None:
        """Run one of Ceph's programs to its end.

        Raises:
            subprocess.CalledProcessError: it failed; its notes hold what it complained of.
        """
        command = [program, "-c", str(self._configuration), *arguments]
        try:
            subprocess.run(command, env=_ENV, check=True, capture_output=True, text=True, timeout=START_TIMEOUT_S)
        except subprocess.CalledProcessError as error:
            error.add_note(error.stderr)
            raise

    def _daemon(self, program: str, *arguments: str) -> ProcessGroup:
        command = [program, "-c", str(self._configuration), *arguments, "-f"]
        return ProcessGroup(command, env=_ENV, log=self.folder / f"{program}.out")

    def _answers(self) -> bool:
        if not self._gateway or not self._gateway.running():
            raise RuntimeError((self.folder / "radosgw.out").read_text()[-2000:])
        asking = HTTPConnection("127.0.0.1", self.port, timeout=5)
        with closing(asking), suppress(OSError, HTTPException):  # not listening yet
            asking.request("GET", "/")
            return asking.getresponse().status == HTTPStatus.OK
        return False
