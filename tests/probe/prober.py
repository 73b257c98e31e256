"""How the tests call the probe, and the programs that it tries."""
import contextlib
import json
import os
import pathlib
import socket
import subprocess
import time

PROGRAM = os.environ["TURNOUT_PROBE"]
PROGRAMS = pathlib.Path(os.environ["TURNOUT_PROGRAMS"])
ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
SECONDS = 60
FAST = ["--rate", "10000", "--parallel", "16"]


def run(*arguments, **options):
    """The program's output, its complaints and its exit status."""
    program = [PROGRAM, *map(str, arguments)]
    return subprocess.run(program, capture_output=True, timeout=SECONDS, **options)


def ask(*arguments):
    """The exit status, and what is said in JSON."""
    ran = run("--json", *FAST, *arguments)
    if ran.stderr or ran.returncode not in {0, 1}:
        raise AssertionError(f"{arguments}: {ran}")
    return ran.returncode, json.loads(ran.stdout)


def free_port():
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return listener.getsockname()[1]


@contextlib.contextmanager
def serving(name, *arguments):
    """One of our programs, which listens on a port: that port."""
    port = free_port()
    program = [PROGRAMS / name, str(port), *map(str, arguments)]
    with subprocess.Popen(program, stdout=subprocess.DEVNULL) as running:
        try:
            wait_for(port)
            yield port
        finally:
            running.kill()


def wait_for(port):
    for _ in range(100):
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port)):
            return
        time.sleep(0.05)
    raise AssertionError(f"nobody listens on {port}")
