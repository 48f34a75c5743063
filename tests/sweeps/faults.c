/* Preloaded by a test: the FAULT_AT-th call that opens, makes, writes, flushes, renames, cuts or removes a file under FAULT_UNDER
 * fails with FAULT_ERRNO; with 0 it is a write that is cut short, or nothing. With FAULT_STAYS=1 every later call but a removal fails
 * too, as on a full disk. The name of the call is put into the file FAULT_SAID, so that the test knows whether it came to that. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <unistd.h>

static long calls;

static long number(const char *name) {
    const char *text = getenv(name);
    return text ? atol(text) : 0;
}

/* Whether this call is to fail. */
static int strikes(const char *path, const char *call, int may_stay) {
    const char *under = getenv("FAULT_UNDER");
    if (!under || !path || strncmp(path, under, strlen(under)) != 0) return 0;
    long at = number("FAULT_AT"), now = __atomic_add_fetch(&calls, 1, __ATOMIC_SEQ_CST);
    if (now != at && !(now > at && may_stay && number("FAULT_STAYS"))) return 0;
    const char *said = getenv("FAULT_SAID");
    if (said && now == at) {
        int file = syscall(SYS_openat, AT_FDCWD, said, O_CREAT | O_WRONLY | O_TRUNC, 0600);
        if (file >= 0) {
            syscall(SYS_write, file, call, strlen(call));
            syscall(SYS_close, file);
        }
    }
    errno = number("FAULT_ERRNO");
    return 1;
}

static int strikes_file(int file, const char *call) {
    char link[64], path[4096];
    snprintf(link, sizeof link, "/proc/self/fd/%d", file);
    ssize_t length = readlink(link, path, sizeof path - 1);
    if (length < 0) return 0;
    path[length] = 0;
    return strikes(path, call, 1);
}

#define NEXT(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

static int open_mode(int flags, va_list more) {
    return flags & (O_CREAT | O_TMPFILE) ? va_arg(more, int) : 0;
}

int open64(const char *path, int flags, ...) {
    va_list more;
    va_start(more, flags);
    int mode = open_mode(flags, more);
    va_end(more);
    if (strikes(path, "open", 1) && errno) return -1;
    return NEXT(open64)(path, flags, mode);
}

int open(const char *path, int flags, ...) {
    va_list more;
    va_start(more, flags);
    int mode = open_mode(flags, more);
    va_end(more);
    if (strikes(path, "open", 1) && errno) return -1;
    return NEXT(open)(path, flags, mode);
}

int mkdir(const char *path, mode_t mode) {
    if (strikes(path, "mkdir", 1) && errno) return -1;
    return NEXT(mkdir)(path, mode);
}

int rename(const char *from, const char *to) {
    if (strikes(from, "rename", 1) && errno) return -1;
    return NEXT(rename)(from, to);
}

int unlink(const char *path) {
    if (strikes(path, "unlink", 0) && errno) return -1;
    return NEXT(unlink)(path);
}

int fsync(int file) {
    if (strikes_file(file, "fsync") && errno) return -1;
    return NEXT(fsync)(file);
}

int fdatasync(int file) {
    if (strikes_file(file, "fdatasync") && errno) return -1;
    return NEXT(fdatasync)(file);
}

int ftruncate64(int file, off64_t length) {
    if (strikes_file(file, "ftruncate") && errno) return -1;
    return NEXT(ftruncate64)(file, length);
}

ssize_t write(int file, const void *bytes, size_t length) {
    if (strikes_file(file, "write")) {
        int code = errno;
        /* A disk that fills up takes the first half. */
        if (length > 1 && (code == 0 || code == ENOSPC || code == EDQUOT)) {
            ssize_t taken = NEXT(write)(file, bytes, length / 2);
            if (code == 0) return taken;
        }
        if (code) {
            errno = code;
            return -1;
        }
    }
    return NEXT(write)(file, bytes, length);
}
