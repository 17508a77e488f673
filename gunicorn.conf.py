"""How the web server runs; gunicorn reads this file from the folder it is started in.

There is no access log, on purpose: nobody's address, browser or query is written down.
WEB_CONCURRENCY is read by gunicorn itself.
"""

import os
from typing import Any

bind = [f"127.0.0.1:{os.environ.get('PORT', '8000')}"]
workers = int(os.environ.get("WEB_CONCURRENCY") or 2)
worker_class = "gthread"
threads = 4
timeout = 60
# Longer than any address that we refuse in words ourselves (content.middleware).
limit_request_line = 8190
# Its warnings about requests that it cannot read name the reader's address.
loglevel = "error"
graceful_timeout = 10
control_socket_disable = True
# Loaded once and then forked: a quicker start and less memory for each process.
preload_app = True
if os.path.isdir("/dev/shm"):  # noqa: PTH112, S108  a heartbeat on a slow disk can look like a dead process
    worker_tmp_dir = "/dev/shm"  # noqa: S108


def when_ready(server: Any) -> None:
    """Imports what all addresses lead to before the processes fork, so that no reader waits for it."""
    from django.db import connections
    from django.urls import get_resolver

    assert get_resolver().url_patterns
    connections.close_all()  # a connection must not be shared between processes
