"""What run.sh measured and counted."""
import json
import pathlib
import statistics

COUNTED = ("instructions", "jumps")
OURS = ("turnout", "only_read")


def load(directory):
    """What the runs say of themselves, and for each row what is known of it.

    Each batch has its functions in another order. A row's time in a batch is the median of its
    repetitions; `ns` is the median of the batches, `least` the least of them.
    """
    rows = {}
    context = None
    for path in sorted(pathlib.Path(directory).glob("batch-*.json")):
        run = json.loads(path.read_text())
        context = context or run["context"]
        medians = [row for row in run["benchmarks"] if row["aggregate_name"] == "median"]
        for row in sorted(medians, key=lambda row: row["family_index"]):
            known = rows.setdefault(row["run_name"], {"batches": []})
            known["batches"].append(row["cpu_time"])
            known["octets"] = row["bytes_per_second"] / row["items_per_second"]
    for row in rows.values():
        row["ns"] = statistics.median(row["batches"])
        row["least"] = min(row["batches"])
    counts = pathlib.Path(directory, "counts.json")
    if counts.exists():
        for name, counted in json.loads(counts.read_text()).items():
            if name in rows or context is None:
                rows.setdefault(name, {}).update(counted)
    return context, rows


def by_input(rows):
    """The rows of each question and input, by library."""
    groups = {}
    for name, row in rows.items():
        asked, _, library = name.rpartition("/")
        groups.setdefault(asked, {})[library] = row
    return {asked: libraries for asked, libraries in groups.items() if "turnout" in libraries}


def fastest_peer(libraries):
    """The name of the fastest library but turnout, whatever it was built with; None without peers."""
    peers = [name for name, row in libraries.items() if name not in OURS and "ns" in row]
    return min(peers, key=lambda name: libraries[name]["ns"], default=None)


def phases(rows):
    """What each phase of a handshake adds to those before it, by input."""
    found = {}
    before = {}
    for name, row in rows.items():
        asked, _, phase = name.rpartition("/")
        if not asked.startswith("phases/"):
            continue
        known = {key: row[key] for key in ("ns", *COUNTED) if key in row}
        last = before.get(asked, {})
        found.setdefault(asked, {})[phase] = {key: known[key] - last.get(key, 0) for key in known}
        before[asked] = known
    return found
