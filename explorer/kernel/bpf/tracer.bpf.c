// mcpu: v3
/* The system calls of chosen processes, streamed with what their arguments point to, or counted; nothing is stopped.
 *
 * settings.h: what is shared with procdive. maps.h: what is kept. take.h: memory. names.h: descriptors. count.h: counting.
 */
#include "count.h"
#include "moves.h"

#define CLONE3 435
#define SI_KERNEL 0x80
#define IGNORED 1		/* a signal that was generated: enum of the kernel's trace/events/signal.h */
#define SIGNAL_GROUP_EXIT 4

char LICENSE[] SEC("license") = "GPL";

/* Through the ring: what is no call, and is rare. */
static __always_inline void out(struct record *record, __u32 size)
{
	BOUND(size, DATA);
	if (bpf_ringbuf_output(&ring, record, sizeof(record->head) + size, BPF_RB_NO_WAKEUP))
		__sync_fetch_and_add(&settings.lost, 1);
}

/* A call's record is there from now on. */
static __always_inline void publish(struct lane *lane, struct record *record, __u32 size)
{
	__u64 mask = kernel_has.lane_mask, at, next;

	if (!mask) {
		out(record, size);
		return;
	}
	at = lane->produced & mask;
	size = (sizeof(record->head) + size + 7) & ~7;
	next = at + size > mask ? (lane->produced | mask) + 1 : lane->produced + size;
	*(__u32 *)((void *)(lane + 1) + ((lane->count & mask / MARK_BYTES) << 2)) = at;
	barrier();
	*(volatile __u64 *)&lane->count = lane->count + 1;
	*(volatile __u64 *)&lane->produced = next;
}

/* Where a call's row is; ROWS where it has none. */
static __always_inline __u32 row_of(long number, int arch, __u64 *args)
{
	__u32 place = place_of(number), at;
	struct row *row;
	struct chosen_key key;
	__u32 *found;

	if (arch == I386 || arch == ARM)
		place += CALLS;
	at = place;
	if (at >= ROWS)
		return ROWS;
	row = row_at(at);
	if (row->choosing < 6) {
		key.row = place;
		key.value = args[row->choosing & 7] & row->choosing_mask;
		found = bpf_map_lookup_elem(&chosen, &key);
		if (found)
			return *found;
	}
	return place;
}

/* Whether settings.fds has one of the call's descriptors. */
__noinline int fd_wanted(__u32 place, __s64 result)
{
	struct task_struct *task = CURRENT();
	struct flight *flight = OF_THREAD(flights, task, 0);
	struct row *row = row_at(place);

	if (!flight)
		return 0;
	for (__u32 i = 0; i < PICKED; i++) {
		__s32 fd = settings.fds[i];

		if (i >= settings.fds_count)
			break;
		if (row->makes == MAKES_RESULT && result == fd)
			return 1;
		for (int j = 0; j < FDS; j++)
			if (j < row->fds_count && (__s32)flight->args[row->fds[j] & 7] == fd)
				return 1;
	}
	return 0;
}

static __always_inline void named(struct task_struct *task, struct flight *flight, struct row *row)
{
	__u32 count = 0;

	for (int i = 0; i < FDS; i++) {
		__u8 place = row->fds[i];
		__s32 fd;

		if (i >= row->fds_count || place >= 6)
			break;
		fd = flight->args[place];
		flight->names[i].fd = fd;
		flight->names[i].made = 0;
		if (fd < 0)
			flight->names[i].id = fd == -100 ? identity_of_directory() : 0;
		else if (CASTS() && !i)
			flight->names[i].id = opened(task, fd, 0);
		else
			flight->names[i].id = identity_of(fd, 0);
		count = i + 1;
	}
	flight->names_count = count;
}

