/* Threads that enter the kernel in an unusual way, and stay there. argv[1] says which; a line on standard output when all is ready. */
#define _GNU_SOURCE
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

static void ready(void)
{
	if (write(1, "{}\n", 3) != 3)
		_exit(1);
}

#ifdef __x86_64__
/* nanosleep of i386 is call 162, which is pivot_root or something else for x86-64 readers; its memory must lie below 4 GB. */
static struct { int sec, nsec; } *low;

#include <sys/mman.h>
static void int80(void)
{
	low = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_32BIT, -1, 0);
	low->sec = 1000;
	ready();
	long result;
	__asm__ volatile("int $0x80" : "=a"(result) : "a"(162), "b"(low), "c"(0) : "memory", "r8", "r9", "r10", "r11");
}
#endif

int main(int argc, char **argv)
{
	const char *kind = argc > 1 ? argv[1] : "";
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	if (!strcmp(kind, "vfork")) {
		ready();
		if (vfork() == 0) {
			prctl(PR_SET_PDEATHSIG, SIGKILL);
			prctl(PR_SET_NAME, "borrower");
			struct timespec long_time = {1000, 0};
			nanosleep(&long_time, NULL);
			_exit(0);
		}
	} else if (!strcmp(kind, "poll")) {
		ready();
		poll(NULL, 0, 1000000);
	} else if (!strcmp(kind, "spin")) {
		ready();
		for (;;)
			;
#ifdef __x86_64__
	} else if (!strcmp(kind, "int80")) {
		int80();
#endif
	} else
		return 2;
	return 0;
}
