/* A call's memory, copied into the record that is being made: pieces, each with its address.
 *
 * Global functions: each is verified once and by itself, whatever calls it; they take and give plain numbers for that.
 * `at` is where in record.data the next piece goes; they give back where the one after it would. What faults is left away.
 */
#pragma once
#include "names.h"

#define PATH 4096
#if defined(__TARGET_ARCH_x86)
#define SMALL 32
#else
#define SMALL 16		/* Linux 5.10's compiler for aarch64 has no room for more in a chain of calls */
#endif
#define PAGE 4096		/* at least */
#define WORDS_MOST 64		/* of argv */
#define VECTORS 16
#define MESSAGES_MOST 4
#define SOL_SOCKET 1
#define SCM_RIGHTS 1

#define PLACE(AT) ((AT) & (16384 - 1))

/* A piece of at most SMALL bytes; late_size: 128 is late. It goes through the stack, where the kernel need not find out whose memory
 * it is that it writes to. Only below 64 bytes of its own does a function have the thread's stack: later kernels give it another one. */
__noinline int small(__u32 at, __u64 address, __u32 late_size)
{
	__u64 bytes[SMALL / 8] = {};
	struct lane *lane = here();
	struct record *record = lane ? made_in(lane) : 0;
	struct piece *head;

	if (!record || (late_size & 127) > SMALL || bpf_probe_read_user(bytes, late_size & 127, (void *)address))
		return at;
	head = (void *)&record->data[PLACE(at)];
	__builtin_memcpy(head + 1, bytes, SMALL);
	head->address = address;
	head->size = late_size & 127;
	head->late = late_size >> 7;
	record->head.pieces_count++;
	return at + sizeof(*head) + (((late_size & 127) + 7) & ~7);
}

/* One piece; late: as it was when the call returned. */
__noinline int piece(__u32 at, __u64 address, __u32 size, __u32 late)
{
	struct lane *lane = here();
	struct record *record = lane ? made_in(lane) : 0;
	struct piece *head;
	__u32 place = PLACE(at);

	if (!record || !size || !address || at >= lane->room || record->head.pieces_count == 255)
		return at;
	if (size <= SMALL) {
		__u32 next = small(at, address, size | (late ? 128 : 0));

		if (next != at)
			return next;
	}
	head = (void *)&record->data[place];
	BOUND(size, PATH);
	if (bpf_probe_read_user(head + 1, size, (void *)address)) {
		/* As far as its page goes. */
		__u32 rest = PAGE - (address & (PAGE - 1));

		settings.faults++;
		if (rest >= size)
			return at;
		size = rest;
		BOUND(size, PATH);
		if (bpf_probe_read_user(head + 1, size, (void *)address))
			return at;
	}
	head->address = address;
	head->size = size;
	head->late = late;
	record->head.pieces_count++;
	return at + sizeof(*head) + ((size + 7) & ~7);
}

/* What is too long for one, as several that follow each other. */
__noinline int pieces(__u32 at, __u64 address, __u32 size, __u32 late)
{
	for (int i = 0; i < 4; i++) {
		__u32 before = at, part = size > PATH ? PATH : size;

		at = piece(at, address, part, late);
		size -= part;
		address += part;
		if (at == before || !size)
			break;
	}
	return at;
}

/* How many bytes a piece has, and of which address. */
static __always_inline __u32 size_of(struct record *record, __u32 at)
{
	return ((struct piece *)&record->data[PLACE(at)])->size;
}

static __always_inline __u64 address_of(struct record *record, __u32 at)
{
	return ((struct piece *)&record->data[PLACE(at)])->address;
}

/* A string up to its NUL, or `most` bytes of it without one. as: the address that is told. */
__noinline int text_as(__u32 at, __u64 address, __u32 most, __u32 late, __u64 as)
{
	struct lane *lane = here();
	struct record *record = lane ? made_in(lane) : 0;
	struct piece *head;
	__u32 place = PLACE(at);
	long size;

	if (!record || !address || at >= lane->room || record->head.pieces_count == 255)
		return at;
	BOUND(most, PATH);
	head = (void *)&record->data[place];
	size = bpf_probe_read_user_str(head + 1, most + 1, (void *)address);
	if (size < 0) {
		settings.faults++;
		return at;
	}
	/* Older kernels count an empty string's NUL not. */
	if (!size) {
		record->data[place + sizeof(*head)] = 0;
		size = 1;
	}
	/* The helper ends what it cuts with a NUL of its own. */
	if (size > most)
		size = most;
	head->address = as;
	head->size = size;
	head->late = late;
	record->head.pieces_count++;
	return at + sizeof(*head) + ((size + 7) & ~7);
}

