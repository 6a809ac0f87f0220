"""The command line: which verbs there are, what each takes, and which function runs it.

Options such as ``--model.width 8`` belong to classes that only a verb that runs a network imports.
They are taken out first, each with one value as jsonargparse writes them, and handed on unread.
"""

from __future__ import annotations

import argparse
import importlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NoReturn

from neurflow_lightning.cli.output import STANDARD_OUTPUT, CommandError
from neurflow_lightning.config import PRESETS
from neurflow_lightning.method_names import METHODS

DOTTED = ("--model.", "--data.", "--neurflow.")

_CLASSES = """
the arguments of the classes:
  --model.NAME VALUE     of the model's class, as LightningCLI has them; those not given are taken
                         from the run's --config, then from the checkpoint's hyperparameters
  --data.NAME VALUE      of the data module's class, likewise
  --neurflow.NAME VALUE  of NeurFlowCallback, such as --neurflow.config.tau 8

Classes are looked for in the working directory and on Python's path. Importing them runs their
code."""
_ANALYZED = f"""{_CLASSES} The data module's validation data gives the probe images: those of two
snapshots are the same only if its order is.
"""
_CHECKED = f"""
With --checkpoints, functional transfer is measured: what the baseline's core neurons are worth in
the candidate's network, on the data module's validation images (not the probe images, where there
are enough others). A policy can ask for it, and a
circuit in which they are worth as much as ever has not changed, but was described anew.
{_CLASSES}
"""
_DEBUGGED = f"""
Image files are read as the network takes them: --transform names a function that makes a tensor of
a picture of Pillow; 'data' takes the transform of the data module's validation data set; 'resize'
resizes to the network's input, scales to [0, 1] and normalises by --neurflow.mean and
--neurflow.std.
{_CLASSES}
"""


@dataclass(frozen=True)
class Command:
    """A verb with what was said on the command line.

    Attributes:
        run: does it; gives the exit status.
    """

    run: Callable[[], int]


class _Parser(argparse.ArgumentParser):
    """Says what is wrong in one line."""

    def error(self, message: str) -> NoReturn:
        verb = self.prog.partition(" ")[2]
        raise CommandError(f"{verb + ': ' if verb else ''}{message} (see {self.prog} --help)")


def parse(argv: Sequence[str], version: str) -> Command:
    """The command that ``argv`` says.

    Args:
        argv: without the program's name.
        version: what ``--version`` says.

    Raises:
        CommandError: for anything that is none.
        SystemExit: after ``--help`` and ``--version``, with 0.
    """
    plain, dotted = split_dotted(argv)
    parser = make_parser(version)
    said, rest = parser.parse_known_args(plain)
    # A list that may be empty takes its values once in argparse: those after an option are left.
    if rest and said.verb == "debug" and not any(one.startswith("-") for one in rest):
        said.images += rest
    elif rest:
        parser.error(f"unrecognized arguments: {' '.join(rest)}")
    if dotted and not said.takes_dotted:
        raise CommandError(f"{said.verb}: unrecognized arguments: {' '.join(dotted)}")
    said.dotted = dotted
    # Looked up only now: of two verbs each loads what it alone needs.
    verb = getattr(importlib.import_module(f"neurflow_lightning.cli.{said.home}"), said.verb)
    return Command(lambda: verb(said))


def split_dotted(argv: Sequence[str]) -> tuple[list[str], list[str]]:
    """Everything else, and the options of classes, each with its value.

    >>> split_dotted(["a.ckpt", "--model.width", "8", "--out", "a", "--data.side=3"])
    (['a.ckpt', '--out', 'a'], ['--model.width', '8', '--data.side=3'])
    """
    plain: list[str] = []
    dotted: list[str] = []
    tokens = iter(argv)
    for token in tokens:
        if not token.startswith(DOTTED):
            plain.append(token)
            continue
        value = [] if "=" in token else [next(tokens, None)]
        if value == [None]:
            raise CommandError(f"{token}: wanted a value after it.")
        dotted += [token, *(one for one in value if one is not None)]
    return plain, dotted


