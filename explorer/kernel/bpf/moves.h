/* Folders that are renamed: what lies below them has another name then, and an entry of its own that is as before. */
#pragma once
#include "maps.h"

#define S_IFMT 0170000
#define S_IFDIR 0040000

static __always_inline void moved(struct dentry *dentry)
{
	struct inode *inode = dentry->d_inode;

	if (inode && (inode->i_mode & S_IFMT) == S_IFDIR)
		settings.moves++;
}

SEC("fexit/d_move")
int BPF_PROG(d_move, struct dentry *dentry)
{
	moved(dentry);
	return 0;
}

SEC("fexit/d_exchange")
int BPF_PROG(d_exchange, struct dentry *one, struct dentry *other)
{
	moved(one);
	moved(other);
	return 0;
}
