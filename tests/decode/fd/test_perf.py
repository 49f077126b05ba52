"""decode/fd/perf.py"""

from explorer.decode.fd import decode_fd
from explorer.decode.fd.perf import PerfEvent


def test_what_newer_kernels_say() -> None:
    fd = decode_fd(3, "anon_inode:[perf_event]", b"pos:\t0\nperf_event_attr.type:\t1\nperf_event_attr.config:\t0x0\n")
    assert isinstance(fd, PerfEvent)
    assert fd.says == (("perf_event_attr.type", "1"), ("perf_event_attr.config", "0x0"))
