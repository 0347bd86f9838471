/* Says hello with its arguments, one variable of its environment, and the length of its standard input. */
#include <stdio.h>
#include <stdlib.h>

int main(int argc, char **argv) {
    const char *name = getenv("NAME");
    printf("hello %s\n", name ? name : "nobody");
    for (int i = 1; i < argc; i++)
        printf("argument %d: %s\n", i, argv[i]);
    size_t length = 0;
    while (getchar() != EOF)
        length++;
    fprintf(stderr, "%zu bytes of input\n", length);
    return argc > 3;
}
