"""Kinds of file system and mount flags as statfs(2) has them: include/uapi/linux/magic.h, include/linux/statfs.h."""

from typing import Final

MAGIC: Final[dict[int, str]] = {
    0xef53: "EXT2_SUPER_MAGIC",
    0x1021994: "TMPFS_MAGIC",
    0x9fa0: "PROC_SUPER_MAGIC",
    0x62656572: "SYSFS_MAGIC",
    0x58465342: "XFS_SUPER_MAGIC",
    0x9123683e: "BTRFS_SUPER_MAGIC",
    0x794c7630: "OVERLAYFS_SUPER_MAGIC",
    0x6969: "NFS_SUPER_MAGIC",
    0x1cd1: "DEVPTS_SUPER_MAGIC",
    0x63677270: "CGROUP2_SUPER_MAGIC",
    0x27e0eb: "CGROUP_SUPER_MAGIC",
    0x50494446: "PID_FS_MAGIC",
    0x6e736673: "NSFS_MAGIC",
    0x1021997: "V9FS_MAGIC",
    0x65735546: "FUSE_SUPER_MAGIC",
    0xff534d42: "CIFS_SUPER_MAGIC",
    0x958458f6: "HUGETLBFS_MAGIC",
    0x19800202: "MQUEUE_MAGIC",
    0x64626720: "DEBUGFS_MAGIC",
    0x74726163: "TRACEFS_MAGIC",
    0xcafe4a11: "BPF_FS_MAGIC",
    0x858458f6: "RAMFS_MAGIC",
    0x73717368: "SQUASHFS_MAGIC",
    0x9660: "ISOFS_SUPER_MAGIC",
    0x4d44: "MSDOS_SUPER_MAGIC",
}

ST_FLAGS: Final[dict[int, str]] = {
    0x20: "ST_VALID",
    0x1: "ST_RDONLY",
    0x2: "ST_NOSUID",
    0x4: "ST_NODEV",
    0x8: "ST_NOEXEC",
    0x10: "ST_SYNCHRONOUS",
    0x40: "ST_MANDLOCK",
    0x400: "ST_NOATIME",
    0x800: "ST_NODIRATIME",
    0x1000: "ST_RELATIME",
    0x2000: "ST_NOSYMFOLLOW",
}
