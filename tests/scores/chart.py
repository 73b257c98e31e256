"""Draws how many MUST rules each program follows, readable in light and dark."""
from xml.sax.saxutils import escape

WIDTH, MARGIN, GAP = 920, 28, 44
COLUMN = (WIDTH - 2 * MARGIN - GAP) / 2
LABELS, VALUES = 176, 58  # room for the names before the bars and the shares after them
HEAD, LINE, BAR = 34, 19, 11
TITLES = {"server": "Servers", "proxy": "Intermediaries", "client": "Clients"}
COLUMNS = (("server",), ("client", "proxy"))

STYLE = """
  text { font: 12px system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; fill: #3d444d }
  .card { fill: #ffffff; stroke: #d1d9e0 }
  .title { font-size: 15px; font-weight: 600; fill: #1f2328 }
  .quiet { font-size: 11.5px; fill: #59636e }
  .ours { font-weight: 600; fill: #1f2328 }
  .track { fill: #eceff2 }
  .bar { fill: #b6bfc9 }
  .bar.ours { fill: #0969da }
  @media (prefers-color-scheme: dark) {
    text { fill: #c3ccd5 }
    .card { fill: #0d1117; stroke: #3d444d }
    .title, .ours { fill: #f0f6fc }
    .quiet { fill: #9198a1 }
    .track { fill: #1c2128 }
    .bar { fill: #4c5560 }
    .bar.ours { fill: #4493f8 }
  }
"""


def text(x, y, words, kind="", anchor="start"):
    return f'<text x="{x:.1f}" y="{y:.1f}" class="{kind}" text-anchor="{anchor}">{escape(words)}</text>'


def bar(x, y, length, kind):
    return f'<rect x="{x:.1f}" y="{y:.1f}" width="{length:.1f}" height="{BAR}" rx="2" class="{kind}"/>'


def percent(share):
    """Never 100 where something is missing."""
    return "100 %" if share == 1 else f"{int(share * 1000) / 10} %"


def panel(x, y, title, scores):
    """A bar for each program of one kind, the best first; the lower end."""
    drawn = [text(x, y + 14, title, "title")]
    room = COLUMN - LABELS - VALUES
    at = y + HEAD
    for one in sorted(scores, key=lambda one: (-one.share, not one.is_ours, one.name.lower())):
        kind = "ours" if one.is_ours else ""
        drawn += [text(x + LABELS - 8, at + 10, one.name, kind, "end"), bar(x + LABELS, at, room, "track"),
                  bar(x + LABELS, at, room * one.share, f"bar {kind}"),
                  text(x + LABELS + room + 6, at + 10, percent(one.share), kind)]
        at += LINE
    return drawn, at


def chart(scores, date):
    drawn, lowest = [], 0
    for column, kinds in enumerate(COLUMNS):
        y = MARGIN
        for kind in kinds:
            these = [one for one in scores if one.kind == kind]
            lines, end = panel(MARGIN + column * (COLUMN + GAP), y, TITLES[kind], these)
            drawn += lines
            y = end + 20
            lowest = max(lowest, end)
    y = lowest + 22
    drawn.append(text(MARGIN, y, "Share of the MUST cases that each program passed when turnout-probe tried it, "
                      f"{date}.", "quiet"))
    height = y + MARGIN - 8
    return "\n".join([
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height:.0f}" width="{WIDTH}" '
        f'height="{height:.0f}" role="img" aria-label="Share of the MUST rules that each program follows">',
        f"<style>{STYLE}</style>",
        f'<rect x="0.5" y="0.5" width="{WIDTH - 1}" height="{height - 1:.0f}" rx="8" class="card"/>',
        *drawn, "</svg>", ""])
