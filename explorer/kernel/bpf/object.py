"""One compiled file of BPF programs: opened from memory, fitted, loaded, attached, and let go of."""

import ctypes
import errno
import mmap
import os
import resource
import struct
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from types import TracebackType
from typing import Final, Self

from explorer.kernel.bpf.libbpf import heard, libbpf, refused
from explorer.model.missing import Missing, Reason, Unreadable

NAME: Final = b"procdive"
"""Prefix of the names of the maps that libbpf makes for the sections, as bpftool shows them."""
PER_CPU: Final = {5, 6, 10, 21}
"""bpf.h BPF_MAP_TYPE_PERCPU_HASH, PERCPU_ARRAY, LRU_PERCPU_HASH, PERCPU_CGROUP_STORAGE"""
READ_ONLY: Final = 1 << 7
"""bpf.h BPF_F_RDONLY_PROG: the section is constant, and frozen once loaded."""
BATCH: Final = 1 << 22
"""Bytes of values that are asked for at a time."""
WALKED: Final = 1 << 16
"""More than the kernel hands over at a time (bpf_iter.c: eight pages), so that no record is cut."""
NO_BATCH: Final = {errno.EINVAL, errno.EOPNOTSUPP, 524}
"""524: ENOTSUPP, which the kernel should not show but does."""
INFO: Final = 256
"""Bytes enough for any of struct bpf_prog_info, bpf_map_info, bpf_link_info; each begins with its type and its id."""


class Options(ctypes.Structure):
    """The first two members of struct bpf_object_open_opts (libbpf.h)."""

    _fields_ = [("size", ctypes.c_size_t), ("name", ctypes.c_char_p)]


@dataclass(frozen=True, slots=True)
class Table:
    """A map as it was loaded. value: bytes that the kernel hands over for one key, all CPUs' values of a per-CPU map."""

    name: str
    fd: int
    key: int
    one: int
    value: int
    entries: int


