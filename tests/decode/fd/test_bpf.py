"""decode/fd/bpf.py"""

from explorer.decode.fd import decode_fd
from explorer.decode.fd.bpf import Bpf
from explorer.model.missing import Missing


def decoded(link: str, text: bytes) -> Bpf:
    fd = decode_fd(3, link, text)
    assert isinstance(fd, Bpf)
    return fd


def test_program_map_and_link() -> None:
    program = decoded("anon_inode:bpf-prog", b"prog_type:\t17\nprog_jited:\t1\nprog_id:\t4\n")
    assert (program.sort, program.type, program.id) == ("prog", "raw_tracepoint", 4)
    table = decoded("anon_inode:bpf-map", b"map_type:\t27\nmap_id:\t3\n")
    assert (table.sort, table.type, table.id) == ("map", "ringbuf", 3)
    link = decoded("anon_inode:bpf_link", b"link_type:\ttracing\nlink_id:\t9\nprog_id:\t4\nattach_type:\t23\n")
    assert (link.sort, link.type, link.id, link.prog_id) == ("link", "tracing", 9, 4)
    assert dict(link.says)["attach_type"] == "trace_raw_tp"
    assert decoded("anon_inode:bpf-link", b"").sort == "link"


def test_what_has_neither_type_nor_id() -> None:
    btf = decoded("anon_inode:btf", b"btf_id:\t7\n")
    assert (btf.sort, btf.type, btf.id) == ("btf", "", 7)
    assert isinstance(decoded("anon_inode:bpf_iter", b"").id, Missing)
    assert decoded("anon_inode:bpf-prog", b"prog_type:\t999\n").type == "999"
