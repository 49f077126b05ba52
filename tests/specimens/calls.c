/* Makes each everyday system call, successful and failing, in an order that never changes; `calls bits`: every flag at once.
   Its working directory is to be empty. */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/futex.h>
#include <linux/netlink.h>
#include <linux/openat2.h>
#include <linux/sched.h>
#include <mqueue.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/file.h>
#include <sys/fsuid.h>
#include <sys/inotify.h>
#include <sys/ioctl.h>
#include <sys/ipc.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/msg.h>
#include <sys/prctl.h>
#include <sys/random.h>
#include <sys/resource.h>
#include <sys/select.h>
#include <sys/sem.h>
#include <sys/sendfile.h>
#include <sys/shm.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/statfs.h>
#include <sys/syscall.h>
#include <sys/sysinfo.h>
#include <sys/time.h>
#include <sys/timerfd.h>
#include <sys/times.h>
#include <sys/uio.h>
#include <sys/un.h>
#include <sys/utsname.h>
#include <sys/wait.h>
#include <sys/xattr.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>
#include <utime.h>

#define CALL(name, ...) syscall(SYS_##name, ##__VA_ARGS__)
#define BAD ((void *) 0x10)

static char buf[8192], big[5000];
static struct stat st;

static void files(void) {
    int fd = CALL(open, "plain", O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0640);
    CALL(write, fd, "hello, \"world\"\n\t\\\1\0012\377 end", 27);
    CALL(write, fd, big, sizeof big);
    CALL(write, fd, BAD, 5);
    CALL(write, fd, "", 0);
    CALL(pwrite64, fd, "0123456789012345678901234567890123456789", 40, 0x100000000LL);
    CALL(pread64, fd, buf, 5, 0L);
    CALL(pread64, fd, buf, 5, -1L);
    CALL(lseek, fd, 0L, SEEK_SET);
    CALL(lseek, fd, -5L, SEEK_END);
    CALL(lseek, fd, 0L, 99);
    CALL(read, fd, buf, 100);
    CALL(read, fd, buf, 100);
    CALL(read, 99, buf, 100);
    CALL(lseek, fd, 0L, SEEK_DATA);
    struct iovec two[2] = {{"abc", 3}, {"defghijklmnopqrstuvwxyz0123456789ABCDEFGH", 40}};
    CALL(writev, fd, two, 2);
    CALL(pwritev, fd, two, 2, 0L, 0L);
    CALL(pwritev2, fd, two, 2, 0L, 0L, 0);
    CALL(lseek, fd, 0L, SEEK_SET);
    struct iovec in[3] = {{buf, 2}, {buf + 100, 10}, {buf + 200, 7000}};
    CALL(readv, fd, in, 2);
    CALL(preadv, fd, in, 3, 10L, 0L);
    CALL(preadv2, fd, in, 2, 10L, 0L, 0x8 /* RWF_NOWAIT */);
    CALL(preadv2, fd, in, 2, -1L, -1L, 0);
    CALL(readv, 99, in, 2);
    CALL(writev, 99, BAD, 2);
    CALL(writev, fd, two, 0);
    CALL(ftruncate, fd, 100L);
    CALL(truncate, "plain", 4096L);
    CALL(truncate, "missing", -1L);
    CALL(fsync, fd);
    CALL(fdatasync, fd);
    CALL(syncfs, fd);
    CALL(sync_file_range, fd, 0L, 4096L, 7);
    CALL(fallocate, fd, 0, 0L, 8192L);
    CALL(fallocate, fd, 3, 0L, 4096L);
    CALL(fadvise64, fd, 0L, 0L, POSIX_FADV_SEQUENTIAL);
    CALL(readahead, fd, 0L, 4096L);
    int copy = CALL(dup, fd);
    CALL(dup2, fd, 20);
    CALL(dup3, fd, 21, O_CLOEXEC);
    CALL(dup3, fd, 21, O_NONBLOCK);
    CALL(close, copy);
    CALL(close, copy);
    CALL(close_range, 20, 21, 0);
    CALL(close_range, 30, ~0U, 4);
    int ends[2];
    CALL(pipe, ends);
    CALL(close, ends[0]);
    CALL(close, ends[1]);
    CALL(pipe2, ends, O_CLOEXEC | O_NONBLOCK);
    CALL(pipe2, BAD, O_CLOEXEC);
    CALL(read, ends[0], buf, 10);
    CALL(fcntl, fd, F_GETFL);
    CALL(fcntl, fd, F_SETFL, O_RDWR | O_APPEND);
    CALL(fcntl, fd, F_GETFD);
    CALL(fcntl, fd, F_SETFD, FD_CLOEXEC);
    CALL(fcntl, fd, F_SETFD, 0);
    CALL(fcntl, fd, F_GETFD);
    CALL(fcntl, fd, F_DUPFD, 40);
    CALL(fcntl, fd, F_DUPFD_CLOEXEC, 41);
    CALL(fcntl, fd, F_GETOWN);
    CALL(fcntl, fd, F_SETOWN, 0);
    CALL(fcntl, fd, F_SETSIG, SIGUSR1);
    CALL(fcntl, fd, F_GETSIG);
    CALL(fcntl, ends[0], F_GETPIPE_SZ);
    CALL(fcntl, ends[0], F_SETPIPE_SZ, 8192);
    CALL(fcntl, fd, 77, 5);
    struct flock lock = {.l_type = F_WRLCK, .l_whence = SEEK_SET, .l_start = 1, .l_len = 10};
    CALL(fcntl, fd, F_SETLK, &lock);
    CALL(fcntl, fd, F_GETLK, &lock);
    lock.l_type = F_UNLCK;
    CALL(fcntl, fd, F_SETLKW, &lock);
    lock.l_type = F_RDLCK;
    lock.l_pid = 0;
    CALL(fcntl, fd, F_OFD_SETLK, &lock);
    CALL(flock, fd, LOCK_EX | LOCK_NB);
    CALL(flock, fd, LOCK_UN);
    CALL(flock, fd, 77);
    int out = CALL(openat, AT_FDCWD, "copy", O_WRONLY | O_CREAT, 0600);
    off_t place = 0;
    CALL(lseek, fd, 0L, SEEK_SET);
    CALL(sendfile, out, fd, &place, 100);
    CALL(sendfile, out, fd, NULL, 100);
    CALL(sendfile, 99, fd, NULL, 100);
    long from = 0, to = 0;
    CALL(copy_file_range, fd, &from, out, &to, 10, 0);
    CALL(splice, fd, &from, ends[1], NULL, 10, 3);
    CALL(tee, ends[0], ends[1], 10, 2);
    CALL(vmsplice, ends[1], two, 1, 8);
    CALL(close, ends[0]);
    CALL(close, ends[1]);
    CALL(close, out);
    CALL(close, fd);
    int folder = CALL(open, ".", O_RDONLY | O_DIRECTORY);
    CALL(getdents64, folder, buf, sizeof buf);
    CALL(getdents64, folder, buf, sizeof buf);
    CALL(lseek, folder, 0L, SEEK_SET);
    CALL(getdents, folder, buf, sizeof buf);
    CALL(getdents64, 99, buf, sizeof buf);
    CALL(close, folder);
}

