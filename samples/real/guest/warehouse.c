// The warehouse: keeps baskets. Its strings are UTF-8.
//
// Written against the canonical ABI by hand: the structures are laid out as the ABI lays out the types of
// warehouse.wit, in parameters up to sixteen core values stand for their parts, and a result of more than one
// core value is left in memory, at the address that the function returns.
#include "memory.h"

#define STOCK "sample:warehouse/stock@0.1.0"

typedef struct {
    uint8_t *bytes;
    size_t length;
} string;

typedef struct {
    bool is_some;
    string value;
} option_string;

typedef struct {
    string name;
    uint8_t unit;
    uint32_t quantity;
    uint64_t price;
    option_string note;
} item;

typedef struct {
    item *items;
    size_t length;
} items;

typedef struct {
    string owner;
    uint64_t limit;
    uint64_t total;
    items contents;
    size_t room;
} basket;

_Static_assert(sizeof(item) == 40 && _Alignof(item) == 8, "as the canonical ABI lays it out");

IMPORT("[export]" STOCK, "[resource-new]basket") int32_t basket_new(basket *made);
IMPORT("[export]" STOCK, "[resource-rep]basket") basket *basket_rep(int32_t handle);
IMPORT("[export]" STOCK, "[resource-drop]basket") void basket_drop(int32_t handle);

static uint32_t baskets;

// Functions return their results here; they are read before anything else is called.
static string string_result;
static items items_result;
static struct {
    uint8_t is_err;
    union {
        uint32_t count;
        struct {
            uint8_t why;
            uint64_t limit;
        } refusal;
    };
} put_result;
static struct {
    uint8_t is_some;
    uint32_t place;
} dearest_result;
static struct {
    uint32_t baskets;
    uint32_t blocks;
} in_use_result;

enum { UNNAMED, OVER_LIMIT };

#define LITERAL(text) {(uint8_t *)(text), sizeof(text) - 1}

static string joined(string a, string between, string b) {
    string whole = {.length = a.length + between.length + b.length};
    whole.bytes = allocate(whole.length);
    __builtin_memcpy(whole.bytes, a.bytes, a.length);
    __builtin_memcpy(whole.bytes + a.length, between.bytes, between.length);
    __builtin_memcpy(whole.bytes + a.length + between.length, b.bytes, b.length);
    return whole;
}

static void release_item(item *of) {
    release(of->name.bytes);
    if (of->note.is_some) {
        release(of->note.value.bytes);
    }
}

static void release_items(items list) {
    for (size_t i = 0; i < list.length; i++) {
        release_item(&list.items[i]);
    }
    release(list.items);
}

EXPORT(STOCK "#label")
string *label(uint8_t *name, size_t length, uint32_t unit) {
    static const string units[] = {LITERAL("piece"), LITERAL("kilogram"), LITERAL("litre")};
    string_result = joined((string){name, length}, (string)LITERAL(", per "), units[unit]);
    release(name);
    return &string_result;
}

EXPORT("cabi_post_" STOCK "#label")
void label_post(string *result) {
    release(result->bytes);
}

EXPORT(STOCK "#select")
items *select(item *from, size_t length, uint64_t most) {
    size_t kept = 0;
    for (size_t i = 0; i < length; i++) {
        item next = from[i];
        if (next.price > most) {
            release_item(&next);
            continue;
        }
        size_t place = kept++;
        for (; place > 0 && from[place - 1].price > next.price; place--) {
            from[place] = from[place - 1];
        }
        from[place] = next;
    }
    items_result = (items){from, kept};
    return &items_result;
}

EXPORT("cabi_post_" STOCK "#select")
void select_post(items *result) {
    release_items(*result);
}

static basket *open_basket(string owner, uint64_t limit) {
    basket *made = allocate(sizeof *made);
    *made = (basket){.owner = owner, .limit = limit};
    baskets++;
    return made;
}

// Takes the item over.
static void append(basket *to, item *of) {
    if (to->contents.length == to->room) {
        size_t room = to->room ? 2 * to->room : 4;
        to->contents.items = cabi_realloc(
            to->contents.items, to->room * sizeof(item), _Alignof(item), room * sizeof(item));
        to->room = room;
    }
    to->contents.items[to->contents.length++] = *of;
    uint64_t sum = to->total + of->quantity * of->price;
    to->total = sum < to->total ? UINT64_MAX : sum;
}

EXPORT(STOCK "#[constructor]basket")
int32_t constructor(uint8_t *owner, size_t length, uint64_t limit) {
    return basket_new(open_basket((string){owner, length}, limit));
}

EXPORT(STOCK "#[dtor]basket")
void destructor(basket *gone) {
    release(gone->owner.bytes);
    release_items(gone->contents);
    release(gone);
    baskets--;
}

EXPORT(STOCK "#[method]basket.owner")
string *basket_owner(basket *self) {
    return &self->owner; // stays the basket's: there is nothing to release after the call
}

EXPORT(STOCK "#[method]basket.put")
void *put(basket *self, uint8_t *name, size_t length, uint32_t unit, uint32_t quantity, uint64_t price,
          uint32_t has_note, uint8_t *note, size_t note_length) {
    item next = {{name, length}, unit, quantity, price, {has_note, {note, note_length}}};
    // Divided instead of multiplied, since the product may have more than 64 bits.
    bool over = quantity != 0 && price > (self->limit - self->total) / quantity;
    put_result.is_err = length == 0 || over;
    if (length == 0) {
        put_result.refusal.why = UNNAMED;
    } else if (over) {
        put_result.refusal.why = OVER_LIMIT;
        put_result.refusal.limit = self->limit;
    } else {
        append(self, &next);
        put_result.count = self->contents.length;
        return &put_result;
    }
    release_item(&next);
    return &put_result;
}

EXPORT(STOCK "#[method]basket.contents")
items *contents(basket *self) {
    return &self->contents;
}

EXPORT(STOCK "#[method]basket.total")
uint64_t total(basket *self) {
    return self->total;
}

EXPORT(STOCK "#[static]basket.merge")
int32_t merge(int32_t *handles, size_t length) {
    basket *whole = open_basket((string){0}, UINT64_MAX);
    for (size_t i = 0; i < length; i++) {
        basket *part = basket_rep(handles[i]);
        string owner = i == 0 ? joined(whole->owner, (string){0}, part->owner)
                              : joined(whole->owner, (string)LITERAL(" & "), part->owner);
        release(whole->owner.bytes);
        whole->owner = owner;
        for (size_t j = 0; j < part->contents.length; j++) {
            append(whole, &part->contents.items[j]);
        }
        part->contents.length = 0; // the items have moved
        basket_drop(handles[i]);
    }
    release(handles);
    return basket_new(whole);
}

EXPORT(STOCK "#dearest")
void *dearest(basket **borrowed, size_t length) {
    dearest_result.is_some = length != 0;
    dearest_result.place = 0;
    for (size_t i = 1; i < length; i++) {
        if (borrowed[i]->total > borrowed[dearest_result.place]->total) {
            dearest_result.place = i;
        }
    }
    release(borrowed);
    return &dearest_result;
}

EXPORT(STOCK "#in-use")
void *in_use(void) {
    in_use_result.baskets = baskets;
    in_use_result.blocks = allocated_blocks();
    return &in_use_result;
}
