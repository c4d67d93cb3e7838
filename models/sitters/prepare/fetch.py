"""Fetches what the sitters are made from: `./limner assets`. Says at the end what is missing, and why.

upstream.json says where each file comes from and what it must be. A file is held to its SHA-256; what many small files are packed into
(MakeHuman's targets, ICT-FaceKit's shapes) to one over its numbers, so that it does not matter which copy they came from:

* a folder of targets: for each, by name, "folder/name", a zero byte, its vertices as int32 and its offsets as float32;
* neutral, identity and expression shapes: float32, float16 and float16 offsets from neutral, in the order of the file.

Nothing is written before it is what it must be, and what is there already and right is not fetched again.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import os
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np
from makehuman import Target, load_targets

PINS = Path(__file__).with_name("upstream.json")
TRIES, PATIENCE = 3, 30  # attempts at an address; seconds without a byte
AT_ONCE = 6  # downloads


class Missing(Exception):
    """A file that is not to be had; the text says why."""


class Upstream:
    """Where bytes come from: the sources of upstream.json, or one mirror of them (FOLDER or URL, then source/path)."""

    def __init__(self, sources: dict[str, Any], mirror: str) -> None:
        self.sources, self.mirror = sources, mirror
        self.unreachable: dict[str, str] = {}  # host -> why: nobody waits for it again
        self.last = ""  # why the latest take_all() gave nothing, or not what was wanted

    def addresses(self, source: str, path: str) -> list[str]:
        if self.mirror:
            root = self.mirror if "://" in self.mirror else Path(self.mirror).resolve().as_uri()
            return [f"{root.rstrip('/')}/{source}/{path}"]
        one = self.sources[source]
        return [one["url"].format(revision=revision, path=path) for revision in one["revisions"]]

    def read(self, address: str) -> bytes:
        host = address.split("/")[2]
        for attempt in range(TRIES):
            if host in self.unreachable:
                raise Missing(self.unreachable[host])
            try:
                request = urllib.request.Request(address, headers={"Accept-Encoding": "gzip", "User-Agent": "limner"})
                with urllib.request.urlopen(request, timeout=PATIENCE) as answer:
                    body = answer.read()
                    return gzip.decompress(body) if answer.headers.get("Content-Encoding") == "gzip" else body
            except urllib.error.HTTPError as problem:
                if problem.code < 500 and problem.code != 429:
                    raise Missing(f"{address} answers {problem.code}") from None
                why = f"{address} answers {problem.code}"
            except urllib.error.URLError as problem:
                why = f"{host or address} cannot be reached ({problem.reason})"
                if not host:  # a file: it will not be there the next time either
                    raise Missing(f"{address} cannot be read ({problem.reason})") from None
                if attempt + 1 == TRIES:
                    self.unreachable[host] = why
            except (OSError, EOFError) as problem:
                why = f"{address} broke off ({problem})"
            time.sleep(attempt)
        raise Missing(why)

    def take(self, source: str, path: str, is_right: Callable[[bytes], bool]) -> bytes:
        """The first copy that is what it must be."""
        reasons = []
        for address in self.addresses(source, path):
            try:
                body = self.read(address)
            except Missing as why:
                reasons.append(str(why))
                continue
            if is_right(body):
                return body
            reasons.append(f"{address} is not the file that was expected")
        raise Missing("; ".join(dict.fromkeys(reasons)))

    def take_all(self, source: str, paths: list[str], say: Callable[[str], None]) -> Iterable[list[bytes]]:
        """All of these from one revision after another: whoever asks says which is right by taking no more."""
        for i in range(len(self.addresses(source, ""))):
            done = 0

            def one(path: str, revision: int = i) -> bytes:
                nonlocal done
                body = self.read(self.addresses(source, path)[revision])
                done += 1
                say(f"{done} of {len(paths)}")
                return body

            with ThreadPoolExecutor(AT_ONCE) as pool:
                waiting = [pool.submit(one, path) for path in paths]
                try:
                    yield [w.result() for w in waiting]
                except Missing as why:
                    for w in waiting:
                        w.cancel()
                    self.last = str(why)


def sha256(*parts: bytes) -> str:
    """Of the parts, one after another."""
    whole = hashlib.sha256()
    for part in parts:
        whole.update(part)
    return whole.hexdigest()


def keep(path: Path, write: Callable[[Path], None]) -> None:
    """A file that is whole or not there."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(path.name + ".part")
    try:
        write(part)
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