class Object:
    """Loaded when made. Everything that may fail raises Unreadable, with a detail that names what was refused and why.

    raw: the ELF file. constants: written over the beginning of .rodata before the verifier sees it. sizes: entries of maps (bytes
    of ring buffers). without: maps not made and programs not loaded. types: maps that are to be of another type than compiled, as
    (type, flags, entries) of bpf.h, such as a hash where the kernel has no task storage; entries 0: as compiled, or as `sizes` says.
    values: bytes of the values of maps.
    """

    def __init__(
        self,
        raw: bytes,
        *,
        constants: bytes = b"",
        sizes: Mapping[str, int] = {},
        without: Collection[str] = (),
        types: Mapping[str, tuple[int, int, int]] = {},
        values: Mapping[str, int] = {},
    ) -> None:
        self.library = libbpf()
        self.links: list[int] = []
        self.views: dict[str, tuple[mmap.mmap, memoryview]] = {}
        self.raw = raw  # libbpf reads it until it has loaded
        heard().clear()
        options = Options(ctypes.sizeof(Options), NAME)
        self.handle: int | None = self.library.bpf_object__open_mem(raw, len(raw), ctypes.byref(options))
        if not self.handle:
            raise refused(ctypes.get_errno(), "opening a BPF object")
        try:
            self._fit(sizes, without, types, values)
            self._write_constants(constants)
            with unlimited_locked_memory():
                error = self.library.bpf_object__load(self.handle)
            if error:
                raise refused(-error, "loading BPF programs")
            # Not by the descriptor: since libbpf 1.4 those that are not made have one too, of something else.
            self.tables = {name: self._table(name, handle) for name, handle in self._maps() if self.library.bpf_map__autocreate(handle)}
        except BaseException:
            self.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def memory(self, section: str) -> memoryview:
        """The live bytes of .bss, .data… (writable), .rodata (not): what the programs see, and write, at this moment.

        Always the same view; release what was cut of it before close(), or the map lives as long as that.
        """
        if section not in self.views:
            handle = self.library.bpf_object__find_map_by_name(self.handle, section.encode())
            size = ctypes.c_size_t()
            if not handle or not self.library.bpf_map__initial_value(handle, ctypes.byref(size)):
                raise Unreadable(Missing(Reason.UNSUPPORTED, f"the BPF object has no section {section}"))
            # Not what bpf_map__initial_value returns: until libbpf 1.6 only skeletons got that mapped onto the kernel's memory.
            constant = self.library.bpf_map__map_flags(handle) & READ_ONLY
            protection = mmap.PROT_READ | (0 if constant else mmap.PROT_WRITE)
            try:
                mapped = mmap.mmap(self.library.bpf_map__fd(handle), size.value, mmap.MAP_SHARED, protection)
            except OSError as error:
                heard().clear()
                raise refused(error.errno or 0, f"memory of the BPF section {section}") from None
            self.views[section] = mapped, memoryview(mapped).cast("B")
        return self.views[section][1]

    def entries(self, name: str) -> int:
        """How many entries the map has room for."""
        return self.tables[name].entries

    def fd(self, name: str) -> int:
        """The map's descriptor; it is closed by close()."""
        return self.tables[name].fd

    def update(self, name: str, key: bytes, value: bytes, flags: int = 0) -> None:
        """Set a key's value (of a per-CPU map: all CPUs' values, each a multiple of 8 bytes). flags: bpf.h BPF_ANY, NOEXIST, EXIST."""
        table = self.tables[name]
        fits(table, key, value)
        if self.library.bpf_map_update_elem(table.fd, key, value, flags):
            error = ctypes.get_errno()
            heard().clear()
            raise refused(error, f"writing to the BPF map {name}")

    def lookup(self, name: str, key: bytes, size: int) -> bytes | None:
        """A key's value of `size` bytes, None where it has none. Of a per-CPU map: one after the other for each possible CPU, each
        rounded up to 8 bytes."""
        table = self.tables[name]
        fits(table, key, size=size)
        value = ctypes.create_string_buffer(table.value)
        if self.library.bpf_map_lookup_elem(table.fd, key, value):
            error = ctypes.get_errno()
            if error == errno.ENOENT:
                return None
            heard().clear()
            raise refused(error, f"reading the BPF map {name}")
        return value.raw

    def delete(self, name: str, key: bytes) -> bool:
        """Whether there was such a key."""
        table = self.tables[name]
        fits(table, key)
        if self.library.bpf_map_delete_elem(table.fd, key):
            error = ctypes.get_errno()
            if error == errno.ENOENT:
                return False
            heard().clear()
            raise refused(error, f"deleting from the BPF map {name}")
        return True

    def keys(self, name: str, size: int) -> Iterator[bytes]:
        """Each key once. Those that come or go meanwhile are told, or not; the one just told may be deleted."""
        table = self.tables[name]
        told: set[bytes] = set()
        buffer = ctypes.create_string_buffer(table.key)
        fits(table, bytes(size))
        error = self.library.bpf_map_get_next_key(table.fd, None, buffer)
        while not error:
            key = buffer.raw
            # The next one before this one is told, or deleting it would begin the walk anew; whoever else deletes may still do so.
            error = self.library.bpf_map_get_next_key(table.fd, key, buffer)
            if key not in told:
                told.add(key)
                yield key
            elif len(told) >= table.entries:
                return

    def items(self, name: str, key_size: int, value_size: int) -> Iterator[tuple[bytes, bytes]]:
        """Keys and values, many at a time where the kernel can (5.6); values as lookup() has them."""
        table = self.tables[name]
        fits(table, bytes(key_size), size=value_size)
        count = max(1, min(table.entries, BATCH // max(1, table.value)))
        place: ctypes.Array[ctypes.c_char] | None = None
        first = True
        while True:
            following = ctypes.create_string_buffer(max(table.key, 8))
            keys = ctypes.create_string_buffer(table.key * count)
            values = ctypes.create_string_buffer(table.value * count)
            got = ctypes.c_uint32(count)
            failed = self.library.bpf_map_lookup_batch(table.fd, place, following, keys, values, ctypes.byref(got), None)
            error = ctypes.get_errno() if failed else 0
            if error == errno.ENOSPC:  # a bucket of the hash holds more than that
                count *= 2
                continue
            if error in NO_BATCH and first:
                yield from self._one_by_one(name, key_size, value_size)
                return
            if error not in {0, errno.ENOENT}:
                heard().clear()
                raise refused(error, f"reading the BPF map {name}")
            raw_keys, raw_values = keys.raw, values.raw
            for number in range(got.value):
                yield raw_keys[number * table.key : (number + 1) * table.key], raw_values[number * table.value : (number + 1) * table.value]
            if error:
                return
            place, first = following, False

    def _one_by_one(self, name: str, key_size: int, value_size: int) -> Iterator[tuple[bytes, bytes]]:
        for key in self.keys(name, key_size):
            value = self.lookup(name, key, value_size)
            if value is not None:
                yield key, value

    def attach(self, *programs: str) -> None:
        """Let these run, or all that were loaded; all or, when one is refused, none of them."""
        held = len(self.links)
        loaded = {name: handle for name, handle in self._programs() if self.library.bpf_program__fd(handle) >= 0}
        for name in programs or loaded:
            heard().clear()
            link = self.library.bpf_program__attach(loaded[name])
            if not link:
                error = ctypes.get_errno()
                self._let_go(held)
                raise refused(error, f"attaching the BPF program {name}")
            self.links.append(link)

    def walk(self, program: str) -> Iterator[bytes]:
        """What an iterator's program writes about each thing that the kernel shows it, in chunks of whole records. Each time a new
        walk; one that is not read to its end is let go of with the iterator. Raises Unreadable, also in the middle.
        """
        heard().clear()
        link = self.library.bpf_program__attach_iter(dict(self._programs())[program], None)
        if not link:
            raise refused(ctypes.get_errno(), f"attaching the BPF iterator {program}")
        try:
            fd = self.library.bpf_iter_create(self.library.bpf_link__fd(link))
            if fd < 0:
                raise refused(-fd, f"opening the BPF iterator {program}")
        finally:
            self.library.bpf_link__destroy(link)
        try:
            while chunk := next_of(fd, program):
                yield chunk
        finally:
            os.close(fd)

    def detach(self) -> None:
        """No program of ours runs from here on; maps and what is in them stay."""
        self._let_go(0)

    def _let_go(self, held: int) -> None:
        while len(self.links) > held:
            self.library.bpf_link__destroy(self.links.pop())

    def close(self) -> None:
        """Detach, and drop programs and maps; any number of times."""
        self.detach()
        views, self.views = self.views, {}
        for mapped, view in views.values():
            try:
                view.release()
                mapped.close()
            except BufferError:  # somebody still reads it; it goes with the last view
                pass
        handle, self.handle = self.handle, None
        if handle:
            self.library.bpf_object__close(handle)

    def descriptors(self) -> list[int]:
        """Of the programs that were loaded; closed by close()."""
        return [fd for _, handle in self._programs() if (fd := self.library.bpf_program__fd(handle)) >= 0]

    def ids(self) -> tuple[list[int], list[int], list[int]]:
        """The kernel's ids of the programs, maps and links that are alive."""
        programs = [self.library.bpf_program__fd(handle) for _, handle in self._programs()]
        links = [self.library.bpf_link__fd(link) for link in self.links]
        return identified(programs), identified([table.fd for table in self.tables.values()]), identified(links)

    def _maps(self) -> Iterator[tuple[str, int]]:
        handle = self.library.bpf_object__next_map(self.handle, None)
        while handle:
            yield self.library.bpf_map__name(handle).decode(), handle
            handle = self.library.bpf_object__next_map(self.handle, handle)

    def _programs(self) -> Iterator[tuple[str, int]]:
        handle = self.library.bpf_object__next_program(self.handle, None) if self.handle else None
        while handle:
            yield self.library.bpf_program__name(handle).decode(), handle
            handle = self.library.bpf_object__next_program(self.handle, handle)

    def _table(self, name: str, handle: int) -> Table:
        library = self.library
        one = library.bpf_map__value_size(handle)
        value = one
        if library.bpf_map__type(handle) in PER_CPU:
            value = (one + 7 & -8) * library.libbpf_num_possible_cpus()
        return Table(name, library.bpf_map__fd(handle), library.bpf_map__key_size(handle), one, value, library.bpf_map__max_entries(handle))

    def _fit(
        self, sizes: Mapping[str, int], without: Collection[str], types: Mapping[str, tuple[int, int, int]], values: Mapping[str, int]
    ) -> None:
        """Maps and programs as they are wanted, before they are loaded. Raises KeyError for a name that there is not."""
        maps, programs = dict(self._maps()), dict(self._programs())
        for name, (kind, flags, entries) in types.items():
            self._asked(self.library.bpf_map__set_type(maps[name], kind), name)
            self._asked(self.library.bpf_map__set_map_flags(maps[name], flags), name)
            if entries:
                self._asked(self.library.bpf_map__set_max_entries(maps[name], entries), name)
        for name, size in values.items():
            self._asked(self.library.bpf_map__set_value_size(maps[name], size), name)
        for name, entries in sizes.items():
            self._asked(self.library.bpf_map__set_max_entries(maps[name], entries), name)
        for name in without:
            if name in maps:
                self._asked(self.library.bpf_map__set_autocreate(maps[name], False), name)
            else:
                self._asked(self.library.bpf_program__set_autoload(programs[name], False), name)

    def _asked(self, error: int, name: str) -> None:
        if error:
            raise refused(-error, f"fitting {name} of a BPF object")

    def _write_constants(self, constants: bytes) -> None:
        if not constants:
            return
        size = ctypes.c_size_t()
        handle = self.library.bpf_object__find_map_by_name(self.handle, b".rodata")
        start = self.library.bpf_map__initial_value(handle, ctypes.byref(size)) if handle else None
        if not start or size.value < len(constants):
            raise ValueError(f"{len(constants)} bytes of constants for {size.value} of .rodata")
        ctypes.memmove(start, constants, len(constants))


def next_of(fd: int, program: str) -> bytes:
    """The next records, b"" at the end. EAGAIN says only that so many things in a row had nothing to tell (bpf_iter.c)."""
    while True:
        try:
            return os.read(fd, WALKED)
        except BlockingIOError:
            continue
        except OSError as error:
            raise refused(error.errno or 0, f"reading the BPF iterator {program}") from None


def fits(table: Table, key: bytes, value: bytes | None = None, size: int | None = None) -> None:
    """The kernel reads and writes as many bytes as the map was made for, whatever we hand over."""
    if len(key) != table.key or (value is not None and len(value) != table.value) or (size is not None and size != table.one):
        raise ValueError(f"the BPF map {table.name} has keys of {table.key} and values of {table.one} bytes")


def identified(descriptors: list[int]) -> list[int]:
    """The kernel's id of each program, map or link that is open there (bpf.h BPF_OBJ_GET_INFO_BY_FD)."""
    found = []
    for fd in descriptors:
        info, size = ctypes.create_string_buffer(INFO), ctypes.c_uint32(INFO)
        if fd >= 0 and not libbpf().bpf_obj_get_info_by_fd(fd, info, ctypes.byref(size)):
            found.append(struct.unpack_from("=I", info, 4)[0])
    return found


@contextmanager
def unlimited_locked_memory() -> Iterator[None]:
    """Before Linux 5.11 the memory of programs and maps counts as locked; what we start later is not to inherit the limit lifted."""
    limits = resource.getrlimit(resource.RLIMIT_MEMLOCK)
    try:
        resource.setrlimit(resource.RLIMIT_MEMLOCK, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    except (OSError, ValueError):
        pass
    try:
        yield
    finally:
        try:
            resource.setrlimit(resource.RLIMIT_MEMLOCK, limits)
        except (OSError, ValueError):
            pass
