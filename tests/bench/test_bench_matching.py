"""The bench of matching at its small size, and what it measures with: the gain of an order, and the planted truth."""

import json
import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from bench._waarheid import people, suitability, vacatures
from bench.matching import ndcg

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.xdist_group("bench")
def test_the_small_bench_prints_its_figures_and_matching_is_ahead() -> None:
    environ = {key: value for key, value in os.environ.items() if not key.startswith(("PYTEST", "BANENAFSPRAAK_VAR"))}
    path = os.pathsep.join([str(ROOT / "src"), environ.get("PYTHONPATH", "")])
    done = subprocess.run(
        [sys.executable, "-m", "bench.matching", "--snel"],
        cwd=ROOT,
        env=environ | {"PYTHONPATH": path},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    answer = json.loads(done.stdout.strip().splitlines()[-1])
    assert {"ndcg10", "ndcg10_filter", "ndcg10_bm25", "p95_ms", "all_vacancies_s", "fairness"} <= set(answer)
    assert answer["points_agree"]
    assert answer["ndcg10_traits"] > answer["ndcg10"] > max(answer["ndcg10_filter"], answer["ndcg10_bm25"])
    for part in ("ground", "gender"):
        assert sum(one["exposure"] for one in answer["fairness"][part].values()) == pytest.approx(1, abs=0.01)


def test_the_gain_of_an_order_is_one_for_the_best_and_less_for_any_other() -> None:
    gain = np.linspace(0, 1, 50)

    assert ndcg(gain, list(range(49, 39, -1))) == pytest.approx(1)
    assert ndcg(gain, list(range(40, 50))) < 1
    assert ndcg(gain, []) == 0
    assert ndcg(gain, list(range(10))) < 0.2


@pytest.mark.django_db
def test_the_truth_comes_from_the_seed_and_is_a_chance() -> None:
    today = date(2026, 11, 25)
    wereld, [baan] = people(400), vacatures(1, today)
    real, odds = suitability(wereld, baan)

    assert np.array_equal(real, suitability(people(400), vacatures(1, today)[0])[0])
    assert ((real >= 0) & (real <= 1)).all()
    # The chance in it moves people about: nobody can know it all.
    assert np.argsort(-real).tolist() != np.argsort(-odds).tolist()


@pytest.mark.django_db
def test_the_record_is_an_incomplete_view_of_the_traits() -> None:
    wereld = people(4_000)

    assert 0.35 < (wereld.niveau < 0).mean() < 0.5
    assert 0.08 < np.mean([not one for one in wereld.kinds]) < 0.2
    known = wereld.niveau > 0
    assert 0.7 < np.corrcoef(wereld.niveau[known], wereld.theory[known])[0, 1] < 0.98


@pytest.mark.django_db
def test_the_truth_does_not_read_the_record() -> None:
    wereld, [baan] = people(400), vacatures(1, date(2026, 11, 25))
    before = suitability(wereld, baan)[0]
    wereld.kinds[:] = [()] * 400
    wereld.past[:] = [None] * 400
    for name in ("niveau", "uren", "dagen", "reisafstand", "taal", "rijbewijs", "tijden", "contract"):
        getattr(wereld, name)[:] = -1

    assert np.array_equal(before, suitability(wereld, baan)[0])
