"""Every message of the project: the inspector says what the handshakes say, wherever both answer
the same question. It has larger limits, and knows no list of protocols that a server speaks."""
import collections
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import unittest

import inspector

sys.path.insert(0, str(inspector.ROOT / "tests/vectors"))
import suite

# What a protocol demands of a request decides about the offer of that protocol alone.
OF_PROFILES = {"method_not_allowed", "content_not_allowed", "empty_host", "field_not_nominated"}
# The library points at the field, the inspector at the element.
REFINED = {"extension_not_offered"}
SIDES = {"request", "responses"}
SPOKEN = {"h2c": "h2c", "docker": "tcp", "websocket": "websocket", "spdy": "spdy", "tls": "tls"}
TOKENS = {"spdy": "SPDY/3.1", "tls": "TLS/1.2"}
# Kubernetes' subprotocol with a slash is none of RFC 6455.
SLASHED = "kubectl-1.32.4-port-forward-websocket.http"
HEADS = {
    "a1_min.req": ("offer", "websocket"), "a2_chrome.req": ("offer", "websocket"),
    "a3_h2c.req": ("offer", "h2c"), "a4_docker.req": ("offer", "tcp"),
    "a5_large.req": ("offer", "websocket"), "b1_min101.resp": ("switched", None),
    "b2_101_12.resp": ("switched", None), "b3_426.resp": ("refused", None),
}
# What the inspector says of a case with an outcome: it reads one head, and no content, after which a
# server may refuse what is an offer.
OF_REQUEST = {"switch": {"offer"}, "refuse": {"invalid", "offer"}, "ordinary": {"plain", "offer"},
              "tunnel": {"plain"}, "incomplete": {"incomplete", "offer", "plain"}}
OF_RESPONSES = {"switched": "switched", "tunnel": "switched", "refused": "refused",
                "failed": "violation", "interim": "incomplete", "incomplete": "incomplete"}
# It takes more lines than a client, and whether CONNECT is allowed is not its affair.
APART = {"response-fields/lines-1000", "refused/chunked-bad-size", "connect/not-allowed",
         "connect/not-allowed-upgrade", "connect/not-allowed-request-after"}


def corpus():
    """What the handshakes say of each sample."""
    lines = subprocess.run([os.environ["TURNOUT_PRINT_CORPUS"]], capture_output=True, check=True)
    for line in lines.stdout.splitlines():
        sample = json.loads(line)
        yield {**sample, **{side: bytes.fromhex(sample[side]) for side in SIDES & sample.keys()}}


def place(reason):
    return reason["code"], reason["at"]


class Vectors(unittest.TestCase):
    def check_head(self, octets, answer):
        """What is in every head."""
        self.assertEqual(answer["head_size"], octets.index(b"\r\n\r\n") + 4)
        self.assertEqual(answer["leftover"], octets[answer["head_size"]:].decode("latin-1"))
        self.assertEqual(answer["version"], "1.1")
        self.assertIn("upgrade", answer["connection"])

    def test_recorded_requests(self):
        paths = sorted((inspector.ROOT / "tests/vectors/heads").iterdir())
        self.assertGreaterEqual(len(paths), 9)
        for path in paths:
            with self.subTest(name=path.name):
                octets = path.read_bytes()
                answer = inspector.ask("request", path)
                key = next(SPOKEN[word] for word in SPOKEN if word in path.name)
                self.assertEqual(answer["verdict"], "offer")
                if key != "tls":  # which demands nothing more
                    self.assertEqual(answer[key]["ok"], path.name != SLASHED, answer)
                self.check_head(octets, answer)
                method, target = octets.split(b" ")[:2]
                self.assertEqual(answer["method"], method.decode())
                self.assertEqual(answer["target"], target.decode())
                self.assertEqual(inspector.ask("request", octets=octets), answer)

    def test_measured_heads(self):
        folder = inspector.ROOT / "benchmarks/heads"
        self.assertEqual({path.name for path in folder.iterdir()}, set(HEADS))
        for name, (verdict, key) in HEADS.items():
            with self.subTest(name=name):
                command = "request" if name.endswith(".req") else "response"
                answer = inspector.ask(command, folder / name)
                self.assertEqual(answer["verdict"], verdict)
                self.assertTrue(key is None or answer[key]["ok"], answer)
                self.check_head((folder / name).read_bytes(), answer)

    def test_recorded_requests_are_relayed_only_where_that_is_allowed(self):
        for path in sorted((inspector.ROOT / "tests/vectors/heads").iterdir()):
            with self.subTest(name=path.name):
                key = next(SPOKEN[word] for word in SPOKEN if word in path.name)
                self.assertEqual(inspector.ask("relay", path)["verdict"], "plain")
                answer = inspector.ask("relay", "--allow", TOKENS.get(key, key), path)
                self.assertEqual(answer["verdict"], "plain" if key == "h2c" else "upgrade")
                self.assertIn("upgrade", answer["removed"])
                self.assertNotIn("HTTP2-Settings", answer["forwarded"])


