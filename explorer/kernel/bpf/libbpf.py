"""libbpf.so.1: the functions that are used, loaded late; what it says is kept for the reason of a failure, never printed."""

import ctypes
import errno
import functools
import threading
from ctypes import POINTER, c_bool, c_char_p, c_int, c_size_t, c_uint32, c_uint64, c_void_p
from typing import Final

from explorer.kernel.errors import missing
from explorer.model.missing import Missing, Reason, Unreadable

NAME: Final = "libbpf.so.1"
CURE: Final = "install libbpf1 (Debian, Ubuntu), libbpf (Fedora, Arch, openSUSE: libbpf1)"
ROOT: Final = "run as root, or with CAP_BPF and CAP_PERFMON"
INFO: Final = 1
"""Of enum libbpf_print_level: WARN is 0, DEBUG 2."""
VA_LIST: Final = 32
"""Bytes that a va_list takes at the most (aarch64; x86-64: 24); both hand it over as a pointer."""
STATISTICS: Final = ("processed ", "verification time", "stack depth", "max_states_per_insn", "mark_precise", "arg#0 reference type")
"""What the verifier appends to its reason."""
CONSEQUENCES: Final = ("failed to load object", "-- ")

HANDLE: Final = c_void_p
SIGNATURES: Final[dict[str, tuple[type | None, tuple[object, ...]]]] = {
    "bpf_object__open_mem": (HANDLE, (c_char_p, c_size_t, c_void_p)),
    "bpf_object__load": (c_int, (HANDLE,)),
    "bpf_object__close": (None, (HANDLE,)),
    "bpf_object__next_map": (HANDLE, (HANDLE, HANDLE)),
    "bpf_object__find_map_by_name": (HANDLE, (HANDLE, c_char_p)),
    "bpf_object__next_program": (HANDLE, (HANDLE, HANDLE)),
    "bpf_program__name": (c_char_p, (HANDLE,)),
    "bpf_program__fd": (c_int, (HANDLE,)),
    "bpf_program__set_autoload": (c_int, (HANDLE, c_bool)),
    "bpf_program__attach": (HANDLE, (HANDLE,)),
    "bpf_program__attach_iter": (HANDLE, (HANDLE, c_void_p)),
    "bpf_iter_create": (c_int, (c_int,)),
    "bpf_link__fd": (c_int, (HANDLE,)),
    "bpf_link__destroy": (c_int, (HANDLE,)),
    "bpf_map__name": (c_char_p, (HANDLE,)),
    "bpf_map__fd": (c_int, (HANDLE,)),
    "bpf_map__type": (c_int, (HANDLE,)),
    "bpf_map__key_size": (c_uint32, (HANDLE,)),
    "bpf_map__value_size": (c_uint32, (HANDLE,)),
    "bpf_map__max_entries": (c_uint32, (HANDLE,)),
    "bpf_map__map_flags": (c_uint32, (HANDLE,)),
    "bpf_map__initial_value": (HANDLE, (HANDLE, POINTER(c_size_t))),
    "bpf_map__autocreate": (c_bool, (HANDLE,)),
    "bpf_map__set_autocreate": (c_int, (HANDLE, c_bool)),
    "bpf_map__set_max_entries": (c_int, (HANDLE, c_uint32)),
    "bpf_map__set_value_size": (c_int, (HANDLE, c_uint32)),
    "bpf_map__set_type": (c_int, (HANDLE, c_int)),
    "bpf_map__set_map_flags": (c_int, (HANDLE, c_uint32)),
    "bpf_map_update_elem": (c_int, (c_int, c_char_p, c_char_p, c_uint64)),
    "bpf_map_lookup_elem": (c_int, (c_int, c_char_p, c_void_p)),
    "bpf_map_delete_elem": (c_int, (c_int, c_char_p)),
    "bpf_map_get_next_key": (c_int, (c_int, c_char_p, c_void_p)),
    "bpf_map_lookup_batch": (c_int, (c_int, c_void_p, c_void_p, c_void_p, c_void_p, POINTER(c_uint32), c_void_p)),
    "bpf_obj_get_info_by_fd": (c_int, (c_int, c_void_p, POINTER(c_uint32))),
    "libbpf_num_possible_cpus": (c_int, ()),
    "libbpf_version_string": (c_char_p, ()),
}

PRINT: Final = ctypes.CFUNCTYPE(c_int, c_int, c_char_p, c_void_p)
HEARD: Final = threading.local()


def heard() -> list[str]:
    """What libbpf said in this thread, oldest first; whoever asks it for something that may fail empties it before."""
    try:
        said: list[str] = HEARD.said
    except AttributeError:
        said = HEARD.said = []
    return said


def keep(level: int, form: bytes, arguments: int | None) -> int:
    """libbpf's printing: one list a thread. A va_list is used up by vsnprintf, so each of its two goes gets a copy."""
    if level > INFO:
        return 0
    vsnprintf = ctypes.CDLL(None).vsnprintf
    vsnprintf.argtypes = (c_void_p, c_size_t, c_char_p, c_void_p)
    copies = [ctypes.create_string_buffer(ctypes.string_at(arguments or 0, VA_LIST), VA_LIST) for _ in range(2)]
    size = vsnprintf(None, 0, form, copies[0])
    if size > 0:
        text = ctypes.create_string_buffer(size + 1)
        vsnprintf(text, size + 1, form, copies[1])
        heard().append(text.value.decode("utf-8", "replace").removeprefix("libbpf: ").rstrip())
    return 0


PRINTING: Final = PRINT(keep)


@functools.cache
def libbpf() -> ctypes.CDLL:
    """The library. Raises Unreadable where there is none, or one that is too old."""
    try:
        library = ctypes.CDLL(NAME, use_errno=True)
    except OSError:
        raise Unreadable(Missing(Reason.UNSUPPORTED, f"there is no {NAME}", CURE)) from None
    for name, (result, arguments) in SIGNATURES.items():
        try:
            function = getattr(library, name)
        except AttributeError:
            raise Unreadable(Missing(Reason.UNSUPPORTED, f"{NAME} has no {name}: it is older than 1.0", CURE)) from None
        function.restype, function.argtypes = result, arguments
    library.libbpf_set_print.argtypes = (PRINT,)
    library.libbpf_set_print(PRINTING)
    return library


def refused(error: int, what: str) -> Unreadable:
    """The exception for `what`, which failed with this errno: with the line of the verifier or of libbpf that says why."""
    why = reason(heard())
    if error == errno.EPERM:  # the verifier says EACCES: that is a flaw of the program, or an older kernel, and no right that we lack
        return Unreadable(missing(error, what, ROOT))
    name = errno.errorcode.get(error, str(error))
    return Unreadable(Missing(Reason.UNSUPPORTED, f"{what} ({name}{': ' if why else ''}{why})"))


def reason(said: list[str]) -> str:
    """Of all that was said the one line that tells most, "" where nothing was: the verifier's last word, or libbpf's about its cause."""
    for text in reversed(said):
        before, begin, log = text.partition("-- BEGIN PROG LOAD LOG --")
        if begin:
            lines = [line.strip() for line in log.partition("-- END PROG LOAD LOG --")[0].splitlines()]
            lines = [line for line in lines if line and not line.startswith(STATISTICS)]
            return f"{before.strip()} {lines[-1] if lines else 'the verifier gave no reason'}"
    causes = [text for text in said if not text.startswith(CONSEQUENCES)]
    return causes[-1].splitlines()[-1] if causes else ""