static void paths(void) {
    int here = CALL(open, ".", O_PATH | O_DIRECTORY | O_CLOEXEC);
    CALL(open, "missing", O_RDONLY);
    CALL(open, BAD, O_RDONLY);
    CALL(open, NULL, O_WRONLY | O_APPEND | O_NOFOLLOW);
    CALL(open, "plain", O_RDONLY | O_NOCTTY | O_NONBLOCK | O_SYNC | O_NOATIME | O_DIRECT | O_LARGEFILE | 0x40000000);
    CALL(open, ".", O_TMPFILE | O_RDWR, 0600);
    memset(big, 'x', 4900);
    CALL(open, big, O_RDONLY);
    CALL(openat, here, "plain", O_RDONLY | O_DSYNC);
    CALL(openat, 99, "plain", O_RDONLY | O_CREAT | O_EXCL, 04755);
    struct open_how how = {.flags = O_RDONLY | O_CLOEXEC, .resolve = RESOLVE_BENEATH | RESOLVE_NO_SYMLINKS};
    CALL(openat2, here, "plain", &how, sizeof how);
    how.flags = O_CREAT | O_RDWR; how.mode = 0600;
    CALL(openat2, AT_FDCWD, "plain", &how, sizeof how);
    CALL(creat, "created", 0600);
    CALL(access, "plain", F_OK);
    CALL(access, "missing", R_OK | W_OK | X_OK);
    CALL(faccessat, AT_FDCWD, "plain", R_OK);
    CALL(faccessat2, AT_FDCWD, "plain", R_OK, AT_EACCESS);
    CALL(stat, "plain", &st);
    CALL(stat, "missing", &st);
    CALL(lstat, "/dev/null", &st);
    CALL(lstat, "/tmp", &st);
    CALL(fstat, here, &st);
    CALL(fstat, 99, &st);
    CALL(newfstatat, here, "plain", &st, 0);
    CALL(newfstatat, here, "", &st, AT_EMPTY_PATH);
    CALL(newfstatat, AT_FDCWD, "missing", &st, AT_SYMLINK_NOFOLLOW);
    static char statx_buf[256];
    CALL(statx, AT_FDCWD, "missing", AT_SYMLINK_NOFOLLOW | AT_STATX_SYNC_AS_STAT, 0x7ff, statx_buf);
    CALL(statx, AT_FDCWD, "missing", 0x4000, 0xfff, statx_buf);
    CALL(statx, AT_FDCWD, "missing", 0x2000, 0x1201, statx_buf);
    struct statfs fs;
    CALL(statfs, "/proc", &fs);
    CALL(statfs, "missing", &fs);
    CALL(fstatfs, 99, &fs);
    CALL(mkdir, "folder", 0755);
    CALL(mkdir, "folder", 01777);
    CALL(mkdirat, here, "folder2", 0700);
    CALL(rmdir, "folder2");
    CALL(rename, "copy", "copy2");
    CALL(renameat, here, "copy2", AT_FDCWD, "copy3");
    CALL(renameat2, here, "copy3", here, "plain", 1);
    CALL(renameat2, here, "copy3", here, "plain", 0);
    CALL(link, "plain", "hard");
    CALL(linkat, here, "plain", here, "hard2", 0);
    CALL(linkat, here, "plain", here, "hard2", AT_SYMLINK_FOLLOW);
    CALL(symlink, "plain", "soft");
    CALL(symlinkat, "plain", here, "soft2");
    CALL(readlink, "soft", buf, 100);
    CALL(readlink, "plain", buf, 100);
    CALL(readlinkat, here, "soft2", buf, 3);
    CALL(unlink, "soft");
    CALL(unlinkat, here, "soft2", 0);
    CALL(unlinkat, here, "folder", AT_REMOVEDIR);
    CALL(unlink, "missing");
    CALL(mknod, "fifo", S_IFIFO | 0600, 0);
    CALL(mknod, "missing/x", S_IFCHR | 0600, 0x103);
    CALL(mknodat, here, "fifo", S_IFIFO | 04644, 0);
    CALL(chmod, "plain", 0600);
    CALL(chmod, "plain", 0);
    CALL(fchmod, 99, 07777);
    CALL(fchmodat, here, "plain", 0644);
    CALL(chown, "plain", -1, -1);
    CALL(lchown, "missing", 5, 6);
    CALL(fchown, 99, 5, -1);
    CALL(fchownat, here, "plain", -1, -1, AT_SYMLINK_NOFOLLOW);
    struct utimbuf times2 = {1, 2};
    CALL(utime, "plain", &times2);
    struct timeval tv[2] = {{1, 2}, {3, 4}};
    CALL(utimes, "plain", tv);
    CALL(futimesat, here, "plain", tv);
    struct timespec ts[2] = {{0, UTIME_NOW}, {0, UTIME_OMIT}};
    CALL(utimensat, here, "plain", ts, 0);
    ts[0].tv_nsec = 5; ts[1].tv_sec = 7; ts[1].tv_nsec = 999999999;
    CALL(utimensat, here, "plain", ts, AT_SYMLINK_NOFOLLOW);
    CALL(utimensat, here, "plain", NULL, 0);
    CALL(getcwd, buf, 4096);
    CALL(getcwd, buf, 1);
    CALL(chdir, ".");
    CALL(chdir, "missing");
    CALL(fchdir, here);
    CALL(chroot, "missing");
    CALL(umask, 077);
    CALL(umask, 022);
    CALL(setxattr, "plain", "user.one", "value", 5, 1);
    CALL(getxattr, "plain", "user.one", buf, 100);
    CALL(lgetxattr, "plain", "user.two", buf, 100);
    CALL(fgetxattr, 99, "user.one", buf, 100);
    CALL(listxattr, "missing", buf, 100);
    CALL(removexattr, "plain", "user.three");
    CALL(mount, "none", "missing", "tmpfs", MS_NOSUID | MS_NODEV, "size=1k");
    CALL(mount, NULL, "missing", NULL, MS_REC | MS_PRIVATE, NULL);
    CALL(umount2, "missing", MNT_DETACH | UMOUNT_NOFOLLOW);
    CALL(pivot_root, "missing", "missing2");
    CALL(close, here);
}

