#!/usr/bin/env python3
"""Prints how long each server occupies a processor for a WebSocket handshake over loopback, from the
accepted connection to the closed one, and how many that makes in a second.

Usage: run.py FOLDER [SECONDS]

FOLDER is where run.sh built them; what is not there is left out. The server has one processor, the
generator another one. Servers take turns, in three rounds; of each, the best figure counts.
"""
import os
import pathlib
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
ROUNDS = 3


def servers(folder):
    """What is there, and how it is started."""
    found = {name: [folder / name] for name in
             ["floor", "turnout", "beast", "websocketpp", "gorilla", "tungstenite"]}
    found["ws"] = ["node", folder / "ws.js"]
    found["websockets"] = [folder / "python/bin/python", HERE / "websockets_server.py"]
    return {name: command for name, command in found.items()
            if command[-1].exists() and (command[0] == "node" or command[0].exists())}


def processor_time(process):
    """How many microseconds all threads of a process have run. The kernel counts it exactly."""
    tasks = pathlib.Path(f"/proc/{process.pid}/task").glob("*/schedstat")
    return sum(int(task.read_text().split()[0]) for task in tasks) / 1000


def measure(folder, command, seconds):
    """Microseconds of the server for a handshake."""
    # Go would use both processors.
    pinned = ["taskset", "--cpu-list", "0", *map(str, command)]
    with subprocess.Popen(pinned, stdout=subprocess.PIPE, text=True,
                          env={**os.environ, "GOMAXPROCS": "1"}) as server:
        try:
            port = server.stdout.readline().strip()
            generator = ["taskset", "--cpu-list", "1", folder / "generator", port, str(seconds)]
            begin = processor_time(server)
            handshakes = int(subprocess.check_output(generator, text=True))
            return (processor_time(server) - begin) / handshakes
        finally:
            server.kill()


def main():
    folder = pathlib.Path(sys.argv[1]).resolve()
    seconds = int(sys.argv[2]) if len(sys.argv) > 2 else 4
    best = dict.fromkeys(servers(folder), float("inf"))
    for _ in range(ROUNDS):
        for name, command in servers(folder).items():
            best[name] = min(best[name], measure(folder, command, seconds))
    print("| server | us | beyond the floor, us | handshakes a second |\n|---|---|---|---|")
    for name, time in sorted(best.items(), key=lambda row: row[1]):
        print(f"| {name} | {time:.1f} | {time - best['floor']:.1f} | {1e6 / time:,.0f} |")


if __name__ == "__main__":
    main()
