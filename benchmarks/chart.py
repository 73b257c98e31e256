#!/usr/bin/env python3
"""Draws what run.sh measured as a picture for the README, readable in light and dark.

Usage: chart.py DIRECTORY OUTPUT.svg
"""
import pathlib
import sys
import textwrap
from xml.sax.saxutils import escape

import results

PANELS = [
    ("server_handshake/mix", "Whole server handshake", "WebSocket request in, 101 out; 256 varied requests"),
    ("request_head/mix", "Read the head of a request", "256 varied requests of about 640 octets"),
    ("accept_value/key", "Make Sec-WebSocket-Accept", "SHA-1 and base64"),
    ("response_head/b2_101_12", "Read the head of a response", "101 with 12 fields"),
    ("feeding_by_16/mix", "Read a head in pieces", "of 16 octets; 256 varied requests"),
    ("lists/connection_2", "Find upgrade in Connection", "keep-alive, Upgrade"),
]
NAMES = {
    "beast": "Boost.Beast",
    "beast_copy": "Boost.Beast, copying",
    "picohttpparser_sse42": "picohttpparser SSE4.2",
    "hand_made": "picohttpparser + OpenSSL",
    "hand_made_sse42": "picohttpparser SSE4.2 + OpenSSL",
    "uwebsockets": "uWebSockets",
    "openssl": "OpenSSL, SHA1_Update",
    "openssl_evp": "OpenSSL, EVP",
}
LONGEST = 8  # A bar is cut that is longer than so many times turnout's.

WIDTH, MARGIN, GAP = 920, 28, 36
PANEL = (WIDTH - 2 * MARGIN - GAP) / 2
LABELS, VALUES = 216, 58  # room for the names before the bars and the times after them
HEAD, LINE, BAR = 46, 21, 13

STYLE = """
  text { font: 12.5px system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; fill: #3d444d }
  .card { fill: #ffffff; stroke: #d1d9e0 }
  .title { font-size: 15px; font-weight: 600; fill: #1f2328 }
  .quiet { font-size: 11.5px; fill: #59636e }
  .ours { font-weight: 600; fill: #1f2328 }
  .bar { fill: #b6bfc9 }
  .bar.ours { fill: #0969da }
  .cut { stroke: #ffffff; stroke-width: 3 }
  @media (prefers-color-scheme: dark) {
    text { fill: #c3ccd5 }
    .card { fill: #0d1117; stroke: #3d444d }
    .title, .ours { fill: #f0f6fc }
    .quiet { fill: #9198a1 }
    .bar { fill: #4c5560 }
    .bar.ours { fill: #4493f8 }
    .cut { stroke: #0d1117 }
  }
"""


def text(x, y, words, kind="", anchor="start"):
    return f'<text x="{x:.1f}" y="{y:.1f}" class="{kind}" text-anchor="{anchor}">{escape(words)}</text>'


def time(ns):
    return f"{ns / 1000:.1f} µs" if ns >= 9950 else f"{ns:.0f} ns" if ns >= 99.5 else f"{ns:.1f} ns"


def panel(x, y, title, subtitle, libraries):
    """One question: a bar for each library, the shortest first."""
    drawn = [text(x, y + 14, title, "title"), text(x, y + 31, subtitle, "quiet")]
    room = PANEL - LABELS - VALUES
    whole = min(max(row["ns"] for row in libraries.values()), LONGEST * libraries["turnout"]["ns"])
    at = y + HEAD
    for library, row in sorted(libraries.items(), key=lambda one: one[1]["ns"]):
        kind = "ours" if library == "turnout" else ""
        length = room * min(row["ns"] / whole, 1)
        start = x + LABELS
        drawn.append(text(start - 8, at + 11, NAMES.get(library, library), kind, "end"))
        drawn.append(f'<rect x="{start}" y="{at}" width="{length:.1f}" height="{BAR}" rx="2" '
                     f'class="bar {kind}"/>')
        if row["ns"] > whole:
            for cut in (start + room - 18, start + room - 12):
                drawn.append(f'<path d="M{cut - 3:.1f} {at + BAR + 1}l6 -{BAR + 2}" class="cut"/>')
        drawn.append(text(start + length + 6, at + 11, time(row["ns"]), kind))
        at += LINE
    return drawn


def chart(context, rows):
    groups = results.by_input(rows)
    panels = [(one, groups[one[0]]) for one in PANELS if len(groups.get(one[0], ())) > 1]
    drawn = []
    y = MARGIN
    for left in range(0, len(panels), 2):
        pair = panels[left:left + 2]
        for column, ((_, title, subtitle), libraries) in enumerate(pair):
            drawn += panel(MARGIN + column * (PANEL + GAP), y, title, subtitle, libraries)
        y += HEAD + LINE * max(len(libraries) for _, libraries in pair) + 20
    drawn.append(text(MARGIN, y + 4, "Time for each, less is better; a cut bar is longer than drawn. "
                      f"{context['processor']}, one thread, {context['compiler']} -O3, "
                      f"{context['date'][:10]}.", "quiet"))
    for line in textwrap.wrap(f"Beside {context['peers']}.", 150):
        y += 16
        drawn.append(text(MARGIN, y + 4, line, "quiet"))
    height = y + MARGIN - 4
    return "\n".join([
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height:.0f}" width="{WIDTH}" '
        f'height="{height:.0f}" role="img" aria-label="How fast turnout is, beside its peers">',
        f"<style>{STYLE}</style>",
        f'<rect x="0.5" y="0.5" width="{WIDTH - 1}" height="{height - 1:.0f}" rx="8" class="card"/>',
        *drawn, "</svg>", ""])


if len(sys.argv) != 3:
    sys.exit(__doc__)
pathlib.Path(sys.argv[2]).write_text(chart(*results.load(sys.argv[1])), encoding="utf-8")
