/* Calls of many kinds, once each and always the same, after a line on its standard input. many_calls PARTS: of f(iles) s(ockets) o(thers) i(386). */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/futex.h>
#include <linux/openat2.h>
#include <linux/sched.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/inotify.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/select.h>
#include <sys/sendfile.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/statfs.h>
#include <sys/syscall.h>
#include <sys/sysinfo.h>
#include <sys/time.h>
#include <sys/timerfd.h>
#include <sys/uio.h>
#include <sys/un.h>
#include <sys/utsname.h>
#include <sys/vfs.h>
#include <sys/wait.h>
#include <sys/xattr.h>
#include <time.h>
#include <unistd.h>

static void files(void)
{
	struct statx more;
	struct stat st;
	struct statfs fs;
	struct open_how how = { .flags = O_RDONLY | O_CLOEXEC, .resolve = RESOLVE_NO_SYMLINKS };
	char text[300], longer[4096];
	memset(longer, 'x', sizeof longer);
	int file = open("file", O_RDWR | O_CREAT | O_TRUNC, 0640);
	struct iovec out[3] = { { "one ", 4 }, { longer, 100 }, { 0, 0 } }, in[2] = { { text, 7 }, { text + 100, 200 } };
	write(file, "first\nsecond\n\001\377", 15);
	write(file, longer, sizeof longer);
	writev(file, out, 3);
	writev(file, (void *)8, 2);
	pwritev(file, out, 2, 5);
	pwritev2(file, out, 2, -1, 0);
	pwrite(file, "mid", 3, 10);
	lseek(file, 0, SEEK_SET);
	readv(file, in, 2);
	preadv(file, in, 2, 3);
	pread(file, text, 5, 1 << 20);
	read(file, text, 299);
	read(file, (void *)8, 10);
	int dir = open(".", O_RDONLY | O_DIRECTORY);
	int other = openat(dir, "file", O_RDONLY);
	syscall(SYS_openat2, dir, "file", &how, sizeof how);
	syscall(SYS_openat2, AT_FDCWD, "nothing", &how, sizeof how);
	statx(AT_FDCWD, "file", 0, STATX_ALL, &more);
	statx(file, "", AT_EMPTY_PATH, STATX_SIZE, &more);
	fstatat(dir, "file", &st, AT_SYMLINK_NOFOLLOW);
	fstat(file, &st);
	syscall(SYS_stat, "file", &st);
	syscall(SYS_lstat, "none", &st);
	statfs("/proc", &fs);
	fstatfs(file, &fs);
	dup(file);
	dup2(file, 50);
	dup3(file, 51, O_CLOEXEC);
	close(50);
	fcntl(file, F_DUPFD, 60);
	fcntl(file, F_DUPFD_CLOEXEC, 61);
	fcntl(file, F_GETFD);
	fcntl(file, F_SETFD, FD_CLOEXEC);
	fcntl(file, F_GETFL);
	struct flock lock = { .l_type = F_WRLCK, .l_whence = SEEK_SET, .l_start = 0, .l_len = 10 };
	fcntl(file, F_SETLK, &lock);
	fcntl(file, F_GETLK, &lock);
	struct f_owner_ex owner = { F_OWNER_PID, 1 };
	fcntl(file, F_GETOWN_EX, &owner);
	rename("file", "moved");
	write(file, "a", 1);
	renameat(dir, "moved", AT_FDCWD, "file");
	renameat2(AT_FDCWD, "file", dir, "moved", RENAME_NOREPLACE);
	link("moved", "hard");
	symlink("moved", "soft");
	readlink("soft", text, sizeof text);
	readlink("nosoft", text, sizeof text);
	readlinkat(dir, "soft", text, 3);
	unlink("hard");
	write(file, "b", 1);
	unlink("moved");
	write(file, "c", 1);
	mkdir("sub", 0700);
	chdir("sub");
	openat(AT_FDCWD, "nothing", O_RDONLY);
	close(open("made", O_CREAT | O_WRONLY, 0600));
	getcwd(text, sizeof text);
	rename("made", "../made");
	fchdir(dir);
	rmdir("sub");
	truncate("made", 10);
	ftruncate(file, 5);
	chmod("made", 0644);
	fchmod(file, 0600);
	chown("made", -1, -1);
	access("made", R_OK | W_OK);
	faccessat(dir, "made", X_OK, 0);
	struct timespec times[2] = { { 1, 2 }, { 0, UTIME_OMIT } };
	utimensat(dir, "made", times, 0);
	futimens(file, times);
	struct timeval old[2] = { { 3, 4 }, { 5, 6 } };
	utimes("made", old);
	setxattr("made", "user.word", "value", 5, 0);
	getxattr("made", "user.word", text, sizeof text);
	listxattr("made", text, sizeof text);
	fgetxattr(file, "user.none", text, sizeof text);
	int to = open("copy", O_RDWR | O_CREAT, 0600);
	off_t at = 1;
	sendfile(to, file, &at, 3);
	sendfile(to, file, 0, 3);
	loff_t from = 0, into = 2;
	copy_file_range(file, &from, to, &into, 2, 0);
	int ends[2], more_ends[2];
	pipe(ends);
	pipe2(more_ends, O_CLOEXEC | O_NONBLOCK);
	write(ends[1], "in it", 5);
	splice(file, &(loff_t){ 0 }, ends[1], 0, 2, 0);
	tee(ends[0], more_ends[1], 2, 0);
	vmsplice(more_ends[1], out, 2, 0);
	read(ends[0], text, 10);
	read(more_ends[0], text, 10);
	read(more_ends[0], text, 10);
	ioctl(ends[0], FIONREAD, &st);
	ioctl(file, TCGETS, text);
	ioctl(0, TIOCGWINSZ, text);
	char *map = mmap(0, 8192, PROT_READ, MAP_PRIVATE, to, 0);
	mprotect(map, 4096, PROT_READ | PROT_WRITE);
	madvise(map, 4096, MADV_DONTNEED);
	munmap(map, 8192);
	char listing[2048];
	syscall(SYS_getdents64, dir, listing, sizeof listing);
	syscall(SYS_getdents, dir, listing, sizeof listing);
	int memory = syscall(SYS_memfd_create, "a memory", 0);
	write(memory, "in memory", 9);
	close(memory);
	fallocate(to, 0, 0, 100);
	posix_fadvise(to, 0, 0, POSIX_FADV_DONTNEED);
	syscall(SYS_close_range, 60, 61, 0);
	flock(to, 2);
	fsync(to);
	umask(022);
	mount("none", "/nowhere", "tmpfs", MS_RDONLY, "size=1");
	umount2("/nowhere", MNT_DETACH);
	mknod("fifo", S_IFIFO | 0600, 0);
	int fifo = open("fifo", O_RDWR);
	write(fifo, "1", 1);
	int null = open("/dev/null", O_WRONLY);
	write(null, "2", 1);
	int watch = inotify_init1(0);
	inotify_add_watch(watch, ".", IN_CREATE);
	close(open("watched", O_CREAT | O_WRONLY, 0600));
	read(watch, text, sizeof text);
	int proc = open("/proc/self/status", O_RDONLY);
	read(proc, text, 10);
	syscall(SYS_pidfd_open, getpid(), 0);
	syscall(SYS_close_range, 3, 200, 0);
}

