"""Examples that people copy stay short, and so does turnout's part of them, which is marked."""
import house

MOST_LINES = 149  # of a program, without what examples/common gives it
# Each of them, and how many lines between its marks are turnout's part.
COPIED = {
    "asio_coroutines/server.cpp": 28,
    "beast/server.cpp": 40,
    "fixed_buffers/server.cpp": 35,
    "llhttp/server.cpp": 35,
    "persistent_client/client.cpp": None,
    "poll_server/server.cpp": 35,
    "reverse_proxy/proxy.cpp": 20,
    "through_proxy/client.cpp": None,
}
BEGIN, END = "// turnout begins", "// turnout ends"


def marked(lines):
    """How many lines are between the marks; None if the marks do not match."""
    total, begun = 0, None
    for number, line in enumerate(lines):
        if line.strip() == BEGIN and begun is None:
            begun = number
        elif line.strip() == END and begun is not None:
            total += number - begun - 1
            begun = None
        elif line.strip() in (BEGIN, END):
            return None
    return total if begun is None else None


for name, most in COPIED.items():
    path = house.root / "examples" / name
    lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    if not 0 < len(lines) <= MOST_LINES:
        house.fault(path, 1, f"has {len(lines)} lines; an example has at least 1 and at most {MOST_LINES}")
    if most is not None and not 0 < (marked(lines) or 0) <= most:
        house.fault(path, 1, f"has {marked(lines)} lines between its marks, and not 1 to {most}")
house.finish()
