"""How well generated pictures can be told from rendered ones: a panel of small classifiers, each asked about sitters it has never seen."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional as F
from torch.optim.swa_utils import AveragedModel, update_bn

SIDE = 96  # of a crop; half the picture's where that is small
PAIRS = 24  # in a batch of training
JITTER = 4  # pixels: a made crop and its rendered one do not lie on quite the same place
LOOK_EVERY, PATIENCE = 50, 3  # steps between two looks at the sitters kept for that; looks in vain after which a judge has learnt
SURE = 0.1  # loss at a look under which it is right on some 97 of 100, and asked no more of
LEARNT = 0.6  # accuracy on its own training crops without which a judge has no say


class Detective(nn.Module):
    """`[B, 3, c, c]` displayed crops -> logit that the crop was rendered."""

    def __init__(self) -> None:
        super().__init__()
        layers: list[nn.Module] = []
        inputs = 3
        for outputs in (16, 32, 64, 128):
            layers += [nn.Conv2d(inputs, outputs, 3, stride=2, padding=1), nn.BatchNorm2d(outputs), nn.ReLU()]
            inputs = outputs
        self.tower = nn.Sequential(*layers)
        self.head = nn.Linear(inputs, 1)

    def forward(self, x: Tensor) -> Tensor:
        return self.head(self.tower(x - 0.5).mean((2, 3)))[:, 0]


@dataclass(frozen=True)
class Opinion:
    """What one judge came to: accuracy on the crops it learnt from, at the end, and on those of sitters never seen."""

    trained: float
    tested: float
    steps: int
    finished: bool  # or there was no time to learn on


@dataclass(frozen=True)
class Verdict:
    """What the panel came to. An accuracy of 0.5 is perfect: nobody can tell."""

    opinions: list[Opinion] = field(default_factory=list)

    @property
    def accuracy(self) -> float:
        """Median of the judges' accuracies."""
        return float(np.median([o.tested for o in self.opinions]))

    @property
    def learnt(self) -> bool:
        """Whether the judges could do at least what they were trained for. If not, their accuracy says nothing about the pictures."""
        return float(np.median([o.trained for o in self.opinions])) >= LEARNT

    def described(self) -> dict[str, Any]:
        """For `eval.json`."""
        tested = [o.tested for o in self.opinions]
        numbers = {"accuracy": self.accuracy, "least": min(tested), "most": max(tested)}
        judges = [asdict(o) | {"trained": round(o.trained, 4), "tested": round(o.tested, 4)} for o in self.opinions]
        return {**{k: round(v, 4) for k, v in numbers.items()}, "learnt": self.learnt, "judges": judges}


