/* A disk that fails at the n-th change: preloaded, it stands before the C library's calls.
 * Only descriptors of files below one folder count. Armed and asked from Python by ctypes; or
 * full from the start for all files below what FAILING_DISK in the environment begins with. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <unistd.h>

static char folder[4096];
static long left, fired;
static int failure, for_ever, armed;

void disk_arm(const char *below, long at, int error, int stays)
{
    strncpy(folder, below, sizeof folder - 1);
    left = at;
    failure = error;
    for_ever = stays;
    fired = 0;
    armed = 1;
}

long disk_disarm(void)
{
    armed = 0;
    return fired;
}

__attribute__((constructor)) static void full_from_the_start(void)
{
    const char *below = getenv("FAILING_DISK");
    if (below)
        disk_arm(below, 1, ENOSPC, 1);
}

static int fails(int fd)
{
    char link[64], path[4096];
    ssize_t size;
    if (!armed)
        return 0;
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    size = readlink(link, path, sizeof path - 1);
    if (size < 0)
        return 0;
    path[size] = 0;
    if (strncmp(path, folder, strlen(folder)) != 0)
        return 0;
    left--;
    if (left == 0 || (left < 0 && for_ever)) {
        fired++;
        errno = failure;
        return 1;
    }
    return 0;
}

#define REAL(name) \
    static __typeof__(&name) real; \
    if (!real) \
        real = (__typeof__(&name))dlsym(RTLD_NEXT, #name)

ssize_t write(int fd, const void *data, size_t size)
{
    REAL(write);
    return fails(fd) ? -1 : real(fd, data, size);
}

ssize_t pwrite(int fd, const void *data, size_t size, off_t at)
{
    REAL(pwrite);
    return fails(fd) ? -1 : real(fd, data, size, at);
}

ssize_t pwrite64(int fd, const void *data, size_t size, off64_t at)
{
    REAL(pwrite64);
    return fails(fd) ? -1 : real(fd, data, size, at);
}

int fsync(int fd)
{
    REAL(fsync);
    return fails(fd) ? -1 : real(fd);
}

int fdatasync(int fd)
{
    REAL(fdatasync);
    return fails(fd) ? -1 : real(fd);
}

int ftruncate(int fd, off_t size)
{
    REAL(ftruncate);
    return fails(fd) ? -1 : real(fd, size);
}

int ftruncate64(int fd, off64_t size)
{
    REAL(ftruncate64);
    return fails(fd) ? -1 : real(fd, size);
}
