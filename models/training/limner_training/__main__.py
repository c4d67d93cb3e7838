"""Command line of training; `./limner train` and `./limner eval` call it.

    python3 -m limner_training train --data data/sitters --out data/train --minutes 60
    python3 -m limner_training export --checkpoint data/train/portrait.pt --data data/sitters --to models/portrait
    python3 -m limner_training tiny --to build/pack-tiny      # untrained weights: interface tests only, never shown
"""

from __future__ import annotations

import argparse
import json
import time
from pathlib import Path

import numpy as np
import torch

from .bust import train_bust
from .card import write_card
from .cost import check_export, macs, weigh_cost
from .dataset import open_table, pack
from .evaluate import AIMS, Painter, Plan, evaluate, fidelity_told, weigh_sitters, weigh_two_sample
from .export import as_packed, inputs_of, pack_weights, write_pack
from .network import SIZES, Generator
from .quality import keep_quality, kept_quality, train_quality
from .relief import learn_relief
from .schema import load_schema
from .sheet import save_sweeps
from .skeleton import read_anchors, train_skeleton
from .texture import weigh_hair
from .train import ADVERSARY_FROM, CURRICULUM, Settings, Trainer, average_with, load_generator
from .two_sample import told


def _shares(text: str) -> tuple[float, ...]:
    values = tuple(float(v) for v in text.split(","))
    if len(values) > 2 or list(values) != sorted(values) or not all(0 <= v <= 1 for v in values):
        raise argparse.ArgumentTypeError("one or two shares of a run are needed, from 0 to 1")
    return values


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="limner train", description="Train and export Limner's generator.")
    commands = parser.add_subparsers(dest="command", required=True)
    table = commands.add_parser("pack", help="append rendered sitters to the training table")
    table.add_argument("--data", type=Path, required=True)
    table.add_argument("--side", type=int, default=256)
    table.add_argument("--workers", type=int, default=1, help="processes that read files")
    table.add_argument("--follow", action="store_true", help="go on with what the renderer adds, until stopped")
    bones = commands.add_parser("skeleton", help="learn where everything is, from ./limner sitters --anchors or --fittings")
    bones.add_argument("--anchors", type=Path, required=True)
    bones.add_argument("--out", type=Path, required=True)
    bones.add_argument("--on", type=Path, help="for --fittings: the skeleton of anchors that they sit on")
    bones.add_argument("--like", type=Path, help="a pack's folder, whose skeleton is taken further")
    bones.add_argument("--minutes", type=float, default=8)
    bones.add_argument("--threads", type=int, default=2)
    shape = commands.add_parser("bust", help="learn heads and shoulders as meshes, from ./limner sitters --busts")
    shape.add_argument("--busts", type=Path, required=True)
    shape.add_argument("--out", type=Path, required=True)
    shape.add_argument("--minutes", type=float, default=8)
    shape.add_argument("--threads", type=int, default=2)
    train = commands.add_parser("train", help="train, resuming from the last checkpoint")
    train.add_argument("--data", type=Path, required=True)
    train.add_argument("--out", type=Path, required=True)
    train.add_argument("--skeleton", type=Path, help="what `skeleton` learnt; needed for a fresh start")
    train.add_argument("--worn", type=Path, help="what `skeleton` learnt from --fittings; needed for a fresh start")
    train.add_argument("--bust", type=Path, help="what `bust` learnt; needed for a fresh start")
    train.add_argument("--like", type=Path, help="a pack's folder, or a checkpoint of any size: a fresh start takes what fits")
    train.add_argument("--size", choices=sorted(SIZES), default="portrait")
    train.add_argument("--minutes", type=float, default=60)
    train.add_argument("--batch", type=int, default=16)
    train.add_argument("--rate", type=float, default=2e-3)
    train.add_argument("--held-out", type=int, default=64)
    train.add_argument("--curriculum", type=_shares, default=CURRICULUM, help="shares of the run at which the side doubles; 0: never")
    train.add_argument("--fresh", action="store_true", help="do not resume")
    train.add_argument("--adversarial", type=float, default=0.0, help="weight of the discriminator, 0.5 is usual")
    train.add_argument("--adversary-from", type=float, default=ADVERSARY_FROM, help="share of the run at which it begins to look")
    train.add_argument("--window", type=int, default=0, help="side of what the discriminator looks at, 0: all; on a CPU, 128")
    train.add_argument("--look-every", type=float, default=240, help="seconds between two looks for new sitters")
    train.add_argument("--save-every", type=float, default=240, help="seconds between two checkpoints, each with a sheet")
    train.add_argument("--no-graphs", action="store_true", help="on a GPU, launch every kernel instead of replaying recorded steps")
    train.add_argument("--threads", type=int, default=2)
    doubts = commands.add_parser("quality", help="learn to foretell which portraits fail, into the checkpoint")
    doubts.add_argument("--checkpoint", type=Path, required=True)
    doubts.add_argument("--data", type=Path, required=True)
    doubts.add_argument("--inputs", type=Path, required=True, help="file of anchors, for its random recipes")
    doubts.add_argument("--held-out", type=int, default=64)
    relief = commands.add_parser("relief", help="learn what a checkpoint's generator misses on skin, spot by spot of the head")
    relief.add_argument("--checkpoint", type=Path, required=True)
    relief.add_argument("--data", type=Path, required=True)
    relief.add_argument("--held-out", type=int, default=64)
    relief.add_argument("--sitters", type=int, default=10000, help="at most so many of them")
    relief.add_argument("--rank", type=int, default=20, help="how many variations")
    relief.add_argument("--epochs", type=int, default=10)
    relief.add_argument("--threads", type=int, default=2)
    mean = commands.add_parser("mean", help="move a checkpoint's weights half the way to those of what it went on from")
    mean.add_argument("--checkpoint", type=Path, required=True)
    mean.add_argument("--like", type=Path, required=True, help="a pack's folder, or a checkpoint")
    export = commands.add_parser("export", help="write a checkpoint as a pack")
    export.add_argument("--checkpoint", type=Path, required=True)
    export.add_argument("--data", type=Path, required=True, help="for the golden sitter: the first held-out one")
    export.add_argument("--to", type=Path, required=True)
    export.add_argument("--name", default="portrait")
    export.add_argument("--version", default="0.1.0")
    weigh = commands.add_parser("eval", help="weigh a checkpoint: eval.json and sheets")
    weigh.add_argument("--checkpoint", type=Path, required=True, help="a checkpoint, or a pack's folder")
    weigh.add_argument("--data", type=Path, required=True)
    weigh.add_argument("--inputs", type=Path, help="file of anchors, for its random recipes")
    weigh.add_argument("--random", type=int, default=1000, help="how many of them")
    weigh.add_argument("--out", type=Path, required=True)
    weigh.add_argument("--sweep-sitters", type=int, default=12, help="sitters swept for leakage")
    weigh.add_argument("--held-out", type=int, default=64)
    weigh.add_argument("--only", choices=["two-sample", "fidelity", "hair"], help="weigh just this, into a file of that name")
    weigh.add_argument("--large", type=Path, help="of hair: a folder of sitters rendered larger than the network paints")
    weigh.add_argument("--seed", type=int, default=0, help="of the two-sample judges")
    renders = commands.add_parser("sitters", help="weigh the rendered sitters: faces found, and a sheet of 48")
    renders.add_argument("--data", type=Path, required=True)
    renders.add_argument("--sheet", type=Path)
    sweeps = commands.add_parser("sweeps", help="the sheet of ./limner sitters --sweep all, small and with names")
    sweeps.add_argument("--sheet", type=Path, required=True)
    sweeps.add_argument("--out", type=Path, required=True)
    card = commands.add_parser("card", help="write CARD.md of a pack from its evaluation")
    card.add_argument("--pack", type=Path, required=True)
    card.add_argument("--eval", type=Path, required=True, help="eval.json")
    cost_of = commands.add_parser("rivals", help="cost of a pack beside published generators, in one run")
    cost_of.add_argument("--pack", type=Path, required=True)
    tiny = commands.add_parser("tiny", help="an untrained pack with the right interface, for tests of the plumbing")
    tiny.add_argument("--to", type=Path, required=True)
    cost = commands.add_parser("cost", help="parameters and MACs of the network sizes")
    cost.add_argument("--size", choices=sorted(SIZES), default="portrait")
    return parser


