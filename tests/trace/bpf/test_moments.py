"""A descriptor's name is that of the moment of the call: numbers reused, files renamed and removed, folders moved, paths rewritten."""

import re
from pathlib import Path

import pytest

from explorer.model.batch import Kind
from explorer.trace.tracer import Capture
from tests.engines.watched import Watched, engine
from tests.trace.bpf.programs import compiled, go, waiting

pytestmark = [pytest.mark.root, pytest.mark.oracle("gcc")]

REUSES = r"""
#define _GNU_SOURCE
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <unistd.h>
static volatile int over;
static void *plays(void *argument) {
    while (!over) {
        int fd = fcntl(open("/dev/null", O_RDONLY), F_DUPFD, 100), low = fd;
        for (int i = 3; i < 20; i++) if (i != 10) close(i);
        close(low);
    }
    return 0;
}
int main(void) {
    char line, text[16];
    pthread_t others[2];
    int files[2] = { open("left", O_RDWR | O_CREAT, 0600), open("right", O_RDWR | O_CREAT, 0600) };
    for (int i = 0; i < 2; i++) files[i] = fcntl(files[i], F_DUPFD, 500);
    write(1, "\n", 1);
    read(0, &line, 1);
    for (int i = 0; i < 2; i++) pthread_create(others + i, 0, plays, 0);
    for (int turn = 0; turn < 10000; turn++) {
        dup2(files[turn % 2], 10);
        write(10, text, sprintf(text, "%c%d", "lr"[turn % 2], turn));
    }
    over = 1;
    for (int i = 0; i < 2; i++) pthread_join(others[i], 0);
}
"""
"""one number for two files, in turn, while others open and close all the rest"""

MOVES = r"""
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>
int main(void) {
    char line, names[2][32], text[32];
    mkdir("a", 0700);
    mkdir("a/b", 0700);
    mkdir("a/b/c", 0700);
    int file = open("a/b/c/file", O_RDWR | O_CREAT, 0600);
    write(1, "\n", 1);
    read(0, &line, 1);
    write(file, "a/b/c/file", 10);
    for (int turn = 0; turn < 1000; turn++) {
        sprintf(names[turn % 2], "a/b/c/file%d", turn);
        rename(turn ? names[!(turn % 2)] : "a/b/c/file", names[turn % 2]);
        write(file, names[turn % 2], sprintf(text, "a/b/c/file%d", turn));
    }
    unlink(names[1]);
    write(file, "a/b/c/file999 (deleted)", 23);
    close(file);
    file = open("a/b/c/file", O_RDWR | O_CREAT, 0600);
    write(file, "a/b/c/file", 10);
    for (int turn = 0; turn < 100; turn++) {
        sprintf(names[turn % 2], "a%d", turn);
        rename(turn ? names[!(turn % 2)] : "a", names[turn % 2]);
        write(file, text, sprintf(text, "a%d/b/c/file", turn));
    }
    rename("a99/b", "b");
    write(file, "b/c/file", 8);
    rename("b/c", "c");
    write(file, "c/file", 6);
    chdir("c");
    close(open("file", O_RDONLY));
    rename("../c", "../d");
    close(open("file", O_RDONLY));
}
"""
"""a file that is renamed and removed, then one whose folders are; what it writes is its name"""

REWRITES = r"""
#include <fcntl.h>
#include <pthread.h>
#include <string.h>
#include <unistd.h>
static char path[5000];
static volatile int over;
static void *rewrites(void *argument) {
    for (unsigned turn = 0; !over; turn++) {
        unsigned size = turn * 2654435761u % 4990;
        memset(path, '/', 20);
        memset(path + 20, 'a' + turn % 26, size);
        path[20 + size] = 0;
        path[turn % 4999] = '\n';
        path[(turn * 7) % 4999] = 0xff;
    }
    return 0;
}
int main(void) {
    char line;
    pthread_t other;
    write(1, "\n", 1);
    read(0, &line, 1);
    pthread_create(&other, 0, rewrites, 0);
    for (int turn = 0; turn < 20000; turn++) {
        open(path, O_RDONLY);
        if (turn % 4 == 0) access(path, 0), readlink(path, path, 100);
    }
    over = 1;
    pthread_join(other, 0);
}
"""


def test_one_number_for_two_files(tmp_path: Path) -> None:
    engine("bpf")
    with waiting([compiled(REUSES, tmp_path)], tmp_path) as process:
        watched = Watched("bpf", [process.pid], capture=Capture(frozenset({"write", "dup2"})))
        go(process)
        watched.end()
    assert watched.lost == 0
    lines = watched.lines(Kind.CALL)
    writes = [line for line in lines if line.startswith("write(10<")]
    assert len(writes) == 10_000
    for turn, line in enumerate(writes):
        name = ("left", "right")[turn % 2]
        assert line.startswith(f'write(10<{tmp_path}/{name}>, "{name[0]}{turn}", '), line
    twice = [line for line in lines if line.startswith("dup2(")]
    assert len(twice) == 10_000
    for turn, line in enumerate(twice):
        name = ("left", "right")[turn % 2]
        assert re.fullmatch(rf"dup2\(5\d\d<{tmp_path}/{name}>, 10.*\) = 10<{tmp_path}/{name}>", line), line


def test_renamed_removed_and_moved(tmp_path: Path) -> None:
    engine("bpf")
    with waiting([compiled(MOVES, tmp_path)], tmp_path) as process:
        watched = Watched("bpf", [process.pid], capture=Capture(frozenset({"write", "openat", "close"})))
        go(process)
        watched.end()
    writes = [line for line in watched.lines(Kind.CALL) if line.startswith("write(3<")]
    assert len(writes) == 1105
    for line in writes:
        said, wrote = re.fullmatch(r'write\(3<([^>]*)>(?:\(deleted\))?, "([^"]*)".*', line).groups()  # type: ignore[union-attr]
        assert said == f"{tmp_path}/{wrote.removesuffix(' (deleted)')}", line
        assert ("(deleted)" in line.partition(",")[0]) == wrote.endswith("(deleted)"), line
    opened = [line for line in watched.lines(Kind.CALL) if line.startswith("openat(") and line.partition('"')[2].startswith("file")]
    assert opened == [f'openat(AT_FDCWD<{tmp_path}/{name}>, "file", O_RDONLY) = 4<{tmp_path}/{name}/file>' for name in ("c", "d")]


def test_paths_that_another_thread_rewrites(tmp_path: Path) -> None:
    engine("bpf")
    with waiting([compiled(REWRITES, tmp_path)], tmp_path) as process:
        watched = Watched(
            "bpf", [process.pid], capture=Capture(frozenset({"open", "openat", "access", "readlink"}), string=4096, signals=False)
        )
        go(process)
        watched.end()
        assert process.wait(10) == 0
    lines = watched.lines(Kind.CALL)
    # 150 MB in a moment may be more than waits for us.
    assert len(lines) + watched.lost == 30_000
    assert len(lines) > 3000
    assert all("\n" not in line and len(line) < 4 * 4200 for line in lines)