/* The head of a record of a flight. */
static __always_inline void headed(struct record *record, struct flight *flight, struct task_struct *task)
{
	record->head.time = flight->time;
	record->head.tid = known_as(task);
	record->head.pid = flight->pid;
	record->head.number = flight->number;
	record->head.kind = CALL;
	record->head.arch = flight->arch;
	record->head.cpu = bpf_get_smp_processor_id();
	record->head.lost = settings.lost;
	record->head.string = settings.string;
	record->head.names_count = 0;
	record->head.pieces_count = 0;
	__builtin_memcpy(record->head.args, flight->args, sizeof(flight->args));
}

/* All names of a flight and those that it made, at the record's beginning; where its pieces begin. */
static __always_inline __u32 names_of(struct record *record, struct flight *flight)
{
	__u32 count = 0;

	for (int i = 0; i < FDS; i++) {
		if (i >= flight->names_count)
			break;
		if (flight->names[i].id) {
			struct name *to = (void *)&record->data[(count & 3) * sizeof(struct name)];

			to->id = flight->names[i].id;
			to->fd = flight->names[i].fd;
			to->made = flight->names[i].made;
			count++;
		}
	}
	return count;
}

/* A name behind a record's pieces. */
__noinline int behind(__u32 at, __u64 id, __s32 fd, __u32 made)
{
	struct lane *lane = here();
	struct record *record = lane ? made_in(lane) : 0;
	struct name *name;

	if (!record || !id || at >= 16384 || record->head.names_count >= INSIDE * 8)
		return at;
	name = (void *)&record->data[PLACE(at)];
	name->id = id;
	name->fd = fd;
	name->made = made;
	record->head.names_count += 8;
	return at + sizeof(*name);
}

/* Names of descriptors that lie in memory, and of a pair that was made: known only now, so they come behind the pieces. */
__noinline int all_behind(__u32 at, __u32 which, __u32 late)
{
	struct lane *lane = here();
	struct record *record = lane ? made_in(lane) : 0;
	struct task_struct *task = CURRENT();
	struct row *row = row_at(which);
	struct stash *stash;
	__u32 pair[2], narrow;

	if (!record)
		return at;
	if (row->makes == MAKES_PAIR && late && !record->head.result &&
	    !bpf_probe_read_user(pair, sizeof(pair), (void *)record->head.args[row->fds[FDS - 1] & 7])) {
		at = behind(at, identity_of(pair[0], 0), pair[0], 1);
		at = behind(at, identity_of(pair[1], 0), pair[1], 1);
	}
	if (!(row->flags & FDS_INSIDE))
		return at;
	narrow = record->head.arch == I386 || record->head.arch == ARM;
	for (__u32 i = 0; i < CONTROLS; i++)
		if (i < lane->controls_count)
			passed(lane->controls[i].at, lane->controls[i].size, narrow ? 4 : 8, late && row->flags & READS);
	stash = OF_THREAD(stashes, task, 0);
	for (__u32 i = 0; stash && i < INSIDE; i++) {
		if (i >= stash->names_count)
			break;
		at = behind(at, stash->names[i].id, stash->names[i].fd, stash->names[i].made);
	}
	return at;
}

/* A call that has ended, or ends by never returning. */
static __always_inline void finished(struct lane *lane, struct record *record, struct task_struct *task, struct flight *flight,
				     struct row *row, __u32 late)
{
	__s64 result = record->head.result;
	__u32 at, count, which = flight->row;