def main() -> None:
    """Entry."""
    args = _parser().parse_args()
    schema = load_schema()
    if args.command == "pack":
        while True:
            added = pack(args.data, args.side, schema, workers=args.workers)
            if added or not args.follow:
                print(f"{added} sitters added, {open_table(args.data, args.side).count} in the table", flush=True)
            if not args.follow:
                break
            time.sleep(1)
    elif args.command == "skeleton":
        train_skeleton(args.anchors, args.out, schema, args.minutes, args.threads, args.on, pack_weights(args.like) if args.like else None)
    elif args.command == "bust":
        train_bust(args.busts, args.out, schema, args.minutes, args.threads)
    elif args.command == "train":
        settings = Settings(
            data=args.data,
            out=args.out,
            skeleton=args.skeleton,
            worn=args.worn,
            bust=args.bust,
            like=args.like,
            size=args.size,
            minutes=args.minutes,
            batch=args.batch,
            rate=args.rate,
            held_out=args.held_out,
            curriculum=args.curriculum,
            resume=not args.fresh,
            threads=args.threads,
            adversarial=args.adversarial,
            adversary_from=args.adversary_from,
            window=args.window,
            look_every=args.look_every,
            save_every=args.save_every,
            graphs=not args.no_graphs,
        )
        Trainer(settings).run()
    elif args.command == "quality":
        model = load_generator(args.checkpoint, schema)
        random = np.array(read_anchors(args.inputs).inputs[:1000])
        foresight, known = train_quality(model, open_table(args.data, model.size.resolution), args.held_out, random)
        keep_quality(args.checkpoint, foresight, known)
        print(json.dumps(known))
    elif args.command == "relief":
        learn_relief(args.checkpoint, args.data, schema, args.held_out, args.sitters, args.rank, args.epochs, args.threads)
    elif args.command == "mean":
        average_with(args.checkpoint, args.like, schema)
    elif args.command == "export":
        model = load_generator(args.checkpoint, schema)
        table = open_table(args.data, model.size.resolution)
        golden = table.inputs[table.split(1)[0][0]]
        kept = kept_quality(args.checkpoint)
        quality = None if kept is None else kept[0].described(kept[1]["threshold"])
        described, layers = write_pack(model, golden, args.to, args.name, args.version, quality)
        print(f"{args.to}: {described['parameters']} parameters, {int(str(described['macs'])) / 1e9:.2f} GMAC")
        print("largest difference from PyTorch: " + json.dumps(check_export(args.to, inputs_of(model, golden), layers)))
    elif args.command == "eval":
        model = load_generator(args.checkpoint, schema)
        if not args.checkpoint.is_dir():
            model = as_packed(model)
        if args.only == "hair" and args.large is None:
            raise SystemExit("--only hair needs --large FOLDER (./limner sitters --bare --size 512 --out FOLDER).")
        if args.only:
            args.out.mkdir(parents=True, exist_ok=True)
            if args.only == "hair":
                seen = weigh_hair(model, args.large)
                (args.out / "hair.json").write_text(json.dumps(seen, indent=1) + "\n")
                print(json.dumps(seen))
                return
            table = open_table(args.data, model.size.resolution)
            held = table.split(args.held_out)[0]
            if args.only == "fidelity":
                found = fidelity_told(Painter(model), table, held, schema)
                (args.out / "fidelity.json").write_text(json.dumps(found, indent=1) + "\n")
                print(json.dumps(found))
                return
            said = weigh_two_sample(Painter(model), table, held, schema, args.seed).described()
            (args.out / "two-sample.json").write_text(json.dumps(said, indent=1) + "\n")
            print(f"two-sample accuracy: {told(said)} (aim {AIMS['two_sample']})")
            if not said["learnt"]:
                raise SystemExit(1)
            return
        runs = [] if args.checkpoint.is_dir() else torch.load(args.checkpoint, map_location="cpu")["runs"]
        result = evaluate(
            model,
            args.data,
            args.inputs,
            args.out,
            Plan(args.held_out, args.random, sweep_sitters=args.sweep_sitters, seed=args.seed),
            runs,
            kept_quality(args.checkpoint),
        )
        for name, row in result["aims"].items():
            print(f"{'met ' if row['met'] else 'short'} {name}: {row['is']} (aim {row['aim']})")
        if not result["two_sample"]["learnt"]:
            raise SystemExit(f"two-sample accuracy: {told(result['two_sample'])}")
    elif args.command == "sitters":
        print(json.dumps(weigh_sitters(args.data, args.sheet)))
    elif args.command == "sweeps":
        save_sweeps(args.sheet, schema, args.out)
    elif args.command == "card":
        write_card(args.pack, json.loads(args.eval.read_text()))
    elif args.command == "rivals":
        golden = json.loads((args.pack / "pack.json").read_text())["golden"]["input"]
        inputs = inputs_of(load_generator(args.pack, schema), np.array(golden))
        print(json.dumps(weigh_cost(args.pack, inputs), indent=1))
    elif args.command == "tiny":
        torch.manual_seed(0)
        golden = np.zeros(schema.vector_count, np.float32)
        write_pack(Generator(SIZES["tiny"], schema).eval(), golden, args.to, "tiny", "0.0.0")
    elif args.command == "cost":
        model = Generator(SIZES[args.size], schema)
        count = sum(p.numel() for p in model.parameters())
        print(f"{args.size}: {count} parameters, {macs(model, torch.zeros(1, schema.vector_count)) / 1e9:.3f} GMAC")


if __name__ == "__main__":
    main()
