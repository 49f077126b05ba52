/* What procdive and the programs share in memory. explorer/trace/bpf/layout.py has the same offsets; a test compares them. */
#pragma once
#include "kernel.h"

#define CALLS 512		/* numbers of a table; larger ones, which no kernel has, are its last one */
#define TABLES 2		/* native, compat */
#define CHOSEN 1024		/* rows for values of a register that says more (ioctl, fcntl …) */
#define ROWS (TABLES * CALLS + CHOSEN)
#define SPANS 9
#define FDS 3
#define PIDS 65536		/* bytes: which processes may be ours; bits would be lost when two processors set neighbours */
#define SEEN 16384		/* places for identities whose name was told */
#define TALLIES 8192
#define BUCKETS 48
#define PICKED 8

enum arch { X86_64, I386, X32, AARCH64, ARM };

/* Span.kind; as trace/bpf/table.py numbers them. */
enum span_kind { BYTES = 1, STRING, VECTOR, FILLED, MEASURED, POINTER, ARGV, MESSAGE, MESSAGES, BLOCK, POINTERS, MEMBER };
enum span_when { DONE, POSITIVE, CUT_SHORT };
enum { ONE = 255, BY_RESULT = 254 };
enum fds_inside { NONE, INTS, POLLFDS, BITS };

struct span {
	__u8 place, kind, items, when;
	__u16 size, most, floor, head;
	__u8 fds, late;
	__u16 pad;
};

enum makes { MAKES_NOTHING, MAKES_RESULT, MAKES_PAIR };
enum row_flags {
	KEEP_ENTRY = 1,		/* memory of its beginning is taken then: the call writes over it, or does not return */
	NO_RETURN = 2,
	RENAMES = 4,		/* what its descriptors are changes by it: connect, bind, listen */
	NAMES_PATH = 8,		/* it names a path, or makes, or closes a descriptor: told where access is watched */
	READS = 16,
	WRITES = 32,
	FDS_INSIDE = 64,
	EXECS = 128,
};

struct row {
	__u8 on, fds_count, fds[FDS], makes, flags, spans_count;
	__u8 choosing, pad[3];		/* register that chooses a row by its value; 255 none */
	__u32 choosing_mask;
	struct span spans[SPANS];
	__u8 room[112];			/* so that 15 is the last place of spans */
};

struct tally {
	__u32 pid, tid, row, arch;
	__u64 count, errors, total, least, most;
	__u32 buckets[BUCKETS];
};

enum what { STREAM = 1, SUMMARY = 2, ACCESS = 4 };

struct settings {
	/* written by procdive */
	__u32 what, string;
	__u32 nested, namespace;	/* pids as they are known in this namespace, where it is not the first one */
	__u32 failed, succeeded;
	__u64 slower;
	__u64 attached;			/* when: calls that began before have this time */
	__u32 picks_tids, picks_fds, fds_count, follow;
	__s32 fds[PICKED];
	__u32 generation, pad_generation; /* of picked: threads are looked up anew when it changes */
	__u32 signals, pad_signals;
	/* written by the programs */
	__u64 lost, untallied, faults;
	__u64 root_mount, root_entry;	/* procdive's own root: names end there, as the kernel ends those that it shows to it */
	__u32 own, pad_own;		/* its pid, until they are known */
	__u32 next_tally, moves;	/* moves: renames of folders that somebody has done */
	__u8 maybe[PIDS];
	__u64 seen[SEEN];
	struct row rows[ROWS];
	struct tally tallies[TALLIES];
};

/* What a record in the ring begins with. kind: model.batch.Kind, or NAME. lost: how many were, since the beginning. */
struct head {
	__u64 time, took;
	__s64 result;
	__u32 tid, pid;
	__s32 number;
	__u32 lost;
	__u8 kind, arch;
	__u16 cpu;
	__u8 names_count, pieces_count;	/* names before the pieces, and eight times those behind them */
	__u16 string;
	__u64 args[6];
};
enum kind { CALL, PENDING, SIGNAL, STOPPED, STARTED, EXITED, SUPERSEDED, LOST, NOTICE, NAME = 32 };
#define UNFINISHED_END (-0x7fffffffffffffffLL - 1)

struct name {
	__u64 id;
	__s32 fd;
	__u32 made;
};
struct piece {
	__u64 address;
	__u32 size, late;
};

#define ROOM 16384
#define DATA 24576		/* bytes of names and pieces of a record at most */
#define CONTROLS 4		/* of them, and in one of them */
#define CHUNK 4352		/* one piece never writes past its place by more than this */
struct record {
	struct head head;
	__u8 data[DATA + CHUNK] __attribute__((aligned(8)));
};

/* A processor's own part of what waits to be read: the record of a call is made where it will be read, without a lock and without a
 * copy. Behind it lie the marks, the places in the data of its records, in turn; behind them the data, with room for one record more
 * than lane_mask says, so that none is torn: what does not end before the end is followed by the beginning.
 * count is written after the mark and before produced, each by one store; the reader asks in the other order. So only where the
 * processors keep stores, and loads, in order; elsewhere lane_mask is 0, and records are copied from here into the ring. */
struct lane {
	__u64 produced;		/* bytes, ever growing */
	__u64 count;		/* records, ever growing */
	__u64 consumed;		/* bytes, written by procdive */
	/* Of the record that is being made: not a part of what is handed over. */
	__u64 from;
	__u32 at, begin, end;	/* of the words that recovered() goes through */
	__u32 room;		/* no piece begins behind it */
	__u32 words;		/* of an argv that was just taken */
	__u32 controls_count;
	struct {
		__u32 at, size;
	} controls[CONTROLS];	/* control messages among the pieces, to be looked through for descriptors */
	__u64 pad[5];
};
#define MARK_BYTES 64		/* of data for each mark: no record is smaller */

#define STASH 12288
#define INSIDE 31
struct stash {
	__u32 size, pieces, names_count, pad;
	struct name names[INSIDE + 1];
	__u8 data[STASH + CHUNK] __attribute__((aligned(8)));
};

enum known { OURS = 1, NOT_PICKED, UNTIL_EXEC };
/* A thread: the call that it is in. time 0: none, or one that is not looked at. */
struct flight {
	__u64 time;
	__u64 args[6];
	__s32 number;
	__u32 row;
	__u8 arch, names_count, stashed, known;
	__u32 pid, generation, missed; /* missed: bits of spans that were not in memory yet when it began; of execve above them how
					 * many words of its argv were put before the others, for a script's interpreter */
	struct name names[FDS];
	__u32 entered, pad;	/* whether its beginning was told: not that of a call that seccomp refuses */
};

struct use_key {
	__u32 pid, pad;
	__u64 id;
};
struct use {
	__u64 reads, read_bytes, writes, written_bytes, others, total, last;
};
struct error_key {
	__u64 id;	/* a tally's place, or a file's identity */
	__u32 pid, error;
};