	count = names_of(record, flight);
	if (late && row->makes == MAKES_RESULT && result >= 0 && result < 0x7fffffff) {
		struct name *made = (void *)&record->data[(count & 3) * sizeof(struct name)];

		made->fd = result;
		made->made = 1;
		made->id = identity_of(result, 0);
		if (made->id)
			count++;
	}
	/* Through memory it is any number for the verifier, which would go all further ways once for each that it can be. */
	*(volatile __u8 *)&record->head.names_count = count;
	count = *(volatile __u8 *)&record->head.names_count & 7;
	at = count * sizeof(struct name);
	if (late && row->flags & RENAMES && flight->names_count)
		identity_of(flight->args[0], 1);
	if (row->flags & FDS_INSIDE && !flight->stashed) {
		struct stash *stash = OF_THREAD(stashes, task, 0);

		if (stash)
			stash->names_count = 0;
	}
	lane->controls_count = 0;
	lane->room = ROOM;
	/* Who could not become another program has all its memory still, and the kernel has read what it needed of it. */
	if (flight->stashed && late && row->flags & EXECS && result < 0)
		flight->stashed = 0;
	if (flight->stashed) {
		struct stash *stash = OF_THREAD(stashes, task, 0);

		if (stash) {
			__u32 size = stash->size;

			BOUND(size, STASH + CHUNK);
			if (!bpf_probe_read_kernel(&record->data[at & 255], size, stash->data)) {
				at += size;
				record->head.pieces_count = stash->pieces;
			}
		}
	}
	for (__u32 i = 0; i < SPANS; i++) {
		if (i >= row->spans_count)
			break;
		if (row->spans[i].late ? late : !flight->stashed || (flight->missed >> (i & 15) & 1 && !(row->flags & EXECS)))
			at = taken(at, which, i);
	}
	if (late && flight->stashed && row->flags & EXECS)
		at = recovered(at, count * sizeof(struct name), flight->missed >> 16, row->fds_count);
	if (late && (row->makes == MAKES_PAIR || row->flags & FDS_INSIDE))
		at = all_behind(at, which, late);
	publish(lane, record, at);
}

/* Whether a thread's calls are wanted. */
static __always_inline void known(struct task_struct *task, struct flight *flight, __u32 pid)
{
	__u32 *how = bpf_map_lookup_elem(&targets, &pid);

	flight->pid = pid;
	flight->generation = settings.generation;
	flight->known = how && *how == UNTIL_EXEC ? UNTIL_EXEC : OURS;
	if (settings.picks_tids) {
		__u32 tid = known_as(task);

		if (!bpf_map_lookup_elem(&picked, &tid) && !bpf_map_lookup_elem(&picked, &pid))
			flight->known = NOT_PICKED;
	}
}

SEC("tp_btf/sys_enter")
int BPF_PROG(sys_enter, struct pt_regs *regs, long number)
{
	struct task_struct *task = CURRENT();
	__u32 pid = process_of(task), place;
	struct flight *flight;
	struct row *row;

	if (!maybe(pid))
		return 0;
	flight = OF_THREAD(flights, task, 0);
	if (!flight) {
		if (!bpf_map_lookup_elem(&targets, &pid)) {
			if (settings.own && pid == settings.own)
				own_root();
			return 0;
		}
		/* As long as not all programs run, nothing is known of whoever is between a beginning and an end. */
		if (!settings.what)
			return 0;
		flight = OF_THREAD(flights, task, only(&empty_flight));
		if (!flight) {
			__sync_fetch_and_add(&settings.lost, 1);
			return 0;
		}
	}
	flight->time = 0;
	flight->entered = 1;
	if (flight->generation != settings.generation)
		known(task, flight, pid);
	if (flight->known == NOT_PICKED)
		return 0;
	flight->arch = arch_of(task, number);
	arguments(flight->args, regs, flight->arch);
	flight->number = number;
	place = row_of(number, flight->arch, flight->args);
	flight->row = place;
	flight->names_count = flight->stashed = flight->missed = 0;
	if (place >= ROWS)
		return 0;
	row = row_at(place);
	if (!row->on || (flight->known == UNTIL_EXEC && !(row->flags & EXECS)))
		return 0;
	if (settings.what & ~SUMMARY) {
		if (settings.picks_fds && !row->makes && !fd_wanted(place, -1))
			return 0;
		named(task, flight, row);
		if (row->flags & (KEEP_ENTRY | NO_RETURN) && settings.what & (STREAM | ACCESS)) {
			struct lane *lane = here();
			int room = lane && !full(lane);
			struct record *record;

			flight->time = bpf_ktime_get_ns();
			if (room) {
				record = made_in(lane);
				headed(record, flight, task);
			}
			if (row->flags & NO_RETURN) {
				if (settings.what & STREAM && settings.succeeded && !settings.slower && !settings.picks_fds) {
					if (room) {
						record->head.result = UNFINISHED_END;
						record->head.took = -1;
						finished(lane, record, task, flight, row, 0);
					} else {
						__sync_fetch_and_add(&settings.lost, 1);
					}
				}
				flight->time = 0;
				return 0;
			}
			if (room)
				keep(task, flight, place);
		}
	}
	flight->time = bpf_ktime_get_ns();
	return 0;
}

