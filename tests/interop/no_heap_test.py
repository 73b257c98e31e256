"""The server with fixed buffers asks nobody for memory, and has no texts that it does not send."""
import os
import pathlib
import re
import subprocess
import unittest


class NoHeap(unittest.TestCase):
    def wanted(self, program):
        """The functions that a program takes from libraries."""
        listed = subprocess.run([os.environ["NM"], "--undefined-only", "--demangle",
                                 os.environ[program]], stdout=subprocess.PIPE, text=True, check=True)
        return listed.stdout

    def test_it_has_no_use_for_a_heap(self):
        # nm does not demangle names that have a version.
        heap = re.compile(r"\b(malloc|calloc|realloc|operator new)\b|\b_Zn[wa]")
        self.assertRegex(self.wanted("TURNOUT_POLL_SERVER"), heap, "the others have one")
        self.assertNotRegex(self.wanted("TURNOUT_FIXED_BUFFERS"), heap)

    def test_it_has_no_sentences(self):
        for program, linked in ("TURNOUT_POLL_SERVER", True), ("TURNOUT_FIXED_BUFFERS", False):
            octets = pathlib.Path(os.environ[program]).read_bytes()
            self.assertEqual(b"the output does not fit into the buffer" in octets, linked, program)


if __name__ == "__main__":
    unittest.main()
