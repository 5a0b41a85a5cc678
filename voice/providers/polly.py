"""Amazon Polly, through boto3.

Facts from docs.aws.amazon.com/polly/latest/dg: API_SynthesizeSpeech, limits and prosody-tag, November 2026.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from threading import Lock
from typing import Any, ClassVar, Final

from botocore.exceptions import BotoCoreError, ClientError
from urllib3.exceptions import HTTPError

from voice.domain.errors import ProviderUnavailable
from voice.domain.speech import SpeechRequest
from voice.providers.http import refuse_status, refuse_type
from voice.providers.listing import gender, shape_told
from voice.providers.polly_call import Call
from voice.providers.polly_client import PollyClient
from voice.providers.polly_request import FORMATS, parameters
from voice.providers.provider import CallRules, VoiceFacts
from voice.providers.vendor import Vendor

_CALLS_AT_ONCE: Final = 18
"""Of neural voices, by account."""

_VOICES: Final = {
    "en-US": {"female": "Joanna Danielle Ruth", "male": "Matthew Gregory Stephen"},
    "en-GB": {"female": "Amy Emma", "male": "Brian Arthur"},
    "de-DE": {"female": "Vicki", "male": "Daniel"},
    "es-ES": {"female": "Lucia", "male": "Sergio"},
    "fr-FR": {"female": "Lea", "male": "Remi"},
}

_MEANT: Final = {"ThrottlingException": 429, "RequestExpired": 403}
"""What status is meant by errors that come as 400 though they are not about what was asked for."""


class PollyProvider(Vendor):
    """``/v1/speech`` at POLLY_BASE_URL, or at Amazon's own in AWS_DEFAULT_REGION; its models are Polly's engines.

    It has threads of its own, as many as there may be calls: those of ``voice.audio.threads`` are one for each core and
    meant for work, and would all be waiting for the network.
    """

    name: ClassVar = "polly"
    keys: ClassVar = ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY")
    formats: ClassVar = tuple(FORMATS)
    voices: ClassVar = tuple(
        VoiceFacts(name, name, language, gender)
        for language, by_gender in _VOICES.items()
        for gender, names in by_gender.items()
        for name in names.split()
    )
    open_catalogue: ClassVar = True
    default_model: ClassVar = "neural"
    settings: ClassVar = frozenset[str]()
    max_characters: ClassVar = 3_000
    streams: ClassVar = True
    times_words: ClassVar = False

    def __init__(self) -> None:
        self._threads = ThreadPoolExecutor(_CALLS_AT_ONCE, thread_name_prefix="polly")
        self._client: PollyClient | None = None
        self._opening = Lock()

    def rules(self) -> CallRules:
        """As many at once as an account may make."""
        return CallRules(at_once=_CALLS_AT_ONCE)

    async def warm_up(self) -> None:
        """Have boto3 read its descriptions of Polly, which takes a tenth of a second."""
        await asyncio.get_running_loop().run_in_executor(self._threads, self._opened)

    async def close(self) -> None:
        """Close the connections, which are not bound to an event loop."""
        client, self._client = self._client, None
        if client is not None:
            client.close()

    async def synthesize(self, segment: SpeechRequest) -> AsyncGenerator[bytes, None]:
        """Say ``segment``, passing each piece on as the network brings it.

        A speed beyond what it can do becomes the nearest it can.

        Raises:
            ProviderError: it failed; the subclass says how.
        """
        self.refuse_unless_available()
        with _errors_told(self.name), closing(Call(self._threads)) as call:
            content_type = await call.begin(
                lambda: self._opened().synthesize_speech(**parameters(segment, segment.model or self.default_model))
            )
            refuse_type(self.name, content_type, segment.format)
            while piece := await call.read():
                yield piece

    async def list_voices(self) -> list[VoiceFacts]:
        """The voices the default engine has in this region.

        Raises:
            ProviderError: it does not tell.
        """
        with _errors_told(self.name), shape_told(self.name):
            listed = await asyncio.get_running_loop().run_in_executor(
                self._threads, lambda: self._opened().describe_voices(self.default_model)
            )
            return [VoiceFacts(one["Id"], one["Name"], one["LanguageCode"], gender(one["Gender"])) for one in listed]

    def _opened(self) -> PollyClient:
        """The one client, made when it is first asked for; blocks while it is."""
        with self._opening:
            if self._client is None:
                self._client = PollyClient()
            return self._client


@contextmanager
def _errors_told(provider: str) -> Iterator[None]:
    """Turn botocore's errors, and those of the HTTP client beneath it, into ours."""
    try:
        yield
    except ClientError as error:
        told: Any = error.response
        status = _MEANT.get(told["Error"]["Code"], told["ResponseMetadata"]["HTTPStatusCode"])
        refuse_status(provider, status, told["ResponseMetadata"]["HTTPHeaders"].get("retry-after", ""))
        raise ProviderUnavailable(provider, f"It answered {status}.") from None
    except (BotoCoreError, HTTPError, OSError):
        raise ProviderUnavailable(provider, "The connection failed.") from None