/* Of a call of which only the end is told: which it is. Whether it is wanted. */
static __always_inline int ending(struct task_struct *task, struct flight *flight, struct pt_regs *regs, long result)
{
#if defined(__TARGET_ARCH_x86)
	flight->number = regs->orig_ax;
#else
	flight->number = regs->syscallno;
#endif
	flight->arch = arch_of(task, flight->number);
	arguments(flight->args, regs, flight->arch);
	flight->row = row_of(flight->number, flight->arch, flight->args);
	flight->names_count = flight->stashed = flight->missed = 0;
	if (flight->row >= ROWS || !row_at(flight->row)->on)
		return 0;
	if (settings.picks_fds && !fd_wanted(flight->row, result))
		return 0;
	named(task, flight, row_at(flight->row));
	return 1;
}

SEC("tp_btf/sys_exit")
int BPF_PROG(sys_exit, struct pt_regs *regs, long result)
{
	struct task_struct *task = CURRENT();
	__u32 pid = process_of(task), place, *how;
	struct flight *flight;
	struct record *record;
	struct lane *lane;
	struct row *row;
	__u64 took, now;

	if (!maybe(pid))
		return 0;
	flight = OF_THREAD(flights, task, 0);
	if (!flight || !flight->entered) {
		/* It was in this call already when we came; else seccomp has refused it. */
		int came = !flight;

		if (came) {
			how = bpf_map_lookup_elem(&targets, &pid);
			if (!how || *how == UNTIL_EXEC || !settings.what)
				return 0;
			flight = OF_THREAD(flights, task, only(&empty_flight));
			if (!flight) {
				__sync_fetch_and_add(&settings.lost, 1);
				return 0;
			}
		}
		if (flight->generation != settings.generation)
			known(task, flight, pid);
		if (flight->known != OURS || (came && settings.what == SUMMARY) || !ending(task, flight, regs, result))
			return 0;
		now = came ? 0 : bpf_ktime_get_ns();
		took = came ? -1 : 0;
		flight->time = came ? settings.attached : now;
	} else {
		flight->entered = 0;
		if (!flight->time)
			return 0;
		now = bpf_ktime_get_ns();
		took = now - flight->time;
	}
	place = flight->row;
	if (place >= ROWS)
		return 0;
	row = row_at(place);
	if (result < 0 && result >= -4095 ? !settings.failed : !settings.succeeded)
		goto done;
	if (took < settings.slower || (settings.slower && !now))
		goto done;
	if (settings.picks_fds && !fd_wanted(place, result))
		goto done;
	if (settings.what & SUMMARY)
		tallied_call(task, flight, result, took);
	if (settings.what & ACCESS)
		used(flight, row, result, took);
	if (settings.what & STREAM || (settings.what & ACCESS && row->flags & NAMES_PATH)) {
		lane = here();
		if (lane && !full(lane)) {
			record = made_in(lane);
			headed(record, flight, task);
			record->head.result = result;
			record->head.took = took;
			finished(lane, record, task, flight, row, 1);
		} else {
			__sync_fetch_and_add(&settings.lost, 1);
		}
	}
done:
	flight->time = 0;
	return 0;
}

