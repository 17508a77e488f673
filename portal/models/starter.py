"""What the starter content command has loaded."""

from django.db import models


class StarterRecord(models.Model):
    """One page or row of starter content and what was made from it.

    ``checksum`` is that of the file's entry. ``state`` tells what was left behind: of a page its latest
    revision, of a row a checksum of its words. Where the state is another one now, an editor has changed
    it and it is never overwritten; where the object is gone, an editor deleted it and it stays deleted.
    """

    key = models.CharField(max_length=200)
    language = models.CharField(max_length=12)
    checksum = models.CharField(max_length=64)
    object_id = models.CharField(max_length=40)
    state = models.CharField(max_length=64)
    loaded_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["key", "language"], name="one_record_a_starter_entry")]

    def __str__(self) -> str:
        return f"{self.language}/{self.key}"