def make_parser(version: str) -> argparse.ArgumentParser:
    """The parser of every verb."""
    parser = _Parser(
        prog="neurflow",
        description="Circuits of neural networks: made from checkpoints, compared and checked.",
        epilog="Exit status: 0 all is well, 1 a condition failed, 2 misuse.",
    )
    parser.add_argument("--version", action="version", version=f"neurflow-lightning {version}")
    verbs = parser.add_subparsers(metavar="VERB", required=True, dest="verb")
    _add_analyze(verbs)
    _add_show(verbs)
    _add_export(verbs)
    _add_diff(verbs)
    _add_check(verbs)
    _add_accept(verbs)
    _add_bisect(verbs)
    _add_evaluate(verbs)
    _add_debug(verbs)
    _add_label(verbs)
    return parser


_Verbs = argparse._SubParsersAction


def _add_verb(
    verbs: _Verbs[_Parser], name: str, home: str, help_: str, *, epilog: str | None = None
) -> argparse.ArgumentParser:
    verb = verbs.add_parser(
        name,
        help=help_,
        description=f"{help_[0].upper()}{help_[1:]}.",
        epilog=epilog,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    verb.set_defaults(home=home, takes_dotted=epilog is not None)
    return verb


def _add_json(verb: argparse.ArgumentParser) -> None:
    verb.add_argument(
        "--json",
        nargs="?",
        const=STANDARD_OUTPUT,
        metavar="FILE",
        help="write JSON to FILE; without FILE, or as '-', to standard output instead of the text",
    )


def _add_html(verb: argparse.ArgumentParser) -> None:
    verb.add_argument(
        "--html",
        metavar="FILE",
        help="write a self-contained page that shows the circuits and their difference",
    )


def _add_matching(verb: argparse.ArgumentParser) -> None:
    verb.add_argument(
        "--matching",
        choices=("neurons", "responses"),
        default="neurons",
        help="'neurons' for checkpoints of one lineage, whose neurons keep their places (default); "
        "'responses' for trainings from different seeds: groups are matched by what they respond "
        "to, and no verdict is given with fewer than 20 controls",
    )


def _add_policy(verb: argparse.ArgumentParser) -> None:
    verb.add_argument(
        "--policy",
        metavar="FILE",
        help="what may change, as YAML; without it a target that has changed fails, and one that "
        "is not stable warns",
    )


def _add_controls(verb: argparse.ArgumentParser, default: Sequence[str] | None) -> None:
    verb.add_argument(
        "--controls",
        nargs="+",
        default=default,
        metavar="SNAPSHOT",
        help="three or more snapshots that only honest training separates from the first one: what "
        "changed has to exceed them too"
        + ("" if default is not None else "; left out: those of the policy"),
    )


def _add_network(verb: argparse.ArgumentParser) -> None:
    verb.add_argument(
        "--model",
        metavar="CLASS",
        help="pkg.module:Class of a LightningModule or nn.Module, or torchvision:resnet18",
    )
    verb.add_argument("--data", metavar="CLASS", help="pkg.module:Class of a LightningDataModule")
    verb.add_argument(
        "--config",
        metavar="FILE",
        help="config.yaml of a LightningCLI run: classes, arguments, seed, and the settings of its "
        "NeurFlowCallback; the command line comes first",
    )
    verb.add_argument(
        "--prefix",
        default="",
        metavar="TEXT",
        help="take only weights whose names begin so, and cut it off (such as 'network.')",
    )
    verb.add_argument(
        "--unsafe-load",
        action="store_true",
        help="load checkpoints with weights_only=False: they can then run any code",
    )
    verb.add_argument("--accelerator", default="auto", help="as of Lightning's Trainer")
    verb.add_argument("--seed", type=int, metavar="N", help="default: the run's, else 0")
    verb.set_defaults(layers=None, targets=None, verbose=False)
    verb.set_defaults(effort=None, attribution=None, like=None, seconds=None)


def _add_analysis(verb: argparse.ArgumentParser) -> None:
    _add_network(verb)
    verb.add_argument("--layers", nargs="+", metavar="NAME", help="shallow to deep; see README")
    verb.add_argument("--targets", nargs="+", metavar="CLASS", help="classes by number or name")
    verb.add_argument(
        "--effort",
        choices=PRESETS,
        help="how thorough, from seconds to hours (default: that of --config, else standard); "
        "--neurflow.config.NAME changes single numbers of it",
    )
    verb.add_argument(
        "--attribution",
        metavar="METHOD",
        help="how neurons are attributed to the layer below: "
        f"{', '.join(METHODS)}, or pkg.module:function (default: auto, which chooses by knockouts)",
    )
    verb.add_argument(
        "--like",
        metavar="SNAPSHOT",
        help="take layers, targets, effort and attribution methods from a snapshot, so that the "
        "two can be compared; the validation data has to give its probe images",
    )
    verb.add_argument(
        "--seconds",
        type=float,
        metavar="S",
        help="the time an analysis may take: the most important neurons first, until it is used",
    )
    verb.add_argument("--verbose", action="store_true", help="say what an analysis will cost")


def _add_analyze(verbs: _Verbs[_Parser]) -> None:
    verb = _add_verb(
        verbs, "analyze", "checkpoints", "make a snapshot of a checkpoint", epilog=_ANALYZED
    )
    verb.add_argument("checkpoint", metavar="CKPT", help="of Lightning, or a plain state dict")
    _add_analysis(verb)
    verb.add_argument(
        "--out", metavar="FILE", help="the snapshot's file; default: CKPT with .safetensors"
    )
    _add_json(verb)


def _add_show(verbs: _Verbs[_Parser]) -> None:
    verb = _add_verb(verbs, "show", "snapshots", "show the circuits of a snapshot")
    verb.add_argument("snapshot", metavar="SNAPSHOT")
    _add_json(verb)


def _add_export(verbs: _Verbs[_Parser]) -> None:
    verb = _add_verb(
        verbs, "export", "exporting", "write a run as one page that works without TensorBoard"
    )
    verb.add_argument(
        "runs",
        metavar="RUN",
        nargs="+",
        help="folders with event files of TensorBoard, or with snapshots; or the snapshot files of "
        "one run, which are then compared anew",
    )
    verb.add_argument("--html", metavar="FILE", required=True, help="the page")


def _add_diff(verbs: _Verbs[_Parser]) -> None:
    verb = _add_verb(verbs, "diff", "snapshots", "tell what changed between two snapshots")
    verb.add_argument("before", metavar="BEFORE")
    verb.add_argument("after", metavar="AFTER")
    _add_matching(verb)
    _add_controls(verb, ())
    _add_json(verb)
    _add_html(verb)


def _add_check(verbs: _Verbs[_Parser]) -> None:
    verb = _add_verb(
        verbs,
        "check",
        "checking",
        "hold snapshots against a baseline and a policy",
        epilog=_CHECKED,
    )
    verb.add_argument("baseline", metavar="BASELINE")
    verb.add_argument("candidates", metavar="CANDIDATE", nargs="+")
    _add_policy(verb)
    _add_matching(verb)
    _add_controls(verb, None)
    verb.add_argument(
        "--checkpoints",
        nargs="+",
        metavar="CKPT",
        help="what each CANDIDATE was made of, in the same order: measure functional transfer",
    )
    _add_network(verb)
    _add_json(verb)
    verb.add_argument("--junit", metavar="FILE", help="write JUnit XML to FILE, or '-'")
    verb.add_argument("--markdown", metavar="FILE", help="write Markdown to FILE, or '-'")
    _add_html(verb)


def _add_accept(verbs: _Verbs[_Parser]) -> None:
    verb = _add_verb(verbs, "accept", "snapshots", "make a candidate the new baseline")
    verb.add_argument("baseline", metavar="BASELINE")
    verb.add_argument("candidate", metavar="CANDIDATE")
    _add_json(verb)


def _add_bisect(verbs: _Verbs[_Parser]) -> None:
    verb = _add_verb(
        verbs,
        "bisect",
        "checkpoints",
        "find the checkpoint or snapshot at which the circuit changed, in O(log n) analyses",
        epilog=_ANALYZED,
    )
    verb.add_argument("good", metavar="GOOD", help="the first one, which all are compared with")
    verb.add_argument("bad", metavar="BAD", help="the last one, whose circuit has changed")
    verb.add_argument(
        "between",
        metavar="CKPT",
        nargs="*",
        help="those between, in any order if all tell their training step, else in that of time",
    )
    _add_policy(verb)
    _add_controls(verb, None)
    _add_analysis(verb)
    _add_json(verb)


def _add_evaluate(verbs: _Verbs[_Parser]) -> None:
    verb = _add_verb(
        verbs,
        "evaluate",
        "evaluating",
        "measure whether circuits hold: optimality and fidelity of core neurons and of weights",
        epilog=_ANALYZED,
    )
    verb.add_argument(
        "circuits",
        metavar="CKPT|SNAPSHOT",
        help="a checkpoint, analysed first; or a snapshot, with --checkpoint",
    )
    verb.add_argument("--checkpoint", metavar="CKPT", help="the weights that SNAPSHOT was made of")
    verb.add_argument(
        "--what",
        nargs="+",
        choices=("optimality", "fidelity", "weights"),
        help="which evaluations; default: all",
    )
    verb.add_argument(
        "--images",
        type=int,
        default=512,
        metavar="N",
        help="the first N of the validation data, to try the masked network on (default 512)",
    )
    for option, metavar, help_ in (
        ("taus", "TAU", "core neurons a neuron may keep (default 4 8 16)"),
        ("set-sizes", "N", "neurons in a set whose weights are summed (default 1 5 10 20 50)"),
    ):
        verb.add_argument(f"--{option}", nargs="+", type=int, metavar=metavar, help=help_)
    for option, help_ in (
        ("sets", "random sets of one size (default 20)"),
        ("neurons", "most neurons of a layer looked at (default 6)"),
        ("search-runs", "sets that the search for the best one may try (default 100)"),
    ):
        verb.add_argument(f"--{option}", type=int, metavar="N", help=help_)
    verb.add_argument("--methods", nargs="+", metavar="NAME", help="of attribution; see README")
    _add_analysis(verb)
    _add_json(verb)
    verb.add_argument("--markdown", metavar="FILE", help="write Markdown to FILE, or '-'")
    verb.add_argument("--plots", metavar="DIR", help="write plots as JPEG into DIR")


def _add_debug(verbs: _Verbs[_Parser]) -> None:
    verb = _add_verb(
        verbs,
        "debug",
        "debugging",
        "tell which neuron groups fire on images, and which separate mistakes from hits",
        epilog=_DEBUGGED,
    )
    verb.add_argument("snapshot", metavar="SNAPSHOT")
    verb.add_argument("images", metavar="IMAGE", nargs="*", help="files that Pillow reads")
    verb.add_argument(
        "--checkpoint", metavar="CKPT", required=True, help="what SNAPSHOT was made of"
    )
    verb.add_argument(
        "--mistakes",
        type=int,
        nargs="?",
        const=4,
        metavar="K",
        help="instead of IMAGE: what all mistakes in --data's validation images share, and the K "
        "worst of them (default: 4)",
    )
    verb.add_argument("--true", metavar="CLASS", help="the class of all images, number or name")
    verb.add_argument(
        "--transform",
        metavar="HOW",
        help="pkg.module:function, 'data' (default where --data has one) or 'resize'",
    )
    verb.add_argument(
        "--earlier",
        nargs=2,
        action="append",
        default=[],
        metavar=("SNAPSHOT", "CKPT"),
        help="also show what the same groups did on the images at an earlier moment of the run; "
        "can be given several times, earliest first",
    )
    verb.add_argument(
        "--no-effects",
        action="store_true",
        help="do not mask every group that fired to measure what becomes of the answer",
    )
    _add_network(verb)
    _add_json(verb)
    verb.add_argument("--html", metavar="FILE", help="write a self-contained page with pictures")
    verb.add_argument("--plots", metavar="FOLDER", help="write a JPEG of each image there")


def _add_label(verbs: _Verbs[_Parser]) -> None:
    verb = _add_verb(
        verbs, "label", "labelling", "name neuron groups; without an option, show their names"
    )
    verb.add_argument(
        "snapshots",
        metavar="SNAPSHOT",
        nargs="+",
        help="snapshots of one run, or its folder of snapshots; names are kept beside them, in "
        "labels.json",
    )
    verb.add_argument(
        "--labeller",
        metavar="WHO",
        help="'endpoint': a model behind an OpenAI-compatible endpoint; 'clip': an open_clip model "
        "with a vocabulary; FILE.yaml: names that you wrote",
    )
    verb.add_argument("--edit", action="store_true", help="change names in your editor ($EDITOR)")
    verb.add_argument("--export", metavar="FILE", help="write the names to a file, to share them")
    verb.add_argument(
        "--import",
        dest="import_",
        metavar="FILE",
        help="add the names of such a file; those of people come before those of models, and no "
        "name is lost",
    )
    verb.add_argument(
        "--tab",
        metavar="FOLDER",
        help="write the names into the NeurFlow tab: into the event files of this folder, of a "
        "training that has ended (one that goes on takes names up by itself)",
    )
    verb.add_argument("--layers", nargs="+", metavar="NAME", help="name groups of these alone")
    verb.add_argument("--targets", nargs="+", metavar="CLASS", help="classes by number or name")
    verb.add_argument("--again", action="store_true", help="ask also about groups with a name")
    verb.add_argument(
        "--model", metavar="NAME", help="of the endpoint, or of open_clip, such as ViT-B-32"
    )
    _add_endpoint(verb)
    _add_clip(verb)
    _add_json(verb)


def _add_endpoint(verb: argparse.ArgumentParser) -> None:
    group = verb.add_argument_group(
        "an endpoint",
        "Patches of the groups and names given so far are sent to it, and nothing else.",
    )
    group.add_argument("--url", help="base address, such as http://127.0.0.1:11434/v1")
    group.add_argument(
        "--key-env",
        metavar="NAME",
        help="environment variable that holds the key (default: NEURFLOW_LABEL_KEY, if it is set)",
    )
    group.add_argument("--timeout", type=float, default=60.0, metavar="SECONDS")
    group.add_argument("--attempts", type=int, default=5, metavar="N", help="tries of a request")
    group.add_argument("--per-minute", type=float, metavar="N", help="requests, at most")
    group.add_argument("--max-calls", type=int, metavar="N", help="requests at all, at most")
    group.add_argument("--max-cost", type=float, metavar="COST", help="needs --prices")
    group.add_argument(
        "--prices",
        type=float,
        nargs=2,
        metavar=("PROMPT", "ANSWER"),
        help="of a million tokens each",
    )
    group.add_argument(
        "--no-json-schema", action="store_true", help="for endpoints that know no response_format"
    )
    group.add_argument("--body", metavar="JSON", help="more of the request; null leaves a name out")
    group.add_argument("--cache", metavar="FOLDER", help="of answers (default: in ~/.cache)")
    group.add_argument("--no-cache", action="store_true", help="ask for everything anew")


def _add_clip(verb: argparse.ArgumentParser) -> None:
    group = verb.add_argument_group("CLIP")
    group.add_argument("--weights", metavar="FILE", help="a file, or a tag of open_clip")
    group.add_argument(
        "--vocabulary", metavar="FILE", help="words to choose from, one a line (default: general)"
    )
    group.add_argument("--device", default="cpu")
    group.add_argument("--download", action="store_true", help="fetch weights that are not here")
    group.add_argument(
        "--score-with",
        nargs=2,
        metavar=("MODEL", "WEIGHTS"),
        help="score names with this model of open_clip, whoever gave them",
    )
