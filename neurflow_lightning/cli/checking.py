"""The verb ``check``: snapshots held against a baseline, and their documents.

torch and Lightning are loaded only where networks are given, to measure functional transfer.
"""

from __future__ import annotations

import math
import sys
from argparse import Namespace
from collections.abc import Callable, Mapping, Sequence

from neurflow_lightning.cli.exporting import Compared, check_page, write_comparisons
from neurflow_lightning.cli.output import CommandError, as_json, check_places, deliver
from neurflow_lightning.cli.snapshots import (
    FAILED,
    PASSED,
    Baseline,
    check_controls,
    policy_of,
)
from neurflow_lightning.cli.telling import named
from neurflow_lightning.evolution.comparing import Transfer, check_comparable
from neurflow_lightning.regression.formats import (
    MARKDOWN_LIMIT,
    bounded,
    code,
    json_content,
    junit_document,
    markdown,
    short,
    summary,
    text_table,
)
from neurflow_lightning.regression.verdicts import RegressionReport, check_regression
from neurflow_lightning.render.text import visible_text
from neurflow_lightning.storage import load_snapshot
from neurflow_lightning.types import Snapshot


def check(said: Namespace) -> int:
    """``neurflow check``: fails when a candidate breaks a condition of severity ``fail``."""
    places = {"--json": said.json, "--junit": said.junit, "--markdown": said.markdown}
    places |= {"--html": said.html}
    check_page(said.html)
    networks = _networks(said)
    policy = policy_of(said.policy)
    controls = policy.controls if said.controls is None else said.controls
    snapshots = [said.baseline, *said.candidates]
    check_places(places, [*snapshots, *controls, *networks.values(), said.policy, said.config])
    check_controls(controls, snapshots)
    baseline = Baseline.read(said.baseline, said.matching, controls)
    measured = _measuring(said, networks) if networks else None
    reports: list[RegressionReport] = []
    pairs: list[Compared] = []
    for path in dict.fromkeys(said.candidates):
        candidate = load_snapshot(path)
        transfer = measured(baseline, path, candidate) if measured else None
        drift = baseline.drift(path, candidate, transfer)
        reports.append(check_regression(drift, policy))
        if said.html is not None:
            files = said.baseline, path
            roles = "baseline", "candidate"
            pairs.append(Compared(files, baseline.snapshot, candidate, drift, roles))
    if said.html is not None:
        failed = [place for place, one in enumerate(reports) if not one.passed]
        write_comparisons(said.html, pairs, shown=failed[0] if failed else 0)
    deliver(
        "\n".join(map(text_table, reports)),
        [
            (said.json, _checks_json(said.baseline, said.candidates, reports)),
            (said.junit, _checks_junit(said.candidates, reports)),
            (said.markdown, _checks_markdown(reports)),
        ],
    )
    return PASSED if all(one.passed for one in reports) else FAILED


# --- functional transfer -----------------------------------------------------------------


def _networks(said: Namespace) -> dict[str, str]:
    """Candidate → the checkpoint it was made of; empty where none are given.

    Raises:
        CommandError: for options of a network without one, and for more or fewer of them.
    """
    checkpoints = said.checkpoints or []
    if not checkpoints:
        unsaid: dict[str, object] = {
            "model": None,
            "data": None,
            "config": None,
            "prefix": "",
            "seed": None,
        }
        unsaid |= {"unsafe_load": False, "accelerator": "auto"}
        told = [name for name, default in unsaid.items() if getattr(said, name) != default]
        given = [f"--{name.replace('_', '-')}" for name in told]
        given += [one for one in said.dotted if one.startswith("--")]
        if given:
            raise CommandError(
                f"check: {given[0]} is for functional transfer, which is measured on networks: "
                "wanted --checkpoints CKPT…, those that the candidates were made of."
            )
        return {}
    if said.matching == "responses":
        raise CommandError(
            "check: --checkpoints and --matching responses: functional transfer masks the "
            "baseline's neurons in the candidate's network, which shares none with it."
        )
    if len(checkpoints) != len(said.candidates):
        raise CommandError(
            f"check: {len(checkpoints)} --checkpoints for {len(said.candidates)} candidates: "
            "wanted one for each, in the same order."
        )
    networks: dict[str, str] = {}
    for candidate, checkpoint in zip(said.candidates, checkpoints, strict=True):
        if networks.setdefault(candidate, checkpoint) != checkpoint:
            raise CommandError(
                f"check: {candidate} is named with two --checkpoints, {networks[candidate]} and "
                f"{checkpoint}: wanted the one that it was made of."
            )
    return networks


def _measuring(
    said: Namespace, networks: Mapping[str, str]
) -> Callable[[Baseline, str, Snapshot], Transfer]:
    """What measures functional transfer in a candidate's network, if it can be compared at all."""
    from neurflow_lightning.cli.analyzing import Analyzer

    analyzer = Analyzer.said(said)

    def measured(baseline: Baseline, path: str, candidate: Snapshot) -> Transfer:
        with named(f"{baseline.path} and {path}"):
            check_comparable(baseline.snapshot, candidate)
        sys.stderr.write(f"neurflow: masking in {visible_text(networks[path])}\n")
        transfer = analyzer.transfer(networks[path], baseline.snapshot, candidate)
        for circuit in candidate.circuits:
            told = _transfer_told(transfer[circuit.target.index])
            name = visible_text(circuit.name)
            sys.stderr.write(f"neurflow: functional transfer for {name}: {told}\n")
        return transfer

    return measured


def _transfer_told(by_layer: Mapping[str, float]) -> str:
    """In words.

    >>> _transfer_told({"block3": 0.7, "block4": float("nan")})
    'block3 0.70, block4 not to be told by masking'
    """
    return ", ".join(
        f"{visible_text(layer)} "
        + ("not to be told by masking" if math.isnan(value) else f"{value:.2f}")
        for layer, value in by_layer.items()
    )


# --- several reports in one document -----------------------------------------------------


def _checks_json(baseline: str, candidates: Sequence[str], reports: list[RegressionReport]) -> str:
    told = zip(dict.fromkeys(candidates), reports, strict=True)
    return as_json(
        "check",
        {
            "passed": all(one.passed for one in reports),
            "baseline": baseline,
            "reports": [{"candidate": path, **json_content(one)} for path, one in told],
        },
    )


def _checks_markdown(reports: list[RegressionReport]) -> str:
    """One after the other; of several the summaries come first, so that none is cut off."""
    if len(reports) == 1:
        return markdown(reports[0])
    summaries = "".join(f"- {summary(one)}: {code(short(one.after))}\n" for one in reports)
    return bounded([summaries, *(f"\n{markdown(one)}" for one in reports)], MARKDOWN_LIMIT)


def _checks_junit(candidates: Sequence[str], reports: list[RegressionReport]) -> str:
    """One document with a test suite for each candidate, named by its file."""
    names = [f"neurflow: {short(path)}" for path in dict.fromkeys(candidates)]
    return junit_document(zip(names, reports, strict=True))
