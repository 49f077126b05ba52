/* Many sleeping processes, cheaply: sleepers COUNT forks them, a hundred a parent, says "ready", and ends them all when its standard input ends. */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

static void sleep_with_parent(pid_t parent)
{
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (getppid() != parent)
        _exit(0);
    close(0);
    close(1);
    for (;;)
        pause();
}

int main(int argc, char **argv)
{
    int count = argc > 1 ? atoi(argv[1]) : 0, pipe_ends[2];
    char byte;

    if (pipe(pipe_ends))
        return 1;
    while (count > 0) {
        int size = count < 100 ? count : 100;
        pid_t parent = getpid(), child = fork();
        if (child < 0)
            return 1;
        if (child == 0) {
            pid_t group = getpid();
            for (int i = 1; i < size; i++) {
                pid_t grandchild = fork();
                if (grandchild < 0)
                    _exit(1);
                if (grandchild == 0)
                    sleep_with_parent(group);
            }
            if (write(pipe_ends[1], ".", 1) != 1)
                _exit(1);
            sleep_with_parent(parent);
        }
        if (read(pipe_ends[0], &byte, 1) != 1)
            return 1;
        count -= size;
    }
    puts("ready");
    fflush(stdout);
    while (read(0, &byte, 1) > 0)
        ;
    kill(0, SIGKILL); /* our process group is ours alone */
    return 0;
}
