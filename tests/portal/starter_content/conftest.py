from __future__ import annotations

from pathlib import Path

import pytest

from tests.portal.starter_content.folders import StarterFolder, make_folder


@pytest.fixture
def folder(tmp_path: Path) -> StarterFolder:
    return make_folder(tmp_path)
