"""render/fd_paths.py"""

from dataclasses import replace
from stat import S_IFBLK, S_IFCHR, S_IFREG

from explorer.decode.fd import decode_fd
from explorer.decode.fd.path import PathFd
from explorer.decode.fd.raw import Stat
from explorer.model.endpoints import Holder
from explorer.model.fd import Fd
from explorer.model.missing import Missing, Reason
from explorer.render.fd_cells import Cells, cells
from explorer.render.fd_paths import shortened
from explorer.render.piece import Role, plain

FILE = Stat(1, 2, S_IFREG, 1, 0, 10_000)


def regular(position: int, flags: str = "0100002", stat: Stat | Missing = FILE, more: str = "", link: str = "/tmp/x") -> Fd:
    return decode_fd(3, link, f"pos:\t{position}\nflags:\t{flags}\n{more}".encode(), stat)


def texts(found: Cells) -> tuple[list[str], list[str]]:
    return [plain(line) for line in found.target], [plain(line) for line in found.detail]


def test_size_position_and_speed() -> None:
    assert texts(cells(regular(4096)))[1][0] == "9.8K at 4.0K"
    assert texts(cells(regular(10_000)))[1][0] == "9.8K"
    assert texts(cells(regular(4096), 18 * 1024.0))[1] == ["9.8K at 4.0K  +18K/s", "9.8K +18K/s", "9.8K +18K/s", "9.8K"]
    assert texts(cells(regular(4096), -2048.0))[1][0] == "9.8K at 4.0K  -2.0K/s"
    assert texts(cells(regular(4096, "0102001")))[1][0] == "9.8K"


def test_locks() -> None:
    lock = "lock:\t1: FLOCK  ADVISORY  WRITE 7 fe:00:1 0 EOF\n"
    assert texts(cells(regular(0, more=lock)))[1][0] == "9.8K  locked WRITE"
    assert texts(cells(regular(0, more=lock + lock)))[1][0] == "9.8K  2 locks"
    waits = "lock:\t1: -> POSIX  ADVISORY  READ 7 fe:00:1 0 EOF\n"
    assert texts(cells(regular(0, more=waits)))[1][0] == "9.8K  waits for READ lock"


def test_who_waits_for_a_lock_and_for_whom() -> None:
    fd = regular(0, more="lock:\t1: FLOCK  ADVISORY  WRITE 7 fe:00:1 0 EOF\n")
    assert isinstance(fd, PathFd)
    [lock] = fd.locks
    waited = replace(fd, locks=(replace(lock, waiting=(Holder(8, -1, "sh"), Holder(9, -1, "sh"))),))
    assert texts(cells(waited))[1][0] == "9.8K  locked WRITE, sh 8 and 1 more wait"
    waits = replace(fd, locks=(replace(lock, waits=True, held_by=(Holder(7, -1, "git"),)),))
    assert texts(cells(waits))[1][0] == "9.8K  waits for WRITE lock of git 7"
    lease = regular(0, more="lock:\t1: LEASE  ACTIVE  READ 7 fe:00:1 0 EOF\n")
    assert texts(cells(lease))[1][0] == "9.8K  lease READ"


def device(path: str, more: str = "", mode: int = S_IFCHR, **facts: object) -> Fd:
    fd = decode_fd(3, path, f"pos:\t0\nflags:\t02\n{more}".encode(), Stat(1, 2, mode, 1, 0x103, 0))
    return replace(fd, **facts)  # type: ignore[arg-type]


def test_devices_by_name() -> None:
    assert texts(cells(device("/dev/null", name="null")))[1] == []
    assert texts(cells(device("/srv/jail/sink", name="null")))[1] == ["null", "null"]
    assert texts(cells(device("/dev/net/tun", "iff:\ttun0\n", name="tun")))[1] == ["interface tun0", "interface tun0"]
    assert texts(cells(device("/dev/net/tun", "iff:\t\n", name="tun")))[1][0] == "no interface yet"
    drm = "drm-driver:\ti915\ndrm-client-id:\t7\ndrm-pdev:\t0000:00:02.0\ndrm-engine-render:\t5 ns\n"
    assert texts(cells(device("/dev/dri/card0", drm, name="card0")))[1][0] == "i915  client 7  0000:00:02.0"


