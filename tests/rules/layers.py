"""The layers: an include stays in its folder or goes down a layer, and never in a circle.

turnout.hpp includes the layers in their order, and no protocol. protocol.hpp includes all protocols.
Every header but those of adapter/ comes with one of the two. The header of a room includes every
header in it, and nobody in its layer includes it. All of these hold nothing else.
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
    "adapter": [*house.layers, "turnout.hpp", "protocol.hpp"],
    "version.hpp": [],
}


def own_includes(lines):
    for number, name in house.included(lines):
        if name.startswith("turnout/"):
            yield number, name.removeprefix("turnout/")


def check_umbrella(lines):
    umbrella = house.include / "turnout.hpp"
    highest = -1
    for number, name in own_includes(lines):
        folder = name.split("/")[0]
        place = house.layers.index(folder) if folder in house.layers else -1
        if folder == "adapter":
            house.fault(umbrella, number, f"{name} is opt-in and not for the umbrella header")
        elif folder == "protocol":
            house.fault(umbrella, number, f"{name} is included by name, or with protocol.hpp")
        elif place < highest:
            house.fault(umbrella, number, f"{name} comes after a higher layer")
        highest = max(highest, place)
    check_no_code(umbrella, lines)


def check_all_come():
    """Every header comes with an umbrella header."""
    come = set()
    following = ["turnout.hpp", "protocol.hpp"]
    while following:
        name = following.pop()
        if name not in come and name in graph:
            come.add(name)
            following += graph[name]
    for name in graph:
        if name not in come and not name.startswith("adapter/"):
            house.fault(house.include / "turnout.hpp", 1, f"{name} is missing")


def check_no_code(umbrella, lines):
    for number, line in enumerate(lines, 1):
        if line and not line.startswith(("//", "#include", "#pragma once")):
            house.fault(umbrella, number, "the umbrella header holds no code")


def check_room(path, lines, everything):
    """The umbrella header of a room: of a layer, or within one."""
    room = path.removesuffix(".hpp") + "/"
    seen = [name for _, name in own_includes(lines)]
    for name in everything:
        within = name.rpartition("/")[0] + ".hpp"
        if name.startswith(room) and name not in seen and within not in seen:
            house.fault(house.include / path, 1, f"{name} is missing")
    check_no_code(house.include / path, lines)


graph = {}
headers = {path.as_posix(): lines for path, lines in house.headers()}
for path, lines in headers.items():
    layer = path.split("/")[0]
    graph[path] = [name for _, name in own_includes(lines)]
    if path == "turnout.hpp":
        check_umbrella(lines)
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
check_all_come()
try:
    graphlib.TopologicalSorter(graph).prepare()
except graphlib.CycleError as circle:
    house.fault(house.include / circle.args[1][0], 1, "circle: " + " > ".join(circle.args[1]))
house.finish()
