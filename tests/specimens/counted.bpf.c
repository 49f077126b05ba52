/* Each system call of one process: counted by its number, and told to a ring; what the loader's tests load. */
typedef unsigned char __u8;
typedef unsigned short __u16;
typedef int __s32;
typedef unsigned int __u32;
typedef long long __s64;
typedef unsigned long long __u64;
typedef __u16 __be16;
typedef __u32 __be32;
typedef __u32 __wsum;
#include <bpf/bpf_helpers.h>

char LICENSE[] SEC("license") = "GPL";

const volatile struct {
	__u32 pid;
	__u32 mark;
} constants = {};

struct {
	__u32 on;
	__u32 number;
} settings SEC(".data.settings") = {};

__u64 told = 0;
__u64 lost = 0;

struct {
	__uint(type, 27); /* BPF_MAP_TYPE_RINGBUF */
	__uint(max_entries, 65536);
} ring SEC(".maps");

struct {
	__uint(type, 5); /* BPF_MAP_TYPE_PERCPU_HASH */
	__uint(max_entries, 1024);
	__type(key, __u32);
	__type(value, __u32);
} numbers SEC(".maps");

struct {
	__uint(type, 1); /* BPF_MAP_TYPE_HASH */
	__uint(max_entries, 64);
	__type(key, __u32);
	__type(value, __u64);
} table SEC(".maps");

struct {
	__uint(type, 1);
	__uint(max_entries, 4);
	__type(key, __u32);
	__type(value, __u64);
} unused SEC(".maps");

SEC("tp_btf/sys_enter")
int begins(__u64 *context)
{
	__u32 number = context[1], *count;

	if (bpf_get_current_pid_tgid() >> 32 != constants.pid || !settings.on || number != settings.number)
		return 0;
	count = bpf_map_lookup_elem(&numbers, &number);
	if (count) {
		*count += 1;
	} else {
		__u32 one = 1;
		bpf_map_update_elem(&numbers, &number, &one, 0);
	}
	__u64 nth = told++;
	__u64 *row = bpf_ringbuf_reserve(&ring, 16, 0);
	if (!row) {
		lost++;
		return 0;
	}
	row[0] = nth;
	row[1] = constants.mark;
	if (nth % 4 == 3)
		bpf_ringbuf_discard(row, 1);
	else
		bpf_ringbuf_submit(row, 1);
	return 0;
}

SEC("tp_btf/sys_exit")
int ends(__u64 *context)
{
	(void)context;
	return 0;
}

#ifdef WRONG
SEC("tp_btf/sys_exit")
int wrong(__u64 *context)
{
	return *(__u32 *)context[1];
}
#endif
