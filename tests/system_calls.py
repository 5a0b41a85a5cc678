"""What a program asked the kernel to write, and where to: strace's records, read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

WRITES: Final = ("write", "pwrite64", "writev", "pwritev", "pwritev2")
UNSEEN: Final = ("sendfile", "splice", "tee", "vmsplice", "copy_file_range", "io_uring_setup")
"""Ways into a file that show no bytes."""

_CALL: Final = re.compile(r"(\w+)\((.*)")
_TEXT: Final = re.compile(r'"((?:\\x[0-9a-f]{2})*)"')
_TARGET: Final = re.compile(r"\d+<([^>]*)")
_IN_MEMORY: Final = re.compile(r"(socket|pipe|anon_inode|TCP|TCPv6|UNIX|UNIX-STREAM|UDP|NETLINK)\b.*\[")


@dataclass(frozen=True)
class Call:
    """One system call: its name, its arguments as strace writes them, and the bytes among them."""

    name: str
    arguments: str
    data: bytes

    @property
    def target(self) -> str:
        """What its file descriptor stands for."""
        found = _TARGET.search(self.arguments)
        return _bytes(found[1]).decode() if found else ""

    @property
    def is_to_a_file(self) -> bool:
        """Whether its target is no socket, pipe or the like."""
        return not _IN_MEMORY.match(self.target)

    @property
    def maps_for_writing(self) -> bool:
        """Whether what is written to memory goes to a file from then on."""
        return self.name == "mmap" and "PROT_WRITE" in self.arguments and "MAP_SHARED" in self.arguments


def tracing(records: Path) -> list[str]:
    """The command to run a program under, which records every call that could bring bytes into a file."""
    watched = [*WRITES, *UNSEEN, "mmap"]
    command = "strace -ff --seccomp-bpf -yy -xx -s 100000000 -e signal=none"
    return [*command.split(), "-e", f"trace={','.join(watched)}", "-o", str(records)]


def recorded(records: Path) -> Iterator[Call]:
    """The calls of every thread."""
    for record in records.parent.glob(f"{records.name}.*"):
        for line in record.read_text().splitlines():
            if call := _CALL.match(line):
                data = b"".join(map(_bytes, _TEXT.findall(call[2])))
                yield Call(call[1], call[2], data)


def _bytes(text: str) -> bytes:
    """What strace wrote, all or part of it as \\x00."""
    return re.sub(rb"\\x([0-9a-f]{2})", lambda found: bytes.fromhex(found[1].decode()), text.encode())
