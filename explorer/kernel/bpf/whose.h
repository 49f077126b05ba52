/* Whose call it is, and by which architecture's numbers. */
#pragma once
#include "maps.h"

/* A call's place in a table. */
static __always_inline __u32 place_of(long number)
{
	__u64 place = number & ~0x40000000LL;

	return place < CALLS ? place : CALLS - 1;
}

/* The number of a struct pid in procdive's namespace; 0 where it has none. */
__noinline int number_in(__u64 link)
{
	struct pid *pid = (void *)link;
	struct upid upid;

	for (__u32 level = 1; level <= 8; level++) {
		if (level > BPF_CORE_READ(pid, level) ||
		    bpf_probe_read_kernel(&upid, sizeof(upid), (void *)link + OFFSET(struct pid, numbers) + level * sizeof(upid)))
			break;
		if (BPF_CORE_READ(upid.ns, ns.inum) == settings.namespace)
			return upid.nr;
	}
	return 0;
}

/* The pid of a thread as procdive knows it; 0 where it cannot know it. */
static __always_inline __u32 known_as(struct task_struct *task)
{
	if (!settings.nested)
		return TASK(task, pid);
	return number_in(CASTS() ? LOAD(&task->thread_pid) : (__u64)BPF_CORE_READ(task, thread_pid));
}

static __always_inline __u32 process_of(struct task_struct *task)
{
	if (!settings.nested)
		return TASK(task, tgid);
	if (CASTS())
		return number_in(LOAD(LOAD(&task->group_leader) + OFFSET(struct task_struct, thread_pid)));
	return number_in((__u64)BPF_CORE_READ(task, group_leader, thread_pid));
}

static __always_inline int maybe(__u32 pid)
{
	return settings.maybe[pid & (PIDS - 1)];
}

static __always_inline int arch_of(struct task_struct *task, long number)
{
#if defined(__TARGET_ARCH_x86)
	if (TASK(task, thread_info.status) & 2)
		return I386;
	return number & 0x40000000 ? X32 : X86_64;
#else
	return TASK(task, thread_info.flags) >> 22 & 1 ? ARM : AARCH64;
#endif
}

static __always_inline void arguments(__u64 *to, struct pt_regs *regs, int arch)
{
#if defined(__TARGET_ARCH_x86)
	if (arch == I386) {
		to[0] = (__u32)regs->bx;
		to[1] = (__u32)regs->cx;
		to[2] = (__u32)regs->dx;
		to[3] = (__u32)regs->si;
		to[4] = (__u32)regs->di;
		to[5] = (__u32)regs->bp;
		return;
	}
	to[0] = regs->di;
	to[1] = regs->si;
	to[2] = regs->dx;
	to[3] = regs->r10;
	to[4] = regs->r8;
	to[5] = regs->r9;
#else
	to[0] = regs->orig_x0;
	to[1] = regs->regs[1];
	to[2] = regs->regs[2];
	to[3] = regs->regs[3];
	to[4] = regs->regs[4];
	to[5] = regs->regs[5];
#endif
}