static void readiness(void) {
    int ends[2], other[2];
    CALL(pipe2, ends, 0);
    CALL(pipe2, other, 0);
    struct pollfd fds[3] = {{ends[0], POLLIN | POLLPRI, 0}, {other[1], POLLOUT, 0}, {-1, POLLIN, 0}};
    CALL(poll, fds, 1, 0);
    CALL(poll, fds, 3, 1000);
    CALL(poll, NULL, 0, 1);
    CALL(poll, BAD, 1, -1);
    struct timespec short_time = {0, 1000000}, second = {1, 0};
    sigset_t mask;
    sigemptyset(&mask);
    sigaddset(&mask, SIGUSR1);
    CALL(ppoll, fds, 1, &short_time, &mask, 8);
    CALL(ppoll, fds, 2, &second, NULL, 8);
    fd_set in, on;
    FD_ZERO(&in); FD_ZERO(&on);
    FD_SET(ends[0], &in); FD_SET(other[1], &on);
    struct timeval tenth = {0, 1000}, one = {1, 0};
    CALL(select, 30, &in, NULL, NULL, &tenth);
    FD_SET(ends[0], &in);
    CALL(select, 30, &in, &on, NULL, &one);
    CALL(select, -1, NULL, NULL, NULL, &one);
    struct { void *set; size_t size; } pair = {&mask, 8};
    FD_SET(ends[0], &in);
    second.tv_sec = 1; second.tv_nsec = 0;
    CALL(pselect6, 30, &in, &on, NULL, &second, &pair);
    second.tv_sec = 0; second.tv_nsec = 0;
    pair.set = NULL;
    FD_SET(ends[0], &in);
    CALL(pselect6, 30, &in, NULL, NULL, &second, &pair);
    CALL(pselect6, 0, NULL, NULL, NULL, &second, NULL);
    int ep = CALL(epoll_create1, EPOLL_CLOEXEC);
    CALL(epoll_create, 5);
    CALL(epoll_create1, 5);
    struct epoll_event event = {.events = EPOLLIN | EPOLLET, .data.u64 = 0x500000007}, got[4];
    CALL(epoll_ctl, ep, EPOLL_CTL_ADD, ends[0], &event);
    event.events = EPOLLOUT | EPOLLRDHUP; event.data.u64 = other[1];
    CALL(epoll_ctl, ep, EPOLL_CTL_ADD, other[1], &event);
    CALL(epoll_ctl, ep, EPOLL_CTL_MOD, 99, &event);
    CALL(epoll_ctl, ep, EPOLL_CTL_DEL, ends[0], NULL);
    CALL(epoll_ctl, ep, 9, ends[0], NULL);
    CALL(epoll_wait, ep, got, 4, 1000);
    CALL(epoll_wait, 99, got, 4, -1);
    CALL(epoll_pwait, ep, got, 4, 1000, &mask, 8);
    CALL(epoll_pwait, ep, got, 4, 0, NULL, 8);
    CALL(epoll_ctl, ep, EPOLL_CTL_DEL, other[1], &event);
    CALL(epoll_wait, ep, got, 4, 0);
    CALL(epoll_pwait2, ep, got, 4, &short_time, NULL, 8);
    int ev = CALL(eventfd2, 3, EFD_CLOEXEC | EFD_NONBLOCK);
    CALL(eventfd, 0);
    CALL(eventfd2, 0, 77);
    CALL(read, ev, buf, 8);
    CALL(signalfd4, -1, &mask, 8, SFD_CLOEXEC);
    CALL(signalfd, 99, &mask, 8);
    int ino = CALL(inotify_init1, IN_CLOEXEC);
    CALL(inotify_init);
    CALL(inotify_add_watch, ino, "plain", IN_MODIFY | IN_CLOSE_WRITE | IN_ONLYDIR);
    CALL(inotify_add_watch, ino, "plain", IN_ALL_EVENTS);
    CALL(inotify_rm_watch, ino, 1);
    CALL(fanotify_init, 77, O_RDONLY);
    CALL(memfd_create, "mem", MFD_CLOEXEC | MFD_ALLOW_SEALING);
    CALL(memfd_create, NULL, 0);
    CALL(userfaultfd, 5);
    CALL(pidfd_open, 999999, 0);
    CALL(pidfd_send_signal, 99, SIGTERM, NULL, 0);
    CALL(close_range, 3, 100, 0);
}