static void sockets(void)
{
	struct sockaddr_in address = { .sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	struct sockaddr_in6 six = { .sin6_family = AF_INET6, .sin6_addr = IN6ADDR_LOOPBACK_INIT };
	struct sockaddr_storage storage;
	socklen_t size = sizeof address;
	char text[200];
	int one = 1, server = socket(AF_INET, SOCK_STREAM, 0);
	setsockopt(server, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
	bind(server, (void *)&address, sizeof address);
	getsockname(server, (void *)&address, &size);
	listen(server, 5);
	int client = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, IPPROTO_TCP);
	connect(client, (void *)&address, sizeof address);
	size = sizeof storage;
	int got = accept4(server, (void *)&storage, &size, SOCK_NONBLOCK);
	fcntl(server, F_SETFL, O_NONBLOCK);
	size = sizeof storage;
	accept(server, (void *)&storage, &size);
	accept4(server, 0, 0, 0);
	size = sizeof storage;
	getpeername(client, (void *)&storage, &size);
	size = sizeof one;
	getsockopt(client, SOL_SOCKET, SO_ERROR, &one, &size);
	size = sizeof one;
	getsockopt(client, IPPROTO_TCP, TCP_NODELAY, &one, &size);
	struct linger linger = { 1, 2 };
	setsockopt(client, SOL_SOCKET, SO_LINGER, &linger, sizeof linger);
	struct timeval wait = { 1, 500 };
	setsockopt(client, SOL_SOCKET, SO_RCVTIMEO, &wait, sizeof wait);
	size = 3;
	getsockopt(client, SOL_SOCKET, SO_RCVTIMEO, text, &size);
	struct iovec parts[2] = { { "GET ", 4 }, { "/ HTTP/1.0\r\n\r\n", 14 } };
	struct msghdr message = { .msg_iov = parts, .msg_iovlen = 2 };
	sendmsg(client, &message, MSG_NOSIGNAL);
	send(client, "more", 4, 0);
	struct iovec rooms[2] = { { text, 5 }, { text + 50, 100 } };
	struct msghdr room = { .msg_name = &storage, .msg_namelen = sizeof storage, .msg_iov = rooms, .msg_iovlen = 2 };
	recvmsg(got, &room, 0);
	recvmsg(got, &room, MSG_DONTWAIT);
	recv(got, text, sizeof text, MSG_DONTWAIT);
	recvfrom(got, text, sizeof text, 0, 0, 0);
	struct pollfd polled[3] = { { client, POLLIN | POLLOUT }, { got, POLLIN }, { -1, POLLIN } };
	poll(polled, 3, 0);
	struct timespec none = { 0, 1000 };
	sigset_t set;
	sigemptyset(&set);
	sigaddset(&set, SIGUSR1);
	ppoll(polled, 3, &none, &set);
	fd_set in, out, wrong;
	FD_ZERO(&in); FD_ZERO(&out); FD_ZERO(&wrong);
	FD_SET(got, &in); FD_SET(client, &out); FD_SET(server, &out); FD_SET(got, &wrong);
	struct timeval zero = { 0, 0 };
	select(client + 5, &in, &out, &wrong, &zero);
	FD_SET(got, &in);
	pselect(client + 5, &in, 0, 0, &none, &set);
	int epoll = epoll_create1(EPOLL_CLOEXEC);
	struct epoll_event event = { EPOLLIN | EPOLLOUT | EPOLLET, { .u64 = 0x1122334455667788 } }, events[8];
	epoll_ctl(epoll, EPOLL_CTL_ADD, client, &event);
	epoll_ctl(epoll, EPOLL_CTL_MOD, client, &event);
	epoll_ctl(epoll, EPOLL_CTL_ADD, got, &event);
	epoll_ctl(epoll, EPOLL_CTL_DEL, 99, 0);
	epoll_wait(epoll, events, 8, 0);
	epoll_pwait(epoll, events, 8, 0, &set);
	epoll_ctl(epoll, EPOLL_CTL_DEL, client, 0);
	shutdown(client, SHUT_WR);
	int pair[2];
	socketpair(AF_UNIX, SOCK_STREAM, 0, pair);
	char control[CMSG_SPACE(2 * sizeof(int)) + CMSG_SPACE(sizeof(struct ucred))] = {};
	struct iovec byte = { "!", 1 };
	struct msghdr passing = { .msg_iov = &byte, .msg_iovlen = 1, .msg_control = control, .msg_controllen = CMSG_SPACE(2 * sizeof(int)) };
	struct cmsghdr *head = CMSG_FIRSTHDR(&passing);
	head->cmsg_level = SOL_SOCKET; head->cmsg_type = SCM_RIGHTS; head->cmsg_len = CMSG_LEN(2 * sizeof(int));
	memcpy(CMSG_DATA(head), (int[]){ client, 0 }, 2 * sizeof(int));
	sendmsg(pair[0], &passing, 0);
	setsockopt(pair[1], SOL_SOCKET, SO_PASSCRED, &(int){ 1 }, sizeof(int));
	char place[2];
	byte = (struct iovec){ place, 2 };
	memset(control, 0, sizeof control);
	passing.msg_controllen = sizeof control;
	recvmsg(pair[1], &passing, MSG_CMSG_CLOEXEC);
	struct sockaddr_un name = { AF_UNIX, "bound" };
	int bound = socket(AF_UNIX, SOCK_DGRAM, 0), talks = socket(AF_UNIX, SOCK_DGRAM, 0);
	bind(bound, (void *)&name, sizeof name);
	sendto(talks, "to a name", 9, 0, (void *)&name, sizeof name);
	size = sizeof storage;
	recvfrom(bound, text, sizeof text, 0, (void *)&storage, &size);
	struct sockaddr_un hidden = { AF_UNIX, "\0abstract" };
	bind(talks, (void *)&hidden, sizeof(sa_family_t) + 9);
	connect(talks, (void *)&name, sizeof name);
	struct iovec first = { "first", 5 }, second[2] = { { "sec", 3 }, { "ond", 3 } };
	struct mmsghdr several[2] = { { { .msg_iov = &first, .msg_iovlen = 1 } }, { { .msg_iov = second, .msg_iovlen = 2 } } };
	sendmmsg(talks, several, 2, 0);
	char rooms_of[2][40];
	struct iovec a = { rooms_of[0], 40 }, b = { rooms_of[1], 40 };
	struct sockaddr_un who[2];
	struct mmsghdr taken[3] = {
		{ { .msg_iov = &a, .msg_iovlen = 1, .msg_name = who, .msg_namelen = sizeof who[0] } },
		{ { .msg_iov = &b, .msg_iovlen = 1, .msg_name = who + 1, .msg_namelen = sizeof who[0] } },
	};
	struct timespec patience = { 1, 0 };
	recvmmsg(bound, taken, 2, MSG_WAITFORONE, &patience);
	recvmmsg(bound, taken, 2, MSG_DONTWAIT, 0);
	int datagram = socket(AF_INET6, SOCK_DGRAM, 0);
	bind(datagram, (void *)&six, sizeof six);
	size = sizeof storage;
	getsockname(datagram, (void *)&storage, &size);
	sendto(datagram, "to itself", 9, 0, (void *)&storage, size);
	recvfrom(datagram, text, 4, MSG_TRUNC, (void *)&six, &size);
	int netlink = socket(AF_NETLINK, SOCK_RAW, 0);
	send(netlink, text, 4, 0);
	connect(socket(AF_INET, SOCK_STREAM, 0), (void *)&(struct sockaddr_in){ .sin_family = AF_INET, .sin_port = htons(1), .sin_addr.s_addr = htonl(INADDR_LOOPBACK) }, sizeof address);
	syscall(SYS_close_range, 3, 200, 0);
	unlink("bound");
}

static void caught(int number, siginfo_t *info, void *context) {}

static void others(void)
{
	struct timespec little = { 0, 1000000 }, left;
	nanosleep(&little, &left);
	nanosleep(&(struct timespec){ 0, 2000000000 }, &left);
	clock_nanosleep(CLOCK_MONOTONIC, 0, &little, 0);
	syscall(SYS_clock_gettime, CLOCK_REALTIME, &left);
	syscall(SYS_gettimeofday, &left, 0);
	int word = 1;
	syscall(SYS_futex, &word, FUTEX_WAIT, 2, &little, 0, 0);
	syscall(SYS_futex, &word, FUTEX_WAIT_PRIVATE, 1, &little, 0, 0);
	syscall(SYS_futex, &word, FUTEX_WAKE, 1, 0, 0, 0);
	prctl(PR_SET_NAME, "another name");
	prctl(PR_GET_NAME, (char[16]){});
	prctl(PR_SET_PDEATHSIG, SIGTERM);
	prctl(PR_GET_PDEATHSIG, &word);
	prctl(PR_SET_DUMPABLE, 1);
	struct sigaction action = { .sa_sigaction = caught, .sa_flags = SA_SIGINFO | SA_RESTART };
	sigaddset(&action.sa_mask, SIGHUP);
	sigaction(SIGUSR1, &action, 0);
	struct sigaction before;
	sigaction(SIGUSR1, &action, &before);
	raise(SIGUSR1);
	sigqueue(getpid(), SIGUSR1, (union sigval){ .sival_int = 77 });
	sigset_t set, old;
	sigfillset(&set);
	sigprocmask(SIG_BLOCK, &set, &old);
	kill(getpid(), SIGUSR2);
	siginfo_t info;
	sigtimedwait(&set, &info, &little);
	sigtimedwait(&set, &info, &little);
	int signals = signalfd(-1, &set, 0);
	kill(getpid(), SIGUSR2);
	char text[300];
	read(signals, text, sizeof text);
	sigprocmask(SIG_SETMASK, &old, 0);
	struct rlimit limit;
	getrlimit(RLIMIT_NOFILE, &limit);
	prlimit(0, RLIMIT_CORE, &limit, &limit);
	struct rusage usage;
	getrusage(RUSAGE_SELF, &usage);
	struct utsname names;
	uname(&names);
	struct sysinfo system;
	sysinfo(&system);
	int timer = timerfd_create(CLOCK_MONOTONIC, 0);
	struct itimerspec when = { { 0, 0 }, { 0, 1000 } };
	timerfd_settime(timer, 0, &when, 0);
	read(timer, text, 8);
	int event = eventfd(3, 0);
	read(event, text, 8);
	struct itimerval soon = { { 0, 0 }, { 100, 0 } };
	setitimer(ITIMER_REAL, &soon, &soon);
	alarm(0);
	sched_yield();
	cpu_set_t cpus;
	sched_getaffinity(0, sizeof cpus, &cpus);
	getpriority(PRIO_PROCESS, 0);
	struct clone_args born = { .flags = CLONE_PIDFD, .exit_signal = SIGCHLD };
	int pidfd = -1, status;
	born.pidfd = (uintptr_t)&pidfd;
	pid_t child = syscall(SYS_clone3, &born, sizeof born);
	if (!child)
		_exit(4);
	waitid(P_PID, child, &info, WEXITED | WNOWAIT);
	wait4(child, &status, 0, &usage);
	child = vfork();
	if (!child) {
		char *argv[61], words[61][8], long_word[5001];
		memset(long_word, 'w', 5000);
		long_word[5000] = 0;
		for (int i = 0; i < 60; i++) {
			sprintf(words[i], "word%d", i);
			argv[i] = i == 30 ? "" : i == 40 ? "a\nb" : i == 50 ? long_word : words[i];
		}
		argv[60] = 0;
		char *environment[] = { "A=1", "LANG=C", 0 };
		execve("/nowhere/true", argv, environment);
		execve("/bin/true", argv, environment);
		_exit(9);
	}
	wait4(child, &status, 0, 0);
	if (!(child = fork())) {
		char *argv[] = { "true", "x", 0 };
		int true_file = open("/bin/true", O_RDONLY);
		syscall(SYS_execveat, true_file, "", argv, (char *[]){ 0 }, AT_EMPTY_PATH);
		_exit(9);
	}
	waitpid(child, &status, 0);
	if (!(child = fork())) {
		raise(SIGKILL);
	}
	waitpid(child, &status, 0);
	if (!(child = fork())) {
		syscall(SYS_exit, 5);
	}
	waitpid(child, &status, 0);
	syscall(100000, 1, 2, 3, 4, 5, 6);
	syscall(-1L, 1, 2, 3, 4, 5, 6);
	syscall(0x40000000 | 39);
	syscall(0x40000000 | 1, 1, "x32", 3);
	syscall(SYS_getrandom, text, 3, 0);
	syscall(SYS_rseq, 0, 0, 0, 0);
	syscall(SYS_getgroups, 100, text);
	syscall(SYS_setgroups, 0, 0);
	syscall(SYS_capget, (uint32_t[2]){ 0x20080522, 0 }, text);
	syscall(SYS_keyctl, 0, -1, 0);
	syscall(SYS_bpf, 0, text, 4);
	syscall(SYS_io_setup, 3, (unsigned long[1]){ 0 });
	syscall(SYS_io_uring_setup, 4, text);
	syscall(SYS_perf_event_open, text, 0, -1, -1, 0);
	syscall(SYS_seccomp, 2, 0, text);
	syscall(SYS_process_vm_readv, getpid(), &(struct iovec){ text, 4 }, 1, &(struct iovec){ text + 10, 4 }, 1, 0);
	syscall(SYS_rt_tgsigqueueinfo, 1, 1, 0, &info);
	syscall(SYS_sched_setattr, 0, text, 0);
	syscall(SYS_name_to_handle_at, AT_FDCWD, "made", text, &word, 0);
	syscall(SYS_quotactl, 0, "x", 0, text);
	syscall(SYS_close_range, 3, 200, 0);
}

#ifdef __x86_64__
static long old(uint32_t number, uint32_t a, uint32_t b, uint32_t c, uint32_t d, uint32_t e)
{
	long result;
	__asm__ volatile("int $0x80" : "=a"(result) : "a"(number), "b"(a), "c"(b), "d"(c), "S"(d), "D"(e) : "memory", "r8", "r9", "r10", "r11");
	return result;
}
static struct { uint32_t base, size; } vector[2];
static char low[200];
static uint32_t numbers[8], words[4];
static void by_old_ways(void)
{
	int null = open("/dev/null", O_RDWR);
	strcpy(low, "a string below 4 GB");
	old(4, null, (uintptr_t)low, 19, 0, 0);
	vector[0].base = (uintptr_t)low; vector[0].size = 5; vector[1].base = (uintptr_t)low + 9; vector[1].size = 5;
	old(146, null, (uintptr_t)vector, 2, 0, 0);
	old(20, 0, 0, 0, 0, 0);
	strcpy(low, "/etc/hostname");
	int file = old(5, (uintptr_t)low, 0, 0, 0, 0);
	old(3, file, (uintptr_t)low, 5, 0, 0);
	old(195, (uintptr_t)low, (uintptr_t)low + 20, 0, 0, 0);
	old(6, file, 0, 0, 0, 0);
	strcpy(low, "none");
	old(33, (uintptr_t)low, 4, 0, 0, 0);
	numbers[0] = 2; numbers[1] = 1; numbers[2] = 0;
	int made = old(102, 1, (uintptr_t)numbers, 0, 0, 0);
	numbers[0] = made; numbers[1] = (uintptr_t)low; numbers[2] = 16;
	old(102, 3, (uintptr_t)numbers, 0, 0, 0);
	words[0] = 0; words[1] = 1000;
	old(162, (uintptr_t)words, 0, 0, 0, 0);
	numbers[0] = 0; numbers[1] = 4096; numbers[2] = 3; numbers[3] = 0x22; numbers[4] = -1; numbers[5] = 0;
	old(90, (uintptr_t)numbers, 0, 0, 0, 0);
	words[0] = 1; numbers[0] = 1; numbers[1] = (uintptr_t)words; numbers[2] = 0; numbers[3] = 0; numbers[4] = (uintptr_t)(words + 2);
	words[2] = words[3] = 0;
	numbers[0] = 0;
	old(82, (uintptr_t)numbers, 0, 0, 0, 0);
	old(142, 0, 0, 0, 0, (uintptr_t)(words + 2));
	numbers[0] = 42; old(221, null, 3, 0, 0, 0);
	words[0] = null; words[1] = 1;
	old(168, (uintptr_t)words, 1, 0, 0, 0);
	old(42, (uintptr_t)words, 0, 0, 0, 0);
	old(54, null, 0x5401, (uintptr_t)low, 0, 0);
	strcpy(low, "/nowhere"); numbers[0] = (uintptr_t)low; numbers[1] = 0;
	old(11, (uintptr_t)low, (uintptr_t)numbers, (uintptr_t)(numbers + 1), 0, 0);
	if (!fork())
		old(1, 6, 0, 0, 0, 0);
	wait(0);
	old(252, 0, 0, 0, 0, 0);
}
#endif

int main(int argc, char **argv)
{
	char line;
	write(1, "\n", 1);
	read(0, &line, 1);
	for (char *part = argv[1]; *part; part++) {
		if (*part == 'f') files();
		if (*part == 's') sockets();
		if (*part == 'o') others();
#ifdef __x86_64__
		if (*part == 'i') by_old_ways();
#endif
	}
	return 0;
}
