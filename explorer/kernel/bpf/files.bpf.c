/* Every process and every open file of the machine, each a record, written into the file that a reader of an iterator reads.
 *
 * What stat(2), the link in /proc/PID/fd and the common lines of fdinfo say is in the record; lines of a kind's own are not: there
 * told & FDINFO. explorer/decode/bpf_iter/ has the same layouts.
 */
#include "files.h"
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_core_read.h>

#define OFFSET(TYPE, MEMBER) bpf_core_field_offset(TYPE, MEMBER)
#define LEVELS 8
#define O_CLOEXEC 02000000
#define AF_UNIX 1
#define SOCKFS 0x534F434B
#define MQUEUE 0x19800202
#define NAME 4096

#define ANON_INODE_FS 0x09041934
#define PIPEFS 0x50495045
#define S_IFMT 0170000
#define S_IFIFO 0010000
#define S_IFCHR 0020000

char LICENSE[] SEC("license") = "GPL";

/* Set before loading. namespace: inode of procdive's pid namespace, 0 for the machine's own. paths: whether programs may ask for paths. */
const volatile struct {
	__u32 namespace, paths;
} here = {};

enum told { NAMED = 1, FDINFO = 2, SOCKET = 4, COUNTER = 8, HAS_MM = 1, HAS_FILES = 2 };

/* After the pid equal for equal descriptors of other processes. */
struct row {
	__u32 pid;
	__u16 size, told;
	__u32 fd, flags;
	__u64 pos, ino, bytes;
	/* Of a socket rdev is its network namespace, links how many descriptors wait in it; of an eventfd bytes is its count, links its number,
	 * rdev its flags. */
	__u32 dev, rdev, mode, links;
	__u32 mnt_id, magic;
	char name[NAME]; /* as the link; of a socket its protocol */
};
struct place {
	__u64 ino, bytes;
	__u32 dev, mode, links, magic;
};
struct process {
	__u16 size, told;
	__u32 pid;
	__u64 start; /* nanoseconds since boot */
	__u32 uid, flags, net, mnt;
	char comm[16];
	struct place pwd, root, exe;
};

/* A descriptor of something that has several. id: an inode; of an eventfd the number that fdinfo has; of a terminal its index. */
struct end {
	__u32 pid, fd;
	__u64 id;
	__u32 flags, dev;
	__u64 sort;
};
enum { SOCKET_END = 1, PIPE_END, EVENTFD_END, FIFO_END, TERMINAL };
#define PTMX (5 << 20 | 2)
#define PTS 136 /* the first of 8 majors: include/uapi/linux/major.h, UNIX98_PTY_SLAVE_MAJOR */
#define MASTER (1 << 20)

struct {
	__uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, struct row);
} scratch SEC(".maps");

/* The pid of a process as procdive knows it; 0 where it cannot know it. */
static __always_inline __u32 known_as(struct task_struct *task)
{
	struct pid *pid;
	struct upid upid;

	if (!here.namespace)
		return task->tgid;
	pid = BPF_CORE_READ(task, thread_pid);
	for (__u32 level = 1; level <= LEVELS; level++) {
		if (level > BPF_CORE_READ(pid, level) ||
		    bpf_probe_read_kernel(&upid, sizeof(upid), (void *)pid + OFFSET(struct pid, numbers) + level * sizeof(upid)))
			break;
		if (BPF_CORE_READ(upid.ns, ns.inum) == here.namespace)
			return upid.nr;
	}
	return 0;
}

static __always_inline void found(struct place *place, struct inode *inode)
{
	place->ino = BPF_CORE_READ(inode, i_ino);
	place->bytes = BPF_CORE_READ(inode, i_size);
	place->dev = BPF_CORE_READ(inode, i_sb, s_dev);
	place->mode = BPF_CORE_READ(inode, i_mode);
	place->links = BPF_CORE_READ(inode, i_nlink);
	place->magic = BPF_CORE_READ(inode, i_sb, s_magic);
}

