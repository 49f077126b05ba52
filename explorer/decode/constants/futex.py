"""Operations of futex(2): include/uapi/linux/futex.h."""

from typing import Final

COMMANDS: Final[dict[int, str]] = {
    0: "FUTEX_WAIT",
    1: "FUTEX_WAKE",
    2: "FUTEX_FD",
    3: "FUTEX_REQUEUE",
    4: "FUTEX_CMP_REQUEUE",
    5: "FUTEX_WAKE_OP",
    6: "FUTEX_LOCK_PI",
    7: "FUTEX_UNLOCK_PI",
    8: "FUTEX_TRYLOCK_PI",
    9: "FUTEX_WAIT_BITSET",
    10: "FUTEX_WAKE_BITSET",
    11: "FUTEX_WAIT_REQUEUE_PI",
    12: "FUTEX_CMP_REQUEUE_PI",
    13: "FUTEX_LOCK_PI2",
}

OPS: Final[dict[int, str]] = {
    0: "FUTEX_OP_SET",
    1: "FUTEX_OP_ADD",
    2: "FUTEX_OP_OR",
    3: "FUTEX_OP_ANDN",
    4: "FUTEX_OP_XOR",
}

COMPARES: Final[dict[int, str]] = {
    0: "FUTEX_OP_CMP_EQ",
    1: "FUTEX_OP_CMP_NE",
    2: "FUTEX_OP_CMP_LT",
    3: "FUTEX_OP_CMP_LE",
    4: "FUTEX_OP_CMP_GT",
    5: "FUTEX_OP_CMP_GE",
}

FLAGS2: Final[dict[int, str]] = {
    0x4: "FUTEX2_NUMA",
    0x8: "FUTEX2_MPOL",
    0x80: "FUTEX2_PRIVATE",
}