class _Pairs:
    """Crops of the same sitters, made and true, out of `[N, 3, S, S]` pictures of both."""

    def __init__(self, made: Tensor, true: Tensor, rng: np.random.Generator) -> None:
        self.pictures = (made, true)
        self.rng = rng
        self.room = made.shape[-1]
        self.side = SIDE if self.room >= SIDE * 4 // 3 else self.room // 2

    def places(self, count: int) -> np.ndarray:
        """Corners of crops, away from the picture's rim, `[count, 2]`."""
        limit = self.room - self.side
        return self.rng.integers(limit // 6, max(limit * 5 // 6, 1) + 1, (count, 2))

    def cut(self, which: int, sitters: np.ndarray, places: np.ndarray) -> Tensor:
        """Crops as they are."""
        side = self.side
        crops = [self.pictures[which][i, :, y : y + side, x : x + side] for i, (y, x) in zip(sitters, places, strict=True)]
        return torch.stack(crops).contiguous(memory_format=torch.channels_last)

    def training(self, among: np.ndarray) -> Tensor:
        """A batch, made ones first: shifted, mirrored, brightened and rounded each in its way, so that only the look is left."""
        sitters = self.rng.choice(among, PAIRS, replace=len(among) < PAIRS)
        places = self.places(PAIRS)
        halves = []
        for which in (0, 1):
            moved = places + self.rng.integers(-JITTER, JITTER + 1, places.shape)
            halves.append(self.cut(which, sitters, moved.clip(0, self.room - self.side)))
        batch = torch.cat(halves)
        turned = torch.from_numpy(self.rng.random(2 * PAIRS) < 0.5)
        batch[turned] = batch[turned].flip(3)
        gain, lift = (torch.from_numpy(self.rng.uniform(-1, 1, (2, 2 * PAIRS, 1, 1, 1))).float() * 0.1).unbind()
        return batch * (1 + gain) + 0.3 * lift + (torch.rand_like(batch) - 0.5) / 255


class _Questions:
    """Crops of given sitters, the same at every asking."""

    def __init__(self, pairs: _Pairs, sitters: np.ndarray, each: int) -> None:
        self.pairs = pairs
        self.sitters = np.repeat(sitters, each)
        self.places = pairs.places(len(self.sitters))

    def ask(self, judge: nn.Module) -> tuple[float, float]:
        """Cross entropy and accuracy of what `judge` answers."""
        judge.eval()
        wrong, loss, at_once = 0.0, 0.0, 64
        with torch.no_grad():
            for which in (0, 1):
                for i in range(0, len(self.sitters), at_once):
                    said = judge(self.pairs.cut(which, self.sitters[i : i + at_once], self.places[i : i + at_once]))
                    loss += float(F.binary_cross_entropy_with_logits(said, torch.full_like(said, which), reduction="sum"))
                    wrong += float(((said > 0) != bool(which)).sum())
        count = 2 * len(self.sitters)
        return loss / count, 1 - wrong / count


def _opinion(pairs: _Pairs, train: np.ndarray, watch: np.ndarray, test: np.ndarray, steps: int) -> Opinion:
    """Trains a judge on the sitters `train` for as long as it gets better on `watch`, and asks it about `test`."""
    judge = Detective().to(memory_format=torch.channels_last)
    steady = AveragedModel(judge, avg_fn=lambda old, new, count: old + (new - old) * max(0.05, 1 / (count + 1)))
    optimiser = torch.optim.AdamW(judge.parameters(), 2e-3, weight_decay=1e-2)
    labels = torch.arange(2).repeat_interleave(PAIRS).float()
    watched = _Questions(pairs, watch, 4)
    best, kept, since, step = np.inf, copy.deepcopy(steady), 0, 0

    def batches() -> Iterator[Tensor]:
        return (pairs.training(train) for _ in range(8))

    while step < steps and since < PATIENCE and best > SURE:
        judge.train()
        for _ in range(LOOK_EVERY):
            loss = F.binary_cross_entropy_with_logits(judge(pairs.training(train)), labels)
            optimiser.zero_grad(set_to_none=True)
            loss.backward()
            optimiser.step()
            steady.update_parameters(judge)
        step += LOOK_EVERY
        # Statistics gathered while the weights moved are of no weights in particular: taken anew, or answers lean to one side.
        update_bn(batches(), steady)
        found, _ = watched.ask(steady)
        since += 1
        if found < best:
            best, kept, since = found, copy.deepcopy(steady), 0
    trained, tested = _Questions(pairs, train, 8).ask(steady)[1], _Questions(pairs, test, 8).ask(kept)[1]
    return Opinion(trained, tested, step, since >= PATIENCE or best <= SURE)


def deal(sitters: int, judges: int, rng: np.random.Generator) -> Iterator[tuple[np.ndarray, np.ndarray, np.ndarray]]:
    """For each judge, whom it learns from, is watched on and is tested on: every sitter is in the test of one judge."""
    parts = np.array_split(rng.permutation(sitters), judges)
    for i in range(judges):
        test, watch, *train = [*parts[i:], *parts[:i]]
        yield np.concatenate(train), watch, test


def two_sample(made: Tensor, true: Tensor, seed: int = 0, judges: int = 5, steps: int = 1000) -> Verdict:
    """How well `made` can be told from `true`, both `[N, 3, S, S]` displayed pictures of the same sitters.

    Sitters are dealt into as many parts as there are judges (3 or more). Each judge is tested on a part of its own, watched on the
    next one to know when it has learnt, and trained on all others; both pictures of a sitter are in the same part.
    """
    rng = np.random.default_rng(seed)
    torch.manual_seed(seed)
    pairs = _Pairs(made, true, rng)
    opinions = []
    for dealt in deal(len(made), judges, rng):
        opinions.append(_opinion(pairs, *dealt, steps))
        print(f"judge {len(opinions)} of {judges}: {opinions[-1]}", flush=True)
    return Verdict(opinions)


def told(said: dict[str, Any]) -> str:
    """`Verdict.described()` in words."""
    if not said["learnt"]:
        trained = [judge["trained"] for judge in said["judges"]]
        return f"the judge learnt nothing: of the crops it learnt from, it tells {min(trained):.2f} to {max(trained):.2f}"
    learning = sum(not judge["finished"] for judge in said["judges"])
    more = f"; {learning} were still learning, so it may be more" if learning else ""
    return f"{said['accuracy']}, median of {len(said['judges'])} judges, {said['least']} to {said['most']}{more}"