static __always_inline int text(__u32 at, __u64 address, __u32 most, __u32 late)
{
	return text_as(at, address, most, late, address);
}

/* Word `index` of a piece that was just made at `at`. */
__noinline __u64 word(__u32 at, __u32 index, __u32 wide)
{
	struct lane *lane = here();
	struct record *record = lane ? made_in(lane) : 0;
	__u32 place = PLACE(at) + sizeof(struct piece);

	if (!record || index >= 512)
		return 0;
	/* Shifts and not a product: older kernels know no bounds of that. */
	place += wide == 4 ? index << 2 : index << 3;
	BOUND(place, DATA - 8);
	return wide == 4 ? *(__u32 *)&record->data[place] : *(__u64 *)&record->data[place];
}

/* iovecs and what each points to. left: how many bytes they hold in all. */
__noinline int vector(__u32 at, __u64 address, __u32 items, __u64 left, __u32 late)
{
	struct lane *lane = here();
	struct record *record = lane ? made_in(lane) : 0;
	__u32 wide, list = at, limit = settings.string;

	if (!record)
		return at;
	wide = record->head.arch == I386 || record->head.arch == ARM ? 4 : 8;
	if (items > 1024)
		items = 1024;
	if (items * wide * 2 > PATH)
		items = PATH / 16;
	at = piece(at, address, items * wide * 2, late);
	if (at == list)
		return at;
	for (__u32 i = 0; i < VECTORS; i++) {
		__u64 base, size;

		if (i >= items || !left)
			break;
		base = word(list, 2 * i, wide);
		size = word(list, 2 * i + 1, wide);
		if (size > left)
			size = left;
		left -= size;
		if (size > limit)
			size = limit;
		at = piece(at, base, size, late);
	}
	return at;
}

/* A descriptor in memory, to be named behind the pieces. */
static __always_inline void noticed(struct stash *stash, __s32 fd, __u32 made)
{
	__u32 count = stash->names_count;
	__u64 id;

	if (count >= INSIDE || fd < 0)
		return;
	id = identity_of(fd, 0);
	if (!id)
		return;
	stash->names[count & INSIDE].id = id;
	stash->names[count & INSIDE].fd = fd;
	stash->names[count & INSIDE].made = made;
	stash->names_count = count + 1;
}

/* So many descriptors, from word `place` of a piece on. */
__noinline int given_away(__u32 at, __u32 place, __u32 count, __u32 late)
{
	struct task_struct *task = CURRENT();
	struct stash *stash = OF_THREAD(stashes, task, only(&empty_stash));

	for (__u32 i = 0; stash && i < INSIDE; i++) {
		if (i >= count)
			break;
		noticed(stash, word(at, place + i, 4), late);
	}
	return 0;
}

/* The descriptors that a control message of `size` bytes hands over, the first one in a piece at `at`. */
__noinline int passed(__u32 at, __u32 size, __u32 wide, __u32 late)
{
	__u32 head = wide == 4 ? 12 : 16, next = 0;

	for (__u32 i = 0; i < CONTROLS; i++) {
		__u32 length, place = next >> 2;

		if (next + head > size)
			break;
		length = word(at, place, 4);
		if (word(at, place + (head >> 2) - 2, 4) == SOL_SOCKET && word(at, place + (head >> 2) - 1, 4) == SCM_RIGHTS) {
			if (length > size - next)
				length = size - next;
			given_away(at, place + (head >> 2), length > head ? (length - head) >> 2 : 0, late);
		}
		if (length < head || length > size)
			break;
		next += (length + wide - 1) & ~(wide - 1);
	}
	return 0;
}

/* A msghdr and all that it points to; left: bytes that were received, or all that it says. */
__noinline int message(__u32 at, __u64 address, __u64 left, __u32 late)
{
	struct lane *lane = here();
	struct record *record = lane ? made_in(lane) : 0;
	__u32 wide, head = at, head_of = at;
	__u64 size;

	if (!record)
		return at;
	wide = record->head.arch == I386 || record->head.arch == ARM ? 4 : 8;
	at = piece(at, address, wide == 4 ? 28 : 56, late);
	if (at == head)
		return at;
	size = word(head, 1, wide) & 0xffffffff;
	at = piece(at, word(head, 0, wide), size > 128 ? 128 : size, late);
	at = vector(at, word(head, 2, wide), word(head, 3, wide), left, late);
	size = word(head, 5, wide);
	if (size > 512)
		size = 512;
	head = at;
	at = piece(head, word(head_of, 4, wide), size, late);
	if (at != head && lane->controls_count < CONTROLS) {
		lane->controls[lane->controls_count & (CONTROLS - 1)].at = head;
		lane->controls[lane->controls_count & (CONTROLS - 1)].size = size;
		lane->controls_count++;
	}
	return at;
}