class Corpus(unittest.TestCase):
    def test_octets_of_cases_are_read_from_there(self):
        """A sample with the octets of a case names it. What a case with an end says is about the end."""
        support = inspector.ROOT / "tests/support"
        text = "".join((support / name).read_text() for name in ("corpus.hpp", "fixtures.hpp"))
        names = collections.defaultdict(list)
        for case in suite.cases():
            for side in ("request", "response"):
                if side in case and "end" not in case:
                    names[side, case[side].encode("latin-1")].append(f'{side}_of("{case["id"]}")')
        sides = [("response", one["responses"]) if "responses" in one else ("request", one["request"])
                 for one in corpus()]
        self.assertEqual(len(sides), len(set(sides)))
        self.assertGreater(sum(side in names for side in sides), 80)
        for side in sides:
            with self.subTest(octets=side[1]):
                named = any(name in text for name in names.get(side, []))
                self.assertTrue(named or side not in names, f"a case has these octets: write {names.get(side)}")

    def test_requests(self):
        samples = [one for one in corpus() if "responses" not in one]
        self.assertGreater(len(samples), 100)
        for sample in samples:
            with self.subTest(sample=sample):
                answer = inspector.ask("request", octets=sample["request"])
                self.check_request(sample, answer)

    def check_request(self, sample, answer):
        what, code = sample["what"], sample["code"]
        connects = sample["request"].startswith(b"CONNECT")
        if what == "need_more":
            self.assertEqual(answer["verdict"], "incomplete")
        elif what == "tunnel_requested" and code == "none":
            self.assertEqual(answer["verdict"], "plain")
            self.assertEqual(answer["reason"]["code"], "no_upgrade")
        elif what == "upgrade_offered" or code == "no_common_protocol":
            self.assertEqual(answer["verdict"], "offer")
        elif code in OF_PROFILES and not connects:
            self.assertEqual(answer["verdict"], "offer")
            self.check_profile(sample, answer)
        else:
            self.assertEqual(answer["verdict"], "invalid" if what == "failed" else "plain")
            self.assertEqual(place(answer["reason"]), (code, sample["at"]))

    def check_profile(self, sample, answer):
        """A known protocol that is refused is refused for the same reason."""
        said = [answer[key] for key in SPOKEN.values() if key in answer]
        self.assertEqual([place(one["reason"]) for one in said], [(sample["code"], sample["at"])])

    def test_responses(self):
        verdicts = {"need_more": "incomplete", "switched": "switched", "declined": "refused",
                    "failed": "violation"}
        samples = [one for one in corpus() if "responses" in one]
        self.assertGreater(len(samples), 50)
        with tempfile.TemporaryDirectory() as folder:
            request, responses = pathlib.Path(folder, "request"), pathlib.Path(folder, "responses")
            for sample in samples:
                with self.subTest(sample=sample):
                    request.write_bytes(sample["request"])
                    responses.write_bytes(sample["responses"])
                    answer = inspector.ask("exchange", request, responses)
                    self.assertEqual(answer["verdict"], verdicts[sample["what"]])
                    if sample["what"] != "failed":
                        continue
                    self.assertEqual(answer["reason"]["code"], sample["code"])
                    if sample["code"] in REFINED:
                        self.assertGreaterEqual(answer["reason"]["at"], sample["at"])
                    else:
                        self.assertEqual(answer["reason"]["at"], sample["at"])

    def test_both_sides_are_inspected_alone_too(self):
        for sample in corpus():
            if "responses" in sample and sample["what"] == "switched":
                with self.subTest(sample=sample):
                    answer = inspector.ask("request", octets=sample["request"])
                    self.assertEqual(answer["verdict"], "offer")
                    answer = inspector.ask("response", octets=sample["responses"])
                    self.assertIn(answer["verdict"], {"switched", "interim"})


class Cases(unittest.TestCase):
    """The cases of tests/vectors, by the outcome that comes first."""

    def cases_of(self, role):
        found = [(one, one["expect"][0]) for one in suite.cases()
                 if one["role"] == role and "end" not in one and one["id"] not in APART]
        self.assertGreater(len(found), 300)
        return found

    def test_requests(self):
        for case, expected in self.cases_of("server"):
            if "before" in expected:  # it reads the first request alone
                continue
            with self.subTest(id=case["id"]):
                answer = inspector.ask("request", octets=case["request"].encode("latin-1"))
                self.assertIn(answer["verdict"], OF_REQUEST[expected["outcome"]])

    def test_exchanges(self):
        with tempfile.TemporaryDirectory() as folder:
            paths = {side: pathlib.Path(folder, side) for side in ("request", "response")}
            for case, expected in self.cases_of("client"):
                with self.subTest(id=case["id"]):
                    for side, path in paths.items():
                        path.write_bytes(case[side].encode("latin-1"))
                    answer = inspector.ask("exchange", *paths.values())
                    self.assertEqual(answer["verdict"], OF_RESPONSES[expected["outcome"]])


if __name__ == "__main__":
    unittest.main()