/* A record without a call. */
static __always_inline struct record *plain(struct task_struct *task, __u32 pid, __u32 kind)
{
	struct record *record = only(&records);

	if (!record)
		return 0;
	__builtin_memset(&record->head, 0, sizeof(record->head));
	record->head.time = bpf_ktime_get_ns();
	record->head.took = -1;
	record->head.tid = known_as(task);
	record->head.pid = pid;
	record->head.kind = kind;
	record->head.cpu = bpf_get_smp_processor_id();
	record->head.lost = settings.lost;
	return record;
}

static __always_inline __u32 ours(struct task_struct *task)
{
	__u32 pid = process_of(task);

	return maybe(pid) && bpf_map_lookup_elem(&targets, &pid) ? pid : 0;
}

SEC("tp_btf/sched_process_fork")
int BPF_PROG(sched_process_fork, struct task_struct *parent, struct task_struct *child)
{
	__u32 pid = ours(parent), born, one = 1;
	struct record *record;

	if (!pid)
		return 0;
	born = process_of(child);
	if (born && (born == pid || settings.follow)) {
		if (born != pid) {
			settings.maybe[born & (PIDS - 1)] = 1;
			if (bpf_map_update_elem(&targets, &born, &one, BPF_ANY))
				__sync_fetch_and_add(&settings.lost, 1);
		}
		/* So that it is in no call: where its parent's returns in it, there is nothing to tell. */
		struct flight *flight = OF_THREAD(flights, child, only(&empty_flight));

		if (flight)
			flight->entered = 1;
	}
	if (!settings.signals)
		return 0;
	record = plain(parent, pid, STARTED);
	if (record) {
		struct flight *flight = OF_THREAD(flights, parent, 0);

		record->head.result = known_as(child);
		record->head.number = born == pid;
		record->head.args[2] = TASK(child, exit_signal);
		if (flight) {
			__u64 flags = flight->args[0];

			if (flight->number == CLONE3 && bpf_probe_read_user(&flags, sizeof(flags), (void *)flags))
				flags = 0;
			record->head.args[0] = flight->number;
			record->head.args[1] = flight->arch;
			record->head.args[2] |= flags & ~0xffULL;
		}
		out(record, 0);
	}
	return 0;
}

SEC("tp_btf/sched_process_exec")
int BPF_PROG(sched_process_exec, struct task_struct *task, int former, struct linux_binprm *program)
{
	__u32 pid = ours(task), one = OURS;
	struct record *record;
	struct flight *flight = pid ? OF_THREAD(flights, task, 0) : 0;

	if (flight && flight->known == UNTIL_EXEC) {
		flight->known = OURS;
		bpf_map_update_elem(&targets, &pid, &one, BPF_ANY);
	}
	if (flight && flight->stashed) {
		__u32 words = flight->missed >> 16, now = kernel_has.storage ? program->argc : BPF_CORE_READ(program, argc);

		flight->missed = (flight->missed & 0xffff) | (now > words ? now - words : 0) << 16;
	}
	/* A thread that is not the first takes the first one's number. */
	if (!pid || !settings.signals || settings.nested || former == TASK(task, pid))
		return 0;
	record = plain(task, pid, SUPERSEDED);
	if (record) {
		record->head.result = former;
		out(record, 0);
	}
	return 0;
}

