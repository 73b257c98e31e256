"""Chromium without a window, told what to do through a pipe (the DevTools protocol)."""
import contextlib
import itertools
import json
import os
import pathlib
import select
import subprocess
import tempfile
import time

from peers import SECONDS, stop

FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
         "--disable-background-networking", "--disable-component-update", "--disable-sync",
         "--remote-debugging-pipe"]
# Commands come on descriptor 3, answers go to 4. The browser ends when nobody holds the pipe.
START = 'exec "$@" 3<&0 4>&1 </dev/null >/dev/null'


class Chromium:
    """A browser with nothing of other browsers, until it is closed."""

    def __init__(self):
        self.home = tempfile.TemporaryDirectory(ignore_cleanup_errors=True)
        self.errors = pathlib.Path(self.home.name, "errors")
        program = [os.environ["CHROMIUM"], *FLAGS, f"--user-data-dir={self.home.name}/data"]
        with self.errors.open("wb") as errors:
            self.process = subprocess.Popen(
                ["sh", "-c", START, "sh", *program], bufsize=0, stdin=subprocess.PIPE,
                stdout=subprocess.PIPE, stderr=errors,
                env={**os.environ, "HOME": self.home.name})
        self.number, self.messages, self.unread = 0, [], b""

    def close(self):
        self.process.stdin.close()
        try:
            self.process.wait(SECONDS)
        finally:
            stop(self.process)
            self.process.stdout.close()
            self.home.cleanup()

    def open(self, url):
        """A page, once it has loaded."""
        target = self.call("Target.createTarget", url="about:blank")["targetId"]
        session = self.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        page = Page(self, session)
        page.load(url)
        return page

    def call(self, method, session=None, **parameters):
        """What a command results in."""
        self.number += 1
        command = {"id": self.number, "method": method, "params": parameters}
        if session:
            command["sessionId"] = session
        with contextlib.suppress(BrokenPipeError):  # Why it has ended is said where it is silent.
            self.process.stdin.write(json.dumps(command, ensure_ascii=False).encode() + b"\0")
        answer = self.take(lambda message: message.get("id") == self.number)
        if "error" in answer:
            raise RuntimeError(f"{method}: {answer['error']}")
        return answer["result"]

    def take(self, is_wanted):
        """The first message that is wanted. Others are kept for those who want them later."""
        end = time.monotonic() + 3 * SECONDS  # A browser starts slowly where much else runs.
        for at in itertools.count():
            if at == len(self.messages):
                self.messages.append(self._read(end))
            if is_wanted(self.messages[at]):
                return self.messages.pop(at)

    def _read(self, end):
        while b"\0" not in self.unread:
            pipe = self.process.stdout
            ready, _, _ = select.select([pipe], [], [], max(0, end - time.monotonic()))
            octets = os.read(pipe.fileno(), 65536) if ready else b""
            if not octets:
                wrote = self.errors.read_text(errors="replace")[-2000:]
                raise TimeoutError(f"Chromium is silent; it wrote: {wrote}")
            self.unread += octets
        message, _, self.unread = self.unread.partition(b"\0")
        return json.loads(message)


class Page:
    def __init__(self, browser, session):
        self.browser, self.session = browser, session

    def call(self, method, **parameters):
        return self.browser.call(method, self.session, **parameters)

    def load(self, url):
        self.call("Page.enable")
        self.call("Page.setLifecycleEventsEnabled", enabled=True)
        went = self.call("Page.navigate", url=url)
        loaded = {"name": "load", "loaderId": went["loaderId"]}
        self.browser.take(lambda message: loaded.items() <= message.get("params", {}).items())

    def run(self, function, *arguments):
        """What a function of JavaScript returns, or promises."""
        expression = f"({function})(...{json.dumps(arguments, ensure_ascii=False)})"
        ended = self.call("Runtime.evaluate", expression=expression, awaitPromise=True,
                          returnByValue=True)
        if "exceptionDetails" in ended:
            raise RuntimeError(ended["exceptionDetails"])
        return ended["result"].get("value")
