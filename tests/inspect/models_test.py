"""The models of `chain` are what was measured, and predict nearly all of it."""
import os
import pathlib
import re
import subprocess
import unittest

import inspector

ROWS = inspector.ROOT / "examples/inspect/model_rows.hpp"
VECTORS = inspector.ROOT / "tests/vectors"
SHARE = 0.85  # of the measured cases, that each model predicts


def squeezed(text):
    """A source without its white space, which the formatter chooses."""
    return re.sub(r"\s+", "", text)


class Models(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.fitted = subprocess.run([os.environ["TURNOUT_FIT_MODELS"], VECTORS], capture_output=True,
                                    text=True, check=True, timeout=120)

    def test_the_table_is_what_was_measured(self):
        self.assertEqual(squeezed(ROWS.read_text(encoding="ascii")), squeezed(self.fitted.stdout),
                         "print it again: turnout_fit_models tests/vectors")

    def test_they_predict_what_was_measured(self):
        rows = re.findall(r"(\S+) +(\d+) of (\d+)", self.fitted.stderr)
        self.assertGreaterEqual(len(rows), 12)
        worse = [row for row in rows if int(row[1]) < SHARE * int(row[2])]
        self.assertEqual(worse, [])


if __name__ == "__main__":
    unittest.main()