/* mmsghdrs: a msghdr each, and how many bytes it took. */
__noinline int messages(__u32 at, __u64 address, __u32 items, __u32 late)
{
	struct lane *lane = here();
	struct record *record = lane ? made_in(lane) : 0;
	__u32 wide;

	if (!record)
		return at;
	wide = record->head.arch == I386 || record->head.arch == ARM ? 32 : 64;
	for (__u32 i = 0; i < MESSAGES_MOST; i++) {
		__u32 taken = at;

		if (i >= items)
			break;
		at = piece(at, address + i * wide, wide, late);
		if (at == taken)
			break;
		at = message(at, address + i * wide, late ? word(taken, wide == 64 ? 14 : 7, 4) : ~0ULL, late);
	}
	return at;
}

/* argv or envp: the pointers, and each word as far as `most`. */
__noinline int words(__u32 at, __u64 address, __u32 most)
{
	struct lane *lane = here();
	struct record *record = lane ? made_in(lane) : 0;
	__u32 wide;

	if (!record || !address)
		return at;
	wide = record->head.arch == I386 || record->head.arch == ARM ? 4 : 8;
	for (__u32 i = 0; i < WORDS_MOST + 1; i++) {
		__u32 taken = at;
		__u64 pointer;

		at = piece(at, address + i * wide, wide, 0);
		if (at == taken)
			break;
		pointer = word(taken, 0, wide);
		if (!pointer || i == WORDS_MOST)
			break;
		lane->words = i + 1;
		at = text(at, pointer, most, 0);
	}
	return at;
}

/* The next word of an argv, from the new program's memory where it was not to be had when execve began; 0 at their end. */
__noinline int recovered_word(__u32 index, __u32 wide, __u32 more, __u64 argv)
{
	struct lane *lane = here();
	struct record *record = lane ? made_in(lane) : 0;
	__u32 at, begin, next, size;
	__u64 pointer;

	if (!record)
		return 0;
	at = lane->at;
	begin = lane->begin;
	if (begin >= lane->end || address_of(record, begin) != argv + index * wide || size_of(record, begin) != wide)
		return 0;
	pointer = word(begin, 0, wide);
	begin += sizeof(struct piece) + 8;
	lane->begin = begin;
	if (!pointer)
		return 0;
	next = text_as(at, lane->from, PATH, 0, pointer);
	if (next == at)
		return 0;
	size = size_of(record, at);
	lane->from += size;
	if (begin < lane->end && address_of(record, begin) == pointer) {
		lane->begin = begin + sizeof(struct piece) + ((size_of(record, begin) + 7) & ~7);
		record->head.pieces_count--;
		return 1;
	}
	/* A script's own name stands where its argv[0] was. */
	if (more && !index) {
		record->head.pieces_count--;
		return 1;
	}
	if (size > settings.string + 1)
		size = settings.string + 1;
	((struct piece *)&record->data[PLACE(at)])->size = size;
	lane->at = at + sizeof(struct piece) + ((size + 7) & ~7);
	return 1;
}

/* What of execve's path and argv was not in memory when it began, from the new program's memory, where the kernel has put it:
 * its argv, which may have `more` words before them, and behind the environment its path. begin: of the pieces that were taken;
 * first: place of the path's register. */
__noinline int recovered(__u32 at, __u32 begin, __u32 more, __u32 first)
{
	struct lane *lane = here();
	struct record *record = lane ? made_in(lane) : 0;
	struct task_struct *task = CURRENT();
	struct mm_struct *mm;
	__u32 wide, end = at;
	__u64 from, argv, path;

	if (!record)
		return at;
	BOUND(first, 1);
	mm = CASTS() ? (void *)LOAD(&task->mm) : BPF_CORE_READ(task, mm);
	from = BPF_CORE_READ(mm, arg_start);
	path = record->head.args[first];
	argv = record->head.args[first + 1];
	wide = record->head.arch == I386 || record->head.arch == ARM ? 4 : 8;
	if (begin < end && address_of(record, begin) == path)
		begin += sizeof(struct piece) + ((size_of(record, begin) + 7) & ~7);
	else if (!first)
		at = text_as(at, BPF_CORE_READ(mm, env_end), PATH, 0, path);
	for (__u32 i = 0; i < 2; i++)
		if (i < more) {
			__u32 before = at;

			text_as(at, from, PATH, 0, 0);
			record->head.pieces_count--;
			from += size_of(record, before);
		}
	lane->at = at;
	lane->begin = begin;
	lane->end = end;
	lane->from = from;
	for (__u32 i = 0; i < WORDS_MOST; i++)
		if (!recovered_word(i, wide, more, argv))
			break;
	return lane->at;
}

