/* 32-bit calls from a 64-bit program, by int $0x80; everything that they point to lies below 4 GB (built -static -no-pie). */
#include <fcntl.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

static long call(long number, long a, long b, long c, long d, long e, long f) {
    long result;
    __asm__ volatile("push %%rbp\n mov %7, %%rbp\n int $0x80\n pop %%rbp"
                     : "=a"(result) : "a"(number), "b"(a), "c"(b), "d"(c), "S"(d), "D"(e), "g"(f) : "memory", "r8", "r9", "r10", "r11");
    return result;
}
#define CALL6(n, a, b, c, d, e, f) call(n, (long) (a), (long) (b), (long) (c), (long) (d), (long) (e), (long) (f))
#define PICK(_1, _2, _3, _4, _5, _6, _7, count, ...) count
#define CALL(...) PICK(__VA_ARGS__, C6, C5, C4, C3, C2, C1, C0)(__VA_ARGS__)
#define C0(n) CALL6(n, 0, 0, 0, 0, 0, 0)
#define C1(n, a) CALL6(n, a, 0, 0, 0, 0, 0)
#define C2(n, a, b) CALL6(n, a, b, 0, 0, 0, 0)
#define C3(n, a, b, c) CALL6(n, a, b, c, 0, 0, 0)
#define C4(n, a, b, c, d) CALL6(n, a, b, c, d, 0, 0)
#define C5(n, a, b, c, d, e) CALL6(n, a, b, c, d, e, 0)
#define C6(n, a, b, c, d, e, f) CALL6(n, a, b, c, d, e, f)

static char buf[4096];
static int words[16];
static unsigned time32[4] = {1, 2, 3, 4};
static long long time64[4] = {1, 2, 3, 4};

int main(void) {
    alarm(20);
    CALL(20);                                            /* getpid */
    int fd = CALL(5, "plain", O_RDWR | O_CREAT, 0640);   /* open */
    CALL(4, fd, "hello from 32 bits", 18);               /* write */
    CALL(19, fd, -3, 2);                                 /* lseek */
    CALL(3, fd, buf, 100);                               /* read */
    CALL(140, fd, 0, 5, buf, 0);                         /* _llseek */
    CALL(180, fd, buf, 5, 2, 0);                         /* pread64 */
    CALL(181, fd, "x", 1, 1, 1);                         /* pwrite64 */
    CALL(194, fd, 100, 0);                               /* ftruncate64 */
    CALL(193, "plain", 4096, 0);                         /* truncate64 */
    CALL(195, "plain", buf);                             /* stat64 */
    CALL(197, fd, buf);                                  /* fstat64 */
    CALL(300, -100, "plain", buf, 0x100);                /* fstatat64 */
    CALL(221, fd, F_GETFL);                              /* fcntl64 */
    words[0] = 1; words[1] = 5; words[2] = 10;
    CALL(221, fd, 13, words);                            /* fcntl64 F_SETLK64 */
    CALL(221, fd, 6, words);                             /* fcntl64 F_SETLK */
    CALL(250, fd, 0, 0, 0, 2);                           /* fadvise64 */
    CALL(324, fd, 0, 0, 0, 100, 0);                      /* fallocate */
    CALL(225, fd, 0, 0, 100);                            /* readahead */
    CALL(6, fd);                                         /* close */
    CALL(6, fd);
    CALL(85, "plain", buf, 100);                         /* readlink */
    CALL(182, "plain", 0xffff, 5);                       /* chown */
    CALL(212, "missing", -1, 70000);                     /* chown32 */
    CALL(23, 0xffff); CALL(24); CALL(199);               /* setuid getuid getuid32 */
    CALL(192, 0, 4096, 3, 0x22, -1, 0);                  /* mmap2 */
    CALL(192, 0, 4096, 1, 2, 99, 3);
    words[0] = 0; words[1] = 4096; words[2] = 3; words[3] = 0x22; words[4] = -1; words[5] = 0;
    CALL(90, words);                                     /* mmap */
    CALL(125, 16, 4096, 0);                              /* mprotect */
    CALL(45, 0);                                         /* brk */
    time32[2] = 0; time32[3] = 5;
    CALL(162, time32 + 2, buf);                          /* nanosleep */
    CALL(265, 99, buf);                                  /* clock_gettime */
    CALL(403, 99, buf);                                  /* clock_gettime64 */
    CALL(407, 99, 0, time64, 0);                         /* clock_nanosleep_time64 */
    CALL(422, words, 1, 1);                              /* futex_time64 */
    CALL(240, words, 128, 99, time32);                   /* futex */
    words[0] = 99; words[1] = 0x10001;
    CALL(168, words, 1, 0);                              /* poll */
    CALL(309, words, 1, time32 + 2, 0, 8);               /* ppoll */
    memset(buf, 0, 128);
    CALL(142, 5, buf, 0, 0, time32 + 2);                 /* _newselect */
    words[0] = 5; words[1] = (int) (long) buf; words[2] = words[3] = 0; words[4] = (int) (long) (time32 + 2);
    CALL(82, words);                                     /* select */
    words[0] = 1; words[1] = 1; words[2] = 0;
    CALL(102, 1, words);                                 /* socketcall socket */
    memcpy(buf, "\1\0missing", 10);
    words[0] = 99; words[1] = (int) (long) buf; words[2] = 10;
    CALL(102, 3, words);                                 /* socketcall connect */
    CALL(102, 3, 16);
    CALL(102, 99, words);
    CALL(359, 2, 2, 17);                                 /* socket */
    CALL(117, 2, 77, 1, 0);                              /* ipc semget */
    CALL(117, 1, 9999, 1, 0, words);                     /* ipc semop */
    CALL(174, 10, 0, buf, 8);                            /* rt_sigaction */
    memset(words, 0, sizeof words); words[0] = 1; words[1] = 0x10000000; words[3] = 2;
    CALL(174, 99, words, 0, 8);
    CALL(175, 0, words, 0, 8);                           /* rt_sigprocmask */
    CALL(126, 0, words, buf);                            /* sigprocmask */
    CALL(67, 99, 0, buf);                                /* sigaction */
    CALL(48, 99, 1);                                     /* signal */
    CALL(37, 999999, 15);                                /* kill */
    CALL(191, 7, buf);                                   /* ugetrlimit */
    CALL(340, 0, 7, 0, buf);                             /* prlimit64 */
    CALL(114, 999999, 0, 1, 0);                          /* wait4 */
    CALL(7, 999999, 0, 1);                               /* waitpid */
    CALL(120, 0x10000, 0, 0, 0, 0);                      /* clone, fails: CLONE_THREAD alone */
    CALL(54, 99, 0x5401, buf);                           /* ioctl */
    CALL(145, 99, words, 1);                             /* readv */
    words[0] = (int) (long) "vector"; words[1] = 6;
    CALL(146, 99, words, 1);                             /* writev */
    CALL(122, buf);                                      /* uname */
    CALL(13, 0);                                         /* time */
    CALL(116, 16);                                       /* sysinfo */
    CALL(9999, 1, 2, 3, 4, 5, 6);
    CALL(11, "missing", 0, 0);                           /* execve */
    CALL(252, 7);                                        /* exit_group */
}
