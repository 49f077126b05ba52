/* One thread in each call that blocks. Prints "NAME TID" for each, then "ready", and pauses; ends by itself after a minute. */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <linux/futex.h>
#include <mqueue.h>
#include <netinet/in.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/file.h>
#include <sys/inotify.h>
#include <sys/ipc.h>
#include <sys/msg.h>
#include <sys/prctl.h>
#include <sys/sem.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/timerfd.h>
#include <sys/uio.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define CALL(name, ...) syscall(SYS_##name, ##__VA_ARGS__)
#define BLOCK(label) static void *in_##label(void *unused)

static int empty[2], full[2], ep, event, timer, notify, server, pair[2], word = 7, status, locked, semaphores = -1, queue = -1;
static char buf[100];
static struct timespec hour = {3600, 500}, late = {4000000000, 0};
static sigset_t mask;

BLOCK(read) { CALL(read, empty[0], buf, 100); return 0; }
BLOCK(readv) { struct iovec v = {buf, 10}; CALL(readv, empty[0], &v, 1); return 0; }
BLOCK(write) { CALL(write, full[1], "too much", 8); return 0; }
BLOCK(writev) { struct iovec v[2] = {{"one", 3}, {"two", 3}}; CALL(writev, full[1], v, 2); return 0; }
BLOCK(read_eventfd) { CALL(read, event, buf, 8); return 0; }
BLOCK(read_timerfd) { CALL(read, timer, buf, 8); return 0; }
BLOCK(read_inotify) { CALL(read, notify, buf, 100); return 0; }
BLOCK(epoll_wait) { struct epoll_event e[4]; CALL(epoll_wait, ep, e, 4, -1); return 0; }
BLOCK(epoll_wait_timed) { struct epoll_event e[4]; CALL(epoll_wait, ep, e, 512, 3600000); return 0; }
BLOCK(epoll_pwait) { struct epoll_event e[4]; CALL(epoll_pwait, ep, e, 4, -1, &mask, 8); return 0; }
BLOCK(poll) { struct pollfd p[2] = {{empty[0], POLLIN, 0}, {full[1], POLLOUT | POLLPRI, 0}}; CALL(poll, p, 2, -1); return 0; }
BLOCK(ppoll) { struct pollfd p = {empty[0], POLLIN, 0}; CALL(ppoll, &p, 1, &hour, &mask, 8); return 0; }
BLOCK(select) { fd_set s; FD_ZERO(&s); FD_SET(empty[0], &s); FD_SET(server, &s); CALL(select, 20, &s, NULL, NULL, NULL); return 0; }
BLOCK(pselect6) {
    fd_set s; FD_ZERO(&s); FD_SET(full[1], &s); struct { void *set; long size; } m = {&mask, 8};
    CALL(pselect6, 20, NULL, &s, NULL, &hour, &m); return 0;
}
BLOCK(futex) { CALL(futex, &word, FUTEX_WAIT_PRIVATE, 7, NULL); return 0; }
BLOCK(futex_timed) { CALL(futex, &word, FUTEX_WAIT, 7, &hour); return 0; }
BLOCK(futex_bitset) { CALL(futex, &word, FUTEX_WAIT_BITSET_PRIVATE | FUTEX_CLOCK_REALTIME, 7, &late, NULL, FUTEX_BITSET_MATCH_ANY); return 0; }
BLOCK(nanosleep) { CALL(nanosleep, &hour, NULL); return 0; }
BLOCK(clock_nanosleep) { CALL(clock_nanosleep, CLOCK_MONOTONIC, 0, &hour, buf); return 0; }
BLOCK(clock_nanosleep_until) { CALL(clock_nanosleep, CLOCK_REALTIME, TIMER_ABSTIME, &late, NULL); return 0; }
BLOCK(wait4) { CALL(wait4, -1, &status, 0, NULL); return 0; }
BLOCK(waitid) { siginfo_t i; CALL(waitid, P_ALL, 0, &i, WEXITED | WSTOPPED, NULL); return 0; }
BLOCK(accept4) { struct sockaddr_un a; socklen_t l = sizeof a; CALL(accept4, server, &a, &l, SOCK_CLOEXEC); return 0; }
BLOCK(accept) { CALL(accept, server, NULL, NULL); return 0; }
BLOCK(recvfrom) { CALL(recvfrom, pair[0], buf, 100, MSG_WAITALL, NULL, NULL); return 0; }
BLOCK(recvmsg) { struct iovec v = {buf, 10}; struct msghdr m = {.msg_iov = &v, .msg_iovlen = 1}; CALL(recvmsg, pair[0], &m, 0); return 0; }
BLOCK(rt_sigsuspend) { CALL(rt_sigsuspend, &mask, 8); return 0; }
BLOCK(rt_sigtimedwait) { CALL(rt_sigtimedwait, &mask, NULL, &hour, 8); return 0; }
BLOCK(pause) { CALL(pause); return 0; }
BLOCK(flock) { int f = open("locked", O_RDWR); CALL(flock, f, LOCK_EX); return 0; }
BLOCK(fcntl_lock) {
    int f = open("locked", O_RDWR); struct flock l = {.l_type = F_WRLCK, .l_whence = SEEK_SET, .l_start = 5, .l_len = 10};
    CALL(fcntl, f, F_OFD_SETLKW, &l); return 0;
}
BLOCK(semop) { struct sembuf o = {0, -1, SEM_UNDO}; CALL(semop, semaphores, &o, 1); return 0; }
BLOCK(msgrcv) { struct { long t; char x[8]; } m; CALL(msgrcv, queue, &m, 8L, 3L, 0); return 0; }
BLOCK(open_fifo) { CALL(openat, AT_FDCWD, "fifo", O_WRONLY | O_CLOEXEC); return 0; }
BLOCK(splice) { CALL(splice, empty[0], NULL, full[1], NULL, 100, 0); return 0; }
BLOCK(tee) { CALL(tee, empty[0], full[1], 100, 0); return 0; }

