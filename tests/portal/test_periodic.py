"""Jobs that must happen on time: what is due, who runs it, and what a failure leaves behind."""

from __future__ import annotations

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from portal import periodic
from portal.models import PeriodicRun
from portal.periodic import JOBS, Job, run_due

pytestmark = pytest.mark.django_db


@pytest.fixture
def ran() -> list[str]:
    """Names of jobs in the order in which they ran."""
    return []


def job(ran: list[str], name: str = "tidy", every: timedelta = timedelta(days=1)) -> Job:
    return Job(name, lambda: ran.append(name), every)


def failing(message: str) -> Job:
    def fail() -> None:
        raise ValueError(message)

    return Job("fail", fail, timedelta(days=1))


def began(name: str, ago: timedelta, ended: bool = True) -> None:
    """As if the job had run so long ago."""
    then = timezone.now() - ago
    PeriodicRun.objects.create(name=name, last_started=then, last_finished=then if ended else None)


def test_a_job_that_never_ran_runs(ran):
    report = run_due([job(ran)])
    assert ran == report.succeeded == ["tidy"]


def test_a_job_does_not_run_again_before_its_time(ran):
    began("tidy", timedelta(hours=23))
    assert run_due([job(ran)]).not_due == ["tidy"]
    assert ran == []


def test_a_job_runs_again_after_its_time(ran):
    began("tidy", timedelta(hours=25))
    run_due([job(ran)])
    assert ran == ["tidy"]


def test_a_ticker_that_wakes_a_little_early_still_runs_a_job_of_every_minute(ran):
    began("tidy", timedelta(seconds=58))
    run_due([job(ran, every=timedelta(minutes=1))])
    assert ran == ["tidy"]


def test_a_job_that_another_process_runs_now_is_left_alone(ran):
    began("tidy", timedelta(minutes=10), ended=False)
    run_due([job(ran, every=timedelta(minutes=1))])
    assert ran == []


def test_a_run_that_was_broken_off_does_not_stop_the_job_for_ever(ran):
    began("tidy", timedelta(hours=2), ended=False)
    run_due([job(ran, every=timedelta(minutes=1))])
    assert ran == ["tidy"]


def test_of_two_processes_that_saw_the_same_job_due_only_one_gets_it(ran):
    began("tidy", timedelta(days=2))
    now = timezone.now()
    assert [periodic._claim(job(ran), now), periodic._claim(job(ran), now)] == [True, False]


def test_a_failure_does_not_stop_the_next_job(ran):
    report = run_due([failing("no"), job(ran)])
    assert (report.failed, report.succeeded) == (["fail"], ["tidy"])


def test_a_failure_is_kept_with_its_kind_and_place():
    run_due([failing("no")])
    kept = PeriodicRun.objects.get(name="fail").last_error
    assert kept.startswith("builtins.ValueError at ")
    assert "test_periodic.py" in kept


def test_a_failure_keeps_and_logs_nothing_that_names_a_person(caplog):
    run_due([failing("no user sok@example.org")])
    assert "sok" not in PeriodicRun.objects.get(name="fail").last_error + caplog.text
    assert "Periodic job 'fail' failed" in caplog.text


def test_a_success_clears_the_last_failure(ran):
    run_due([failing("no")])
    PeriodicRun.objects.update(name="tidy", last_started=timezone.now() - timedelta(days=2))
    run_due([job(ran)])
    assert PeriodicRun.objects.get(name="tidy").last_error == ""


def test_every_job_has_a_name_of_its_own():
    assert len({one.name for one in JOBS}) == len(JOBS)


def test_the_command_runs_what_is_due_and_counts(monkeypatch, ran):
    monkeypatch.setattr("portal.periodic.run_due.__defaults__", ([job(ran)],))
    out = StringIO()
    call_command("run_periodic", stdout=out)
    assert out.getvalue().strip() == "1 done, 0 failed, 0 not due"


def test_the_command_fails_after_all_jobs_when_one_failed(monkeypatch, ran):
    monkeypatch.setattr("portal.periodic.run_due.__defaults__", ([failing("no"), job(ran)],))
    with pytest.raises(CommandError, match="failed: fail"):
        call_command("run_periodic", stdout=StringIO())
    assert ran == ["tidy"]


def test_the_jobs_of_wagtail_and_django_can_be_called(settings):
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    assert run_due(JOBS).failed == []
