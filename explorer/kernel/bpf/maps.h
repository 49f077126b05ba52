/* Where the programs keep things: procdive fills settings, the kernel empties all when the last descriptor is closed. */
#pragma once
#include "kernel.h"
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_core_read.h>
#include <bpf/bpf_tracing.h>
#include "settings.h"

#ifndef bpf_ksym_exists
#define bpf_ksym_exists(SYMBOL) (!!(SYMBOL))
#endif

/* Set before loading: what this kernel has. */
const volatile struct {
	__u32 storage; /* task storage (5.11); otherwise hashes by thread */
	__u32 pad;
	__u64 lane_mask; /* bytes of data of a lane, less one; 0: all records go through the ring */
} kernel_has = {};

struct settings settings;

struct {
	__uint(type, BPF_MAP_TYPE_RINGBUF);
	__uint(max_entries, 16 << 20);
} ring SEC(".maps");

/* tgid → 1: whose calls are ours. */
struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 65536);
	__uint(map_flags, BPF_F_NO_PREALLOC);
	__type(key, __u32);
	__type(value, __u32);
} targets SEC(".maps");

struct fatal {
	__u32 number, pad;
	__u8 info[48] __attribute__((aligned(8)));
};
/* By process: the signal that ends it, which nobody delivers. */
struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 1024);
	__uint(map_flags, BPF_F_NO_PREALLOC);
	__type(key, __u32);
	__type(value, struct fatal);
} fatals SEC(".maps");

/* Threads and processes that alone are wanted, where settings.picks_tids. */
struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 4096);
	__uint(map_flags, BPF_F_NO_PREALLOC);
	__type(key, __u32);
	__type(value, __u32);
} picked SEC(".maps");

struct chosen_key {
	__u32 row, value;
};
/* The row of a call by the value of one of its registers. */
struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 4096);
	__type(key, struct chosen_key);
	__type(value, __u32);
} chosen SEC(".maps");

#define PER_THREAD(NAME, VALUE, MOST)                          \
	struct {                                               \
		__uint(type, BPF_MAP_TYPE_TASK_STORAGE);       \
		__uint(map_flags, BPF_F_NO_PREALLOC);          \
		__type(key, int);                              \
		__type(value, VALUE);                          \
	} NAME SEC(".maps");                                   \
	struct {                                               \
		__uint(type, BPF_MAP_TYPE_HASH);               \
		__uint(max_entries, MOST);                     \
		__uint(map_flags, BPF_F_NO_PREALLOC);          \
		__type(key, __u32);                            \
		__type(value, VALUE);                          \
	} NAME##_by_tid SEC(".maps")

struct tallied {
	__u16 place[(TABLES + 1) * CALLS]; /* of its tallies, 1 and up; x32 has a part of its own */
};
PER_THREAD(flights, struct flight, 32768);
PER_THREAD(stashes, struct stash, 4096);
PER_THREAD(tallied, struct tallied, 4096);

#define PER_CPU(NAME, VALUE)                                   \
	struct {                                               \
		__uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);       \
		__uint(max_entries, 1);                        \
		__type(key, __u32);                            \
		__type(value, VALUE);                          \
	} NAME SEC(".maps")

PER_CPU(records, struct record); /* the record that is being made of what is no call */
PER_CPU(tellings, struct record); /* the name that is being told */
PER_CPU(empty_flight, struct flight);
PER_CPU(empty_stash, struct stash); /* what a hash entry begins as: too large for the stack */
PER_CPU(empty_tallied, struct tallied);
PER_CPU(empty_use, struct use);

/* By processor; as many and as large as is set before loading. */
struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(map_flags, BPF_F_MMAPABLE);
	__uint(max_entries, 1);
	__uint(key_size, sizeof(__u32));
	__uint(value_size, sizeof(struct lane) + sizeof(struct record));
} lanes SEC(".maps");

/* Places in settings.tallies that somebody has. */
struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, TALLIES);
	__type(key, __u32);
	__type(value, __u32);
} given SEC(".maps");

/* Of data calls on a file, by process. */
struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 16384);
	__type(key, struct use_key);
	__type(value, struct use);
} uses SEC(".maps");
/* How often a tally's calls, or a file's, failed with which errno. */
struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 16384);
	__type(key, struct error_key);
	__type(value, __u64);
} errors SEC(".maps");

/* A number is made no more than MOST, where the verifier sees it: clang would test one register and use another. */
#define BOUND(NUMBER, MOST)                  \
	do {                                 \
		barrier_var(NUMBER);         \
		if (NUMBER > (MOST))         \
			NUMBER = (MOST);     \
		barrier_var(NUMBER);         \
	} while (0)

static __always_inline struct row *row_at(__u32 place)
{
	barrier_var(place);
	place &= ROWS - 1;
	return &settings.rows[place];
}

/* The current thread, and a member of a thread: plain loads where the kernel knows the pointer's type. */
#define CURRENT() ((struct task_struct *)(kernel_has.storage ? (__u64)bpf_get_current_task_btf() : bpf_get_current_task()))
#define TASK(OF, MEMBER) (kernel_has.storage ? (OF)->MEMBER : BPF_CORE_READ(OF, MEMBER))

/* A pointer that may be followed by plain loads, as if the kernel had given it (6.2); what faults reads as 0. */
extern void *bpf_rdonly_cast(const void *pointer, __u32 type) __ksym __weak;
#define CASTS() (bpf_ksym_exists(bpf_rdonly_cast))
/* Eight bytes as a number, not as a pointer of some type: through one whose first member is a number. */
#define LOAD(PLACE) (((struct qstr *)bpf_rdonly_cast((void *)(PLACE), bpf_core_type_id_kernel(struct qstr)))->hash_len)
#define OFFSET(TYPE, MEMBER) __builtin_preserve_field_info(((TYPE *)0)->MEMBER, BPF_FIELD_BYTE_OFFSET)

static __always_inline void *only(void *map)
{
	__u32 zero = 0;

	return bpf_map_lookup_elem(map, &zero);
}

static __always_inline struct lane *here(void)
{
	__u32 processor = bpf_get_smp_processor_id();

	return bpf_map_lookup_elem(&lanes, &processor);
}

/* The record of a call that is being made. */
static __always_inline struct record *made_in(struct lane *lane)
{
	__u64 mask = kernel_has.lane_mask;

	return (void *)(lane + 1) + ((mask + 1) / MARK_BYTES << 2) + (lane->produced & mask);
}

static __always_inline int full(struct lane *lane)
{
	__u64 mask = kernel_has.lane_mask;

	return mask && lane->produced - lane->consumed + sizeof(struct record) > mask;
}

/* The value of a thread in a map of PER_THREAD; made where it has none and `empty` is not null. */
#define OF_THREAD(NAME, OF, EMPTY)                                                                              \
	({                                                                                                        \
		void *_found;                                                                                     \
		void *_empty = (EMPTY);                                                                           \
		if (kernel_has.storage) {                                                                         \
			_found = bpf_task_storage_get(&NAME, OF, 0, _empty ? BPF_LOCAL_STORAGE_GET_F_CREATE : 0); \
		} else {                                                                                          \
			__u32 _tid = TASK(OF, pid);                                                                 \
			_found = bpf_map_lookup_elem(&NAME##_by_tid, &_tid);                                      \
			if (!_found && _empty) {                                                                  \
				bpf_map_update_elem(&NAME##_by_tid, &_tid, _empty, BPF_NOEXIST);                  \
				_found = bpf_map_lookup_elem(&NAME##_by_tid, &_tid);                              \
			}                                                                                         \
		}                                                                                                 \
		_found;                                                                                           \
	})
