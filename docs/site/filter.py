#!/usr/bin/env python3
"""Prints a file of this project as Doxygen reads it best.

Usage: filter.py FILE
"""
import pathlib
import re
import sys

LABELS = "Rule|Grammar|Takes|Returns|Fails|Borrows|Changes|Costs"
TOP = pathlib.Path(__file__).resolve().parent.parent.parent
PAGES = {TOP / page for page in re.findall(r"\S+\.md", (TOP / "docs/site/Doxyfile").read_text())}


def comment(line):
    """A line of a comment without what only looks like a command, a tag or a link."""
    return re.sub(r"([\\<#])", r"\\\1", line)


def labelled(text):
    """The labels of docstrings as paragraphs."""
    text = re.sub(r"(?m)(?<=//).*$", lambda found: comment(found[0]), text)
    return re.sub(rf"(?m)^( *///) ({LABELS}) {{2,}}", r"\1\n\1 @par \2\n\1 ", text)


def header(text):
    """Docstrings with paragraphs and examples; names without the version's inline namespace."""
    parts = re.split(r"(?ms)(^ */// ```cpp\n.*?^ */// ```\n)", text)  # examples are every other part
    parts[::2] = [labelled(part) for part in parts[::2]]
    text = re.sub(r"(?m)^( *///) ```cpp", r"\1 @par Example\n\1 ```cpp", "".join(parts))
    text = re.sub(r" TURNOUT_LIFETIMEBOUND\b|\bTURNOUT_(?:INLINE|NOINLINE) ", "", text)
    text = text.replace("inline namespace v0 {\n", "").replace("}  // namespace v0\n", "")
    # Friends are in lists of members, with links that lead nowhere.
    friend = r"(?ms)^(?P<before>(?! *///)[^\n]*\n)  friend [^{;]*(?:;|\{[^\n]*\}|\{\n.*?^  \})\n"
    text = re.sub(friend, r"\g<before>", text)
    text = text.replace("  friend constexpr ", "  static constexpr ")
    # The comment that begins a header says what the file is about.
    about = re.match(r"(?://.*\n)+", text)[0]
    return "/** @file\n" + re.sub(r"(?m)^// ?", "", about) + "*/\n" + text[len(about):]


def state_diagram(block):
    """A state diagram of Mermaid as Graphviz draws it."""
    lines = ["digraph {", 'node [shape=box, style=rounded, fontname="sans-serif", fontsize=10];',
             'edge [fontname="sans-serif", fontsize=9];',
             "begin [shape=point]; end [shape=doublecircle, label=\"\", width=0.15];"]
    for source, target, event in re.findall(r"(?m)^  (\S+) --> (\S+?)(?:: (.*))?$", block):
        source, target = source.replace("[*]", "begin"), target.replace("[*]", "end")
        lines.append(f'{source} -> {target} [label="{event}"];')
    return "\n".join(["@dot", *lines, "}", "@enddot"])


def page(text, path):
    """Links to other pages and to headings as Doxygen names them, and drawn state diagrams."""
    text = re.sub(r"(?s)```mermaid\nstateDiagram-v2\n(.*?)```", lambda m: state_diagram(m[1]), text)

    def link(found):
        to, _, heading = found[2].partition("#")
        if to.startswith("http"):
            return found[0]
        where = (path.parent / to).resolve() if to else path
        if not where.exists():
            sys.exit(f"{path}: there is no {to}")
        if (where / "README.md").exists():
            where = where / "README.md"
        if where not in PAGES:
            return found[1]
        return f"[{found[1]}](@ref {name_of(where)}{'_' + heading if heading else ''})"

    def named(found):
        """A heading with the name that links to it have."""
        level, title = found[1], found[2]
        name = name_of(path) if level == "#" else f"{name_of(path)}_{slug_of(title)}"
        return f"{level} {title} {{#{name}}}"

    parts = re.split(r"(?ms)(^```.*?^```)", text)  # code is every other part
    for i in range(0, len(parts), 2):
        parts[i] = re.sub(r"(?<!!)\[([^\]]*)\]\(([^)\s]+)\)", link, parts[i])
        parts[i] = re.sub(r"(?m)^(#+) (.*)$", named, parts[i])
        parts[i] = re.sub(r"(?<!\\)`([^`\n]*\\[^`\n]*)`", code_with_backslash, parts[i])
    return "".join(parts)


def code_with_backslash(found):
    """Code in a line, which Doxygen would show with one backslash or with two."""
    text = found[1].replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return "<code>" + re.sub(r'([\\@#%"])', r"\\\1", text) + "</code>"


def slug_of(title):
    """The anchor that a heading has on GitHub."""
    return re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-")


def name_of(path):
    """The name by which other pages know this one."""
    inside = path.resolve().relative_to(TOP).with_suffix("")
    return "mainpage" if str(inside) == "README" else "page_" + re.sub(r"\W", "_", str(inside))


def main():
    path = pathlib.Path(sys.argv[1]).resolve()
    text = path.read_text()
    readers = {".md": lambda: page(text, path), ".hpp": lambda: header(text), ".dox": lambda: text}
    print(readers[path.suffix]())


if __name__ == "__main__":
    main()
