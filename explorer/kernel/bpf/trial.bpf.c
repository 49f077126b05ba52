/* Whether programs like ours can run at all: one of the kind, with the memory and the ring that they use. See support.py. */
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

__u32 ran = 0;

struct {
	__uint(type, 27); /* BPF_MAP_TYPE_RINGBUF */
	__uint(max_entries, 4096);
} ring SEC(".maps");

SEC("tp_btf/sys_enter")
int begins(__u64 *context)
{
	__u32 *told;
	__u64 word;

	if (ran || bpf_probe_read_kernel(&word, sizeof(word), (void *)bpf_get_current_task()))
		return 0;
	ran = 1; /* once: for as long as it is attached every process of the machine comes by here */
	told = bpf_ringbuf_reserve(&ring, 8, 0);
	if (told) {
		told[0] = told[1] = 1;
		bpf_ringbuf_submit(told, 1); /* BPF_RB_NO_WAKEUP */
	}
	return 0;
}
