"""What adapters in Python share: the loop over lines, octets, and the checks of a careful program.

Parsers say what a message is, and leave the rest to their callers. So that they can be scored, such a
caller is here: it looks whether Upgrade lists a protocol that it speaks and whether Connection lists
upgrade. What the parser lets through or gets wrong before that is the parser's.
"""
import json
import pathlib
import re
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from deflate import parameters  # noqa: E402, F401

SKIP = {"outcome": "skip"}
TOKEN = re.compile(rb"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
PROTOCOL = re.compile(TOKEN.pattern + rb"(/" + TOKEN.pattern + rb")?")
METHODS = {b"GET", b"POST", b"OPTIONS"}
# The key whose accept value the responses of the cases have.
KEY = "dGhlIHNhbXBsZSBub25jZQ=="


def octets(text):
    return text.encode("latin-1")


def text(data):
    return bytes(data).decode("latin-1")


def run(play):
    """Answers each line with what `play` makes of its case."""
    for line in sys.stdin:
        case = json.loads(line)
        try:
            answer = play(case) or SKIP
        except Exception as error:  # is an outcome too: the library threw what it does not document
            print(f"{case['id']}: {error!r}", file=sys.stderr)
            answer = {"outcome": "exception"}
        print(json.dumps({"id": case["id"], **answer}), flush=True)


def members(headers, name, grammar):
    """The members of a list field; none if one is malformed."""
    lines = [value for field, value in headers if field.lower() == name]
    found = [one.strip(b" \t") for line in lines for one in line.split(b",")]
    found = [one for one in found if one]
    return found if all(grammar.fullmatch(one) for one in found) else []


def name_of(protocol):
    """A protocol for comparison: the name ignores case, the version does not."""
    name, slash, version = protocol.partition(b"/")
    return name.lower() + slash + version


def lists_upgrade(headers):
    return b"upgrade" in [one.lower() for one in members(headers, b"connection", TOKEN)]


def spoken(case):
    """The protocols of a case's server."""
    return [octets(one) for one in [case["profile"], *case.get("setup", {}).get("also", [])]]


def chosen(headers, offers, own):
    """The first protocol that is offered and spoken."""
    if not offers or not lists_upgrade(headers):
        return None
    known = {name_of(one): one for one in own}
    for one in members(headers, b"upgrade", PROTOCOL):
        if name_of(one) in known:
            return known[name_of(one)]
    return None


def confirmed(headers, asked):
    """The protocol that a 101 switches to, if it was offered."""
    named = members(headers, b"upgrade", PROTOCOL)
    if len(named) == 2 and named[0].startswith(b"TLS/") and named[1] == b"HTTP/1.1":
        named = named[:1]  # TLS names what goes on above it
    offered = {name_of(one): one for one in members(asked, b"upgrade", PROTOCOL)}
    if len(named) != 1 or not lists_upgrade(headers):
        return None
    return offered.get(name_of(named[0]))


def parts_of(request):
    """The three parts of a start line, the fields, and what follows, of a message that was taken."""
    head, _, rest = request.lstrip(b"\r\n").partition(b"\r\n\r\n")
    start, *lines = re.sub(rb"\r\n[ \t]+", b" ", head).split(b"\r\n")
    lines = [line for line in lines if b":" in line]
    fields = [tuple(part.strip() for part in line.split(b":", 1)) for line in lines]
    first, second, *third = start.split(b" ", 2)
    return first, second, third[0] if third else b"", fields, rest


def lines_of(headers):
    return [f"{text(name)}: {text(value)}" for name, value in headers]


# What a request for a WebSocket has in place of one for foo/2, and its 101.
WEBSOCKET_REQUEST = f"Upgrade: websocket\r\nSec-WebSocket-Key: {KEY}\r\nSec-WebSocket-Version: 13\r\n"
WEBSOCKET_RESPONSE = "Upgrade: websocket\r\nSec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n"
FOO = "Upgrade: foo/2\r\n"
PLAIN = "GET /x HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\n" + FOO + "\r\n"


def as_websocket(case):
    """A case that a library for WebSockets alone can play: one of the made-up protocol foo/2 with
    `websocket` in its place; nothing where that would be another case.
    """
    if case["profile"] == "websocket":
        return case
    if case["profile"] != "foo/2" or "setup" in case:
        return None
    if case["role"] == "server":
        # Only GET asks for a WebSocket, and such a library has one request.
        head = case["request"].partition("\r\n\r\n")[0] + "\r\n"
        if FOO not in head or head.startswith(("POST", "OPTIONS")) or "\r\nContent-Length" in head:
            return None
        return {**case, "request": case["request"].replace(FOO, WEBSOCKET_REQUEST, 1)}
    switches = re.match(r"(HTTP/\S+ 1(?!01).*?\r\n\r\n)*HTTP/\S+ +101", case["response"], re.DOTALL)
    response = case["response"].replace(FOO, WEBSOCKET_RESPONSE, 1 if switches else 0)
    # A 101 that needs other changes than this one, or one within content, is left out.
    if case["request"] != PLAIN or "foo/2" in response.lower():
        return None
    if response.lower().count("\nupgrade:") > 1:
        return None  # The whole value has to be websocket: no list.
    if switches and "Sec-WebSocket-Accept" not in response or "Transfer-Encoding" in response:
        return None
    return {**case, "request": PLAIN.replace(FOO, WEBSOCKET_REQUEST), "response": response}


def of_websocket(case, answer):
    """The answer to a case that was played as one of WebSocket."""
    if answer is not None and "protocol" in answer:
        return {**answer, "protocol": case["profile"]}
    return answer


def value_of(fields, name):
    """The value of all lines with a name as one list; nothing if there is none."""
    return ", ".join(text(value) for field, value in fields if field.lower() == name) or None
