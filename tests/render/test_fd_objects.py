"""render/fd_objects.py"""

from dataclasses import replace
from stat import S_IFREG

import pytest

from explorer.decode.fd import decode_fd
from explorer.decode.fd.memfd import MemFd
from explorer.decode.fd.namespace import Namespace
from explorer.decode.fd.raw import Stat
from explorer.render.fd_cells import cells
from explorer.render.piece import plain


def test_a_namespace_is_its_own_or_another() -> None:
    fd = decode_fd(3, "net:[4026531833]", b"pos:\t0\n")
    assert isinstance(fd, Namespace)
    assert [plain(line) for line in cells(replace(fd, own=True)).detail] == ["its own"]
    assert [plain(line) for line in cells(replace(fd, own=False)).detail] == ["another than its own"]


@pytest.mark.parametrize(
    ("link", "text", "kind", "target", "detail"),
    [
        ("/secretmem (deleted)", "", "secretmem", "memory", ""),
        ("/dmabuf:cam", "size:\t4096\ncount:\t2\nexp_name:\tdrm\n", "dmabuf", "cam", "4.0K  by drm"),
        ("anon_inode:bpf-prog", "prog_type:\t17\nprog_id:\t4\n", "bpf prog", "raw_tracepoint 4", ""),
        (
            "anon_inode:bpf-map",
            "map_type:\t1\nkey_size:\t4\nvalue_size:\t8\nmax_entries:\t9\nmap_id:\t3\n",
            "bpf map",
            "hash 3",
            "key 4 value 8 max 9",
        ),
        ("anon_inode:bpf_link", "link_type:\ttracing\nlink_id:\t9\nprog_id:\t4\n", "bpf link", "tracing 9", "prog 4"),
        ("anon_inode:btf", "btf_id:\t3\n", "bpf btf", "btf 3", ""),
        ("anon_inode:[perf_event]", "pos:\t0\n", "perf_event", "which event, the kernel does not say", ""),
        ("anon_inode:[perf_event]", "perf_event_attr.type:\t1\n", "perf_event", "type 1", ""),
        (
            "anon_inode:[io_uring]",
            "SqMask:\t0x7\nCqMask:\t0xf\nSQEs:\t1\nCQEs:\t2\nUserFiles:\t1\n    0: /x\n",
            "io_uring",
            "sq 1/8 cq 2/16",
            "1 file",
        ),
        ("anon_inode:[io_uring]", "", "io_uring", "unsupported", ""),
        ("net:[4026531833]", "", "namespace", "net:[4026531833]", ""),
        ("anon_inode:kvm-vm", "", "anon_inode", "kvm-vm", ""),
    ],
)
def test_words(link: str, text: str, kind: str, target: str, detail: str) -> None:
    found = cells(decode_fd(3, link, text.encode()))
    assert (found.kind, plain(found.target[0]), plain(found.detail[0]) if found.detail else "") == (kind, target, detail)


def test_a_memfd_with_its_seals() -> None:
    fd = decode_fd(3, "/memfd:jit (deleted)", b"", Stat(1, 2, S_IFREG, 0, 0, 4096))
    assert isinstance(fd, MemFd)
    found = cells(replace(fd, seals=("F_SEAL_SEAL", "F_SEAL_WRITE")))
    assert (plain(found.target[0]), [plain(line) for line in found.detail]) == ("jit", ["4.0K  sealed SEAL WRITE", "4.0K"])
    assert plain(cells(decode_fd(3, "/memfd: (deleted)", b"")).target[0]) == '""'
