import pytest
import torch
from torch.utils.data import DataLoader, DistributedSampler, TensorDataset

from neurflow_lightning.errors import ProbeError
from neurflow_lightning.training.probe_capture import (
    ProbeCapture,
    merged,
    stacked,
    unpadded_share,
)


def numbered(count, start=0):
    """Inputs that say their own number."""
    return torch.arange(start, start + count, dtype=torch.float32).reshape(-1, 1)


def captured_from(batches, **settings):
    capture = ProbeCapture(**{"targets": None, "images_per_target": 2, **settings})
    for inputs, labels in batches:
        capture.add(inputs, labels)
    return capture


def numbers(captured):
    return [int(one.image) for one in captured]


def test_the_first_of_each_target_are_kept():
    capture = captured_from(
        [(numbered(6), torch.tensor([7, 1, 2, 7, 7, 1]))], targets=[7, 1], images_per_target=2
    )
    assert numbers(capture.captured) == [0, 1, 3, 5]
    assert [one.label for one in capture.captured] == [7, 1, 7, 1]
    assert capture.complete


def test_it_is_not_complete_before_every_target_is_full():
    capture = captured_from([(numbered(3), torch.tensor([7, 7, 1]))], targets=[7, 1])
    assert not capture.complete


def test_without_targets_the_lowest_classes_are_kept_in_any_order_of_the_data():
    labels = torch.tensor([9, 8, 7, 6, 5, 4, 3, 9, 8, 7])
    forth = captured_from([(numbered(10), labels)], images_per_target=5)
    back = captured_from([(numbered(10).flip(0), labels.flip(0))], images_per_target=5)
    assert {one.label for one in forth.captured} == {3, 4, 5, 6, 7}
    assert sorted(numbers(forth.captured)) == sorted(numbers(back.captured)) == [2, 3, 4, 5, 6, 9]
    assert not forth.complete


def test_without_labels_the_first_inputs_serve():
    capture = captured_from(
        [(numbered(2), None), (numbered(5, start=2), None)], images_per_target=3
    )
    assert numbers(capture.captured) == [0, 1, 2]
    assert capture.complete


def test_what_is_kept_does_not_change_with_the_batch():
    inputs = numbered(2)
    capture = captured_from([(inputs, torch.tensor([0, 1]))])
    inputs.zero_()
    assert numbers(capture.captured) == [0, 1]


def test_inference_tensors_come_back_as_ordinary_ones():
    with torch.inference_mode():
        capture = captured_from([(numbered(2), torch.tensor([0, 1]))])
    assert not any(one.image.is_inference() for one in capture.captured)


@pytest.mark.parametrize("world_size", [1, 2, 3])
@pytest.mark.parametrize("targets", [None, [2, 0], [4]])
@pytest.mark.parametrize("shuffle", [False, True])
def test_several_processes_take_what_one_would_have_taken(world_size, targets, shuffle):
    labels = torch.tensor([(3 * number) % 7 for number in range(33)])
    dataset = TensorDataset(numbered(33), labels)
    alone = DistributedSampler(dataset, 1, 0, shuffle=shuffle)
    wanted = captured_from(DataLoader(dataset, 4, sampler=alone), targets=targets)
    shares = []
    for rank in range(world_size):
        loader = DataLoader(
            dataset, 4, sampler=DistributedSampler(dataset, world_size, rank, shuffle=shuffle)
        )
        settings = {"targets": targets, "rank": rank, "share": unpadded_share(loader)}
        shares.append(captured_from(loader, **settings).captured)
    assert numbers(merged(shares, targets, 2)) == numbers(wanted.captured)


def test_padding_of_a_distributed_sampler_is_left_out():
    dataset = TensorDataset(numbered(3), torch.zeros(3, dtype=torch.long))
    loader = DataLoader(dataset, 4, sampler=DistributedSampler(dataset, 2, 1, shuffle=False))
    assert [int(one) for batch in loader for one in batch[0]] == [1, 0]
    capture = captured_from(loader, images_per_target=9, share=unpadded_share(loader))
    assert numbers(capture.captured) == [1]


def test_nothing_is_padding_without_a_distributed_sampler():
    assert unpadded_share(DataLoader(range(3))) == float("inf")
    assert unpadded_share(None) == float("inf")


def test_half_precision_is_stacked_in_float32():
    capture = captured_from([(numbered(2).bfloat16(), torch.tensor([0, 1]))])
    images, labels = stacked(capture.captured)
    assert images.dtype == torch.float32
    assert labels.tolist() == [0, 1]


def test_nothing_captured_is_an_error():
    with pytest.raises(ProbeError, match="no batch held a class that is a target"):
        stacked(captured_from([(numbered(2), torch.tensor([0, 1]))], targets=[5]).captured)


def test_inputs_of_different_shapes_are_an_error():
    batches = [(torch.zeros(1, 2), torch.tensor([0])), (torch.zeros(1, 3), torch.tensor([1]))]
    with pytest.raises(ProbeError, match=r"different shapes, \[\(2,\), \(3,\)\]"):
        stacked(captured_from(batches).captured)


def test_labels_in_some_batches_only_are_an_error():
    batches = [(numbered(2), torch.tensor([0, 0])), (numbered(1), None)]
    with pytest.raises(ProbeError, match="Only some validation batches have labels"):
        stacked(captured_from(batches).captured)
