/* What of the kernel's own structures the walk over open files looks at, by CO-RE: members are found by name in the running kernel's BTF. */
#pragma once

typedef unsigned char __u8;
typedef unsigned short __u16;
typedef unsigned int __u32;
typedef int __s32;
typedef unsigned long long __u64;
typedef long long __s64;
typedef __u16 __be16;
typedef __u32 __be32;
typedef __u32 __wsum;

enum { BPF_MAP_TYPE_PERCPU_ARRAY = 6 };

#pragma clang attribute push(__attribute__((preserve_access_index)), apply_to = record)

struct list_head {
	struct list_head *next;
};
struct file_lock_context {
	struct list_head flc_flock, flc_posix, flc_lease;
};
struct super_block {
	__u32 s_dev;
	unsigned long s_magic;
};
struct inode {
	unsigned short i_mode;
	__u32 i_rdev;
	unsigned long i_ino;
	unsigned int i_nlink;
	long long i_size;
	struct super_block *i_sb;
	struct file_lock_context *i_flctx;
};
struct qstr {
	const unsigned char *name;
};
struct dentry {
	struct qstr d_name;
	struct inode *d_inode;
};
struct vfsmount {
	struct dentry *mnt_root;
};
struct mount {
	struct vfsmount mnt;
	int mnt_id;
};
struct path {
	struct vfsmount *mnt;
	struct dentry *dentry;
};
struct eventfd_ctx {
	__u64 count;
	unsigned int flags;
	int id;
};
struct file_operations {
	void *show_fdinfo;
};
struct file {
	void *private_data;
	struct inode *f_inode;
	struct path f_path;
	long long f_pos;
	unsigned int f_flags;
	const struct file_operations *f_op;
};
struct fdtable {
	unsigned long *close_on_exec;
};
struct files_struct {
	struct fdtable *fdt;
};
struct fs_struct {
	struct path root, pwd;
};
struct mm_struct {
	struct file *exe_file;
};
struct ns_common {
	unsigned int inum;
};
struct pid_namespace {
	struct ns_common ns;
};
struct mnt_namespace {
	struct ns_common ns;
};
struct net {
	struct ns_common ns;
};
struct nsproxy {
	struct mnt_namespace *mnt_ns;
	struct net *net_ns;
};
struct upid {
	int nr;
	struct pid_namespace *ns;
};
struct pid {
	unsigned int level;
	struct upid numbers[1];
};
typedef struct {
	__u32 val;
} kuid_t;
struct cred {
	kuid_t euid;
};
struct task_struct {
	int pid, tgid;
	unsigned int flags;
	__u64 start_boottime;
	struct pid *thread_pid;
	const struct cred *real_cred;
	char comm[16];
	struct fs_struct *fs;
	struct files_struct *files;
	struct mm_struct *mm;
	struct nsproxy *nsproxy;
};
struct proto {
	char name[32];
};
struct possible_net {
	struct net *net;
};
struct sock_common {
	unsigned short skc_family;
	struct proto *skc_prot;
	struct possible_net skc_net;
};
struct sock {
	struct sock_common __sk_common;
};
struct proto_ops {
	void *show_fdinfo;
};
struct socket {
	struct sock *sk;
	const struct proto_ops *ops;
};
struct counter {
	int counter;
};
struct scm_stat {
	struct counter nr_fds;
};
struct unix_sock {
	struct scm_stat scm_stat;
};
struct seq_file;
struct bpf_iter_meta {
	struct seq_file *seq;
};
struct bpf_iter__task {
	struct bpf_iter_meta *meta;
	struct task_struct *task;
};
struct bpf_iter__task_file {
	struct bpf_iter_meta *meta;
	struct task_struct *task;
	__u32 fd;
	struct file *file;
};

#pragma clang attribute pop
