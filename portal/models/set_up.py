"""What ``manage.py set_up`` has done in this database."""

from __future__ import annotations

from django.db import models


class SetUpStep(models.Model):
    """A step that went through, with a checksum of everything it depends on.

    Kept in the database and not in a file, because it is the database that a step changed: another
    database, or one restored from a backup, brings its own answer along.
    """

    name = models.CharField(max_length=80, unique=True)
    checksum = models.CharField(max_length=64)
    done_at = models.DateTimeField(auto_now=True)

    def __str__(self) -> str:
        return self.name
