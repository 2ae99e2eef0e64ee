/* A disk that fails on command: loaded into the server with LD_PRELOAD, it makes calls that write to a file whose path
 * contains DISK_FAULT_ON fail with the error number that stands in the file DISK_FAULT, as long as that file exists. The
 * number HANGS makes nothing fail: folders whose path contains DISK_FAULT_ON are not opened while it stands there, as on
 * a network file system whose server went away.
 *
 * What the kernel does when a disk fails (EIO) or a file system turns read-only under open files (EROFS, as ext4 does
 * with errors=remount-ro) can otherwise be had by root alone: `mount -o remount,ro` is refused while a file is open. */
#define _GNU_SOURCE
#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <unistd.h>

#define HANGS 1000

/* The error of this moment, 0 for none. */
static int fault(void)
{
    const char *file = getenv("DISK_FAULT");
    char text[16] = {0};
    long fd = file ? syscall(SYS_openat, AT_FDCWD, file, O_RDONLY | O_CLOEXEC, 0) : -1;
    if (fd < 0)
        return 0;
    long length = syscall(SYS_read, fd, text, sizeof text - 1);
    syscall(SYS_close, fd);
    return length > 0 ? atoi(text) : 0;
}

static int is_meant(const char *path)
{
    const char *on = getenv("DISK_FAULT_ON");
    return on && path && strstr(path, on) != NULL;
}

/* Fails the call on this descriptor? Then errno is set. */
static int fails(int fd)
{
    int saved = errno;
    int error = fault();
    char link[64], path[4096];
    ssize_t length = -1;
    if (error) {
        snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
        length = readlink(link, path, sizeof path - 1);
    }
    errno = saved;
    if (length < 0 || error == HANGS)
        return 0;
    path[length] = 0;
    if (!is_meant(path))
        return 0;
    errno = error;
    return 1;
}

ssize_t write(int fd, const void *bytes, size_t count)
{
    return fails(fd) ? -1 : syscall(SYS_write, fd, bytes, count);
}

ssize_t pwrite(int fd, const void *bytes, size_t count, off_t at)
{
    return fails(fd) ? -1 : syscall(SYS_pwrite64, fd, bytes, count, at);
}

ssize_t pwrite64(int fd, const void *bytes, size_t count, off64_t at)
{
    return fails(fd) ? -1 : syscall(SYS_pwrite64, fd, bytes, count, at);
}

int fsync(int fd)
{
    return fails(fd) ? -1 : (int)syscall(SYS_fsync, fd);
}

int fdatasync(int fd)
{
    return fails(fd) ? -1 : (int)syscall(SYS_fdatasync, fd);
}

int ftruncate(int fd, off_t length)
{
    return fails(fd) ? -1 : (int)syscall(SYS_ftruncate, fd, length);
}

int ftruncate64(int fd, off64_t length)
{
    return fails(fd) ? -1 : (int)syscall(SYS_ftruncate, fd, length);
}

/* A read-only file system opens nothing for writing; a failing disk does. */
static int open_at(const char *path, int flags, mode_t mode)
{
    int writes = (flags & O_ACCMODE) != O_RDONLY || (flags & O_CREAT);
    if (writes && is_meant(path) && fault() == EROFS) {
        errno = EROFS;
        return -1;
    }
    return (int)syscall(SYS_openat, AT_FDCWD, path, flags, mode);
}

int open(const char *path, int flags, ...)
{
    va_list more;
    va_start(more, flags);
    mode_t mode = (flags & O_CREAT) ? va_arg(more, mode_t) : 0;
    va_end(more);
    return open_at(path, flags, mode);
}

int open64(const char *path, int flags, ...)
{
    va_list more;
    va_start(more, flags);
    mode_t mode = (flags & O_CREAT) ? va_arg(more, mode_t) : 0;
    va_end(more);
    return open_at(path, flags | O_LARGEFILE, mode);
}

DIR *opendir(const char *path)
{
    DIR *(*next)(const char *) = (DIR * (*)(const char *)) dlsym(RTLD_NEXT, "opendir");
    while (is_meant(path) && fault() == HANGS)
        usleep(10000);
    return next(path);
}
