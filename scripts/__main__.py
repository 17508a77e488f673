"""Runs one target: ``python3 -m scripts run``.

This file is written so that an old Python can read it far enough to say that it is too old.
"""

import sys

OLDEST = (3, 11)

if sys.version_info < OLDEST:
    sys.exit(
        "Homeward needs Python %d.%d or newer; this is Python %d.%d (%s).\n"
        "If a newer one is installed, name it: make run PYTHON=python3.11"
        % (OLDEST[0], OLDEST[1], sys.version_info[0], sys.version_info[1], sys.executable)
    )

from scripts.targets import main  # noqa: E402  only a new enough Python can read the rest

sys.exit(main(sys.argv[1:]))