static void sockets(void) {
    struct sockaddr_in in4 = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    struct sockaddr_in6 in6 = {.sin6_family = AF_INET6, .sin6_port = htons(9), .sin6_addr = IN6ADDR_LOOPBACK_INIT, .sin6_scope_id = 0};
    struct sockaddr_un un = {.sun_family = AF_UNIX, .sun_path = "missing.sock"};
    struct sockaddr_nl nl = {.nl_family = AF_NETLINK};
    socklen_t length = sizeof in4;
    int server = CALL(socket, AF_INET, SOCK_STREAM | SOCK_CLOEXEC, IPPROTO_TCP);
    CALL(socket, AF_INET, SOCK_DGRAM | SOCK_NONBLOCK, IPPROTO_IP);
    CALL(socket, AF_INET, SOCK_RAW, IPPROTO_ICMP);
    CALL(socket, AF_UNIX, SOCK_SEQPACKET, 0);
    CALL(socket, AF_NETLINK, SOCK_RAW, NETLINK_ROUTE);
    CALL(socket, 99, 99, 99);
    int on = 1;
    CALL(setsockopt, server, SOL_SOCKET, SO_REUSEADDR, &on, 4);
    CALL(setsockopt, server, SOL_TCP, TCP_NODELAY, &on, 4);
    CALL(setsockopt, server, SOL_IP, 77, &on, 4);
    CALL(setsockopt, server, 77, 78, &on, 4);
    struct linger linger = {1, 5};
    CALL(setsockopt, server, SOL_SOCKET, SO_LINGER, &linger, sizeof linger);
    struct timeval five = {5, 0};
    CALL(setsockopt, server, SOL_SOCKET, SO_RCVTIMEO, &five, sizeof five);
    CALL(getsockopt, server, SOL_SOCKET, SO_TYPE, &on, &length);
    length = 4;
    CALL(getsockopt, server, SOL_SOCKET, SO_ERROR, &on, &length);
    CALL(getsockopt, 99, SOL_SOCKET, SO_ERROR, &on, &length);
    CALL(bind, server, &in4, sizeof in4);
    CALL(bind, server, &in6, sizeof in6);
    CALL(bind, server, &un, 5);
    CALL(listen, server, 5);
    CALL(listen, 99, 128);
    length = sizeof in4;
    CALL(getsockname, server, &in4, &length);
    length = 100;
    CALL(getpeername, server, &in4, &length);
    int client = CALL(socket, AF_INET, SOCK_STREAM, 0);
    CALL(connect, client, &in4, sizeof in4);
    length = sizeof in4;
    struct sockaddr_in peer;
    int served = CALL(accept4, server, &peer, &length, SOCK_CLOEXEC | SOCK_NONBLOCK);
    length = 100;
    CALL(accept4, 99, &peer, &length, SOCK_CLOEXEC);
    CALL(accept, 99, NULL, NULL);
    length = 100;
    CALL(getpeername, served, &peer, &length);
    CALL(sendto, client, "hello", 5, MSG_NOSIGNAL, NULL, 0);
    CALL(recvfrom, served, buf, 100, 0, NULL, NULL);
    CALL(recvfrom, served, buf, 100, MSG_DONTWAIT, NULL, NULL);
    CALL(shutdown, client, SHUT_WR);
    CALL(shutdown, 99, 7);
    CALL(recvfrom, served, buf, 100, MSG_PEEK | MSG_WAITALL, NULL, NULL);
    CALL(connect, client, &un, sizeof un);
    CALL(connect, 99, &nl, sizeof nl);
    CALL(connect, 99, NULL, 0);
    un.sun_path[0] = 0;
    CALL(bind, 99, &un, 10);
    int pair[2];
    CALL(socketpair, AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, pair);
    CALL(socketpair, AF_UNIX, SOCK_DGRAM, 0, BAD);
    struct iovec vector[2] = {{"abc", 3}, {"defgh", 5}};
    union { struct cmsghdr head; char raw[64]; } control;
    struct msghdr message = {.msg_iov = vector, .msg_iovlen = 2};
    CALL(sendmsg, pair[0], &message, MSG_NOSIGNAL);
    CALL(sendmsg, 99, BAD, 0);
    message.msg_control = &control;
    message.msg_controllen = CMSG_SPACE(sizeof(int));
    memset(&control, 0, sizeof control);
    control.head.cmsg_len = CMSG_LEN(sizeof(int));
    control.head.cmsg_level = SOL_SOCKET;
    control.head.cmsg_type = SCM_RIGHTS;
    *(int *) CMSG_DATA(&control.head) = 1;
    CALL(sendmsg, pair[0], &message, 0);
    struct iovec room = {buf, 100};
    struct msghdr got = {.msg_iov = &room, .msg_iovlen = 1};
    CALL(recvmsg, pair[1], &got, MSG_DONTWAIT);
    got.msg_control = &control;
    got.msg_controllen = sizeof control;
    CALL(recvmsg, pair[1], &got, MSG_CMSG_CLOEXEC | MSG_DONTWAIT);
    CALL(recvmsg, pair[1], &got, MSG_DONTWAIT);
    struct mmsghdr many[2] = {{.msg_hdr = {.msg_iov = vector, .msg_iovlen = 1}}, {.msg_hdr = {.msg_iov = vector + 1, .msg_iovlen = 1}}};
    CALL(sendmmsg, pair[0], many, 2, 0);
    struct mmsghdr few[1] = {{.msg_hdr = {.msg_iov = &room, .msg_iovlen = 1}}};
    CALL(recvmmsg, pair[1], few, 1, MSG_DONTWAIT, NULL);
    CALL(recvmmsg, 99, few, 1, 0, NULL);
    CALL(close_range, 3, 100, 0);
}

