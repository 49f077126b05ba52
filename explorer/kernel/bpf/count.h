/* Counting in the kernel: calls by thread and number, data calls by file. */
#pragma once
#include "names.h"
#include "take.h"
#include "whose.h"

/* The descriptors in a piece that was just made: of a list of pollfds, or a set. */
__noinline int inside(__u32 at, __u32 kind, __u32 items)
{
	struct task_struct *task = CURRENT();
	struct stash *stash = OF_THREAD(stashes, task, 0);

	if (!stash)
		return 0;
	for (__u32 i = 0; i < 64; i++) {
		__s32 fd = kind == POLLFDS ? (__s32)word(at, 2 * i, 4) : i;

		if (i >= items)
			break;
		if (kind == BITS && !(word(at, 0, 8) >> (i & 63) & 1))
			continue;
		noticed(stash, fd, 0);
	}
	return 0;
}

/* Memory of a call's beginning is put away until it ends. The record has its head. */
static __always_inline void keep(struct task_struct *task, struct flight *flight, __u32 place)
{
	struct lane *lane = here();
	struct record *record;
	struct row *row;
	struct stash *stash;
	__u32 at = 0;

	if (!lane || place >= ROWS)
		return;
	record = made_in(lane);
	row = row_at(place);
	stash = OF_THREAD(stashes, task, only(&empty_stash));
	if (!stash)
		return;
	stash->names_count = 0;
	lane->room = STASH;
	lane->words = 0;
	for (__u32 i = 0; i < SPANS; i++) {
		__u32 before = at;

		if (i >= row->spans_count)
			break;
		if (row->spans[i].late)
			continue;
		at = taken(at, place, i);
		if (at == before)
			flight->missed |= 1 << i;
		if (row->spans[i].fds && at != before && row->spans[i].items < 6)
			inside(before, row->spans[i].fds, record->head.args[row->spans[i].items & 7]);
	}
	BOUND(at, STASH + CHUNK);
	if (bpf_probe_read_kernel(stash->data, at, record->data))
		return;
	stash->size = at;
	stash->pieces = record->head.pieces_count;
	flight->stashed = 1;
	flight->missed |= lane->words << 16;
}

__noinline int bits(__u64 value)
{
	__u32 length = 0;

	if (value >> 32) {
		length = 32;
		value >>= 32;
	}
	if (value >> 16) {
		length += 16;
		value >>= 16;
	}
	if (value >> 8) {
		length += 8;
		value >>= 8;
	}
	if (value >> 4) {
		length += 4;
		value >>= 4;
	}
	if (value >> 2) {
		length += 2;
		value >>= 2;
	}
	if (value >> 1) {
		length += 1;
		value >>= 1;
	}
	return length + (value ? 1 : 0);
}

__noinline int failed_with(__u64 id, __u32 pid, __s64 result)
{
	struct error_key key = { .id = id, .pid = pid, .error = -result };
	__u64 one = 1, *count = bpf_map_lookup_elem(&errors, &key);

	if (count)
		__sync_fetch_and_add(count, 1);
	else if (bpf_map_update_elem(&errors, &key, &one, BPF_NOEXIST))
		__sync_fetch_and_add(&settings.untallied, 1);
	return 0;
}

/* A place that nobody has yet; 0 where there is none. Without an atomic addition that gives back what was there: 5.10 has none.
 * A place that cannot be had now (a lock is held) is passed over and counted as given: next_tally is never below the last that is. */
static __always_inline __u32 free_tally(void)
{
	/* Once: if another processor took a place meanwhile, one would be passed over, and the last that is given never be read. */
	__u32 last = *(volatile __u32 *)&settings.next_tally;

	for (__u32 i = 1; i <= 32; i++) {
		__u32 at = last + i, one = 1;
		long failed;

		if (at >= TALLIES)
			break;
		failed = bpf_map_update_elem(&given, &at, &one, BPF_NOEXIST);
		if (failed == -EEXIST)
			continue;
		__sync_fetch_and_add(&settings.next_tally, 1);
		if (!failed)
			return at;
	}
	return 0;
}

/* A finished call of a thread. Only that thread writes its tallies. */
static __always_inline void tallied_call(struct task_struct *task, struct flight *flight, __s64 result, __u64 took)
{
	struct tallied *mine;
	struct tally *tally;
	__u32 place = place_of(flight->number), at, bucket;

	mine = OF_THREAD(tallied, task, only(&empty_tallied));
	if (!mine)
		goto full;
	if (flight->arch == I386 || flight->arch == ARM)
		place += CALLS;
	if (flight->arch == X32)
		place += TABLES * CALLS;
	if (place >= (TABLES + 1) * CALLS)
		return;
	at = mine->place[place];
	if (!at) {
		at = free_tally();
		if (!at || at >= TALLIES)
			goto full;
		mine->place[place] = at;
		tally = &settings.tallies[at];
		tally->pid = flight->pid;
		tally->tid = known_as(task);
		tally->row = flight->number;
		tally->arch = flight->arch;
		tally->least = -1;
	}
	if (at >= TALLIES)
		return;
	tally = &settings.tallies[at];
	tally->count++;
	tally->total += took;
	if (took < tally->least)
		tally->least = took;
	if (took > tally->most)
		tally->most = took;
	bucket = bits(took);
	if (bucket >= BUCKETS)
		bucket = BUCKETS - 1;
	tally->buckets[bucket]++;
	if (result < 0 && result >= -4095) {
		tally->errors++;
		failed_with(at, 0, result);
	}
	return;
full:
	__sync_fetch_and_add(&settings.untallied, 1);
}

/* A call on a descriptor that is open. */
static __always_inline void used(struct flight *flight, struct row *row, __s64 result, __u64 took)
{
	struct use *use, *empty = only(&empty_use);
	struct use_key key = {};
	int failed = result < 0 && result >= -4095;

	if (row->flags & NAMES_PATH || !empty)
		return;
	for (int i = 0; i < 2; i++) {
		__u32 way = row->flags & (READS | WRITES);

		if (i >= flight->names_count)
			break;
		if (!flight->names[i].id || flight->names[i].fd < 0)
			continue;
		/* Of two descriptors the first is written and the second read, as sendfile(2) has it, unless the row says one way only. */
		if (way == (READS | WRITES))
			way = row->fds_count < 2 ? way : i ? READS : WRITES;
		key.pid = flight->pid;
		key.id = flight->names[i].id;
		use = bpf_map_lookup_elem(&uses, &key);
		if (!use) {
			bpf_map_update_elem(&uses, &key, empty, BPF_NOEXIST);
			use = bpf_map_lookup_elem(&uses, &key);
			if (!use) {
				__sync_fetch_and_add(&settings.untallied, 1);
				continue;
			}
		}
		if (way & READS) {
			__sync_fetch_and_add(&use->reads, 1);
			if (!failed)
				__sync_fetch_and_add(&use->read_bytes, result);
		}
		if (way & WRITES) {
			__sync_fetch_and_add(&use->writes, 1);
			if (!failed)
				__sync_fetch_and_add(&use->written_bytes, result);
		}
		if (!way)
			__sync_fetch_and_add(&use->others, 1);
		__sync_fetch_and_add(&use->total, took);
		use->last = flight->time;
		if (failed)
			failed_with(key.id, key.pid, result);
	}
}
