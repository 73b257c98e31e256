#!/usr/bin/env python3
"""Prints what turnout costs besides time: memory for a handshake, compile time, size of a program.

Usage: sizes.py [COMPILER], by default g++
"""
import pathlib
import resource
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent
STATES = ["server_handshake", "client_handshake<websocket::proposal>",
          "websocket::proposal"]


def used_by_children():
    """The processor time of all programs started so far, which other work does not lengthen much."""
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def build(compiler, source, program):
    """How long the compiler took, and how large the program is without symbols."""
    command = [compiler, "-std=c++20", "-O2", f"-I{ROOT / 'include'}", source, "-o", program]
    before = used_by_children()
    subprocess.run(command, check=True)
    seconds = used_by_children() - before
    subprocess.run(["strip", program], check=True)
    return seconds, program.stat().st_size


def sizes_of(compiler, program):
    """What sizeof says of each class that a handshake keeps."""
    source = "#include <cstdio>\n#include <turnout/protocol/websocket.hpp>\n#include <turnout/turnout.hpp>\nint main() {\n"
    source += "  using namespace turnout;\n"
    source += "".join(f'  std::printf("{name} %zu, ", sizeof({name}));\n' for name in STATES)
    subprocess.run([compiler, "-std=c++20", f"-I{ROOT / 'include'}", "-x", "c++", "-", "-o", program],
                   input=source + "}\n", text=True, check=True)
    return subprocess.check_output([program], text=True).removesuffix(", ")


def main():
    compiler = sys.argv[1] if len(sys.argv) > 1 else "g++"
    with tempfile.TemporaryDirectory() as directory:
        program = pathlib.Path(directory, "program")
        print("\nsizeof, in octets:", sizes_of(compiler, program))
        print("the whole header:", end=" ", flush=True)
        subprocess.run([sys.executable, "-B", ROOT / "tools/include_cost.py", compiler, "5"], check=True)
        request = HERE.joinpath("heads/a2_chrome.req").read_bytes()
        for source in sorted(HERE.glob("smallest/*.cpp"), reverse=True):
            if source.stem == "beast" and not pathlib.Path("/usr/include/boost/beast.hpp").exists():
                continue
            seconds, size = build(compiler, source, program)
            answer = subprocess.run([program], input=request, stdout=subprocess.PIPE, check=True)
            assert answer.stdout.startswith(b"HTTP/1.1 101 "), answer.stdout
            print(f"smallest server with {source.stem}: {size / 1000:.0f} kB, -O2 and stripped; "
                  f"compiled in {seconds:.1f} s")


if __name__ == "__main__":
    main()
