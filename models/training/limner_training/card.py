"""CARD.md of a pack, from its pack.json, its evaluation and its training log."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

DEVICES = {"cpu": ("two CPU cores", 40), "cuda": ("one GPU", 700)}

DATA = """## What it was trained on

Pictures of people who do not exist, rendered by `models/sitters` from known numbers. No photograph of a person was
used in training, and nothing was scraped. What the renderer itself is made of:

* body shapes and the painted skin atlases of MakeHuman (assets CC0; the skins are texture paintings by the MakeHuman team);
* head shapes and expressions of ICT-FaceKit (MIT): averages and main directions of variation of scans of consenting
  subjects; no individual can be recovered from them;
* hair, brows, lashes, beards, eyes, glasses and clothes are made by our own code.

Sitters are adults, 18 to 90, balanced by construction over the ten Monk skin tones, gender presentation and age
(`./limner sitters --census` proves it).
"""

USE = """## Intended use

Portraits and avatars of people who do not exist, in a browser, on the visitor's device. Every exported picture says what made
it. Not for depicting a real person, not for passing a picture off as a photograph, and not as a measure of anybody: the
labels are settings of a renderer, not findings about people.
"""


def _runs(runs: list[dict[str, Any]]) -> str:
    """What training took, run by run. The energy is what the machine is assumed to draw times its hours."""
    lines = ["| on | sitters | pictures, mirrored | steps | hours | kWh |", "|---|---|---|---|---|---|"]
    for run in runs:
        hours = run["seconds"] / 3600
        name, watts = DEVICES[run["device"]]
        energy = hours * watts / 1000
        lines.append(f"| {name} | {run['sitters']} | {run['pictures']} | {run['step']} | {hours:.2f} | {energy:.2f} |")
    return "\n".join(lines)


def runs_of(pack: Path) -> list[dict[str, Any]]:
    """The runs that the card of a pack tells of, as a checkpoint remembers them; none without a card."""
    card = pack / "CARD.md"
    names = {name: device for device, (name, _) in DEVICES.items()}
    runs = []
    for line in card.read_text().splitlines() if card.exists() else ():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if len(cells) == 6 and cells[0] in names:
            sitters, pictures, step = (int(cell) for cell in cells[1:4])
            runs.append({"device": names[cells[0]], "sitters": sitters, "pictures": pictures, "step": step, "seconds": round(3600 * float(cells[4]), 1)})
    return runs


def _groups(result: dict[str, Any]) -> str:
    lines = ["| control | R² | reader's limit on renders | worst group | R² there |", "|---|---|---|---|---|"]
    for name, row in result["control"].items():
        lines.append(
            f"| {name} | {row['generated']} | {row['rendered']} | {row['worst_group']} | {row['worst']} |"
        )
    return "\n".join(lines)


def _by_group(result: dict[str, Any]) -> str:
    lines = ["| group | held-out sitters | skin PSNR | skin SSIM | hair PSNR | eyes PSNR |", "|---|---|---|---|---|---|"]
    for name, row in result["groups"].items():
        lines.append(f"| {name} | {row['sitters']} | " + " | ".join(str(row[k]) for k in ("psnr_skin", "ssim_skin", "psnr_hair", "psnr_eyes")) + " |")
    return "\n".join(lines)


def _quality(result: dict[str, Any]) -> str:
    """What the pack foretells of its own failures."""
    if "quality" not in result:
        return "This pack does not foretell which portraits fail."
    q = result["quality"]
    return f"""From a sitter's numbers the pack foretells how close to its render the face will come, learnt on {q["sitters"]} sitters. On held-out