static void memory(void) {
    char *map = (char *) CALL(mmap, NULL, 8192L, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0L);
    CALL(mmap, NULL, 0L, PROT_NONE, MAP_SHARED, 99, 4096L);
    CALL(mmap, NULL, 4096L, PROT_READ | PROT_EXEC | 0x100, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE | MAP_STACK | MAP_POPULATE, -1, 0L);
    CALL(mmap, NULL, 4096L, PROT_READ, MAP_ANONYMOUS, -1, 0L);
    CALL(mmap, map, 4096L, PROT_READ, MAP_SHARED | MAP_FIXED | MAP_ANONYMOUS | MAP_HUGETLB | (21 << 26), -1, 0L);
    CALL(mprotect, map, 4096L, PROT_READ);
    CALL(mprotect, BAD, 4096L, PROT_NONE);
    CALL(madvise, map, 8192L, MADV_DONTNEED);
    CALL(madvise, map, 8192L, 77);
    CALL(msync, map, 4096L, MS_SYNC | MS_INVALIDATE);
    CALL(mlock, map, 4096L);
    CALL(munlock, map, 4096L);
    CALL(mlock2, map, 4096L, 1);
    CALL(mlockall, 8);
    CALL(munlockall);
    map = (char *) CALL(mremap, map, 8192L, 16384L, MREMAP_MAYMOVE);
    CALL(mremap, BAD, 8192L, 16384L, MREMAP_MAYMOVE | MREMAP_FIXED, map);
    CALL(munmap, map, 16384L);
    CALL(munmap, BAD, 0L);
    CALL(brk, NULL);
    CALL(pkey_mprotect, BAD, 4096L, PROT_READ, -1);
    struct iovec local = {buf, 5}, remote = {"remote", 5};
    CALL(process_vm_readv, getpid(), &local, 1L, &remote, 1L, 0L);
    CALL(process_vm_writev, 999999, &local, 1L, &remote, 1L, 0L);
    int shm = CALL(shmget, IPC_PRIVATE, 4096L, IPC_CREAT | 0600);
    char *at = (char *) CALL(shmat, shm, NULL, SHM_RDONLY);
    CALL(shmdt, at);
    CALL(shmctl, shm, IPC_RMID, NULL);
    CALL(shmget, 77, 4096L, 0);
    int sem = CALL(semget, IPC_PRIVATE, 2, IPC_CREAT | IPC_EXCL | 0600);
    struct sembuf ops[2] = {{0, 1, 0}, {1, -1, IPC_NOWAIT | SEM_UNDO}};
    CALL(semop, sem, ops, 1);
    CALL(semop, sem, ops, 2);
    struct timespec short_time = {0, 1000};
    CALL(semtimedop, sem, ops, 2, &short_time);
    CALL(semctl, sem, 0, GETVAL, 0);
    CALL(semctl, sem, 0, SETVAL, 3);
    CALL(semctl, sem, 0, IPC_RMID, 0);
    int queue = CALL(msgget, IPC_PRIVATE, IPC_CREAT | 0600);
    struct { long type; char text[8]; } message = {1, "text"};
    CALL(msgsnd, queue, &message, 4L, IPC_NOWAIT);
    CALL(msgrcv, queue, &message, 8L, 0L, MSG_NOERROR);
    CALL(msgrcv, queue, &message, 8L, 0L, IPC_NOWAIT);
    CALL(msgctl, queue, IPC_RMID, NULL);
    CALL(mq_unlink, "missing");
    CALL(mq_open, "missing", O_RDWR | O_NONBLOCK, 0, NULL);
    CALL(mq_timedreceive, 99, buf, 10L, NULL, NULL);
}

static void handler(int number) { (void) number; }

static void signals(void) {
    struct sigaction act = {.sa_handler = handler, .sa_flags = SA_RESTART}, old;
    sigset_t set;
    sigemptyset(&act.sa_mask);
    sigaddset(&act.sa_mask, SIGTERM);
    sigaction(SIGUSR1, &act, &old);
    act.sa_handler = SIG_IGN;
    sigaction(SIGUSR2, &act, NULL);
    sigaction(SIGRTMIN + 3, NULL, &old);
    CALL(rt_sigaction, SIGKILL, NULL, NULL, 8);
    CALL(rt_sigaction, 99, BAD, NULL, 8);
    sigfillset(&set);
    CALL(rt_sigprocmask, SIG_BLOCK, &set, NULL, 8);
    sigemptyset(&set);
    sigaddset(&set, SIGCHLD);
    sigaddset(&set, SIGRTMIN + 1);
    CALL(rt_sigprocmask, SIG_SETMASK, &set, &set, 8);
    CALL(rt_sigprocmask, 7, &set, NULL, 8);
    CALL(rt_sigprocmask, SIG_BLOCK, NULL, &set, 8);
    CALL(rt_sigpending, &set, 8);
    struct timespec short_time = {0, 1000};
    siginfo_t info;
    CALL(rt_sigtimedwait, &set, NULL, &short_time, 8);
    sigemptyset(&set);
    sigaddset(&set, SIGUSR2);
    CALL(rt_sigprocmask, SIG_SETMASK, &set, NULL, 8);
    act.sa_handler = handler;
    sigaction(SIGUSR2, &act, NULL);
    int own = getpid();
    CALL(tgkill, own, own, SIGUSR2);
    CALL(rt_sigtimedwait, &set, &info, NULL, 8);
    CALL(kill, 999999, SIGTERM);
    CALL(kill, getpid(), 0);
    CALL(tkill, 999999, SIGHUP);
    CALL(tgkill, 999999, 999999, SIGRTMIN + 2);
    stack_t stack = {.ss_sp = buf, .ss_size = sizeof buf}, old_stack;
    CALL(sigaltstack, &stack, &old_stack);
    stack.ss_flags = SS_DISABLE;
    CALL(sigaltstack, &stack, NULL);
    memset(&info, 0, sizeof info);
    info.si_signo = SIGUSR1; info.si_code = SI_QUEUE; info.si_pid = 7; info.si_uid = 8; info.si_value.sival_int = 9;
    CALL(rt_sigqueueinfo, 999999, SIGUSR1, &info);
    alarm(0);
    struct itimerval timer = {{0, 0}, {100, 1000}}, was;
    CALL(setitimer, ITIMER_REAL, &timer, &was);
    timer.it_value.tv_sec = timer.it_value.tv_usec = 0;
    CALL(setitimer, ITIMER_REAL, &timer, NULL);
    CALL(getitimer, ITIMER_VIRTUAL, &was);
    CALL(getitimer, 7, &was);
}

