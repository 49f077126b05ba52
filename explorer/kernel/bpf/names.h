/* What a descriptor is at this moment: an identity for the record, and its name, told once for each identity.
 *
 * An identity is a number made of where a file is (mount, directory entry, the names of it and of all above it, whether it is
 * unlinked), so it changes when the file is renamed or deleted, or a directory above it renamed. Older kernels, where going up costs
 * too much, count the renames of directories instead (moves.h). Of what has no place (pipes, sockets, anonymous inodes) the inode
 * number is in it.
 */
#pragma once
#include "maps.h"

#define ABOVE 24	/* directories above a file that its identity is made of, where they can be had for nothing */
#define STEPS 256	/* names and mounts on a path at most */
#define NAME_MOST 256
#define TOLD_MOST 8192

/* Head of a name's record: result is the identity, number what of name_flags; args: inode, device, magic of the file system, mode
 * (of devices their number above), count of names. data: address of a socket, then names, each ended by NUL, the last one first. */
enum name_flags { UNLINKED = 1, ROOTLESS = 2, CUT = 4, SOCKET = 8 };

struct address {
	__u16 family, type, protocol;
	__u8 state, path_size;
	__u16 local_port, remote_port;
	__u32 pad;
	__u8 local[16], remote[16];
	__u64 peer;		/* unix: the inode of the other end */
	__u8 path[112];		/* unix */
};

struct entry {			/* what is read of a dentry at once */
	__u64 next, pprev, parent, hash, name, inode;
};

#define SOCKFS 0x534f434b

PER_CPU(looked, struct entry); /* by whoever looks at one: not on the stack, of which a chain of calls has 512 bytes in all */

static __always_inline int entry_of(struct entry *entry, __u64 dentry)
{
	__u64 start = OFFSET(struct dentry, d_hash);

	/* d_hash to d_inode lie side by side in every kernel since 3.x; where they would not, nothing is read. */
	if (OFFSET(struct dentry, d_inode) - start != 40)
		return -1;
	dentry += start;
	if (CASTS()) {
		entry->pprev = LOAD(dentry + 8);
		entry->parent = LOAD(dentry + 16);
		entry->hash = LOAD(dentry + 24);
		entry->name = LOAD(dentry + 32);
		entry->inode = LOAD(dentry + 40);
		return 0;
	}
	return bpf_probe_read_kernel(entry, sizeof(*entry), (void *)dentry);
}

static __always_inline __u64 mixed(__u64 a, __u64 b)
{
	a = (a ^ (b + 0x9e3779b97f4a7c15ULL + (a << 6) + (a >> 2))) * 0xff51afd7ed558ccdULL;
	return a ^ (a >> 32);
}

/* One step up: the name of the dentry that the walk is at goes into the telling. Where it is, the telling's head keeps:
 * time the dentry, args[5] the mount, took the place for the next name, args[4] how many there are. 1 at the end. */
__noinline int step(void)
{
	struct record *told = only(&tellings);
	struct vfsmount *in;
	struct entry *entry = only(&looked);
	__u64 dentry;
	__u32 at;
	long size;

	if (!told)
		return 1;
	dentry = told->head.time;
	in = (void *)told->head.args[5];
	if (dentry == settings.root_entry && (__u64)in == settings.root_mount)
		return 1;
	if (dentry == (__u64)BPF_CORE_READ(in, mnt_root)) {
		__u64 offset = OFFSET(struct mount, mnt);
		struct mount *here = (void *)in - offset, *above = BPF_CORE_READ(here, mnt_parent);

		if (!above || above == here)
			return 1;
		told->head.time = (__u64)BPF_CORE_READ(here, mnt_mountpoint);
		told->head.args[5] = (__u64)above + offset;
		return 0;
	}
	at = told->head.took;
	if (!entry || entry_of(entry, dentry) || at >= TOLD_MOST) {
		told->head.number |= CUT;
		return 1;
	}
	size = bpf_probe_read_kernel_str(&told->data[at & (TOLD_MOST - 1)], NAME_MOST, (void *)entry->name);
	if (size > 0) {
		told->head.took = at + size;
		told->head.args[4]++;
	}
	told->head.time = entry->parent;
	if (entry->parent != dentry)
		return 0;
	told->head.number |= ROOTLESS;
	return 1;
}

