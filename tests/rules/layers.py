"""The layers: an include stays in its folder or goes down a layer, and never in a circle.

The umbrella header includes every header but those of adapter/, in the order of the layers, and
holds nothing else. The header of a room within a layer includes every header in it, and nobody in
its layer includes it.
"""
import graphlib

import house

BELOW = {
    "kernel": [],
    "core": ["kernel"],
    "grammar": ["core", "kernel"],
    "field": ["grammar", "core", "kernel"],
    "message": ["grammar", "core", "kernel"],
    "negotiation": ["field", "message", "grammar", "core", "kernel"],
    "machine": ["core", "kernel"],
    "handshake": ["machine", "negotiation", "field", "message", "grammar", "core", "kernel"],
    "protocol": ["negotiation", "field", "message", "grammar", "core", "kernel"],
    "connection": [layer for layer in house.layers if layer != "connection"],
    "adapter": [*house.layers, "turnout.hpp"],
    "version.hpp": [],
}


def own_includes(lines):
    for number, name in house.included(lines):
        if name.startswith("turnout/"):
            yield number, name.removeprefix("turnout/")


def check_umbrella(lines, everything):
    umbrella = house.include / "turnout.hpp"
    seen = {}
    highest = -1
    for number, name in own_includes(lines):
        seen[name] = number
        folder = name.split("/")[0]
        place = house.layers.index(folder) if folder in house.layers else -1
        if folder == "adapter":
            house.fault(umbrella, number, f"{name} is opt-in and not for the umbrella header")
        elif place < highest:
            house.fault(umbrella, number, f"{name} comes after a higher layer")
        highest = max(highest, place)
    for name in everything:
        room = name.rpartition("/")[0] + ".hpp"
        if name not in seen and room not in seen and name != "turnout.hpp" and (
            not name.startswith("adapter/")
        ):
            house.fault(umbrella, 1, f"{name} is missing")
    check_no_code(umbrella, lines)


def check_no_code(umbrella, lines):
    for number, line in enumerate(lines, 1):
        if line and not line.startswith(("//", "#include", "#pragma once")):
            house.fault(umbrella, number, "the umbrella header holds no code")


def check_room(path, lines, everything):
    """The umbrella header of a room within a layer."""
    room = path.removesuffix(".hpp") + "/"
    seen = [name for _, name in own_includes(lines)]
    for name in everything:
        if name.startswith(room) and name not in seen:
            house.fault(house.include / path, 1, f"{name} is missing")
    check_no_code(house.include / path, lines)


graph = {}
headers = {path.as_posix(): lines for path, lines in house.headers()}
for path, lines in headers.items():
    layer = path.split("/")[0]
    graph[path] = [name for _, name in own_includes(lines)]
    if path == "turnout.hpp":
        check_umbrella(lines, headers)
    elif house.is_umbrella(house.pathlib.Path(path)):
        check_room(path, lines, headers)
    elif layer not in BELOW:
        house.fault(house.include / path, 1, f"{layer} is not a layer")
    else:
        for number, name in own_includes(lines):
            if name.split("/")[0] == layer and house.is_umbrella(house.pathlib.Path(name)):
                house.fault(house.include / path, number, f"{name} is for users: name the header")
            if name.split("/")[0] not in ["version.hpp", layer, *BELOW[layer]]:
                house.fault(house.include / path, number, f"{layer} must not include {name}")
try:
    graphlib.TopologicalSorter(graph).prepare()
except graphlib.CycleError as circle:
    house.fault(house.include / circle.args[1][0], 1, "circle: " + " > ".join(circle.args[1]))
house.finish()