/* Whether a null pointer is among the 32 of a piece that was just made. */
__noinline int ends(__u32 at, __u32 wide)
{
	struct lane *lane = here();
	struct record *record = lane ? made_in(lane) : 0;

	for (__u32 i = 0; record && i < 32; i++)
		if ((i + 1) * wide <= size_of(record, at) && !word(at, i, wide))
			return 1;
	return 0;
}

/* Pointers up to the one that is null, to be counted. */
__noinline int pointers(__u32 at, __u64 address)
{
	struct lane *lane = here();
	struct record *record = lane ? made_in(lane) : 0;
	__u32 wide;

	if (!record || !address)
		return at;
	wide = record->head.arch == I386 || record->head.arch == ARM ? 4 : 8;
	for (__u32 i = 0; i < 16; i++) {
		__u32 taken = at;

		at = piece(at, address, 32 * wide, 0);
		if (at == taken || ends(taken, wide))
			break;
		address += size_of(record, taken);
	}
	return at;
}

/* What one span of a row says, of the call in the record. */
__noinline int taken(__u32 at, __u32 row, __u32 index)
{
	struct lane *lane = here();
	struct record *record = lane ? made_in(lane) : 0;
	struct span *span;
	__u64 address, items = 1, mask = ~0ULL, most;
	__s64 result;
	__u32 limit = settings.string;

	if (!record || row >= ROWS || index >= SPANS)
		return at;
	span = &row_at(row)->spans[index & 15];
	result = record->head.result;
	if (span->late) {
		int failed = result < 0 && result >= -4095;

		if (span->when == DONE ? failed : span->when == POSITIVE ? result <= 0 : result != -4 && result != -516)
			return at;
	}
	if (record->head.arch == I386 || record->head.arch == ARM)
		mask = 0xffffffff;
	address = record->head.args[span->place & 7] & mask;
	if (span->items == BY_RESULT)
		items = result > 0 ? result : 0;
	else if (span->items < 6)
		items = record->head.args[span->items & 7] & mask;
	most = span->most ? span->most : limit > span->floor ? limit : span->floor;
	switch (span->kind) {
	case STRING:
		return text(at, address, span->most ? span->most : limit + 1, span->late);
	case VECTOR:
		return vector(at, address, items, ~0ULL, span->late);
	case FILLED:
		return vector(at, address, items, result > 0 ? result : 0, span->late);
	case ARGV:
		return words(at, address, limit + 1);
	case POINTERS:
		return pointers(at, address);
	case MESSAGE:
		return message(at, address, span->late ? result : ~0LL, span->late);
	case MESSAGES:
		return messages(at, address, span->late ? result : items, span->late);
	case MEASURED: {
		__u32 before = at;
		__u64 length;

		at = piece(at, items, 4, span->late);
		if (at == before)
			return at;
		length = word(before, 0, 4);
		return piece(at, address, length > most ? most : length, span->late);
	}
	case POINTER: {
		__u32 before = at;

		at = piece(at, address, span->size, span->late);
		if (at == before)
			return at;
		return piece(at, word(before, 0, mask == ~0ULL ? 8 : 4), 8, span->late);
	}
	case MEMBER: {
		__u64 to = 0;

		if (bpf_probe_read_user(&to, sizeof(to), (void *)address + span->head))
			return at;
		return piece(at, to, span->size, span->late);
	}
	case BLOCK:
		return piece(at, address, span->size, span->late);
	case BYTES:
		if (span->items != ONE) {
			if (span->size > 1 && most > 1024)
				most = 1024;
			if ((__s64)items < 0)
				items = 0;
			if (items > most)
				items = most;
			items = span->head + span->size * items;
			return items > PATH ? pieces(at, address, items, span->late) : piece(at, address, items, span->late);
		}
		return piece(at, address, span->size, span->late);
	}
	return at;
}
