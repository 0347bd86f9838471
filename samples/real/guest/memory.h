// What both guests need of a C library, which they do without.
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define EXPORT(name) __attribute__((export_name(name)))
#define IMPORT(module, name) __attribute__((import_module(module), import_name(name)))

// Traps when there is no memory left. Nothing is allocated for a size of zero; the pointer is then not to be used.
void *allocate(size_t size);

// Does nothing for what `allocate(0)` gave.
void release(void *block);

// How many blocks were allocated and not released.
uint32_t allocated_blocks(void);

// What an adapter calls for room for arguments and results, and to make that room larger or smaller.
EXPORT("cabi_realloc")
void *cabi_realloc(void *old, size_t old_size, size_t alignment, size_t size);
