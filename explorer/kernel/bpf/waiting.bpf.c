/* What waits in one pipe or socket: looked at in the kernel's own lists, nothing taken, nobody kept waiting.
 *
 * No lock is held, so what is there may go away meanwhile: reading memory that is gone fails or gives something else, which shows in the
 * list's ends having moved. Data that lie in pages are not read: where those are mapped is not told to programs.
 */
typedef unsigned char __u8;
typedef unsigned short __u16;
typedef unsigned int __u32;
typedef int __s32;
typedef unsigned long long __u64;
typedef long long __s64;
typedef __u16 __be16;
typedef __u32 __be32;
typedef __u32 __wsum;
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_core_read.h>

enum { BPF_MAP_TYPE_PERCPU_ARRAY = 6 };
#define OFFSET(TYPE, MEMBER) bpf_core_field_offset(TYPE, MEMBER)
#define SOCKFS 0x534F434B
#define S_IFMT 0170000
#define S_IFIFO 0010000
#define AF_UNIX 1
#define TCP 6
#define KEEP(NUMBER) asm volatile("" : "+r"(NUMBER)) /* the compiler forgets what it knows of it, so that the verifier is shown its bounds */
#define PIECES 256
#define PART 4096
#define MOST 16384

char LICENSE[] SEC("license") = "GPL";

#pragma clang attribute push(__attribute__((preserve_access_index)), apply_to = record)
struct page;
struct pipe_buffer {
	struct page *page;
	unsigned int offset, len;
};
struct pipe_inode_info {
	unsigned int head, tail, max_usage, ring_size, readers, writers;
	struct pipe_buffer *bufs;
};
struct super_block {
	__u32 s_dev;
	unsigned long s_magic;
};
struct inode {
	unsigned short i_mode;
	unsigned long i_ino;
	struct super_block *i_sb;
	struct pipe_inode_info *i_pipe;
};
struct file {
	void *private_data;
	struct inode *f_inode;
};
struct sk_buff {
	struct sk_buff *next;
	char cb[48];
	unsigned int len, data_len;
	unsigned char *data;
};
struct sk_buff_head {
	struct sk_buff *next, *prev;
};
struct sock_common {
	unsigned short skc_family;
};
struct sock {
	struct sock_common __sk_common;
	struct sk_buff_head sk_receive_queue;
	__u16 sk_protocol, sk_type;
};
struct tcp_sock {
	__u32 copied_seq;
};
struct unix_skb_parms {
	__u32 consumed;
};
struct socket {
	struct sock *sk;
};
struct task_struct {
	int pid, tgid;
};
struct seq_file;
struct bpf_iter_meta {
	struct seq_file *seq;
};
struct bpf_iter__task_file {
	struct bpf_iter_meta *meta;
	struct task_struct *task;
	__u32 fd;
	struct file *file;
};
#pragma clang attribute pop

/* Set before each walk. dev: the kernel's own form of it. done: it was found. */
struct {
	__u64 ino;
	__u32 dev, done;
} wanted = {};

struct told {
	__u32 sort, size; /* size: of data */
	__u64 bytes;
	__u32 pieces, room, readers, writers; /* room: in pages */
	__u32 partly, moved, skip, unused; /* partly: data are not all of it. skip: bytes of the first buffer that were read already */
	char data[MOST + PART];
};
enum { A_PIPE = 1, A_SOCKET };

struct {
	__uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, struct told);
} scratch SEC(".maps");

static __always_inline void of_pipe(struct told *told, struct pipe_inode_info *pipe)
{
	__u32 head = BPF_CORE_READ(pipe, head), tail = BPF_CORE_READ(pipe, tail), size = BPF_CORE_READ(pipe, ring_size);
	void *bufs = BPF_CORE_READ(pipe, bufs);

	told->sort = A_PIPE;
	told->room = BPF_CORE_READ(pipe, max_usage);
	told->readers = BPF_CORE_READ(pipe, readers);
	told->writers = BPF_CORE_READ(pipe, writers);
	told->pieces = head - tail;
	told->partly = 1;
	for (__u32 at = 0; at < PIECES; at++) {
		struct pipe_buffer *buf;

		if (tail + at == head)
			break;
		buf = bufs + ((tail + at) & (size - 1)) * bpf_core_type_size(struct pipe_buffer);
		told->bytes += BPF_CORE_READ(buf, len);
	}
	if (head - tail > PIECES || BPF_CORE_READ(pipe, head) != head || BPF_CORE_READ(pipe, tail) != tail)
		told->moved = 1;
}

