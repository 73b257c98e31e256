"""What a chain of models makes of a request."""
import unittest

import inspector

WEBSOCKET = ("Connection: Upgrade", "Upgrade: websocket", "Sec-WebSocket-Version: 13",
             "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==")


def request(*lines, start="GET /chat HTTP/1.1", host="Host: a", after=""):
    return ("\r\n".join([start, host, *lines, "", ""]) + after).encode("latin-1")


def chain(*names, octets):
    """The answer, and the exit status."""
    ran = inspector.run("--json", "chain", *names, octets=octets)
    return inspector.read_answer(ran.stdout), ran.returncode


class Verdicts(unittest.TestCase):
    def check(self, *names, octets, verdict, status):
        answer, returned = chain(*names, octets=octets)
        self.assertEqual((answer["verdict"], returned), (verdict, status), answer)
        return answer

    def test_all_agree(self):
        answer = self.check("nginx", "ws", octets=request(*WEBSOCKET), verdict="switch", status=0)
        self.assertEqual([hop["name"] for hop in answer["hops"]], ["nginx", "ws"])
        self.assertEqual({hop["does"] for hop in answer["hops"]}, {"upgrade"})
        self.assertEqual(answer["differences"], [])

    def test_content_that_only_one_of_them_reads(self):
        answer = self.check("nginx", "node", octets=request(
            "Connection: Upgrade", "Upgrade: foo/2", "Content-Length: 5", start="POST / HTTP/1.1",
            after="helloxyz"), verdict="disagree", status=1)
        self.assertEqual([hop["content"] for hop in answer["hops"]], [5, 0])
        self.assertIn("node", answer["differences"][0])

    def test_a_proxy_that_takes_the_offer_off(self):
        answer = self.check("haproxy", "turnout", octets=request(
            "Connection: Upgrade", "Upgrade: foo/2", "Content-Length: 5", start="POST / HTTP/1.1",
            after="hello"), verdict="serve", status=4)
        self.assertEqual(answer["hops"][0]["because"], "content_length")
        self.assertEqual(answer["hops"][1]["because"], "no_upgrade")

    def test_a_proxy_that_offers_what_the_client_did_not(self):
        self.check("nginx", "ws", octets=request(*WEBSOCKET[1:]), verdict="unwanted", status=1)

    def test_a_proxy_that_repairs_what_the_server_would_refuse(self):
        offer = request(*WEBSOCKET, start="\r\nGET /chat HTTP/1.1")
        self.check("nginx", "ws", octets=offer, verdict="switch", status=0)

    def test_a_refusal_ends_the_chain(self):
        answer = self.check("turnout", octets=request(*WEBSOCKET, host="X: a"), verdict="refuse",
                            status=1)
        self.assertEqual(answer["hops"][0]["because"], "missing_host")

    def test_half_a_head(self):
        self.check("nginx", "node", octets=b"GET / HTTP/1.1\r\nHost: a\r\n", verdict="wait", status=3)

    def test_a_protocol_is_the_first_that_is_offered(self):
        self.check("turnout", octets=request("Connection: upgrade", "Upgrade: foo, bar"),
                   verdict="switch", status=0)


class Complaints(unittest.TestCase):
    def check(self, *arguments, says):
        ran = inspector.run("chain", *arguments)
        self.assertEqual((ran.returncode, ran.stdout), (2, b""))
        self.assertIn(says, ran.stderr.decode())

    def test_no_names(self):
        self.check(says="--list")

    def test_a_name_that_nobody_has(self):
        self.check("nginx", "nope", says="no model of nope")

    def test_a_server_in_front_of_another(self):
        self.check("node", "nginx", says="nothing comes after it")


class List(unittest.TestCase):
    def test_every_name_is_a_chain(self):
        ran = inspector.run("chain", "--list")
        self.assertEqual(ran.returncode, 0)
        rows = [line.split() for line in ran.stdout.decode().splitlines()]
        self.assertGreaterEqual(len(rows), 12)
        for name, *_, kind in rows:
            self.assertIn(kind, {"server", "intermediary"})
            answer, _ = chain(name, octets=request(*WEBSOCKET))
            self.assertEqual(answer["hops"][0]["does"], "upgrade", name)


if __name__ == "__main__":
    unittest.main()
