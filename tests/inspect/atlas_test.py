"""docs/atlas.json says what the inspector says of the messages in it, and what it recognises."""
import json
import tempfile
import unittest

import inspector

ROWS = json.loads((inspector.ROOT / "docs" / "atlas.json").read_text(encoding="utf-8"))


def octets(lines):
    """A head of these lines."""
    return "".join(line + "\r\n" for line in [*lines, ""]).encode("ascii")


def inspect(command, *heads):
    """What the inspector answers about these heads."""
    with tempfile.TemporaryDirectory() as folder:
        names = [f"{folder}/{number}" for number, _ in enumerate(heads)]
        for name, head in zip(names, heads):
            with open(name, "wb") as file:
                file.write(octets(head))
        return inspector.read_answer(inspector.run("--json", command, *names).stdout)


def said_of_request(answer):
    """The verdict on a request, with the reason; an offer may lack what its protocol demands."""
    if answer["verdict"] != "offer":
        return f"{answer['verdict']}: {answer['reason']['code']}"
    for judged in answer.values():
        if isinstance(judged, dict) and judged.get("ok") is False:
            return f"offer, but {judged['reason']['code']}"
    return "offer"


def said_of_exchange(answer):
    """The verdict on both sides, with the reason unless they switch."""
    if answer["verdict"] == "switched":
        return "switched"
    return f"{answer['verdict']}: {answer['reason']['code']}"


class Atlas(unittest.TestCase):
    def rows(self, *keys):
        found = [row for row in ROWS if all(key in row for key in keys)]
        self.assertGreater(len(found), 15)
        return found

    def test_requests_are_what_the_atlas_says(self):
        for row in self.rows("request"):
            with self.subTest(who=row["who"]):
                self.assertEqual(said_of_request(inspect("request", row["request"])),
                                 row["inspector"])

    def test_exchanges_are_what_the_atlas_says(self):
        for row in self.rows("request", "response"):
            with self.subTest(who=row["who"]):
                answer = inspect("exchange", row["request"], row["response"])
                self.assertEqual(said_of_exchange(answer), row["exchange"])

    def test_a_protocol_is_recognised_by_its_signs_alone(self):
        for row in self.rows("request"):
            with self.subTest(who=row["who"]):
                known = inspect("request", row["request"]).get("known")
                if "sign" not in row:
                    self.assertIsNone(known)
                    continue
                self.assertEqual(known["who"], row["who"])
                self.assertEqual(known.get("bends"), row.get("bends"))
                self.assertEqual(known.get("advice"), row.get("advice"))

    def test_a_protocol_is_named_to_people(self):
        for row in self.rows("request", "sign"):
            with self.subTest(who=row["who"]):
                said = inspector.run("request", "-", octets=octets(row["request"])).stdout.decode()
                self.assertIn(f"({row['who']})", " ".join(said.split()))


if __name__ == "__main__":
    unittest.main()
