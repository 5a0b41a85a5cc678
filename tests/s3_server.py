"""A real S3 server on loopback: Ceph's RADOS Gateway, which can be stopped and started again and keeps what it has."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from http import HTTPStatus
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from typing import Any, Final, Self

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError

from tests.ceph import Ceph
from tests.processes import ProcessGroup, free_port, wait_until

ACCESS_KEY: Final = "aloud-tests"
SECRET_KEY: Final = "known-to-everybody-who-reads-this"
START_TIMEOUT_S: Final = 90

_GATEWAY: Final = """
[client.rgw]
rgw frontends = beast endpoint=127.0.0.1:{port} tcp_nodelay=1
rgw data = {folder}
rgw lc debug interval = 5
rgw lc lock max time = 2
rgw lc max objs = 1
rgw lc max worker = 1
rgw enable gc threads = false
"""
"""To its lifecycle rules a day lasts five seconds: at one it would keep a core busy all the time. And who was killed
over them holds nobody up."""


class S3Server:
    """``with S3Server(folder) as server`` speaks S3 at ``server.url`` to whoever has the key."""

    def __init__(self, folder: Path) -> None:
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self._ceph = Ceph(folder, _GATEWAY.format(port=self.port, folder=folder))
        self._gateway: ProcessGroup | None = None
        self._all = ExitStack()

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

    def forget_rules(self, bucket: str) -> None:
        """Have no lifecycle in ``bucket`` any longer: the more there are, the longer each takes to be looked at."""
        with suppress(ClientError):  # there is no such bucket
            self.client().delete_bucket_lifecycle(Bucket=bucket)

    def start(self) -> None:
        """Start the gateway, and wait until it answers."""
        self._gateway = self._ceph.daemon("radosgw", "-n", "client.rgw")
        wait_until(self._answers, START_TIMEOUT_S, self.url)

    def stop(self) -> None:
        """End the gateway at once; what is stored stays."""
        if self._gateway:
            self._gateway.kill()

    @contextmanager
    def down(self) -> Iterator[None]:
        """``with`` it, nobody answers."""
        self.stop()
        try:
            yield
        finally:
            self.start()

    def __enter__(self) -> Self:
        with ExitStack() as all_of_it:
            all_of_it.enter_context(self._ceph)
            all_of_it.callback(self.stop)
            keys = [f"--access-key={ACCESS_KEY}", f"--secret-key={SECRET_KEY}"]
            self._ceph.run("radosgw-admin", "user", "create", "--uid=aloud", "--display-name=aloud", *keys)
            self.start()
            self._settle()
            self._all = all_of_it.pop_all()
        return self

    def __exit__(self, *_: object) -> None:
        self._all.close()

    def _settle(self) -> None:
        """Have it make, the first time it takes seconds, what it keeps buckets and objects in."""
        client, bucket = self.client(), self.new_bucket()
        client.create_bucket(Bucket=bucket)
        client.put_object(Bucket=bucket, Key="first", Body=b"first")

    def _answers(self) -> bool:
        if not self._gateway or not self._gateway.running():
            raise RuntimeError("the gateway ended before it was ready")
        asking = HTTPConnection("127.0.0.1", self.port, timeout=5)
        with closing(asking), suppress(OSError, HTTPException):  # not listening yet
            asking.request("GET", "/")
            return asking.getresponse().status == HTTPStatus.OK
        return False
