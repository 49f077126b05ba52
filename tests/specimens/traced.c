/* Threads, one after the other, each doing the same each time; then a fork, a signal and an end that is told. For oracle tests of traces. */
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static void later(void)
{
	struct timespec moment = {0, 50 * 1000 * 1000};
	nanosleep(&moment, NULL);
}

static void handled(int number) { (void)number; }

static void *work(void *argument)
{
	/* Whoever joins us is waiting by now. */
	later();
	char text[64];
	for (int turn = 0; turn < 20; turn++) {
		int file = open("/etc/hostname", O_RDONLY | O_CLOEXEC);
		if (file >= 0) {
			read(file, text, 8);
			lseek(file, 0, SEEK_SET);
			close(file);
		}
		access("/no/such/thing", R_OK);
	}
	int ends[2];
	if (!pipe(ends)) {
		write(ends[1], argument, strlen(argument));
		read(ends[0], text, sizeof text);
		close(ends[0]);
		close(ends[1]);
	}
	return NULL;
}

int main(void)
{
	char *names[] = {"one", "two", "three"};
	for (int turn = 0; turn < 3; turn++) {
		pthread_t thread;
		pthread_create(&thread, NULL, work, names[turn]);
		pthread_join(thread, NULL);
	}
	signal(SIGUSR1, handled);
	raise(SIGUSR1);
	pid_t child = fork();
	if (!child) {
		later();
		execl("/bin/true", "true", (char *)NULL);
		_exit(1);
	}
	int status;
	waitpid(child, &status, 0);
	kill(getpid(), SIGTERM);
	return 0;
}
