"""What the loader did, and the one rule of what it may do."""

from __future__ import annotations

from dataclasses import dataclass

from portal.models import StarterRecord


@dataclass
class Report:
    created: int = 0
    updated: int = 0
    unchanged: int = 0
    #: Changed or deleted by an editor, and therefore left alone.
    left_alone: int = 0

    def decide(self, record: StarterRecord | None, checksum: str, exists: bool, state: str) -> bool:
        """Whether to write an entry; counts the answer.

        Without a record and without the object it is created. Without a record the object is somebody
        else's. With a record a missing object was deleted by an editor, another state is an editor's change.
        """
        if record is None and not exists:
            self.created += 1
            return True
        if record is None or not exists or record.state != state:
            self.left_alone += 1
            return False
        if record.checksum == checksum:
            self.unchanged += 1
            return False
        self.updated += 1
        return True

    def __str__(self) -> str:
        return (
            f"created {self.created}, updated {self.updated}, unchanged {self.unchanged}, "
            f"changed or deleted by an editor {self.left_alone}"
        )
