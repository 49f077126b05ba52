/* Processes that hold descriptors, as servers do: holders PROCESSES EACH FOLDER forks them, says "ready", and ends them all
 * when its standard input ends.
 *
 * Of EACH descriptors of a process: three standard ones, a listening socket and both ends of a pipe that all have, an eventpoll, an
 * eventfd, a pair of unix sockets, of two processes in four an end of a connection between them; the rest are files, of the first
 * OWN every second one its own.
 */
#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <unistd.h>

#define OWN 20 /* below which every second file is one of its own */

static void open_one(const char *path)
{
    if (open(path, O_RDWR | O_CREAT, 0600) < 0)
        _exit(1);
}

static void hold(int number, int each, const char *folder, int listening)
{
    char path[256];
    int pair[2], epoll = epoll_create1(0), last = eventfd(1, 0);
    struct epoll_event event = {.events = EPOLLIN};

    epoll_ctl(epoll, EPOLL_CTL_ADD, listening, &event);
    if (socketpair(AF_UNIX, SOCK_STREAM, 0, pair))
        _exit(1);
    for (int i = pair[1] + 1; i < each; i++) {
        if (i < OWN && i & 1)
            snprintf(path, sizeof(path), "%s/own-%d-%d", folder, number, i);
        else
            snprintf(path, sizeof(path), "%s/shared-%d", folder, i % OWN);
        open_one(path);
    }
    if (last < 0)
        _exit(1);
}

int main(int argc, char **argv)
{
    int count, each, listening, common[2], ready[2];
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t size = sizeof(address);
    char byte, log[256];
    pid_t parent = getpid();

    if (argc < 4)
        return 2;
    count = atoi(argv[1]);
    each = atoi(argv[2]);
    listening = socket(AF_INET, SOCK_STREAM, 0);
    if (bind(listening, (void *)&address, size) || listen(listening, 4096) || getsockname(listening, (void *)&address, &size))
        return 1;
    snprintf(log, sizeof(log), "%s/log", argv[3]);
    if (pipe(common) || pipe(ready))
        return 1;
    for (int i = 0, accepted = -1, connected = -1; i < count; i++) {
        pid_t child;

        if (i % 4 == 0) {
            connected = socket(AF_INET, SOCK_STREAM, 0);
            if (connect(connected, (void *)&address, size))
                return 1;
            accepted = accept(listening, NULL, NULL);
        }
        child = fork();
        if (child < 0)
            return 1;
        if (child == 0) {
            int null = open("/dev/null", O_RDONLY), out = open(log, O_WRONLY | O_APPEND | O_CREAT, 0600);

            prctl(PR_SET_PDEATHSIG, SIGKILL);
            if (getppid() != parent)
                _exit(0);
            dup2(null, 0);
            dup2(out, 1);
            dup2(out, 2);
            close(null);
            close(out);
            if (accepted >= 0)
                close(i % 4 ? connected : accepted);
            close(ready[0]);
            hold(i, each, argv[3], listening);
            if (write(ready[1], ".", 1) != 1)
                _exit(1);
            close(ready[1]);
            for (;;)
                pause();
        }
        if (i % 4 == 1) {
            close(connected);
            close(accepted);
            accepted = connected = -1;
        }
        if (read(ready[0], &byte, 1) != 1)
            return 1;
    }
    puts("ready");
    fflush(stdout);
    while (read(0, &byte, 1) > 0)
        ;
    kill(0, SIGKILL); /* our process group is ours alone */
    return 0;
}
