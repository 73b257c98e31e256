"""What run.sh measured and counted, as one table."""
import json
import pathlib


def load(directory):
    """What the runs say of themselves, and for each row what is known of it.

    A row's time is the median of the repetitions of a batch, and the least of the batches: what
    else runs on the machine only ever adds to it.
    """
    rows = {}
    context = None
    for path in sorted(pathlib.Path(directory).glob("batch-*.json")):
        run = json.loads(path.read_text())
        context = run["context"]
        medians = [row for row in run["benchmarks"] if row["aggregate_name"] == "median"]
        for row in sorted(medians, key=lambda row: row["family_index"]):
            known = rows.setdefault(row["run_name"], {"ns": row["cpu_time"]})
            known["ns"] = min(known["ns"], row["cpu_time"])
            known["octets"] = row["bytes_per_second"] / row["items_per_second"]
    counts = pathlib.Path(directory, "counts.json")
    if counts.exists():
        for name, counted in json.loads(counts.read_text()).items():
            if name in rows:
                rows[name].update(counted)
    return context, rows


def by_input(rows):
    """The rows of each question and input, by library."""
    groups = {}
    for name, row in rows.items():
        asked, _, library = name.rpartition("/")
        groups.setdefault(asked, {})[library] = row
    return groups
