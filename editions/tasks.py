"""What the worker does for editions. Arguments are ids: a task's row is no place for words."""

from __future__ import annotations

from django_tasks import task

from editions import files


@task()
def make_file(file: int) -> None:
    """``file`` is the id of an EditionFile. Does nothing for one that is made or gone."""
    files.make(file)


@task()
def make_new_file(edition: int) -> None:
    """``edition`` is the id of an edition that was published, announced or confirmed just now."""
    files.make_anew(edition)


@task(priority=-50)
def make_starter_file(edition: int) -> None:
    """``edition`` is the id of starter content. Whatever a reader or an editor waits for comes first."""
    files.make_unasked(edition)
