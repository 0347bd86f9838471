// An allocator: the first free block that is large enough, and neighbours joined when a block is released.
#include "memory.h"

// Stands before each block. The size counts the bytes after it, always a multiple of eight,
// so that every block is aligned for every type of the canonical ABI.
typedef struct block {
    size_t size;
    struct block *next; // of the free ones, by address; meaningless in an allocated one
} block;

#define PAGE 65536u
#define LARGEST 0x7fffffffu

extern unsigned char __heap_base; // set by the linker

static block *first_free;
static uintptr_t heap_end; // where the memory ended when it was last made larger; zero at first
static uint32_t allocated;

static block *after(block *b) {
    return (block *)((unsigned char *)(b + 1) + b->size);
}

static void put_free(block *b) {
    block **link = &first_free;
    block *previous = NULL;
    while (*link && *link < b) {
        previous = *link;
        link = &previous->next;
    }
    b->next = *link;
    *link = b;
    if (b->next && after(b) == b->next) {
        b->size += sizeof(block) + b->next->size;
        b->next = b->next->next;
    }
    if (previous && after(previous) == b) {
        previous->size += sizeof(block) + b->size;
        previous->next = b->next;
    }
}

// Adds a free block of at least `size` bytes at the end of the memory.
static void grow(size_t size) {
    uint64_t from = heap_end ? heap_end : ((uintptr_t)&__heap_base + 7) & ~(uintptr_t)7;
    uint64_t end = (uint64_t)__builtin_wasm_memory_size(0) * PAGE;
    uint64_t needed = from + sizeof(block) + size;
    if (needed > end) {
        uint64_t pages = (needed - end + PAGE - 1) / PAGE;
        end += pages * PAGE;
        if (end > UINTPTR_MAX || __builtin_wasm_memory_grow(0, pages) == (size_t)-1) {
            __builtin_trap();
        }
    }
    heap_end = end;
    block *b = (block *)(uintptr_t)from;
    b->size = end - from - sizeof(block);
    put_free(b);
}

void *allocate(size_t size) {
    if (size == 0) {
        return (void *)8;
    }
    if (size > LARGEST) {
        __builtin_trap();
    }
    size = (size + 7) & ~(size_t)7;
    for (;;) {
        for (block **link = &first_free; *link; link = &(*link)->next) {
            block *b = *link;
            if (b->size < size) {
                continue;
            }
            if (b->size - size > sizeof(block)) {
                block *rest = (block *)((unsigned char *)(b + 1) + size);
                rest->size = b->size - size - sizeof(block);
                rest->next = b->next;
                b->size = size;
                *link = rest;
            } else {
                *link = b->next;
            }
            allocated++;
            return b + 1;
        }
        grow(size);
    }
}

void release(void *pointer) {
    if ((uintptr_t)pointer > 8) {
        allocated--;
        put_free((block *)pointer - 1);
    }
}

uint32_t allocated_blocks(void) {
    return allocated;
}

void *cabi_realloc(void *old, size_t old_size, size_t alignment, size_t size) {
    (void)alignment; // at most eight
    if (size != 0 && old_size != 0 && ((block *)old - 1)->size >= size) {
        return old;
    }
    void *made = allocate(size);
    __builtin_memcpy(made, old, old_size < size ? old_size : size);
    release(old);
    return made;
}