SEC("iter/task")
int processes(struct bpf_iter__task *context)
{
	struct task_struct *task = context->task;
	struct process process = {};

	if (!task || task->pid != task->tgid)
		return 0;
	process.size = sizeof(process);
	process.pid = known_as(task);
	if (!process.pid)
		return 0;
	process.start = task->start_boottime;
	process.uid = BPF_CORE_READ(task, real_cred, euid.val);
	process.flags = task->flags;
	process.net = BPF_CORE_READ(task, nsproxy, net_ns, ns.inum);
	process.mnt = BPF_CORE_READ(task, nsproxy, mnt_ns, ns.inum);
	bpf_probe_read_kernel(process.comm, sizeof(process.comm), task->comm);
	process.told = (BPF_CORE_READ(task, mm) ? HAS_MM : 0) | (BPF_CORE_READ(task, files) ? HAS_FILES : 0);
	found(&process.pwd, BPF_CORE_READ(task, fs, pwd.dentry, d_inode));
	found(&process.root, BPF_CORE_READ(task, fs, root.dentry, d_inode));
	found(&process.exe, BPF_CORE_READ(task, mm, exe_file, f_inode));
	bpf_seq_write(context->meta->seq, &process, sizeof(process));
	return 0;
}

static __always_inline int holds(struct file_lock_context *locks, __u32 offset)
{
	void *list = (void *)locks + offset, *first = list;

	bpf_probe_read_kernel(&first, sizeof(first), list);
	return first != list;
}

/* Whether fdinfo has lines about locks (fs/locks.c, show_fd_locks). */
static __always_inline int locked(struct inode *inode)
{
	struct file_lock_context *locks = BPF_CORE_READ(inode, i_flctx);

	return locks && (holds(locks, OFFSET(struct file_lock_context, flc_flock)) || holds(locks, OFFSET(struct file_lock_context, flc_posix)) ||
			 holds(locks, OFFSET(struct file_lock_context, flc_lease)));
}

static __always_inline __u32 closed_on_exec(struct task_struct *task, __u32 fd)
{
	unsigned long *bits = BPF_CORE_READ(task, files, fdt, close_on_exec), word = 0;

	bpf_probe_read_kernel(&word, sizeof(word), bits + fd / (8 * sizeof(word)));
	return word >> fd % (8 * sizeof(word)) & 1 ? O_CLOEXEC : 0;
}

static __always_inline int is_eventfd(struct file *file)
{
	const unsigned char *name = BPF_CORE_READ(file, f_path.dentry, d_name.name);
	char word[9] = {};

	bpf_probe_read_kernel(word, 8, name);
	return word[0] == '[' && word[1] == 'e' && word[2] == 'v' && word[3] == 'e' && word[4] == 'n' && word[5] == 't' && word[6] == 'f';
}

/* Bytes of name that it has. */
static __always_inline __u32 of_socket(struct row *row, struct file *file)
{
	struct socket *socket = (struct socket *)BPF_CORE_READ(file, private_data);
	struct sock *sock = BPF_CORE_READ(socket, sk);
	long size;

	row->told |= SOCKET;
	row->rdev = BPF_CORE_READ(sock, __sk_common.skc_net.net, ns.inum);
	row->links = 0;
	if (BPF_CORE_READ(sock, __sk_common.skc_family) == AF_UNIX && bpf_core_field_exists(struct unix_sock, scm_stat))
		row->links = BPF_CORE_READ((struct unix_sock *)sock, scm_stat.nr_fds.counter);
	else if (BPF_CORE_READ(socket, ops, show_fdinfo))
		row->told |= FDINFO;
	size = bpf_probe_read_kernel_str(row->name, 32, (void *)BPF_CORE_READ(sock, __sk_common.skc_prot) + OFFSET(struct proto, name));
	if (size <= 1)
		return 0;
	row->told |= NAMED;
	return size - 1;
}

