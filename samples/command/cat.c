/* Copies files, or its standard input, to its standard output. */
#include <errno.h>
#include <stdio.h>
#include <string.h>

static int copy(FILE *file) {
    char buffer[65536];
    for (size_t count; (count = fread(buffer, 1, sizeof buffer, file)) > 0;)
        if (fwrite(buffer, 1, count, stdout) != count)
            return 1;
    return ferror(file);
}

int main(int argc, char **argv) {
    int failed = argc < 2 && copy(stdin);
    for (int i = 1; i < argc; i++) {
        FILE *file = fopen(argv[i], "rb");
        if (!file || copy(file)) {
            fprintf(stderr, "cat: %s: %s\n", argv[i], strerror(errno));
            failed = 1;
        }
        if (file)
            fclose(file);
    }
    return failed;
}