/* Bytes of the first buffer that were read already. */
static __always_inline __u32 read_of(struct sock *sock, struct sk_buff *buffer)
{
	void *cb = (void *)buffer + OFFSET(struct sk_buff, cb);
	__u32 begins = 0;

	if (BPF_CORE_READ(sock, __sk_common.skc_family) == AF_UNIX) {
		if (bpf_core_field_exists(struct unix_skb_parms, consumed))
			bpf_probe_read_kernel(&begins, sizeof(begins), cb + OFFSET(struct unix_skb_parms, consumed));
		return begins;
	}
	if (BPF_CORE_READ(sock, sk_protocol) != TCP || bpf_probe_read_kernel(&begins, sizeof(begins), cb))
		return 0;
	return BPF_CORE_READ((struct tcp_sock *)sock, copied_seq) - begins;
}

/* What is counted stands in memory, of which the verifier knows nothing, so that each turn of the loop looks alike to it. */
static __always_inline void of_socket(struct told *told, struct sock *sock)
{
	struct sk_buff_head *queue = (void *)sock + OFFSET(struct sock, sk_receive_queue);
	struct sk_buff *first = BPF_CORE_READ(queue, next), *last = BPF_CORE_READ(queue, prev), *buffer = first;

	told->sort = A_SOCKET;
	if (first && (void *)first != (void *)queue)
		told->skip = read_of(sock, first);
	if (told->skip > BPF_CORE_READ(first, len))
		told->skip = 0;
	for (__u32 at = 0; at < PIECES; at++) {
		__u32 length, linear, part, filled;

		if (!buffer || (void *)buffer == (void *)queue)
			break;
		length = BPF_CORE_READ(buffer, len) - told->skip;
		linear = BPF_CORE_READ(buffer, len) - BPF_CORE_READ(buffer, data_len);
		part = linear > told->skip ? linear - told->skip : 0;
		told->bytes += length;
		told->pieces++;
		if (!told->partly) {
			filled = told->size;
			KEEP(filled);
			filled &= MOST - 1;
			if (part > PART)
				part = PART;
			told->partly = part < length;
			KEEP(part);
			part &= 2 * PART - 1;
			if (part > PART)
				part = PART;
			if (part && bpf_probe_read_kernel(told->data + filled, part, BPF_CORE_READ(buffer, data) + told->skip)) {
				told->partly = 1;
			} else {
				told->size = filled + part;
				if (filled + part >= MOST)
					told->partly = 1;
			}
		}
		told->skip = 0;
		buffer = BPF_CORE_READ(buffer, next);
	}
	if ((buffer && (void *)buffer != (void *)queue) || BPF_CORE_READ(queue, next) != first || BPF_CORE_READ(queue, prev) != last)
		told->moved = 1;
}

SEC("iter/task_file")
int waiting(struct bpf_iter__task_file *context)
{
	struct file *file = context->file;
	__u32 zero = 0, size;
	struct inode *inode;
	struct told *told;

	if (!context->task || !file || wanted.done)
		return 0;
	inode = file->f_inode;
	if (inode->i_ino != wanted.ino || inode->i_sb->s_dev != wanted.dev)
		return 0;
	told = bpf_map_lookup_elem(&scratch, &zero);
	if (!told)
		return 0;
	told->sort = told->size = told->pieces = told->room = told->readers = told->writers = told->partly = told->moved = told->skip = 0;
	told->bytes = 0;
	if ((inode->i_mode & S_IFMT) == S_IFIFO)
		of_pipe(told, inode->i_pipe);
	else if (inode->i_sb->s_magic == SOCKFS)
		of_socket(told, BPF_CORE_READ((struct socket *)file->private_data, sk));
	else
		return 0;
	wanted.done = 1;
	size = told->size;
	if (size > MOST + PART)
		size = MOST + PART;
	bpf_seq_write(context->meta->seq, told, __builtin_offsetof(struct told, data) + size);
	return 0;
}
