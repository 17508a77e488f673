"""When each periodic job ran last."""

from __future__ import annotations

from django.db import models


class PeriodicRun(models.Model):
    """One row a job of ``portal.periodic``; the row is also what two processes compete for.

    ``last_error`` names the kind of error and the lines of code it passed, never its message: messages
    hold titles, names and addresses. It is empty after a run that succeeded.
    """

    name = models.CharField(max_length=80, unique=True)
    last_started = models.DateTimeField(null=True)
    last_finished = models.DateTimeField(null=True)
    last_error = models.TextField(blank=True)

    def __str__(self) -> str:
        return self.name