sitters what was foretold and what came correlate by {q["correlation"]}: faces have {q["held_out_db"]} dB on average, the worst twentieth as foretold
{q["worst_foretold_db"]} dB, the worst twentieth in truth {q["worst_db"]} dB. Of {q["of"]} random recipes {q["rejected"]} are foretold less than
{q["threshold"]} dB: those the page does not show to who asks for anybody."""


def _detail(shares: dict[str, list[float]]) -> str:
    return "; ".join(f"{name} {', '.join(f'{share:.2f}' for share in octaves)}" for name, octaves in shares.items())


def _told(said: dict[str, Any]) -> str:
    """How the two-sample accuracy was measured, and what each judge said."""
    return f"""Two-sample accuracy says how often a classifier tells generated crops from rendered ones, half of each: 0.5 is perfect. It is the
median of {len(said["judges"])} classifiers, each trained until it got no better, or was right nearly always, and asked about sitters that it
had never seen; they said {said["least"]} to {said["most"]}."""


def write_card(pack: Path, result: dict[str, Any]) -> None:
    """Writes `pack/CARD.md`."""
    described = json.loads((pack / "pack.json").read_text())
    side = described["outputs"][0]["shape"][2]
    aims = "\n".join(
        f"| {name} | {row['is']} | {row['aim']} | {'met' if row['met'] else 'short'} |"
        for name, row in result["aims"].items()
    )
    files = "\n".join(f"* `{f['name']}`: {f['bytes']} bytes, {f['precision']}" for f in described["files"])
    overlap = {name.removeprefix("iou_"): v for name, v in result["fidelity"].items() if name.startswith("iou_")}
    regions = ", ".join(f"{name.replace('_', ' and ')} {value}" for name, value in overlap.items())
    text = f"""# {described["name"]} {described["version"]}: model card

A generator of portraits: {described["inputs"][0]["shape"][1]} named numbers and {described["inputs"][1]["shape"][1]} of noise in,
{described["outputs"][0]["shape"][1]} planes of {side}×{side} out (colour, matte, normals, depth, regions, shares of eight studio lights).
{described["parameters"]} parameters, {described["macs"] / 1e9:.2f} GMAC a portrait, licence {described["licence"]}.

{files}

{DATA}
{USE}
## How good it is

Weighed by `./limner eval` on {result["held_out"]} held-out sitters and {result["random"]} random recipes.

| measure | is | aim | |
|---|---|---|---|
{aims}

Skin's PSNR and SSIM in this table are the network's own: what it paints, in the even light that it learns in. What it is asked for, hair
without strands and skin without grain, has itself {result["asked"]["psnr_skin"]} dB and {result["asked"]["ssim_skin"]}. All other rows, and all readings below, are of what people
see: in the studio's harder light, with strands, pores, wrinkles, eyes and beards drawn by the core. Seen so, skin has {result["shown"]["psnr_skin"]} dB and
{result["shown"]["ssim_skin"]}, hair {result["shown"]["psnr_hair"]} dB, eyes {result["shown"]["psnr_eyes"]} dB; and what the network is asked for would have {result["asked_shown"]["psnr_skin"]} dB and {result["asked_shown"]["ssim_skin"]} on skin: no
number says where a pore lies, so drawing any takes some of both. Of the detail that renders have, in octaves from a
pixel up, is shown: {_detail(result["detail"])}.

{_told(result["two_sample"])}

How long hair is and which colour it has is measured on generated pictures and on the renders of the same held-out sitters: where all
but a fiftieth of it ends, and its mean colour. Their labels, in the table below, say something else, of which pictures show little: length
beside what is usual for a style, and darkness without grey.

## Numbers per control and group

R² of labels that a reader, trained on renders, reads off portraits as they are shown. The reader itself is not perfect: its limit on
held-out renders stands beside. Of make-up, glasses and the like, which the finish draws, nothing is read. How deep wrinkles are drawn
and how bright eyes, hair and highlights on skin are was chosen beside renders, the held-out ones among them. The reader has
seen sitters as they were drawn when the data were made; where priors have moved since (jaws, eyes, lips, noses of women), it is asked about people it has hardly met.

{_groups(result)}

Fidelity by group, as painted:

{_by_group(result)}

## Failures

{_quality(result)}

