"""A Google service account of the fake's own: a key made on the spot, in the file that Google would hand out."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.rsa import generate_private_key
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat


def write_service_account(folder: Path, url: str) -> Path:
    """Write the file for the fake at ``url``; where it lies."""
    account = {
        "type": "service_account",
        "project_id": "aloud-tests",
        "private_key_id": "test",
        "private_key": private_key(),
        "client_email": "speaker@aloud-tests.iam.gserviceaccount.com",
        "client_id": "1",
        "token_uri": f"{url}/google/token",
    }
    path = folder / "service_account.json"
    path.write_text(json.dumps(account))
    return path


@cache
def private_key() -> str:
    """One for the process: making it takes a while."""
    key = generate_private_key(public_exponent=65537, key_size=2048)
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()
