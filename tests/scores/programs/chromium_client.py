"""Chromium as a client: `chromium_client.py PORT`, as python_clients.py. Its WebSockets are opened by one page."""
import pathlib
import shutil
import socket
import sys
import os

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "interop"))
os.environ.setdefault("CHROMIUM", shutil.which("chromium") or "chromium")
from chromium import Chromium  # noqa: E402

OPEN = "async (url) => { window.peer = new WebSocket(url); peer.onopen = () => peer.send('Hello'); }"
CLOSE = "async () => { window.peer.close(); }"

browser = Chromium()
try:
    page = browser.open("data:text/html,page")
    listener = socket.create_server(("127.0.0.1", int(sys.argv[1])))
    while True:
        control, _ = listener.accept()
        with control, control.makefile() as lines:
            url = lines.readline().strip()
            if not url:
                continue
            page.run(OPEN, url)
            lines.read()
            page.run(CLOSE)
finally:
    browser.close()
