/* Lists a folder: d for folders, l for links, the size, the name. */
#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

int main(int argc, char **argv) {
    const char *path = argc > 1 ? argv[1] : ".";
    DIR *folder = opendir(path);
    if (!folder) {
        fprintf(stderr, "ls: %s: %s\n", path, strerror(errno));
        return 1;
    }
    for (struct dirent *entry; (entry = readdir(folder));) {
        char name[4096];
        struct stat stat;
        if (!strcmp(entry->d_name, ".") || !strcmp(entry->d_name, ".."))
            continue;
        snprintf(name, sizeof name, "%s/%s", path, entry->d_name);
        if (lstat(name, &stat))
            printf("? %s: %s\n", entry->d_name, strerror(errno));
        else
            printf("%c %lld %s\n", S_ISDIR(stat.st_mode) ? 'd' : S_ISLNK(stat.st_mode) ? 'l' : '-', S_ISDIR(stat.st_mode) ? 0 : (long long)stat.st_size, entry->d_name);
    }
    closedir(folder);
    return 0;
}
