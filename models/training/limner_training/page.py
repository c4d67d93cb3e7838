"""The page of pictures of an evaluation: one HTML file beside its sheets, for people."""

from __future__ import annotations

import html
from pathlib import Path
from typing import Any

from .two_sample import told

STYLE = (
    "body{font:15px/1.5 system-ui;margin:2rem auto;max-width:70rem;background:#16171a;color:#ddd}"
    "td,th{padding:.2rem .8rem;text-align:left;border-bottom:1px solid #333}img{max-width:100%}.short{color:#f0a060}"
)


def _table(rows: list[list[str]], head: list[str]) -> str:
    lines = ["<table><tr>" + "".join(f"<th>{html.escape(h)}</th>" for h in head) + "</tr>"]
    for row in rows:
        mark = ' class="short"' if row[-1] == "short" else ""
        lines.append(f"<tr{mark}>" + "".join(f"<td>{html.escape(cell)}</td>" for cell in row) + "</tr>")
    return "\n".join([*lines, "</table>"])


def write_page(result: dict[str, Any], folder: Path) -> None:
    """Writes `folder/index.html` from what `evaluate` returned."""
    aims = [
        [name, str(row["is"]), str(row["aim"]), "met" if row["met"] else "short"] for name, row in result["aims"].items()
    ]
    control = [
        [name, str(row["generated"]), str(row["rendered"]), f"{row['worst']} ({row['worst_group']})"]
        for name, row in result["control"].items()
    ]
    fidelity = [[name, str(value), str(result["shown"].get(name, ""))] for name, value in result["fidelity"].items()]
    leakage = [[name, str(value)] for name, value in sorted(result["leakage"].items(), key=lambda item: -item[1])]
    parts = [
        f"<!doctype html><meta charset=utf-8><title>Limner: evaluation</title><style>{STYLE}</style>",
        "<h1>Evaluation</h1>",
        f"<p>{result['rows']} rendered sitters, {result['held_out']} held out, {result['random']} random recipes.</p>",
        "<h2>Aims</h2>" + _table(aims, ["measure", "is", "aim", ""]),
        f"<p>Two-sample accuracy: {html.escape(told(result['two_sample']))}.</p>",
        "<h2>Held out: rendered above, generated below</h2><img src=held-out.png>",
        "<h2>Random recipes</h2><img src=random.png>",
        *(["<h2>Foretold to fail</h2><img src=rejected.png>"] if result.get("quality", {}).get("rejected") else []),
        "<h2>Fidelity to held-out renders</h2>" + _table(fidelity, ["measure", "as painted", "as shown"]),
        "<h2>Control: R² of labels read off the pictures</h2>"
        + _table(control, ["attribute", "generated", "rendered (the reader's limit)", "worst group"]),
        "<h2>Leakage: others' movement over the control's own</h2>" + _table(leakage, ["control swept", "ratio"]),
    ]
    (folder / "index.html").write_text("\n".join(parts) + "\n")