# Plain files.


def is_one_of(hashes: list[str]) -> Callable[[bytes], bool]:
    """Whether bytes have one of these SHA-256."""
    return lambda body: sha256(body) in hashes


def fetch_file(pin: dict[str, Any], to: Path, upstream: Upstream) -> None:
    """One file as it is upstream."""
    body = upstream.take(pin["source"], pin["path"], is_one_of(pin["sha256"]))
    keep(to, lambda part: part.write_bytes(body))


# MakeHuman's targets.


def parse_target(text: bytes) -> Target:
    """Lines "vertex dx dy dz"; # begins a comment."""
    words = [line.split() for line in text.decode("utf-8", "replace").splitlines() if not line.startswith("#")]
    lines = [w for w in words if len(w) == 4]
    return Target(np.array([int(w[0]) for w in lines], np.int32),
                  np.array([[float(x) for x in w[1:]] for w in lines], np.float32).reshape(-1, 3))


def folder_sha256(folder: str, names: list[str], targets: dict[str, Target]) -> str:
    """As upstream.json has it; "" where a target is missing."""
    if any(f"{folder}/{name}" not in targets for name in names):
        return ""
    parts: list[bytes] = []
    for name in names:
        target = targets[f"{folder}/{name}"]
        parts += [f"{folder}/{name}".encode() + b"\0", target.indices.astype("<i4").tobytes(), target.deltas.astype("<f4").tobytes()]
    return sha256(*parts)


def are_targets(pin: dict[str, Any], path: Path) -> bool:
    """Whether targets.npz has what it must have."""
    targets = load_targets(path)
    return all(folder_sha256(folder, one["names"], targets) == one["sha256"] for folder, one in pin["folders"].items())


def fetch_targets(pin: dict[str, Any], to: Path, upstream: Upstream, say: Callable[[str], None]) -> None:
    """Every folder of targets, packed into one file."""
    targets: dict[str, Target] = {}
    for folder, one in pin["folders"].items():
        paths = [f"{one['path']}/{name}.target" for name in one["names"]]
        upstream.last = ""
        for bodies in upstream.take_all(pin["source"], paths, lambda n, folder=folder: say(f"{folder}: {n}")):
            found = {f"{folder}/{name}": parse_target(body) for name, body in zip(one["names"], bodies, strict=True)}
            if folder_sha256(folder, one["names"], found) == one["sha256"]:
                targets |= found
                break
            upstream.last = f"the targets of {one['path']} are not those that were expected"
        else:
            raise Missing(upstream.last)
    names = sorted(targets)
    packed = {
        "names": np.array(names),
        "offsets": np.cumsum([0] + [len(targets[n].indices) for n in names]).astype(np.int32),
        "indices": np.concatenate([targets[n].indices for n in names]),
        "deltas": np.concatenate([targets[n].deltas for n in names]),
    }
    keep(to, lambda part: save(part, packed))


# ICT-FaceKit's shapes.


def parse_vertices(text: bytes, count: int) -> np.ndarray:
    """The first `count` vertices of an OBJ. [count, 3] float64"""
    lines = [line[2:] for line in text.decode("utf-8", "replace").splitlines() if line.startswith("v ")]
    if len(lines) < count:
        raise Missing(f"a shape has only {len(lines)} of {count} vertices")
    return np.array(" ".join(lines[:count]).split(), np.float64).reshape(-1, 3)


def shapes_sha256(shapes: np.ndarray) -> str:
    """Of offsets in half precision."""
    return sha256(np.ascontiguousarray(shapes, "<f2").tobytes())


def are_shapes(pin: dict[str, Any], path: Path) -> bool:
    """Whether facekit.npz has what it must have; more identities are welcome."""
    with np.load(path) as packed:
        return (sha256(packed["neutral"].astype("<f4").tobytes()) == pin["neutral_sha256"]
                and shapes_sha256(packed["identity"][: pin["identity"]["count"]]) == pin["identity"]["sha256"]
                and [str(n) for n in packed["expression_names"]] == pin["expression"]["names"]
                and shapes_sha256(packed["expression"]) == pin["expression"]["sha256"])


