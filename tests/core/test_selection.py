import numpy as np

from neurflow_lightning.core.selection import knockout_overlap, prune_by_knockout, rank_core_neurons


def test_ranking_takes_the_highest_and_breaks_ties_by_index():
    assert rank_core_neurons(np.array([1.0, 3.0, 3.0, 2.0]), 3).tolist() == [1, 2, 3]


def test_neurons_that_change_nothing_are_never_core():
    assert rank_core_neurons(np.array([0.0, 0.0, 0.5]), 3).tolist() == [2]
    assert rank_core_neurons(np.zeros(3), 3).tolist() == []


def test_overlap_counts_shared_patches():
    assert knockout_overlap(np.array([1, 2, 3, 4]), np.array([9, 3, 1, 8])) == 0.5


def test_pruning_keeps_the_shortest_good_prefix():
    overlaps = [0.5, 0.3, 0.31, 0.28]
    ranking = np.array([9, 8, 7, 6])

    def overlap(prefix):
        return overlaps[len(prefix) - 1]

    assert prune_by_knockout(ranking, overlap, 0.0).tolist() == [9, 8, 7, 6]
    assert prune_by_knockout(ranking, overlap, 0.02).tolist() == [9, 8]
    assert prune_by_knockout(ranking, overlap, 1.0).tolist() == [9]
    assert prune_by_knockout(ranking[:0], overlap, 0.1).tolist() == []