def test_both_sides_of_a_terminal() -> None:
    sshd = (Holder(7, 9, "sshd"),)
    assert texts(cells(device("/dev/ptmx", "tty-index:\t3\n", name="ptmx", peers=sshd)))[1][0] == "pts/3 sshd 7"
    assert texts(cells(device("/dev/pts/3", peers=sshd)))[1][0] == "of sshd 7"


def test_block_devices() -> None:
    found = texts(cells(device("/dev/loop0", mode=S_IFBLK, name="loop0", backing="/srv/disk/image", capacity=1 << 20)))
    assert found[1] == ["1.0M  file /srv/disk/image", "1.0M  file …/disk/image", "1.0M  file …/image", "1.0M", "1.0M"]
    assert texts(cells(device("/dev/dm-0", mode=S_IFBLK, name="dm-0", alias="vg-root", capacity=1 << 30)))[1][0] == "1.0G  vg-root"
    assert texts(cells(device("/dev/vda", mode=S_IFBLK, name="vda")))[1] == []


def test_what_the_kernel_makes_up_has_no_size() -> None:
    status = regular(0, stat=FILE._replace(size=4096, fstype="sysfs"), link="/sys/kernel/mm/ksm/run")
    assert texts(cells(status))[1] == ["sysfs"]


def test_deleted_is_said_and_stays_when_folders_go() -> None:
    found = cells(regular(0, link="/srv/www/old.css (deleted)", stat=FILE._replace(nlink=0)))
    assert texts(found)[0] == ["/srv/www/old.css deleted", "…/www/old.css deleted", "…/old.css deleted"]
    assert found.target[0][-1].role is Role.MIND


def test_folders_go_from_the_left() -> None:
    assert shortened("/a/b/c") == ["/a/b/c", "…/b/c", "…/c"]
    assert shortened("/a") == ["/a"]


def test_what_did_not_answer() -> None:
    silent = Missing(Reason.TIMED_OUT, "did not answer in 0.5 s (nfs4 on /mnt/nas)", "asked again in 10 s")
    found = texts(cells(regular(0, stat=silent, link="/mnt/nas/db.sqlite")))
    assert found == (
        ["/mnt/nas/db.sqlite", "…/nas/db.sqlite", "…/db.sqlite"],
        ["did not answer in 0.5 s (nfs4)", "did not answer (nfs4)", "did not answer", "no answer"],
    )
    denied = Missing(Reason.DENIED, "/proc/7/fd/3")
    assert texts(cells(regular(0, stat=denied)))[1] == ["denied"]


def test_a_device_and_what_its_driver_says() -> None:
    fd = decode_fd(3, "/dev/ptmx", b"pos:\t0\nflags:\t02\ntty-index:\t4\n", Stat(1, 2, S_IFCHR, 1, 1282, 0))
    assert texts(cells(fd)) == (["/dev/ptmx", "…/ptmx"], ["pts 4"])


def test_pipes() -> None:
    fd = decode_fd(3, "pipe:[5]", b"pos:\t0\nflags:\t00\n")
    assert texts(cells(fd))[1] == ["nobody writes", "nobody writes"]
    assert texts(cells(replace(fd, flags=1)))[1][0] == "nobody reads"
    unseen = Missing(Reason.DENIED, "others")
    assert texts(cells(replace(fd, unseen=unseen)))[1][0] == "other end not seen"
    peers, others = (Holder(1302, 1, "rsync", "w"),), (Holder(7, 1, "sh", "r"),)
    assert texts(cells(replace(fd, peers=peers, others=others)))[1] == [
        "from rsync 1302  also 7",
        "from rsync 1302  +7",
        "from rsync 1302  +7",
        "from rsync 1302",
    ]
