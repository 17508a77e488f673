"""The command that makes one account a role."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from accounts.models import Role, User
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db
USERNAMES = {
    "practitioner", "translator", "editor", "safeguarding-reviewer", "directory-manager", "administrator",
}  # fmt: skip


def run(path: Path) -> str:
    output = io.StringIO()
    call_command("create_role_accounts", file=path, stdout=output)
    return output.getvalue()


def passwords(path: Path) -> dict[str, str]:
    return dict(line.split(maxsplit=1) for line in path.read_text().splitlines())


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "accounts.txt"


def test_one_account_a_role(path: Path) -> None:
    run(path)
    assert set(User.objects.values_list("username", flat=True)) == USERNAMES


def test_each_covers_everything_in_its_role(path: Path) -> None:
    run(path)
    for code in Role.Code:
        user = User.objects.get(username=code.replace("_", "-"))
        assert user.covers(code, country=None, language=None)


def test_nobody_is_a_superuser(path: Path) -> None:
    run(path)
    assert not User.objects.filter(is_superuser=True).exists()


def test_the_file_holds_passwords_that_work_once(path: Path) -> None:
    run(path)
    for username, password in passwords(path).items():
        user = User.objects.get(username=username)
        assert user.check_password(password)
        assert user.must_change_password


def test_the_file_is_for_its_owner_alone(path: Path) -> None:
    run(path)
    assert path.stat().st_mode & 0o777 == 0o600


def test_the_passwords_are_printed(path: Path) -> None:
    output = run(path)
    assert all(password in output for password in passwords(path).values())


def test_a_second_run_changes_nothing(path: Path) -> None:
    run(path)
    before = path.read_text()
    assert "0 accounts created, 6 unchanged." in run(path)
    assert path.read_text() == before


def test_an_account_that_exists_is_left_as_it_is(path: Path) -> None:
    user = UserFactory(username="Editor")
    run(path)
    user.refresh_from_db()
    assert (user.must_change_password, user.has_role(Role.Code.EDITOR)) == (False, False)
    assert "editor" not in passwords(path)


def test_without_a_file_to_write_no_account_is_made(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="cannot be written"):
        run(tmp_path / "missing" / "accounts.txt")
    assert not User.objects.exists()
