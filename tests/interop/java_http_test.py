"""The HttpClient of Java, which offers h2c by itself, against our server that speaks HTTP/2.

H2C-02, H2C-09, H2C-10, H2C-11, H2C-12.
"""
import os
import pathlib
import subprocess
import unittest

from peers import SECONDS, ServerCase

PAGES = """\
HTTP_2 200 This page came over HTTP/2, by upgrade from HTTP/1.1.
HTTP_2 200 This page came over HTTP/2.
HTTP_2 200 This page came over HTTP/2, by upgrade from HTTP/1.1.
5 octets came with the request; they end with: hello
"""


class Java(ServerCase):
    server = "TURNOUT_H2C_SERVER"

    def test_pages_by_upgrade_and_on_the_same_connection(self):
        source = pathlib.Path(__file__).with_name("JavaPages.java")
        program = [os.environ["JAVA"], str(source), f"http://127.0.0.1:{self.port}/"]
        # It is compiled first, which takes its time.
        ended = subprocess.run(program, capture_output=True, text=True, timeout=10 * SECONDS)
        self.assertEqual((ended.returncode, ended.stdout), (0, PAGES), ended.stderr)


if __name__ == "__main__":
    unittest.main(failfast=True)
