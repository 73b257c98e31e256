"""h11, a parser with states for both sides: https://h11.readthedocs.io. The checks of Upgrade and
Connection are those of adapter.py, since h11 leaves them to its caller.
"""
import h11

import adapter

SIMPLE = {"foo/2", "bar", "none", "connect", "tcp", "TLS/1.2", "h2c"}


class Server:
    def __init__(self, case):
        self.case = case
        self.connection = h11.Connection(h11.SERVER)
        self.before = 0  # how many requests were answered as ordinary ones
        self.continues = False
        self.content = b""
        self.request = None

    def play(self):
        if self.case["request"]:
            self.connection.receive_data(adapter.octets(self.case["request"]))
        if "end" in self.case:
            self.connection.receive_data(b"")
        try:
            return self.run()
        except h11.RemoteProtocolError as failed:
            return {"outcome": "refuse", "status": failed.error_status_hint, "close": True,
                    "before": self.before}

    def run(self):
        while True:
            event = self.connection.next_event()
            if isinstance(event, h11.Request):
                self.request, self.content = event, b""
                self.continues = self.connection.they_are_waiting_for_100_continue
                if self.continues:
                    self.connection.send(h11.InformationalResponse(status_code=100, headers=[]))
            elif isinstance(event, h11.Data):
                self.content += bytes(event.data)
            elif isinstance(event, h11.EndOfMessage):
                if (answer := self.answer()) is not None:
                    return answer
            elif event is h11.NEED_DATA:
                between = self.connection.their_state is h11.IDLE
                if self.before == 0 or not between or self.connection.trailing_data[0]:
                    return {"outcome": "incomplete"}
                return self.ordinary()
            elif event is h11.PAUSED:
                return self.ordinary()
            else:  # ConnectionClosed
                return self.ordinary() if self.before else {"outcome": "close"}

    def ordinary(self):
        return {"outcome": "ordinary", "content": adapter.text(self.content),
                "before": self.before - 1}

    def answer(self):
        """Answers a request that is there whole; nothing if the next one may follow."""
        offers = self.connection.their_state is h11.MIGHT_SWITCH_PROTOCOL
        before = {"before": self.before, "content": adapter.text(self.content)}
        if self.request.method == b"CONNECT":
            if not offers or self.case.get("setup", {}).get("connect") != "open":
                return {"outcome": "refuse", "status": 501, "close": True, "before": self.before}
            self.connection.send(h11.Response(status_code=200, headers=[]))
            left = len(self.connection.trailing_data[0])
            return {"outcome": "tunnel", "status": 200, "leftover": left, **before}
        found = adapter.chosen(self.request.headers, offers, adapter.spoken(self.case))
        if found is not None and self.request.method in adapter.METHODS:
            fields = [(b"Connection", b"Upgrade"), (b"Upgrade", found)]
            self.connection.send(h11.InformationalResponse(status_code=101, headers=fields))
            return {"outcome": "switch", "protocol": adapter.text(found),
                    "leftover": len(self.connection.trailing_data[0]), **before,
                    "continue": self.continues, "fields": adapter.lines_of(fields)}
        self.connection.send(h11.Response(status_code=200, headers=[(b"Content-Length", b"0")]))
        self.connection.send(h11.EndOfMessage())
        self.before += 1
        if self.connection.our_state is h11.MUST_CLOSE:
            return {**self.ordinary(), "close": True}
        self.connection.start_next_cycle()
        return None


class Client:
    def __init__(self, case):
        self.case = case
        self.connection = h11.Connection(h11.CLIENT)
        self.interim = []
        self.content = b""
        self.response = None

    def play(self):
        method, target, _, self.asked, content = adapter.parts_of(adapter.octets(self.case["request"]))
        try:
            self.connection.send(h11.Request(method=method, target=target, headers=self.asked))
            if content:
                self.connection.send(h11.Data(content))
            self.connection.send(h11.EndOfMessage())
        except h11.LocalProtocolError:
            return None  # It does not send such a request.
        if self.case["response"]:
            self.connection.receive_data(adapter.octets(self.case["response"]))
        if "end" in self.case:
            self.connection.receive_data(b"")
        try:
            return {**self.run(), "interim": self.interim}
        except h11.RemoteProtocolError:
            return {"outcome": "failed"}

    def left(self):
        return len(self.connection.trailing_data[0])

    def run(self):
        while True:
            event = self.connection.next_event()
            if isinstance(event, h11.InformationalResponse):
                if event.status_code == 101:
                    found = adapter.confirmed(event.headers, self.asked)
                    if found is None:
                        return {"outcome": "failed"}
                    return {"outcome": "switched", "protocol": adapter.text(found), "leftover": self.left()}
                self.interim.append(event.status_code)
            elif isinstance(event, h11.Response):
                self.response = event
                if self.connection.our_state is h11.SWITCHED_PROTOCOL:
                    return {"outcome": "tunnel", "leftover": self.left()}
            elif isinstance(event, h11.Data):
                self.content += bytes(event.data)
            elif isinstance(event, h11.EndOfMessage):
                return {"outcome": "refused", "status": self.response.status_code, "complete": True,
                        "content": adapter.text(self.content), "leftover": self.left()}
            else:
                return self.wait()

    def wait(self):
        if self.response is not None:
            return {"outcome": "refused", "status": self.response.status_code, "complete": False}
        between = self.interim and not self.connection.trailing_data[0]
        return {"outcome": "interim" if between else "incomplete"}


def play(case):
    if case["role"] not in {"server", "client"} or case["profile"] not in SIMPLE:
        return None
    # h2c has settings, which h11 does not read.
    if case["profile"] in {"h2c", "TLS/1.2", "tcp"} and case["role"] == "server":
        return None
    return (Server if case["role"] == "server" else Client)(case).play()


adapter.run(play)
