// The shop: does what its customers want with the baskets of the warehouse. Its strings are UTF-16.
//
// Written against the canonical ABI by hand, as warehouse.c is. Results of an imported function that are more than
// one core value are left at the address that is passed last.
#include "memory.h"

#define STOCK "sample:warehouse/stock@0.1.0"
#define CHECKOUT "sample:shop/checkout"

typedef struct {
    uint16_t *units;
    size_t length; // in code units, each of two bytes
} string;

typedef struct {
    uint8_t is_some;
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
    string customer;
    items items;
} order;

typedef struct {
    string customer;
    items items;
    uint64_t total;
} receipt;

typedef struct {
    uint8_t why;
    uint64_t limit;
} refusal;

typedef struct {
    receipt receipt;
    option_string biggest;
} bill;

_Static_assert(sizeof(item) == 40 && _Alignof(item) == 8, "as the canonical ABI lays it out");
_Static_assert(sizeof(bill) == 40 && sizeof(order) == 16, "as the canonical ABI lays it out");

typedef struct {
    uint8_t is_err;
    union {
        uint32_t count;
        refusal refusal;
    };
} put_result;

IMPORT(STOCK, "label") void stock_label(uint16_t *name, size_t length, uint32_t unit, string *result);
IMPORT(STOCK, "select") void stock_select(item *from, size_t length, uint64_t most, items *result);
IMPORT(STOCK, "dearest") void stock_dearest(int32_t *baskets, size_t length, uint32_t result[2]);
IMPORT(STOCK, "in-use") void stock_in_use(uint32_t result[2]);
IMPORT(STOCK, "[constructor]basket") int32_t basket_open(uint16_t *owner, size_t length, uint64_t limit);
IMPORT(STOCK, "[method]basket.owner") void basket_owner(int32_t self, string *result);
IMPORT(STOCK, "[method]basket.put")
void basket_put(int32_t self, uint16_t *name, size_t length, uint32_t unit, uint32_t quantity, uint64_t price,
                uint32_t has_note, uint16_t *note, size_t note_length, put_result *result);
IMPORT(STOCK, "[method]basket.contents") void basket_contents(int32_t self, items *result);
IMPORT(STOCK, "[method]basket.total") uint64_t basket_total(int32_t self);
IMPORT(STOCK, "[static]basket.merge") int32_t basket_merge(int32_t *baskets, size_t length);
IMPORT(STOCK, "[resource-drop]basket") void basket_drop(int32_t handle);

// Functions return their results here; they are read before anything else is called.
static string tag_result;
static items bargains_result;
static struct {
    uint8_t is_err;
    union {
        receipt receipt;
        refusal refusal;
    };
} buy_result;
static struct {
    uint8_t is_err;
    union {
        bill bill;
        refusal refusal;
    };
} together_result;
static struct {
    uint32_t baskets;
    uint32_t warehouse_blocks;
    uint32_t shop_blocks;
} in_use_result;

static void release_items(items list) {
    for (size_t i = 0; i < list.length; i++) {
        release(list.items[i].name.units);
        if (list.items[i].note.is_some) {
            release(list.items[i].note.value.units);
        }
    }
    release(list.items);
}

static void release_receipt(receipt *of) {
    release(of->customer.units);
    release_items(of->items);
}

// What is put into a basket is copied into the warehouse: the items stay the caller's.
static bool put_all(int32_t basket, items list, refusal *why) {
    for (size_t i = 0; i < list.length; i++) {
        item *of = &list.items[i];
        put_result result;
        basket_put(basket, of->name.units, of->name.length, of->unit, of->quantity, of->price, of->note.is_some,
                   of->note.value.units, of->note.value.length, &result);
        if (result.is_err) {
            *why = result.refusal;
            return false;
        }
    }
    return true;
}

static receipt checked_out(int32_t basket) {
    receipt done;
    basket_owner(basket, &done.customer);
    basket_contents(basket, &done.items);
    done.total = basket_total(basket);
    basket_drop(basket);
    return done;
}

EXPORT(CHECKOUT "#tag")
string *tag(uint16_t *name, size_t length, uint32_t unit) {
    stock_label(name, length, unit, &tag_result);
    release(name);
    return &tag_result;
}

EXPORT("cabi_post_" CHECKOUT "#tag")
void tag_post(string *result) {
    release(result->units);
}

EXPORT(CHECKOUT "#bargains")
items *bargains(item *from, size_t length, uint64_t most) {
    stock_select(from, length, most, &bargains_result);
    release_items((items){from, length});
    return &bargains_result;
}

EXPORT("cabi_post_" CHECKOUT "#bargains")
void bargains_post(items *result) {
    release_items(*result);
}

EXPORT(CHECKOUT "#buy")
void *buy(uint16_t *customer, size_t customer_length, item *wanted, size_t length, uint64_t limit) {
    items list = {wanted, length};
    int32_t basket = basket_open(customer, customer_length, limit);
    buy_result.is_err = !put_all(basket, list, &buy_result.refusal);
    if (buy_result.is_err) {
        basket_drop(basket);
    } else {
        buy_result.receipt = checked_out(basket);
    }
    release(customer);
    release_items(list);
    return &buy_result;
}

EXPORT("cabi_post_" CHECKOUT "#buy")
void buy_post(void *result) {
    (void)result;
    if (!buy_result.is_err) {
        release_receipt(&buy_result.receipt);
    }
}

EXPORT(CHECKOUT "#buy-together")
void *buy_together(order *orders, size_t length) {
    int32_t *baskets = allocate(length * sizeof *baskets);
    size_t opened = 0;
    bool bought = true;
    while (bought && opened < length) {
        order *of = &orders[opened];
        baskets[opened] = basket_open(of->customer.units, of->customer.length, UINT64_MAX);
        bought = put_all(baskets[opened++], of->items, &together_result.refusal);
    }
    together_result.is_err = !bought;
    option_string biggest = {0};
    if (bought) {
        uint32_t dearest[2];
        stock_dearest(baskets, length, dearest);
        biggest.is_some = dearest[0];
        if (biggest.is_some) {
            basket_owner(baskets[dearest[1]], &biggest.value);
        }
        together_result.bill.receipt = checked_out(basket_merge(baskets, length)); // the baskets are gone then
        together_result.bill.biggest = biggest;
    } else {
        for (size_t i = 0; i < opened; i++) {
            basket_drop(baskets[i]);
        }
    }
    release(baskets);
    for (size_t i = 0; i < length; i++) {
        release(orders[i].customer.units);
        release_items(orders[i].items);
    }
    release(orders);
    return &together_result;
}

EXPORT("cabi_post_" CHECKOUT "#buy-together")
void buy_together_post(void *result) {
    (void)result;
    if (!together_result.is_err) {
        release_receipt(&together_result.bill.receipt);
        if (together_result.bill.biggest.is_some) {
            release(together_result.bill.biggest.value.units);
        }
    }
}

EXPORT(CHECKOUT "#in-use")
void *in_use(void) {
    uint32_t warehouse[2];
    stock_in_use(warehouse);
    in_use_result.baskets = warehouse[0];
    in_use_result.warehouse_blocks = warehouse[1];
    in_use_result.shop_blocks = allocated_blocks();
    return &in_use_result;
}
