"""boto3's client for Polly: our keys and no others, no second tries, and connections that show what they wait on."""

from __future__ import annotations

import socket
from typing import Any, Final

import boto3
from botocore.awsrequest import AWSHTTPConnection, AWSHTTPConnectionPool, AWSHTTPSConnection, AWSHTTPSConnectionPool
from botocore.config import Config
from botocore.httpsession import URLLib3Session
from botocore.session import Session
from django.conf import settings

from voice.domain.errors import ProviderUnavailable
from voice.providers.polly_call import show

_NO_FILES: Final = dict.fromkeys(("profile", "config_file", "credentials_file"), (None, None, None, None))
"""Nothing in anybody's home directory, or named by the environment, changes where we call and as whom."""

_PATIENCE_S: Final = 5.0
"""What a thread waits longer than the chain, which hangs up on it by then: for a thread that it cannot reach."""

_NO_DELAY: Final = [(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)]
"""As botocore has it itself: without, a request's two halves leave 40 ms apart."""

_MOST_CONNECTIONS: Final = 90
"""An account may not have more."""


class PollyClient:
    """A client that any number of threads may use.

    Raises:
        ProviderUnavailable: the settings name no place that can be called.
    """

    def __init__(self) -> None:
        self._connections = _Connections(
            timeout=settings.TTS_PROVIDER_TIMEOUT + _PATIENCE_S,
            max_pool_connections=_MOST_CONNECTIONS,
            socket_options=_NO_DELAY,
        )
        try:
            self._client = boto3.Session(botocore_session=Session(session_vars=_NO_FILES)).client(
                "polly",
                region_name=settings.AWS_DEFAULT_REGION,
                endpoint_url=settings.POLLY_BASE_URL or None,
                aws_access_key_id=settings.AWS_ACCESS_KEY_ID,
                aws_secret_access_key=settings.AWS_SECRET_ACCESS_KEY,
                config=Config(retries={"total_max_attempts": 1}, ignore_configured_endpoint_urls=True),
            )
        except ValueError:
            raise ProviderUnavailable("polly", "AWS_DEFAULT_REGION or POLLY_BASE_URL is not one.") from None
        self._client.meta.events.register("before-send.polly.SynthesizeSpeech", self._send)

    def synthesize_speech(self, **asked: str) -> Any:
        """Polly's answer, once it begins; blocks until then.

        Raises:
            BotoCoreError, ClientError: there is none, or it is a refusal.
        """
        return self._client.synthesize_speech(**asked)

    def describe_voices(self, engine: str) -> list[Any]:
        """The voices ``engine`` has, in Polly's words; blocks while they come, page by page.

        Raises:
            BotoCoreError, ClientError: they do not.
        """
        pages = self._client.get_paginator("describe_voices").paginate(Engine=engine)
        return [voice for page in pages for voice in page["Voices"]]

    def close(self) -> None:
        """Close the connections nobody waits on."""
        self._client.close()
        self._connections.close()

    def _send(self, request: Any, **_: object) -> Any:
        """Send what botocore has signed, in its place."""
        return self._connections.send(request)


class _Connections(URLLib3Session):
    """botocore's HTTP client without proxies, and with connections that show themselves."""

    def __init__(self, **told: Any) -> None:
        super().__init__(**told)
        self._manager.pool_classes_by_scheme = {"http": _HttpPool, "https": _HttpsPool}

    def close(self) -> None:
        """Close them now; by itself it leaves that to the garbage collector."""
        for place in self._manager.pools.keys():  # noqa: SIM118  # it is no mapping one can iterate over
            self._manager.pools[place].close()
        super().close()


class _Shown:
    """A connection that shows its socket, which botocore does not, when it has sent a request and is to wait."""

    sock: socket.socket

    def request(self, *args: Any, **kwargs: Any) -> None:
        super().request(*args, **kwargs)  # type: ignore[misc]  # its other parent's
        show(self.sock)


class _HttpConnection(_Shown, AWSHTTPConnection):
    pass


class _HttpsConnection(_Shown, AWSHTTPSConnection):
    pass


class _HttpPool(AWSHTTPConnectionPool):
    ConnectionCls = _HttpConnection


class _HttpsPool(AWSHTTPSConnectionPool):
    ConnectionCls = _HttpsConnection
