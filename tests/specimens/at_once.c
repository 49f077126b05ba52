/* Many threads make many calls for the first time, all at the same moment; then the first thread makes one that nobody made. */
#define _GNU_SOURCE
#include <pthread.h>
#include <sys/syscall.h>
#include <unistd.h>

#define THREADS 100

static pthread_barrier_t all;
static const int calls[] = {
	SYS_getpid, SYS_getppid, SYS_getuid, SYS_geteuid, SYS_getgid, SYS_getegid, SYS_gettid, SYS_read, SYS_write, SYS_lseek, SYS_fstat,
	SYS_dup, SYS_fsync, SYS_fdatasync, SYS_fchdir, SYS_fchmod, SYS_flock, SYS_ftruncate, SYS_pread64, SYS_pwrite64, SYS_readv,
	SYS_writev, SYS_getdents64, SYS_fchown, SYS_fstatfs, SYS_syncfs, SYS_listen, SYS_accept, SYS_shutdown, SYS_getsockname,
};

static void *thread(void *nothing)
{
	pthread_barrier_wait(&all);
	for (unsigned i = 0; i < sizeof calls / sizeof *calls; i++)
		syscall(calls[i], -1, 0, 0, 0);
	pthread_barrier_wait(&all);
	return nothing;
}

int main(void)
{
	pthread_t threads[THREADS];

	pthread_barrier_init(&all, 0, THREADS + 1);
	for (int i = 0; i < THREADS; i++)
		pthread_create(&threads[i], 0, thread, 0);
	pthread_barrier_wait(&all);
	pthread_barrier_wait(&all);
	for (int i = 0; i < THREADS; i++)
		pthread_join(threads[i], 0);
	syscall(SYS_getsid, -1);
	return 0;
}
