"""Chromium: `client URL`, as python_peers.py; it begins with the page of the server."""
import json
import os
import pathlib
import shutil
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "interop"))
os.environ["CHROMIUM"] = shutil.which("chromium")
from chromium import Chromium  # noqa: E402

SCRIPT = """async (url) => {
  const left = ["Hello", "", "m".repeat(10000)], found = {echoed: true};
  const peer = new WebSocket(url + "/echo", ["zzz", "chat"]);
  peer.onopen = () => peer.send(left[0]);
  peer.onmessage = ({data}) => {
    found.echoed = found.echoed && data === left.shift();
    if (left.length) peer.send(left[0]); else peer.close(1000);
  };
  found.closed = await new Promise((done) => peer.onclose = ({code}) => done(code));
  found.subprotocol = peer.protocol;
  const other = new WebSocket(url + "/none");
  found.refused = await new Promise((done) => { other.onopen = () => done(101); other.onerror = () => done("yes"); });
  return found;
}"""

browser = Chromium()
try:
    page = browser.open(sys.argv[2].replace("ws:", "http:") + "/")
    print(json.dumps(page.run(SCRIPT, sys.argv[2])))
finally:
    browser.close()