SEC("iter/task_file")
int ends(struct bpf_iter__task_file *context)
{
	struct task_struct *task = context->task;
	struct file *file = context->file;
	struct end end = {};
	struct inode *inode;
	unsigned long magic;

	if (!task || !file || task->pid != task->tgid)
		return 0;
	inode = file->f_inode;
	magic = inode->i_sb->s_magic;
	end.id = inode->i_ino;
	if (magic == SOCKFS) {
		end.sort = SOCKET_END;
	} else if (magic == PIPEFS) {
		end.sort = PIPE_END;
	} else if (magic == ANON_INODE_FS && is_eventfd(file)) {
		end.sort = EVENTFD_END;
		end.id = BPF_CORE_READ((struct eventfd_ctx *)file->private_data, id);
	} else if ((inode->i_mode & S_IFMT) == S_IFIFO || magic == MQUEUE) {
		end.sort = FIFO_END; /* a message queue likewise is known by its path */
		end.dev = inode->i_sb->s_dev;
	} else if ((inode->i_mode & S_IFMT) == S_IFCHR && inode->i_rdev == PTMX) {
		end.sort = TERMINAL;
		end.id = MASTER;
	} else if ((inode->i_mode & S_IFMT) == S_IFCHR && inode->i_rdev >> 20 >= PTS && inode->i_rdev >> 20 < PTS + 8) {
		end.sort = TERMINAL;
		end.id = inode->i_rdev & 0xFFFFF;
	} else {
		return 0;
	}
	end.pid = known_as(task);
	if (!end.pid)
		return 0;
	end.fd = context->fd;
	end.flags = file->f_flags;
	bpf_seq_write(context->meta->seq, &end, sizeof(end));
	return 0;
}

SEC("iter/task_file")
int files(struct bpf_iter__task_file *context)
{
	struct task_struct *task = context->task;
	struct file *file = context->file;
	__u32 zero = 0, length = 0;
	struct inode *inode;
	struct row *row;
	void *mount;
	long size;

	if (!task || !file || task->pid != task->tgid)
		return 0;
	row = bpf_map_lookup_elem(&scratch, &zero);
	if (!row)
		return 0;
	row->pid = known_as(task);
	if (!row->pid)
		return 0;
	inode = file->f_inode;
	row->told = 0;
	row->fd = context->fd;
	row->flags = (file->f_flags & ~O_CLOEXEC) | closed_on_exec(task, context->fd);
	row->pos = file->f_pos;
	row->ino = inode->i_ino;
	row->bytes = inode->i_size;
	row->dev = inode->i_sb->s_dev;
	row->rdev = inode->i_rdev;
	row->mode = inode->i_mode;
	row->links = inode->i_nlink;
	row->magic = inode->i_sb->s_magic;
	mount = (void *)BPF_CORE_READ(file, f_path.mnt) - OFFSET(struct mount, mnt);
	row->mnt_id = BPF_CORE_READ((struct mount *)mount, mnt_id);
	if (row->magic == SOCKFS) {
		length = of_socket(row, file);
	} else {
		if (BPF_CORE_READ(file, f_op, show_fdinfo) || locked(inode))
			row->told |= FDINFO;
		if (row->magic == ANON_INODE_FS && is_eventfd(file)) {
			row->told |= COUNTER;
			row->bytes = BPF_CORE_READ((struct eventfd_ctx *)file->private_data, count);
			row->links = BPF_CORE_READ((struct eventfd_ctx *)file->private_data, id);
			row->rdev = BPF_CORE_READ((struct eventfd_ctx *)file->private_data, flags);
		}
		if (here.paths) {
			size = bpf_d_path(&file->f_path, row->name, NAME);
			if (size > 1 && size <= NAME) {
				row->told |= NAMED;
				length = size - 1;
			}
		}
	}
	length &= NAME - 1;
	row->size = __builtin_offsetof(struct row, name) + length;
	bpf_seq_write(context->meta->seq, row, __builtin_offsetof(struct row, name) + length);
	return 0;
}