static int futex_word = 1;

static void processes(void) {
    struct timespec short_time = {0, 1000}, rest;
    CALL(getpid); CALL(getppid); CALL(gettid); CALL(getpgrp);
    CALL(getpgid, 0); CALL(getsid, 0); CALL(setpgid, 999999, 0); CALL(getsid, 999999);
    CALL(futex, &futex_word, FUTEX_WAIT, 2, &short_time);
    CALL(futex, &futex_word, FUTEX_WAIT_PRIVATE, 1, &short_time);
    CALL(futex, &futex_word, FUTEX_WAKE_PRIVATE, 1);
    CALL(futex, &futex_word, FUTEX_WAKE, 0x7fffffff);
    CALL(futex, &futex_word, FUTEX_WAIT_BITSET_PRIVATE | FUTEX_CLOCK_REALTIME, 2, NULL, NULL, -1);
    CALL(futex, &futex_word, FUTEX_WAKE_BITSET, 1, NULL, NULL, 5);
    CALL(futex, &futex_word, FUTEX_REQUEUE, 1, 2, &futex_word);
    CALL(futex, &futex_word, FUTEX_CMP_REQUEUE_PRIVATE, 1, 2, buf, 1);
    CALL(futex, &futex_word, FUTEX_WAKE_OP, 1, 1, buf, FUTEX_OP(FUTEX_OP_SET, 0, FUTEX_OP_CMP_GT, 1));
    CALL(futex, &futex_word, FUTEX_TRYLOCK_PI);
    CALL(futex, &futex_word, FUTEX_UNLOCK_PI);
    CALL(futex, &futex_word, 77, 1, NULL, NULL, 0);
    CALL(set_robust_list, buf, 24L);
    CALL(set_tid_address, &futex_word);
    CALL(nanosleep, &short_time, &rest);
    CALL(nanosleep, BAD, NULL);
    CALL(clock_nanosleep, CLOCK_MONOTONIC, 0, &short_time, &rest);
    CALL(clock_nanosleep, CLOCK_REALTIME, TIMER_ABSTIME, &short_time, NULL);
    CALL(clock_nanosleep, 77, 0, &short_time, NULL);
    CALL(clock_getres, CLOCK_MONOTONIC, &rest);
    CALL(clock_gettime, 77, &rest);
    CALL(clock_settime, 77, &short_time);
    CALL(timerfd_create, CLOCK_MONOTONIC, TFD_CLOEXEC | TFD_NONBLOCK);
    int fd = CALL(timerfd_create, CLOCK_REALTIME, 0);
    struct itimerspec spec = {{0, 0}, {5, 6}}, old;
    CALL(timerfd_settime, fd, 0, &spec, &old);
    CALL(timerfd_settime, fd, TFD_TIMER_ABSTIME, &spec, NULL);
    CALL(timerfd_settime, 99, 0, &spec, NULL);
    CALL(timerfd_gettime, 99, &old);
    CALL(close, fd);
    timer_t timer;
    struct sigevent event = {.sigev_notify = SIGEV_NONE};
    int id = 0;
    CALL(timer_create, CLOCK_MONOTONIC, &event, &id);
    (void) timer;
    CALL(timer_settime, id, 0, &spec, &old);
    CALL(timer_getoverrun, id);
    CALL(timer_delete, id);
    CALL(timer_delete, 77);
    int status;
    pid_t child = fork();
    if (!child) _exit(3);
    CALL(wait4, child, &status, 0, NULL);
    child = fork();
    if (!child) { raise(SIGKILL); }
    siginfo_t info;
    memset(&info, 0, sizeof info);
    CALL(waitid, P_PID, child, &info, WEXITED | WNOWAIT, NULL);
    CALL(wait4, -1, &status, WNOHANG | WUNTRACED | __WALL, NULL);
    CALL(wait4, -1, &status, WNOHANG, NULL);
    CALL(waitid, P_ALL, 0, &info, WEXITED, NULL);
    char *argv[] = {"missing", "one \"two\"", "", NULL}, *envp[] = {"A=1", "B=2", NULL};
    CALL(execve, "./missing", argv, envp);
    CALL(execveat, AT_FDCWD, "./missing", argv, NULL, AT_SYMLINK_NOFOLLOW);
    CALL(unshare, 0x7);
    CALL(setns, 99, CLONE_NEWNET);
    CALL(clone, CLONE_THREAD | SIGCHLD, NULL, NULL, NULL, 0L);
    CALL(clone, CLONE_VM | CLONE_THREAD | CLONE_PARENT_SETTID | CLONE_CHILD_CLEARTID | CLONE_SETTLS | SIGUSR1, buf, &id, &id, 5L);
    struct clone_args args = {.flags = CLONE_THREAD | CLONE_VM, .exit_signal = SIGCHLD, .stack = (unsigned long) buf, .stack_size = 4096};
    CALL(clone3, &args, sizeof args);
    CALL(sched_yield);
    CALL(rseq, buf, 32, 0, 0x53053053);
}