/* Names from a dentry up to the root, into the telling. */
static __always_inline void walk(struct record *told, __u64 mount, __u64 dentry)
{
	told->head.time = dentry;
	told->head.args[5] = mount;
	told->head.took = sizeof(struct address);
	for (int i = 0; i < STEPS; i++)
		if (step())
			return;
	told->head.number |= CUT;
}

/* The addresses of a socket, into the telling. */
__noinline int address(__u64 inode_of)
{
	struct record *told = only(&tellings);
	struct socket *socket = (void *)inode_of;
	struct address *to;
	struct sock *sock;

	if (!told)
		return 0;
	to = (void *)told->data;
	sock = BPF_CORE_READ(socket, sk);
	if (!sock)
		return 0;
	to->family = BPF_CORE_READ(sock, __sk_common.skc_family);
	to->state = BPF_CORE_READ(sock, __sk_common.skc_state);
	to->type = BPF_CORE_READ(socket, type);
	to->protocol = BPF_CORE_READ(sock, sk_protocol);
	if (to->family == 2) {
		__u32 local = BPF_CORE_READ(sock, __sk_common.skc_rcv_saddr), remote = BPF_CORE_READ(sock, __sk_common.skc_daddr);

		__builtin_memcpy(to->local, &local, 4);
		__builtin_memcpy(to->remote, &remote, 4);
	} else if (to->family == 10) {
		bpf_core_read(to->local, 16, &sock->__sk_common.skc_v6_rcv_saddr);
		bpf_core_read(to->remote, 16, &sock->__sk_common.skc_v6_daddr);
	}
	if (to->family == 2 || to->family == 10) {
		to->local_port = BPF_CORE_READ(sock, __sk_common.skc_num);
		to->remote_port = __builtin_bswap16(BPF_CORE_READ(sock, __sk_common.skc_dport));
	}
	if (to->family == 1) {
		struct unix_sock *unix_socket = (void *)sock;
		struct unix_address *bound = BPF_CORE_READ(unix_socket, addr);
		struct sock *peer = BPF_CORE_READ(unix_socket, peer);

		if (bound) {
			__u32 size = BPF_CORE_READ(bound, len);

			if (size > sizeof(to->path))
				size = sizeof(to->path);
			if (!bpf_probe_read_kernel(to->path, size, &bound->name[0]))
				to->path_size = size;
		}
		if (peer)
			to->peer = BPF_CORE_READ(peer, sk_socket, file, f_inode, i_ino);
	}
	told->head.number |= SOCKET;
	return 1;
}

/* The record of a name. file: of a descriptor; 0 for a directory that is only known by its place. */
__noinline int tell(__u64 id, __u64 mount, __u64 dentry, __u64 file)
{
	struct record *told = only(&tellings);
	struct entry *entry = only(&looked);
	struct inode *inode;
	struct file *of = (void *)file;
	__u32 size;

	if (!told || !entry || entry_of(entry, dentry))
		return -1;
	__builtin_memset(&told->head, 0, sizeof(told->head));
	__builtin_memset(told->data, 0, sizeof(struct address));
	inode = (void *)entry->inode;
	told->head.kind = NAME;
	told->head.result = id;
	told->head.lost = settings.lost;
	told->head.number = entry->pprev || entry->parent == dentry ? 0 : UNLINKED;
	told->head.args[0] = BPF_CORE_READ(inode, i_ino);
	told->head.args[1] = BPF_CORE_READ(inode, i_sb, s_dev);
	told->head.args[2] = BPF_CORE_READ(inode, i_sb, s_magic);
	told->head.args[3] = BPF_CORE_READ(inode, i_mode) | (__u64)BPF_CORE_READ(inode, i_rdev) << 32;
	walk(told, mount, dentry);
	if (told->head.args[2] == SOCKFS && file)
		address((__u64)BPF_CORE_READ(of, private_data));
	size = told->head.took;
	BOUND(size, TOLD_MOST + NAME_MOST);
	size += sizeof(told->head);
	if (bpf_ringbuf_output(&ring, told, size, BPF_RB_NO_WAKEUP))
		return -1;
	settings.seen[id >> 1 & (SEEN - 1)] = id;
	return 0;
}