struct { const char *label; void *(*run)(void *); } calls[] = {
#define ROW(label) {#label, in_##label}
    ROW(read), ROW(readv), ROW(write), ROW(writev), ROW(read_eventfd), ROW(read_timerfd), ROW(read_inotify), ROW(epoll_wait), ROW(epoll_wait_timed),
    ROW(epoll_pwait), ROW(poll), ROW(ppoll), ROW(select), ROW(pselect6), ROW(futex), ROW(futex_timed), ROW(futex_bitset), ROW(nanosleep),
    ROW(clock_nanosleep), ROW(clock_nanosleep_until), ROW(wait4), ROW(waitid), ROW(accept4), ROW(accept), ROW(recvfrom), ROW(recvmsg),
    ROW(rt_sigsuspend), ROW(rt_sigtimedwait), ROW(pause), ROW(flock), ROW(fcntl_lock), ROW(semop), ROW(msgrcv), ROW(open_fifo), ROW(splice), ROW(tee),
};

static void end(int number) { (void) number; semctl(semaphores, 0, IPC_RMID); msgctl(queue, IPC_RMID, NULL); _exit(0); }

struct start { void *(*run)(void *); int pipe; };

static void *begin(void *given) {
    struct start start = *(struct start *) given;
    int tid = gettid();
    if (write(start.pipe, &tid, sizeof tid) != sizeof tid) _exit(9);
    return start.run(NULL);
}

int main(void) {
    struct sockaddr_un name = {.sun_family = AF_UNIX, .sun_path = "socket"};
    int ready[2];
    semaphores = semget(IPC_PRIVATE, 1, 0600); queue = msgget(IPC_PRIVATE, 0600);
    signal(SIGTERM, end); signal(SIGALRM, end); alarm(60);
    sigemptyset(&mask); sigaddset(&mask, SIGUSR2); sigaddset(&mask, SIGRTMIN + 1);
    sigprocmask(SIG_BLOCK, &mask, NULL);
    if (pipe(ready) | pipe(empty) | pipe(full)) return 1;
    fcntl(full[1], F_SETFL, O_NONBLOCK);
    while (write(full[1], buf, sizeof buf) > 0);
    while (write(full[1], buf, 1) > 0);
    fcntl(full[1], F_SETFL, 0);
    event = eventfd(0, 0); timer = timerfd_create(CLOCK_MONOTONIC, 0); notify = inotify_init();
    ep = epoll_create1(0);
    struct epoll_event e = {.events = EPOLLIN};
    epoll_ctl(ep, EPOLL_CTL_ADD, empty[0], &e);
    server = socket(AF_UNIX, SOCK_STREAM, 0);
    bind(server, (void *) &name, sizeof name); listen(server, 5);
    socketpair(AF_UNIX, SOCK_STREAM, 0, pair);
    mkfifo("fifo", 0600);
    locked = open("locked", O_RDWR | O_CREAT, 0600);
    flock(locked, LOCK_EX);
    struct flock whole = {.l_type = F_WRLCK, .l_whence = SEEK_SET};
    fcntl(locked, F_OFD_SETLK, &whole);
    if (!fork()) { prctl(PR_SET_PDEATHSIG, SIGKILL); close(ready[0]); close(ready[1]); pause(); _exit(0); }
    for (unsigned i = 0; i < sizeof calls / sizeof *calls; i++) {
        pthread_t thread;
        int tid;
        struct start start = {calls[i].run, ready[1]};
        if (pthread_create(&thread, NULL, begin, &start)) return 1;
        if (read(ready[0], &tid, sizeof tid) != sizeof tid) return 1;
        printf("%s %d\n", calls[i].label, tid);
    }
    printf("ready\n");
    fflush(stdout);
    for (;;) usleep(20000);
}