static void ids(void) {
    unsigned a, b, c;
    CALL(getuid); CALL(geteuid); CALL(getgid); CALL(getegid);
    CALL(setuid, -1); CALL(setgid, -1);
    CALL(setreuid, -1, -1); CALL(setregid, -1, -1);
    CALL(getresuid, &a, &b, &c); CALL(getresgid, &a, &b, &c);
    CALL(setresuid, -1, -1, -1); CALL(setresgid, -1, -1, -1);
    CALL(setfsuid, -1); CALL(setfsgid, -1);
    CALL(getgroups, 0, NULL);
    CALL(getgroups, 1000, buf);
    unsigned head[2] = {0x20080522, 0}, data[6];
    CALL(capget, head, data);
    head[1] = 999999;
    CALL(capset, head, data);
    struct utsname name;
    CALL(uname, &name);
    CALL(uname, BAD);
    struct sysinfo info;
    CALL(sysinfo, BAD);
    (void) info;
    struct rlimit limit;
    CALL(getrlimit, RLIMIT_NOFILE, &limit);
    CALL(getrlimit, 77, &limit);
    CALL(setrlimit, RLIMIT_CORE, &limit);
    CALL(prlimit64, 0, RLIMIT_STACK, NULL, &limit);
    limit.rlim_cur = 5000; limit.rlim_max = 1 << 20;
    CALL(prlimit64, 999999, RLIMIT_AS, &limit, NULL);
    CALL(getrusage, RUSAGE_CHILDREN, BAD);
    CALL(getrusage, 77, BAD);
    CALL(getpriority, PRIO_PROCESS, 0);
    CALL(setpriority, PRIO_USER, 999999, 5);
    struct sched_param param = {0};
    CALL(sched_getscheduler, 0);
    CALL(sched_getparam, 0, &param);
    CALL(sched_setscheduler, 999999, SCHED_FIFO | SCHED_RESET_ON_FORK, &param);
    CALL(sched_setparam, 999999, &param);
    CALL(sched_get_priority_max, SCHED_RR);
    CALL(sched_get_priority_min, 77);
    cpu_set_t cpus;
    CALL(sched_getaffinity, 0, sizeof cpus, &cpus);
    CPU_ZERO(&cpus); CPU_SET(0, &cpus); CPU_SET(5, &cpus);
    CALL(sched_setaffinity, 999999, sizeof cpus, &cpus);
    CALL(prctl, PR_SET_NAME, "a name that is too long");
    CALL(prctl, PR_GET_NAME, buf);
    CALL(prctl, PR_SET_PDEATHSIG, 0);
    CALL(prctl, PR_GET_PDEATHSIG, &a);
    CALL(prctl, PR_GET_DUMPABLE);
    CALL(prctl, PR_SET_DUMPABLE, 1);
    CALL(prctl, PR_CAPBSET_READ, 5);
    CALL(prctl, PR_SET_NO_NEW_PRIVS, 2, 0, 0, 0);
    CALL(prctl, PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0);
    CALL(prctl, 12345, 1, 2, 3, 4);
    CALL(arch_prctl, 0x1003, buf);
    CALL(getrandom, buf, 5, GRND_NONBLOCK);
    CALL(getrandom, BAD, 5, 0);
    CALL(ioctl, 0, TCGETS, buf);
    CALL(ioctl, 0, TIOCGWINSZ, buf);
    CALL(ioctl, 99, FIONREAD, &a);
    CALL(ioctl, 99, FIONBIO, &a);
    CALL(ioctl, 99, 0x12345678, 7);
    CALL(ioctl, 99, FIOCLEX);
    CALL(seccomp, 7, 0, NULL);
    CALL(personality, 0xffffffff);
    CALL(sync);
    CALL(chroot, NULL);
    CALL(getcpu, BAD, NULL, NULL);
    CALL(times, NULL);
    CALL(time, NULL);
    CALL(gettimeofday, NULL, NULL);
    CALL(sethostname, NULL, 77L);
    CALL(membarrier, 0, 0, 0);
    CALL(kcmp, 999999, 999999, 0, 0, 0);
    CALL(sched_rr_get_interval, 999999, buf);
    CALL(bpf, 999, NULL, 0);
    CALL(ptrace, 0x4206, 999999, 0, 0);
}

