/* Makes the same calls each time: with errors, of several threads, of a child, 64-bit and 32-bit ones. */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

static char *low;

static void calls(int count)
{
	char buffer[16];

	for (int i = 0; i < count; i++) {
		syscall(SYS_getppid);
		syscall(SYS_openat, AT_FDCWD, "/no/such/file", O_RDONLY, 0);
		syscall(SYS_read, -1, buffer, sizeof buffer);
		syscall(SYS_write, 1, buffer, 0);
		syscall(SYS_lseek, 0, 0, SEEK_SET);
		syscall(SYS_stat, "/", low + 512);
		syscall(1000 + i % 2);
#ifdef __x86_64__
		/* write and close of i386: stat and lgetxattr have those numbers in 64 bits. */
		__asm__ volatile("int $0x80" : : "a"(4), "b"(1), "c"(low), "d"(0) : "memory", "r8", "r9", "r10", "r11");
		__asm__ volatile("int $0x80" : : "a"(6), "b"(77) : "memory", "r8", "r9", "r10", "r11");
#endif
	}
}

static void *thread(void *count)
{
	calls((int)(long)count);
	return 0;
}

int main(void)
{
	pthread_t threads[3];

	low = mmap(0, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_32BIT, -1, 0);
	for (int i = 0; i < 3; i++)
		pthread_create(&threads[i], 0, thread, (void *)(long)(20 + i));
	for (int i = 0; i < 3; i++)
		pthread_join(threads[i], 0);
	if (!fork()) {
		calls(7);
		_exit(0);
	}
	wait(0);
	calls(1);
	return 0;
}
