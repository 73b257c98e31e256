"""How it is called: statuses, complaints, where octets come from, and colours."""
import errno
import os
import pathlib
import pty
import struct
import subprocess
import tempfile
import threading
import time
import unittest

import inspector

GOLDEN = inspector.SOURCE / "golden"
OFFER = (GOLDEN / "websocket_expect.http").read_bytes()
LIMIT = 16 * 1024 * 1024
KEY = "dGhlIHNhbXBsZSBub25jZQ=="


class Complaints(unittest.TestCase):
    def check(self, *arguments, says, octets=b""):
        ran = inspector.run(*arguments, octets=octets)
        self.assertEqual((ran.returncode, ran.stdout), (2, b""), arguments)
        said = ran.stderr.decode()
        self.assertRegex(said, r"\Aturnout-inspect: [^\n]+\n\Z")
        self.assertIn(says, said)

    def test_what_is_asked_wrong(self):
        self.check(says="a command is missing")
        self.check("--json", says="a command is missing")
        self.check("inspect", says="inspect")
        self.check("request", "--bogus", says="--bogus")
        self.check("request", "--allow", "websocket", says="--allow")
        self.check("request", os.devnull, "another", says="another")
        self.check("--color=blue", "request", says="blue")
        self.check("--color", says="--color")
        self.check("exchange", says="REQUEST")
        self.check("exchange", "-", "-", says="standard input")
        self.check("field", says="NAME")
        self.check("field", "host", says="host can't be inspected alone")
        self.check("field", "upgrade", "--key", KEY, says="--key")
        self.check("field", "sec-websocket-accept", says="--key")
        self.check("field", "sec-websocket-accept", "--key", "AAAA", says="--key")
        self.check("connect", says="URL")
        self.check("connect", "ftp://a/", says="ftp://a/")
        self.check("listen", "0", says="--to")
        self.check("listen", "0", "--to", "nowhere:x", says="nowhere:x")
        self.check("listen", "x", "--to", "a:80", says="PORT")
        self.check("relay", "--allow", "web socket", says="web socket")
        self.check("relay", "--allow", "", says="--allow")
        self.check("relay", *["--allow=a"] * 65, says="--allow")

    def test_what_can_not_be_read(self):
        with tempfile.TemporaryDirectory() as folder:
            for command in ["request"], ["response"], ["relay"], ["field", "upgrade"]:
                self.check(*command, f"{folder}/missing", says="No such file")
                self.check(*command, folder, says="Is a directory")
            self.check("exchange", GOLDEN / "plain.http", f"{folder}/missing", says="No such file")
            self.check("exchange", f"{folder}/missing", GOLDEN / "plain.http", says="No such file")

    @unittest.skipIf(os.geteuid() == 0, "root may read everything")
    def test_what_may_not_be_read(self):
        with tempfile.NamedTemporaryFile() as file:
            os.chmod(file.name, 0)
            self.check("request", file.name, says="Permission denied")

    def test_too_much(self):
        self.check("request", octets=OFFER + b"x" * LIMIT, says=f"larger than {LIMIT} octets")
        with tempfile.NamedTemporaryFile() as file:
            file.truncate(LIMIT + 1)
            self.check("response", file.name, says=f"larger than {LIMIT} octets")

    def test_an_answer_that_can_not_be_written(self):
        with open("/dev/full", "wb") as full:
            ran = subprocess.run([inspector.PROGRAM, "request"], input=OFFER, stdout=full,
                                 stderr=subprocess.PIPE, timeout=inspector.SECONDS)
        self.assertEqual(ran.returncode, 2)
        self.assertIn(b"can't be written", ran.stderr)