/* Every flag at once, where it can do no harm: the order and the names of the tables. */
static void bits(void) {
    CALL(open, BAD, ~0);
    CALL(openat, 99, BAD, 0x7fffffff & ~O_PATH);
    CALL(mmap, BAD, 1L, ~0, ~0, 99, 0x1001L);
    CALL(mmap, BAD, 0L, ~0, MAP_PRIVATE | 0x3fffff0, 99, 0L);
    CALL(mprotect, BAD, 1L, ~0);
    CALL(msync, BAD, 1L, ~0);
    CALL(mlockall, ~0);
    CALL(mlock2, BAD, 1L, ~0);
    CALL(mremap, BAD, 1L, 1L, ~0, BAD);
    CALL(clone, 0xfffffffffffff000 & ~CLONE_VFORK, NULL, NULL, NULL, 0L);
    CALL(unshare, ~0);
    CALL(setns, 99, ~0);
    CALL(wait4, 999999, NULL, ~0, NULL);
    CALL(waitid, 77, 1, NULL, ~0, NULL);
    CALL(sendto, 99, "x", 1L, ~0, NULL, 0);
    CALL(recvfrom, 99, buf, 1L, ~0, NULL, NULL);
    CALL(accept4, 99, NULL, NULL, ~0);
    CALL(socket, AF_UNIX, ~0, 0);
    CALL(mount, "none", "missing", "none", ~0L, NULL);
    CALL(umount2, "missing", ~0);
    struct sigaction act;
    memset(&act, 0, sizeof act);
    struct { void *handler; unsigned long flags; void *restorer; unsigned long mask; } kernel = {BAD, ~0UL, BAD, ~0UL};
    CALL(rt_sigaction, 99, &kernel, NULL, 8);
    kernel.mask = 0xfffffffe7ffbfeff;
    CALL(rt_sigaction, 99, &kernel, NULL, 8);
    struct epoll_event event = {.events = ~0U, .data.u64 = ~0UL};
    CALL(epoll_ctl, 99, EPOLL_CTL_ADD, 98, &event);
    struct pollfd one = {99, ~0, 0};
    CALL(poll, &one, 1, 0);
    CALL(epoll_create1, ~0);
    CALL(eventfd2, 0, ~0);
    CALL(timerfd_create, 0, ~0);
    CALL(timerfd_settime, 99, ~0, BAD, NULL);
    CALL(signalfd4, 99, NULL, 8L, ~0);
    CALL(inotify_init1, ~0);
    CALL(inotify_add_watch, 99, "x", ~0);
    CALL(memfd_create, BAD, ~0);
    CALL(pipe2, BAD, ~0);
    CALL(dup3, 99, 98, ~0);
    CALL(faccessat2, 99, "x", ~0, ~0);
    CALL(access, "x", 0xf);
    CALL(newfstatat, 99, "x", NULL, ~0);
    CALL(statx, 99, "x", ~0, ~0, NULL);
    CALL(linkat, 99, "x", 98, "y", ~0);
    CALL(unlinkat, 99, "x", ~0);
    CALL(renameat2, 99, "x", 98, "y", ~0);
    CALL(fallocate, 99, ~0, 0L, 1L);
    CALL(sync_file_range, 99, 0L, 0L, ~0);
    CALL(preadv2, 99, BAD, 1L, 0L, 0L, ~0);
    CALL(splice, 99, NULL, 98, NULL, 1L, ~0);
    CALL(close_range, 5, 4, ~0);
    CALL(fcntl, 99, F_SETFL, ~0L);
    CALL(fcntl, 99, F_SETFD, ~0L);
    CALL(fcntl, 99, F_ADD_SEALS, ~0L);
    CALL(fcntl, 99, F_NOTIFY, ~0L);
    CALL(flock, 99, ~0);
    CALL(getrandom, BAD, 1L, ~0);
    CALL(futex, &futex_word, ~0, 1, NULL, NULL, 0);
    CALL(semget, 77, 1, ~IPC_CREAT);
    CALL(shmget, 77, 1L, 0xffff & ~IPC_CREAT);
    CALL(shmat, 99, NULL, ~0);
    CALL(msgget, 77, 0xffff & ~IPC_CREAT);
    CALL(msgrcv, 9999, NULL, 1L, 0L, ~0);
    CALL(setxattr, "missing", "x", NULL, 0L, ~0);
    CALL(fanotify_init, ~0, ~0);
    CALL(fanotify_mark, 99, ~0, ~0L, 98, "x");
    CALL(pidfd_open, 0, ~0);
    CALL(io_uring_setup, 0, NULL);
    CALL(io_uring_enter, 99, 1, 2, ~0, NULL, 0L);
    CALL(sched_setscheduler, 999999, ~0, NULL);
    CALL(clock_nanosleep, 1, ~0, BAD, NULL);
    CALL(madvise, BAD, 0L, 21);
    CALL(personality, 0xffffffff);
    CALL(open_tree, 99, "x", ~0);
    CALL(move_mount, 99, "x", 98, "y", ~0);
    CALL(fsopen, BAD, ~0);
    CALL(fsmount, 99, ~0, ~0);
    CALL(fspick, 99, "x", ~0);
    CALL(execveat, 99, "x", NULL, NULL, ~0);
    CALL(kill, 999999, 32); CALL(kill, 999999, 33); CALL(kill, 999999, 64); CALL(kill, 999999, 65); CALL(kill, 999999, -1);
    CALL(getpriority, 7, 0);
    CALL(ioctl, 99, TCSETS, BAD);
    struct termios all;
    memset(&all, 0xff, sizeof all);
    CALL(ioctl, 99, 0x402c542b /* TCSETS2 */, &all);
    CALL(ioctl, 99, TCFLSH, TCIOFLUSH);
    CALL(ioctl, 99, TCXONC, TCOON);
    CALL(ioctl, 99, TCSBRK, 1);
    CALL(ioctl, 99, TIOCSPGRP, &futex_word);
    CALL(ioctl, 99, TIOCSCTTY, 1L);
    CALL(ioctl, 99, 0x8912 /* SIOCGIFCONF */, BAD);
    CALL(ioctl, 99, 0xffffffff, BAD);
    CALL(ioctl, 99, 5, 0);
}

int main(int count, char **words) {
    alarm(60);
    CALL(getpid);
    if (count > 1 && !strcmp(words[1], "bits")) {
        bits();
        CALL(exit_group, 0);
    }
    files();
    paths();
    readiness();
    sockets();
    memory();
    signals();
    processes();
    ids();
    CALL(exit_group, 7);
}
