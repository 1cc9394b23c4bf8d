"""The key file while it changes: replaced in one step by one, followed by all who run.

Not for: what stands in it (`keys.py`), nor for when a key may go (`api/rotation.py`).
"""

import fcntl
import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from api.vault import keys
from api.vault.keys import KeyFileError, Keys

log = logging.getLogger(__name__)

OWNER_ONLY = 0o600
Stamp = tuple[int, int, int]


@contextmanager
def alone(path: Path) -> Iterator[None]:
    """Keep everybody else from changing the key file. Raises `KeyFileError` where somebody is.

    The lock is of this process: it goes with it, however that ends.
    """
    path = path.resolve()
    # A file of its own: the key file's place is taken by another file while the lock is held.
    descriptor = os.open(path.with_name(f"{path.name}.lock"), os.O_RDWR | os.O_CREAT, OWNER_ONLY)
    with os.fdopen(descriptor, "w") as file:
        _keep_owner(file.fileno(), path)
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise KeyFileError("the keys are being rotated already") from None
        yield


def replace(path: Path, new: Keys) -> None:
    """Put `new` in the place of a key file: whoever reads it sees all of the old or of the new."""
    # A link stays one: what it points at is what every process reads.
    path = path.resolve()
    written = path.with_name(f"{path.name}.new")
    # One that is there is of a rotation that died while it wrote; nothing was closed with its key.
    written.unlink(missing_ok=True)
    descriptor = os.open(written, os.O_WRONLY | os.O_CREAT | os.O_EXCL, OWNER_ONLY)
    with os.fdopen(descriptor, "w") as file:
        _keep_owner(file.fileno(), path)
        file.write(keys.dump(new))
        file.flush()
        os.fsync(file.fileno())
    written.replace(path)
    _on_disk(path.parent)


@dataclass
class Followed:
    """The key file as a running process follows it: read again when it has changed."""

    path: Path
    _seen: Stamp | None = None

    def __call__(self, held: Keys) -> Keys:
        """Return what the file holds, and older keys of `held`, which a stale snapshot may need.

        What cannot be read or is the file of another vault changes nothing: children go on writing.
        """
        try:
            stamp = self._stamp()
            if stamp == self._seen:
                return held
            found = self._load(held)
        except (KeyFileError, OSError) as error:
            log.error("key_file_not_followed error=%s", type(error).__name__)  # noqa: TRY400
            return held
        self._seen = stamp
        return Keys(found.current, {**held.wrapping, **found.wrapping}, held.lookup)

    def _load(self, held: Keys) -> Keys:
        found = keys.load(self.path)
        same = all(
            found.wrapping.get(version, key) == key for version, key in held.wrapping.items()
        )
        if not same or found.lookup != held.lookup:
            raise KeyFileError(f"{self.path.name} is of another vault")
        return found

    def _stamp(self) -> Stamp:
        status = self.path.stat()
        return status.st_ino, status.st_mtime_ns, status.st_size


def _keep_owner(descriptor: int, path: Path) -> None:
    # Root must not take the file away from the user under whom Relais runs.
    if os.geteuid() == 0:
        owner = path.stat()
        os.fchown(descriptor, owner.st_uid, owner.st_gid)


def _on_disk(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