class Sources(unittest.TestCase):
    def test_the_limit_itself_is_read(self):
        answer = inspector.ask("request", octets=OFFER + b"x" * (LIMIT - len(OFFER)))
        self.assertEqual(len(answer["leftover"]), LIMIT - len(OFFER))

    def test_no_octets(self):
        for command in "request", "response", "relay":
            self.assertEqual(inspector.ask(command)["verdict"], "incomplete")
            self.assertEqual(inspector.ask(command, os.devnull)["verdict"], "incomplete")
        self.assertEqual(inspector.ask("field", "upgrade")["value"], [])
        self.assertFalse(inspector.ask("field", "alpn")["ok"])

    def test_a_dash_is_standard_input(self):
        self.assertEqual(inspector.ask("request", "-", octets=OFFER)["verdict"], "offer")
        refused = b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"
        answer = inspector.ask("exchange", GOLDEN / "plain.http", "-", octets=refused)
        self.assertEqual(answer["verdict"], "refused")

    def test_one_file_for_both_sides(self):
        octets = OFFER + b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"
        self.assertEqual(inspector.ask("exchange", "-", octets=octets)["verdict"], "refused")
        self.assertEqual(inspector.ask("exchange", "-", octets=OFFER)["verdict"], "incomplete")
        self.assertEqual(inspector.ask("exchange", os.devnull)["verdict"], "incomplete")

    def test_a_side_of_a_recording(self):
        for name in "captured.pcap", "captured_next_generation.pcapng", "har_of_firefox.har":
            for command, verdicts in ("request", {"offer"}), ("response", {"switched", "refused"}):
                with self.subTest(name=name, command=command):
                    self.assertIn(inspector.ask(command, GOLDEN / name)["verdict"], verdicts)

    def test_damaged_recordings_are_octets(self):
        for name in "captured.pcap", "captured_next_generation.pcapng", "har_of_firefox.har":
            whole = (GOLDEN / name).read_bytes()
            for size in range(0, len(whole), 7):
                inspector.ask("exchange", "-", octets=whole[:size])
        for odd in (b"{}", b'{"log": 1}', b'{"log": {"entries": 1}}', b'{"log": {"entries": [1, {}]}}',
                    b'{"log": {"entries": [{"request": {"headers": "a", "url": 1}}]}}', b"[" * 100000):
            inspector.ask("exchange", "-", octets=odd)

    def test_a_recording_with_damaged_packets(self):
        whole = (GOLDEN / "captured.pcap").read_bytes()
        for head, size in (0, 0), (0, 5), (1, 4), (4, 16):
            packet = struct.pack(">BBH5xB40x", 0x40 | head, 0, size, 6)
            frame = struct.pack(">12xH", 0x800) + packet
            record = struct.pack("<8xII", len(frame), len(frame)) + frame
            damaged = whole[:24] + record + whole[24:]
            for command in "request", "response", "exchange":
                with self.subTest(head=head, size=size, command=command):
                    self.assertEqual(inspector.ask(command, "-", octets=damaged),
                                     inspector.ask(command, "-", octets=whole))

    def test_a_slow_writer(self):
        program = [inspector.PROGRAM, "--json", "request"]
        with subprocess.Popen(program, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as running:
            for octet in OFFER:
                running.stdin.write(bytes([octet]))
                running.stdin.flush()
                time.sleep(0.001)
            said, _ = running.communicate(timeout=inspector.SECONDS)
        self.assertEqual(running.returncode, 0)
        self.assertEqual(inspector.read_answer(said)["head_size"], len(OFFER))

    def test_a_pipe_with_a_name(self):
        with tempfile.TemporaryDirectory() as folder:
            pipe = pathlib.Path(folder, "pipe")
            os.mkfifo(pipe)
            writer = threading.Thread(target=pipe.write_bytes, args=[OFFER * 1000])
            writer.start()
            answer = inspector.ask("request", pipe)
            writer.join(inspector.SECONDS)
        self.assertEqual(len(answer["leftover"]), 999 * len(OFFER))

    def test_whatever_is_pasted(self):
        for text in (OFFER, OFFER.replace(b"\r\n", b"\n"), OFFER[:-2], OFFER[:-4],
                     OFFER.replace(b"\r\n", b"\n").rstrip(b"\n")):
            with self.subTest(text=text):
                answer = inspector.ask("request", "--paste", octets=text)
                self.assertEqual((answer["verdict"], answer["head_size"]), ("offer", len(OFFER)))

    def test_marks_around_what_is_pasted(self):
        lines = OFFER.decode().split("\r\n")[:-1]
        curl = "".join(f"> {line}\n" for line in lines)
        for text in (curl, "* Connected to a (127.0.0.1) port 80\n" + curl + "< HTTP/1.1 101 \n< \n",
                     curl.replace("> \n", ">\n"), "".join(f"{line}\\r\\n" for line in lines),
                     "".join(f"{line}\\r\\n\n" for line in lines),
                     "#\nT 127.0.0.1:1 -> 127.0.0.1:80 [AP]\n" + "".join(f"{line}.\n" for line in lines)):
            with self.subTest(text=text):
                answer = inspector.ask("request", "--paste", octets=text.encode())
                self.assertEqual((answer["verdict"], answer["head_size"]), ("offer", len(OFFER)))

    def test_what_looks_like_a_mark_and_is_none(self):
        html = b"HTTP/1.1 404 Not Found\nServer: a.\n\n<html>\n<p>> no\n."
        answer = inspector.ask("response", "--paste", octets=html)
        self.assertEqual((answer["verdict"], answer["status_code"]), ("refused", 404))
        self.assertEqual(answer["leftover"], "<html>\r\n<p>> no\r\n.")

    def test_the_other_side_of_what_curl_printed(self):
        curl = b"> GET / HTTP/1.1\n> Host: a\n> \n"
        answer = inspector.ask("response", "--paste", octets=curl)
        self.assertIn("this looks like a request", answer["help"])

    def test_offsets_in_a_value_count_the_whitespace_before_it(self):
        for octets, at in (b"a b", 2), (b" a b", 3), (b"\t  a b \t", 5), (b" \t", 2), (b"", 0):
            with self.subTest(octets=octets):
                answer = inspector.ask("field", "sec-websocket-protocol", octets=octets)
                self.assertEqual(answer["reason"]["at"], at)

    def test_a_field_name_in_any_case(self):
        answer = inspector.ask("field", "SEC-WebSocket-Accept", "--key", KEY,
                               octets=b"s3pPLMBiTxaQ9kYGzzhZRbK+xOo=")
        self.assertEqual((answer["ok"], answer["value"]), (True, True))


class Colors(unittest.TestCase):
    def on_terminal(self, *arguments, **environment):
        """What is printed where the output is a terminal."""
        terminal, output = pty.openpty()
        clean = {name: value for name, value in os.environ.items() if name != "NO_COLOR"}
        program = [inspector.PROGRAM, *arguments, GOLDEN / "plain.http"]
        with subprocess.Popen(program, stdout=output, env={**clean, **environment}) as running:
            os.close(output)
            said = b""
            while piece := self.read(terminal):
                said += piece
        os.close(terminal)
        self.assertEqual(running.returncode, 4)
        return said

    @staticmethod
    def read(terminal):
        """What comes next; a terminal whose other end is closed fails."""
        try:
            return os.read(terminal, 65536)
        except OSError as failed:
            if failed.errno != errno.EIO:
                raise
            return b""

    def test_on_a_terminal(self):
        self.assertIn(b"\x1b[", self.on_terminal("request"))
        self.assertIn(b"\x1b[", self.on_terminal("--color=auto", "request"))
        self.assertIn(b"\x1b[", self.on_terminal("request", NO_COLOR=""))
        self.assertNotIn(b"\x1b[", self.on_terminal("request", NO_COLOR="1"))
        self.assertIn(b"\x1b[", self.on_terminal("--color=always", "request", NO_COLOR="1"))
        self.assertNotIn(b"\x1b[", self.on_terminal("--color=never", "request"))
        self.assertNotIn(b"\x1b[", self.on_terminal("--json", "--color=always", "request"))

    def test_elsewhere(self):
        plain = inspector.run("request", octets=OFFER).stdout
        self.assertNotIn(b"\x1b[", plain)
        self.assertEqual(inspector.run("request", "--color=never", octets=OFFER).stdout, plain)
        self.assertIn(b"\x1b[", inspector.run("request", "--color=always", octets=OFFER).stdout)


class Help(unittest.TestCase):
    def check(self, *arguments, says):
        ran = inspector.run(*arguments)
        self.assertEqual((ran.returncode, ran.stderr), (0, b""))
        for one in says:
            self.assertIn(one, ran.stdout.decode())

    def test_help(self):
        commands = ["request", "response", "exchange", "field", "relay", "connect", "listen"]
        self.check("--help", says=[*commands, "--json", "--paste", "--color", "--version",
                                   "Exit status"])
        self.check("-h", says=commands)
        for command in commands:
            self.check(command, "--help", says=[f"turnout-inspect {command}"])
        self.check("field", "--help", says=["--key", "sec-websocket-accept", "capsule-protocol"])
        self.check("relay", "--help", says=["--allow"])
        self.check("connect", "--help", says=["--subprotocol", "--origin", "-H,--header", "--insecure"])
        self.check("listen", "--help", says=["--to", "--once"])

    def test_version(self):
        page = (inspector.ROOT / "include/turnout/version.hpp").read_text(encoding="utf-8")
        numbers = [line.split()[-1] for line in page.splitlines()
                   if line.startswith("#define TURNOUT_VERSION_")]
        self.check("--version", says=["turnout-inspect " + ".".join(numbers[:3])])


if __name__ == "__main__":
    unittest.main()