SEC("tp_btf/sched_process_exit")
int BPF_PROG(sched_process_exit, struct task_struct *task)
{
	__u32 pid = process_of(task);
	struct record *record;
	struct flight *flight;

	if (!maybe(pid))
		return 0;
	flight = OF_THREAD(flights, task, 0);
	/* Another thread may have been the last one, by the count, before this one came here. */
	if (!(flight && flight->pid == pid) && !bpf_map_lookup_elem(&targets, &pid))
		return 0;
	record = only(&records);
	if (flight && flight->time && record && settings.what & STREAM && flight->row < ROWS) {
		headed(record, flight, task);
		record->head.result = UNFINISHED_END;
		record->head.took = bpf_ktime_get_ns() - flight->time;
		out(record, names_of(record, flight) * sizeof(struct name));
	}
	if (flight)
		flight->time = 0;
	if (settings.signals) {
		struct fatal *fatal = bpf_map_lookup_elem(&fatals, &pid);

		if (fatal) {
			record = plain(task, pid, SIGNAL);
			if (record) {
				record->head.number = fatal->number;
				__builtin_memcpy(record->data, fatal->info, sizeof(fatal->info));
				bpf_map_delete_elem(&fatals, &pid);
				out(record, sizeof(fatal->info));
			}
		}
		record = plain(task, pid, EXITED);
		if (record) {
			record->head.result = TASK(task, exit_code);
			out(record, 0);
		}
	}
	if (!kernel_has.storage) {
		__u32 tid = TASK(task, pid);

		bpf_map_delete_elem(&flights_by_tid, &tid);
		bpf_map_delete_elem(&stashes_by_tid, &tid);
		bpf_map_delete_elem(&tallied_by_tid, &tid);
	}
	if (!BPF_CORE_READ(task, signal, live.counter))
		bpf_map_delete_elem(&targets, &pid);
	return 0;
}

/* A signal that is not delivered: one that ends a process by itself, for which all threads are killed instead, or one that is ignored. */
SEC("tp_btf/signal_generate")
int BPF_PROG(signal_generate, int number, struct kernel_siginfo *info, struct task_struct *task, int group, int result)
{
	struct fatal fatal = {};
	struct record *record;
	__u64 from;
	__u32 pid;
	int ends;

	if (!settings.signals || result > IGNORED)
		return 0;
	pid = ours(task);
	if (!pid)
		return 0;
	ends = BPF_CORE_READ(task, signal, flags) & SIGNAL_GROUP_EXIT;
	if (result == IGNORED ? ends : !ends || BPF_CORE_READ(task, signal, group_exit_code) != number)
		return 0;
	fatal.number = number;
	/* As a number: the verifier holds that it is never null, and leaves away what would be done then. */
	if (bpf_probe_read_kernel(&from, sizeof(from), &ctx[1]))
		return 0;
	if (from > 1) {
		bpf_probe_read_kernel(fatal.info, sizeof(fatal.info), (void *)from);
	} else {
		/* By the kernel: as if the current process had sent it, or by itself (SEND_SIG_NOINFO, SEND_SIG_PRIV). */
		*(__u32 *)fatal.info = number;
		if (from) {
			*(__u32 *)(fatal.info + 8) = SI_KERNEL;
		} else {
			*(__u32 *)(fatal.info + 16) = process_of(CURRENT());
			*(__u32 *)(fatal.info + 20) = bpf_get_current_uid_gid();
		}
	}
	if (result != IGNORED) {
		bpf_map_update_elem(&fatals, &pid, &fatal, BPF_NOEXIST);
		return 0;
	}
	record = plain(task, pid, SIGNAL);
	if (record) {
		record->head.number = number;
		__builtin_memcpy(record->data, fatal.info, sizeof(fatal.info));
		out(record, sizeof(fatal.info));
	}
	return 0;
}

SEC("tp_btf/signal_deliver")
int BPF_PROG(signal_deliver, int number, struct kernel_siginfo *info, struct k_sigaction *action)
{
	struct task_struct *task = CURRENT();
	__u32 pid = ours(task);
	struct record *record;

	/* SIGKILL: its end tells, and exit_group(2) sends it to all its other threads. */
	if (!pid || !settings.signals || number == 9)
		return 0;
	record = plain(task, pid, SIGNAL);
	if (!record)
		return 0;
	record->head.number = number;
	__builtin_memset(record->data, 0, 48);
	bpf_probe_read_kernel(record->data, 48, info);
	out(record, 48);
	if (number >= 19 && number <= 22 && (number == 19 || !BPF_CORE_READ(action, sa.sa_handler))) {
		record = plain(task, pid, STOPPED);
		if (record) {
			record->head.number = number;
			out(record, 0);
		}
	}
	return 0;
}
