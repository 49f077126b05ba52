"""Counted calls begin with nothing, each with buckets of its own."""

from explorer.model.tally import BUCKETS, Tally, TallyKey


def test_an_empty_tally() -> None:
    one, other = Tally(), Tally()
    one.buckets[3] += 1
    one.errors[2] = 1
    assert (other.count, other.errors, other.total, other.least, other.most) == (0, {}, 0, 0, 0)
    assert other.buckets == [0] * BUCKETS


def test_a_key_tells_threads_and_architectures_apart() -> None:
    assert TallyKey(1, 1, 0, 4) != TallyKey(1, 2, 0, 4)
    assert TallyKey(1, 1, 0, 4) != TallyKey(1, 1, 1, 4)