/* The identity of what is at a place; its name is told where it was not. again: told in any case. 0 where there is none. */
static __always_inline __u64 identified(__u64 mount, __u64 dentry, __u64 file, __u32 again)
{
	__u64 id, at;

	if (!dentry)
		return 0;
	if (CASTS()) {
		__u64 parent = LOAD(dentry + OFFSET(struct dentry, d_parent)), name = dentry + OFFSET(struct dentry, d_name);

		id = parent ^ (LOAD(dentry + OFFSET(struct dentry, d_hash) + 8) ? 0 : 1);
		id = mixed(mixed(id, LOAD(name)), mount ^ LOAD(name + 8));
		if (parent == dentry)
			id = mixed(id, LOAD(LOAD(dentry + OFFSET(struct dentry, d_inode)) + OFFSET(struct inode, i_ino)));
		/* The directories above it, too: one of them may be renamed. */
		at = parent;
		for (int i = 0; i < ABOVE; i++) {
			parent = LOAD(at + OFFSET(struct dentry, d_parent));
			if (parent == at)
				break;
			id = mixed(id, parent ^ LOAD(at + OFFSET(struct dentry, d_name)));
			at = parent;
		}
	} else {
		struct entry *entry = only(&looked);
		struct inode *inode;
		__u64 number = 0;

		if (!entry || entry_of(entry, dentry))
			return 0;
		inode = (void *)entry->inode;
		if (entry->parent == dentry)
			number = BPF_CORE_READ(inode, i_ino);
		id = mixed(mixed(entry->parent ^ (entry->pprev ? 0 : 1), entry->hash), mixed(mount, number ^ entry->name));
		id = mixed(id, settings.moves);
	}
	id |= 1;
	if (again || settings.seen[id >> 1 & (SEEN - 1)] != id)
		tell(id, mount, dentry, file);
	return id;
}

__noinline __u64 identity(__u64 mount, __u64 dentry, __u64 file, __u32 again)
{
	return identified(mount, dentry, file, again);
}

/* Of a descriptor of the current thread, where the kernel lets programs cast: without a call, for each call of a busy process has one. */
static __always_inline __u64 opened(struct task_struct *task, __u32 fd, __u32 again)
{
	__u64 table = LOAD(LOAD(&task->files) + OFFSET(struct files_struct, fdt)), open;

	if (fd >= (__u32)LOAD(table + OFFSET(struct fdtable, max_fds)))
		return 0;
	open = LOAD(LOAD(table + OFFSET(struct fdtable, fd)) + fd * sizeof(struct file *));
	if (!open)
		return 0;
	return identified(LOAD(open + OFFSET(struct file, f_path)), LOAD(open + OFFSET(struct file, f_path) + 8), open, again);
}

/* Of a descriptor of the current thread. */
__noinline __u64 identity_of(__u32 fd, __u32 again)
{
	struct task_struct *task = CURRENT();
	struct file **place, *file = 0;
	struct path path;

	if (CASTS())
		return opened(task, fd, again);
	if (fd >= BPF_CORE_READ(task, files, fdt, max_fds))
		return 0;
	place = BPF_CORE_READ(task, files, fdt, fd) + fd;
	if (bpf_probe_read_kernel(&file, sizeof(file), place) || !file)
		return 0;
	if (bpf_core_read(&path, sizeof(path), &file->f_path))
		return 0;
	return identity((__u64)path.mnt, (__u64)path.dentry, (__u64)file, again);
}

/* Of the working directory. */
__noinline __u64 identity_of_directory(void)
{
	struct task_struct *task = CURRENT();
	struct path path;
	struct fs_struct *fs;

	if (CASTS()) {
		__u64 pwd = LOAD(&task->fs) + OFFSET(struct fs_struct, pwd);

		return identity(LOAD(pwd), LOAD(pwd + 8), 0, 0);
	}
	fs = BPF_CORE_READ(task, fs);
	if (!fs || bpf_core_read(&path, sizeof(path), &fs->pwd))
		return 0;
	return identity((__u64)path.mnt, (__u64)path.dentry, 0, 0);
}

/* procdive itself makes a call: its root is where names end. */
__noinline int own_root(void)
{
	struct task_struct *task = CURRENT();
	struct path root;
	struct fs_struct *fs = CASTS() ? (void *)LOAD(&task->fs) : BPF_CORE_READ(task, fs);

	if (!fs || bpf_core_read(&root, sizeof(root), &fs->root))
		return 0;
	settings.root_mount = (__u64)root.mnt;
	settings.root_entry = (__u64)root.dentry;
	settings.own = 0;
	return 1;
}