## Parts of a portrait

Overlap (IoU) of each region with the held-out renders', and where it is nought the pack does not draw that yet:
{regions}. Matte off by {result["fidelity"]["alpha_mae"]} on average, normals by {result["fidelity"]["normal_deg"]} degrees;
as painted, PSNR under unseen light {result["fidelity"]["relight_psnr"]} dB, of hair {result["fidelity"]["psnr_hair"]} dB, of eyes {result["fidelity"]["psnr_eyes"]} dB.

## Limits

* It has learnt the look of its renderer: plausible rendered people, not photographs.
* Strands of hair are drawn by the finish from statistics the network gives; locks, braids and partings are vaguer than rendered ones.
* Skin's grain, freckles and moles are drawn by the core, and lie where chance puts them.
* Brows, stubble, make-up, glasses and earrings are drawn by the core: the network is asked for sitters without (`undressed`).
* Patterns of cloth are drawn by the core; cloth is soft.
* Combinations that the priors make rare (see `src/recipe/schema.json`) are drawn less well.

## Training

{_runs(result["training"])}

Rendering is not counted; energy is an assumed draw ({", ".join(f"{name} {watts} W" for name, watts in DEVICES.values())}) times the hours.
Made again, but for what a machine's speed decides, by

    ./limner sitters --anchors data/anchors.bin --count 24000 --seed anchors --turned 30 --wide 40
    ./limner sitters --busts data/busts.bin --count 16000 --seed busts --turned 40 --wide 40
    ./limner sitters --anchors data/random.bin --count 1000 --seed random --bare
    ./limner sitters --fittings data/fittings.bin --count 8400 --seed fit --wide 40
    ./limner sitters --count 6000 --seed train --bare --turned 30 --wide 35 --out data/sitters
    ./limner sitters --count 200 --seed held --bare --out data/sitters/held
    ./limner train skeleton --anchors data/anchors.bin --out data/train/skeleton.pt
    ./limner train skeleton --anchors data/fittings.bin --on data/train/skeleton.pt --out data/train/worn.pt
    ./limner train bust --busts data/busts.bin --out data/train/bust.pt
    ./limner train train --data data/sitters --out data/train --skeleton data/train/skeleton.pt --worn data/train/worn.pt --bust data/train/bust.pt --held-out 0
    ./limner train train --data data/sitters --out data/fine --like data/train/portrait.pt --held-out 0 \\
        --curriculum 0 --adversarial 0.6 --adversary-from 0 --window 128 --batch 4 --rate 5e-4
    ./limner train relief --checkpoint data/fine/portrait.pt --data data/sitters --held-out 0
    ./limner train quality --checkpoint data/fine/portrait.pt --data data/sitters --inputs data/random.bin --held-out 0
    ./limner train export --checkpoint data/fine/portrait.pt --data data/sitters --to models/portrait
    ./limner eval --checkpoint data/fine/portrait.pt --data data/sitters --inputs data/random.bin --held-out 0 --out data/eval
    ./limner train card --pack models/portrait --eval data/eval/eval.json

and taken further with `--like models/portrait` in place of a fresh start, of a skeleton too.
Pack 0.13.0 is the mean of 0.12.0 and of its last run (`./limner train mean`), which by itself was no nearer to held-out renders;
0.14.0 is 0.13.0 with a relief, the same for everybody; 0.15.0 is 0.13.0 with one that follows who it is, and with more of its weights as bytes.
Before pack 0.10.0 everybody was drawn from priors about as wide as `--wide` makes them; in the runs before pack 0.7.0 most sitters wore
what the finish now draws, and their shapes had a reach of 1. Sitters of pack 0.10.0 were drawn before eight means of
the priors of faces (chin, nose, eyes, cheeks …) moved towards grown ones, by at most 0.17;
all sitters so far before faces, fair skin and hair followed presentation, age and tone as the priors have it now.
"""
    (pack / "CARD.md").write_text(text)