def fetch_shapes(pin: dict[str, Any], to: Path, upstream: Upstream, say: Callable[[str], None]) -> None:
    """Neutral, identities and expressions, packed as offsets into one file. Some 100 MB come compressed."""
    count = pin["vertices"]
    neutral_is = lambda body: sha256(parse_vertices(body, count).astype("<f4").tobytes()) == pin["neutral_sha256"]  # noqa: E731
    neutral = parse_vertices(upstream.take(pin["source"], pin["neutral"], neutral_is), count)

    def offsets(what: str, paths: list[str]) -> np.ndarray:
        upstream.last = ""
        for bodies in upstream.take_all(pin["source"], paths, lambda n: say(f"{what}: {n}")):
            shapes = np.stack([(parse_vertices(body, count) - neutral).astype(np.float16) for body in bodies])
            if shapes_sha256(shapes) == pin[what]["sha256"]:
                return shapes
            upstream.last = f"the {what} shapes are not those that were expected"
        raise Missing(upstream.last)

    names = pin["expression"]["names"]
    packed = {
        "neutral": neutral.astype(np.float32),
        "identity": offsets("identity", [pin["identity"]["path"].format(i) for i in range(pin["identity"]["count"])]),
        "expression": offsets("expression", [pin["expression"]["path"].format(name) for name in names]),
        "expression_names": np.array(names),
    }
    keep(to, lambda part: save(part, packed))


def save(path: Path, arrays: dict[str, np.ndarray]) -> None:
    """Without numpy's own idea of how a file should end."""
    with path.open("wb") as out:
        np.savez_compressed(out, **arrays)


def progress(text: str) -> None:
    """A line that is written over, where somebody looks."""
    if sys.stderr.isatty():
        print(f"\r\x1b[K{text}", end="\r", file=sys.stderr)


def is_there(check: Callable[[], bool]) -> bool:
    """Whether a file is there, can be read, and is right."""
    try:
        return check()
    except (OSError, ValueError, KeyError, EOFError):
        return False
    except Exception as problem:  # a torn archive; zipfile and zlib have errors of their own
        if type(problem).__module__ in ("zipfile", "zlib"):
            return False
        raise


def main(words: list[str] | None = None) -> int:
    """Exit 0 with everything there, 1 with a list of what is not."""
    parser = argparse.ArgumentParser(prog="./limner assets", description="Fetches what the sitters are made from, from where it is published.")
    parser.add_argument("--to", type=Path, default=Path(os.environ.get("LIMNER_ASSETS") or "../shared/assets"),
                        help="the folder (default: $LIMNER_ASSETS, then ../shared/assets)")
    parser.add_argument("--mirror", default="", help="a folder or address that has it all, as SOURCE/PATH of upstream.json")
    parser.add_argument("--check", action="store_true", help="fetch nothing; only say what is missing")
    parser.add_argument("--pins", type=Path, default=PINS, help=argparse.SUPPRESS)
    asked = parser.parse_args(words)
    pins = json.loads(asked.pins.read_text())
    upstream = Upstream(pins["sources"], asked.mirror)
    targets, shapes = pins["targets"], pins["shapes"]
    wanted: list[tuple[dict[str, Any], Callable[[Path], bool], Callable[[Path, Callable[[str], None]], None]]] = [
        *((pin, lambda path, pin=pin: is_one_of(pin["sha256"])(path.read_bytes()),
           lambda to, _, pin=pin: fetch_file(pin, to, upstream)) for pin in pins["files"]),
        (targets, lambda path: are_targets(targets, path), lambda to, say: fetch_targets(targets, to, upstream, say)),
        (shapes, lambda path: are_shapes(shapes, path), lambda to, say: fetch_shapes(shapes, to, upstream, say)),
    ]
    missing: dict[str, str] = {}
    for pin, is_right, fetch in wanted:
        name, path = pin["to"], asked.to / pin["to"]
        if is_there(lambda is_right=is_right, path=path: is_right(path)):
            continue
        if asked.check:
            missing[name] = "is another file, or cut short" if path.exists() else "is not there"
            continue
        try:
            print(f"{name} …", file=sys.stderr)
            fetch(path, progress)
        except Missing as why:
            missing[name] = str(why)
        except OSError as problem:
            missing[name] = f"cannot be written ({problem.strerror})"
    for name, why in missing.items():
        print(f"{name}: {why}.", file=sys.stderr)
    if missing:
        print(f"{len(missing)} of {len(wanted)} assets are missing in {asked.to}, so the sitters cannot be rendered. What is there stays; "
              "try again, or copy them there from elsewhere: they are recognised by what they contain.", file=sys.stderr)
        return 1
    print(f"All {len(wanted)} assets are in {asked.to}.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
