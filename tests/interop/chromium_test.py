"""Chromium against our server: the page that the server has, and messages of every kind.

UPG-48, WS-68, PMD-01, PMD-31.
"""
import http.server
import os
import shutil
import socket
import subprocess
import tempfile
import threading
import unittest

from peers import ServerCase, stop, write_head

NAME = "permessage-deflate"
FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
         "--disable-background-networking", "--disable-component-update", "--disable-sync",
         "--virtual-time-budget=5000", "--dump-dom"]
# Sends one message after the other, and says so once all have come back.
PAGE = """<!doctype html><body><script>
const noise = crypto.getRandomValues(new Uint8Array(60000));
const texts = ["Hello", "Hello", "", "turnout ".repeat(131072), "\\u00fc\\u20ac", ""];
const messages = [...texts, noise.buffer, noise.buffer, new ArrayBuffer(0)];
const text = data => typeof data === "string" ? data : new Uint8Array(data).join();
const socket = new WebSocket(`ws://${location.host}/echo`, ["echo"]);
socket.binaryType = "arraybuffer";
let number = 0;
const end = said => { document.body.textContent = said; fetch("/done"); };
fetch("/wait");  // Virtual time stands still until it is answered.
const next = () => {
  if (number < messages.length) return socket.send(messages[number]);
  end(`all ${number} came back, extensions "${socket.extensions}"`);
};
socket.onopen = next;
socket.onmessage = event => {
  const sent = messages[number++];
  if (typeof sent !== typeof event.data || text(sent) !== text(event.data))
    return end(`message ${number} came back as another`);
  next();
};
</script>""".encode()


def pipe(source, target):
    """Hands on what comes, until it ends."""
    while octets := source.recv(65536):
        target.sendall(octets)
    target.shutdown(socket.SHUT_WR)


class Between(http.server.BaseHTTPRequestHandler):
    """The site of PAGE, which hands the rest on to our server."""

    def do_GET(self):
        if self.path == "/echo":
            return self.hand_on()
        if self.path == "/done":
            self.server.done.set()
        if self.path == "/wait":
            self.server.done.wait(10)
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write(PAGE)

    def hand_on(self):
        self.close_connection = True
        with socket.create_connection(("127.0.0.1", self.server.target)) as target:
            target.sendall(write_head(self.requestline, dict(self.headers)))
            back = threading.Thread(target=pipe, args=[target, self.connection], daemon=True)
            back.start()
            pipe(self.connection, target)
            back.join(5)

    def log_message(self, *_):
        pass


class ChromiumCase(ServerCase):
    def dump(self, port):
        """The page at / after its scripts have run."""
        profile = tempfile.mkdtemp()
        self.addCleanup(shutil.rmtree, profile, ignore_errors=True)
        call = [os.environ["CHROMIUM"], *FLAGS, f"--user-data-dir={profile}",
                f"http://127.0.0.1:{port}/"]
        process = subprocess.Popen(call, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
                                   text=True)
        self.addCleanup(stop, process)
        return process.communicate(timeout=14)[0]

    def dump_messages(self):
        """What is left of PAGE."""
        with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Between) as site:
            site.daemon_threads = True
            site.target, site.done = self.port, threading.Event()
            threading.Thread(target=site.serve_forever, daemon=True).start()
            try:
                return self.dump(site.server_port)
            finally:
                site.shutdown()


class Compressed(ChromiumCase):
    def test_the_page_of_the_server(self):
        page = self.dump(self.port)
        self.assertIn(f'open, subprotocol "echo", extensions "{NAME}"\n', page)
        self.assertIn("\nechoed  Hello from the browser\n", page)

    def test_messages_of_every_kind(self):
        self.assertIn(f'all 9 came back, extensions "{NAME}"', self.dump_messages())


class AsTheServerWants(ChromiumCase):
    arguments = [NAME + "; server_no_context_takeover; client_no_context_takeover"
                 "; server_max_window_bits=9; client_max_window_bits=9"]

    def test_messages_of_every_kind(self):
        self.assertIn(f'all 9 came back, extensions "{self.arguments[0]}"', self.dump_messages())


class Plain(ChromiumCase):
    arguments = [""]

    def test_messages_of_every_kind(self):
        self.assertIn('all 9 came back, extensions ""', self.dump_messages())


if __name__ == "__main__":
    unittest.main(failfast=True)  # A failure may have waited long for what did not come.
