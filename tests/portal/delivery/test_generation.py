"""The content generation is one number for all processes of a machine."""

from portal.delivery.generation import SharedMemory


def test_every_process_of_a_machine_reads_the_same_generation(tmp_path):
    here, there = SharedMemory(tmp_path / "generation"), SharedMemory(tmp_path / "generation")
    here.bump()
    first = there.current()
    there.bump()
    assert here.current() == there.current() > first
