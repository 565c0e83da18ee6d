"""Runs a program and says what it took: measure.py FIGURES LOG PROGRAM ARGUMENT... (Linux and macOS)."""

import json
import os
import subprocess
import sys
import time

figures, log, *command = sys.argv[1:]
with open(log, 'wb') as said:
    started = time.monotonic()
    try:
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=said, stderr=subprocess.STDOUT)
    except OSError as error:
        sys.exit(str(error))
    # Of the program and of all that it has waited for.
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.monotonic() - started
with open(figures, 'w', encoding='utf8') as file:
    json.dump(
        {
            'status': os.waitstatus_to_exitcode(status),
            'seconds': seconds,
            'processor': usage.ru_utime + usage.ru_stime,
            'megabytes': usage.ru_maxrss / (1024 * 1024 if sys.platform == 'darwin' else 1024),
        },
        file,
    )
