"""Writes test vectors by running the specification's own definitions.

usage: python3 make_vectors.py path/to/definitions.py output-directory

The same definitions give the same vectors. See README.md beside this file for their format.
"""
import importlib.util
import json
import random
import struct
import sys
from pathlib import Path

from shapes import TypeMaker, ValueMaker, from_spec, value_text
from calls import call_vectors


def load_definitions(path):
    spec = importlib.util.spec_from_file_location('definitions', path)
    module = importlib.util.module_from_spec(spec)
    sys.modules['definitions'] = module
    spec.loader.exec_module(module)
    return module


class SawNaN(Exception):
    """The definitions may choose any NaN: such a vector would say nothing."""


def refuse_nans(d):
    def check(f):
        if f != f:
            raise SawNaN()
        return f
    d.canonicalize_nan32 = d.canonicalize_nan64 = check
    d.maybe_scramble_nan32 = d.maybe_scramble_nan64 = check


ENCODINGS = ['utf8', 'utf16', 'latin1+utf16']
FLAT = {'i32': 4, 'i64': 8, 'f32': 4, 'f64': 8}


# ---- a guest: a memory with an allocator that keeps a record ----

class Guest:
    def __init__(self, d, is64, encoding, size, fill, start):
        self.d, self.fill, self.next = d, fill, start
        self.memory = d.MemInst(bytearray([fill]) * size, 'i64' if is64 else 'i32')
        self.encoding = encoding
        self.calls = []
        self.answers = {}

    def realloc(self, old, old_size, alignment, new_size):
        """Moves everything that is reallocated; the answer to a call may be told beforehand."""
        bits = 64 if self.memory.ptr_type() == 'i64' else 32
        ptr = self.d.align_to(self.next, alignment) if alignment else self.next
        n = len(self.calls)
        if n in self.answers:
            ptr = self.answers[n](ptr, new_size) % 2**bits
        else:
            self.next = ptr + new_size
        kept, length = min(old_size, new_size), len(self.memory)
        if old + kept <= length and ptr + kept <= length:
            self.memory[ptr:ptr + kept] = bytes(self.memory[old:old + kept])
        self.calls.append([old, old_size, alignment, new_size, ptr])
        return ptr

    def context(self, scope=None):
        """The context of a lift or lower; memory and allocator of this guest, without an instance around it."""
        cx = self.d.LiftLowerContext(self.d.LiftLowerOptions(self.encoding, self.memory, None), None, scope)
        cx.reallocate = self.realloc
        return cx

    def image(self):
        """What differs from the fill: [offset, hex] …"""
        runs, data, at = [], self.memory.bytes, 0
        while at < len(data):
            if data[at] == self.fill:
                at += 1
                continue
            end = at + 1
            gap = 0
            while end < len(data) and gap < 4:
                gap = gap + 1 if data[end] == self.fill else 0
                end += 1
            end -= gap
            runs.append([at, bytes(data[at:end]).hex()])
            at = end + 1
        return runs


def flat_bits(values, types):
    """Core values as unsigned integers of their bits."""
    out = []
    for v, t in zip(values, types):
        if t == 'f32':
            v = struct.unpack('<I', struct.pack('<f', v))[0]
        elif t == 'f64':
            v = struct.unpack('<Q', struct.pack('<d', v))[0]
        out.append(v)
    return out


def flat_values(bits, types):
    out = []
    for v, t in zip(bits, types):
        if t == 'f32':
            v = struct.unpack('<f', struct.pack('<I', v))[0]
        elif t == 'f64':
            v = struct.unpack('<d', struct.pack('<Q', v))[0]
        out.append(v)
    return out


# ---- layouts ----

def layout_vectors(d, rng, count):
    for _ in range(count):
        t = TypeMaker(d, rng, handles=True, wide=rng.random() < 0.2).type(rng.randrange(1, 5))
        line = {'type': from_spec(d, t)}
        for name, ptr in (('32', 'i32'), ('64', 'i64')):
            opts = d.LiftOptions('utf8', d.MemInst(bytearray(), ptr))
            flat = d.flatten_type(t, opts)
            line[name] = [d.alignment(t, ptr), d.elem_size(t, ptr), ' '.join(flat[:40])]
        yield line


def functype_vectors(d, rng, count):
    for _ in range(count):
        maker = TypeMaker(d, rng, handles=True)
        params = [maker.type(rng.randrange(1, 3)) for _ in range(rng.choice([0, 1, 1, 2, 3, 5, 16, 17]))]
        result = [maker.type(rng.randrange(1, 3))] if rng.random() < 0.8 else []
        ft = d.FuncType(params, result)
        is64, is_async, callback = rng.random() < 0.5, rng.random() < 0.5, rng.random() < 0.5
        opts = d.CanonicalOptions('utf8', d.MemInst(bytearray(), 'i64' if is64 else 'i32'), None, None, is_async,
                                  (lambda: 0) if is_async and callback else None)
        line = {'params': [from_spec(d, t) for t in params], 'result': [from_spec(d, t) for t in result],
                'is64': is64, 'async': is_async, 'callback': opts.callback is not None}
        for context in ('lift', 'lower'):
            core = d.flatten_functype(opts, ft, context)
            line[context] = [' '.join(core.params), ' '.join(core.results)]
        yield line


# ---- lifting from one memory and lowering into another ----

def put_string_as_it_is(d, guest):
    """Stores strings of the source in the encoding and with the tag that they have."""
    def store(cx, v):
        text, encoding, units = v
        tagged = encoding == 'latin1+utf16' and units & d.utf16_tag(cx.opts.memory.ptr_type())
        data = text.encode('utf-8' if encoding == 'utf8' else 'utf-16-le' if encoding == 'utf16' or tagged else 'latin-1')
        ptr = cx.allocate(1 if encoding == 'utf8' else 2, len(data))
        cx.opts.memory[ptr:ptr + len(data)] = data
        return ptr, units
    return store


def spoil_memory(rng, guest, start):
    used = guest.next - start
    if used <= 0:
        return
    data = guest.memory.bytes
    at = start + rng.randrange(used)
    match rng.randrange(5):
        case 0: data[at] ^= 1 << rng.randrange(8)
        case 1: data[at] = rng.choice([0, 1, 0x7F, 0x80, 0xBF, 0xC0, 0xD8, 0xDC, 0xDF, 0xE0, 0xED, 0xF0, 0xF4, 0xFF])
        case 2: data[at & ~3:(at & ~3) + 4] = b'\xff\xff\xff\xff'
        case 3: data[at & ~3] = (data[at & ~3] + rng.randrange(1, 4)) & 0xFF
        case 4: data[at & ~1:(at & ~1) + 2] = rng.choice([b'\x00\xd8', b'\x00\xdc', b'\xff\xdf', b'\xff\xdb'])


def spoil_flat(rng, flat, types, size):
    if not flat:
        return
    i = rng.randrange(len(flat))
    bits = 8 * FLAT[types[i]]
    flat[i] = rng.choice([flat[i] + 1, flat[i] ^ (1 << rng.randrange(bits)), 2**bits - 1, 0xD800, 0x110000, size, size - 1, size - 4, 1 << 28, 1 << 31,
                          rng.getrandbits(bits), 0]) % 2**bits


def hostile(rng, guest):
    size = len(guest.memory)
    answer = rng.choice([
        lambda ptr, n: ptr + 1, lambda ptr, n: ptr + 2, lambda ptr, n: ptr + 4,
        lambda ptr, n: size - n, lambda ptr, n: size - n + 1, lambda ptr, n: size, lambda ptr, n: 0, lambda ptr, n: 2**32 - 8,
        lambda ptr, n: (size - n) // 8 * 8, lambda ptr, n: 2**64 - 8])
    guest.answers[rng.choice([0, 0, 0, 1, 1, 2, 3])] = answer


def transfer_vectors(d, rng, count):
    made = 0
    while made < count:
        line = transfer(d, rng, made)
        if line is not None:
            made += 1
            yield line


def transfer(d, rng, number):
    limit = rng.choice([64, 24, 200]) if rng.random() < 0.12 else (1 << 28) - 1
    d.MAX_STRING_BYTE_LENGTH = d.MAX_LIST_BYTE_LENGTH = limit
    from64, to64 = number % 2 == 0, number // 2 % 2 == 0
    source = Guest(d, from64, ENCODINGS[number // 4 % 3], rng.choice([1024, 2048]), 0xA5, 16)
    target = Guest(d, to64, ENCODINGS[number // 12 % 3], rng.choice([1024, 2048]), 0xC3, 24)
    strings = rng.random() < 0.4
    maker = TypeMaker(d, rng, handles=False)
    types = [d.StringType()] if strings else [maker.type(rng.randrange(1, 4)) for _ in range(rng.choice([1, 1, 1, 2, 3, 18]))]
    values = ValueMaker(d, rng, source.encoding, from64, budget=30)
    vs = [values.value(t) for t in types]
    max_from, max_to = rng.choice([(16, 16), (1, 1), (4, 16), (16, 0)])
    cx = source.context()
    usual = d.store_string_into_range
    d.store_string_into_range = put_string_as_it_is(d, source)
    try:
        flat = d.lower_flat_values(cx, max_from, vs, types)
    except d.Trap:
        return None                                 # more than the memory of the source holds
    except SawNaN:
        return None
    finally:
        d.store_string_into_range = usual
    core = d.flatten_types(types, cx.opts)
    if len(core) > max_from:
        core = [source.memory.ptr_type()]
    bits = flat_bits(flat, core)
    for _ in range(rng.choice([0, 0, 0, 1, 1, 2])):
        spoil_memory(rng, source, 16)
    if rng.random() < 0.15:
        spoil_flat(rng, bits, core, len(source.memory))
    if rng.random() < 0.2:
        hostile(rng, target)
    out = None
    to_core = d.flatten_types(types, target.context().opts)
    in_memory = len(to_core) > max_to
    if in_memory and rng.random() < 0.5:
        ptr = target.memory.ptr_type()
        whole = d.TupleType(types)
        out = target.realloc(0, 0, d.alignment(whole, ptr), d.elem_size(whole, ptr))
        target.calls.clear()
        if rng.random() < 0.15:
            out = rng.choice([out + 1, out + 4, len(target.memory), len(target.memory) - 4, 2**32 - 1])

    line = {
        'types': [from_spec(d, t) for t in types],
        'from': [64 if from64 else 32, source.encoding, len(source.memory), source.image(), max_from, bits],
        'to': [64 if to64 else 32, target.encoding, len(target.memory), max_to, out],
    }
    if limit != (1 << 28) - 1:
        line['limit'] = limit
    stage = 'lift'
    try:
        lifted = d.lift_flat_values(source.context(), max_from, d.CoreValueIter(flat_values(bits, core)), types)
        line['lifted'] = [value_text(d, v, t) for v, t in zip(lifted, types)]
        lifted = [retag(d, v, t, source.memory, target.memory) for v, t in zip(lifted, types)]
        stage = 'lower'
        result = d.lower_flat_values(target.context(), max_to, lifted, types, d.CoreValueIter([out]) if out is not None else None)
        if in_memory:
            to_core = [] if out is not None else [target.memory.ptr_type()]
        line['flat'] = flat_bits(result, to_core)
        line['memory'] = target.image()
    except d.Trap:
        line['trap'] = stage
    except SawNaN:
        return None
    line['reallocs'] = target.calls
    return line


def retag(d, v, t, source, target):
    """A tag is bit 31 or bit 63, by the memory that the string is lifted from; the definitions look for that of the memory that it goes to."""
    if source.ptr_type() == target.ptr_type():
        return v
    t = d.despecialize(t)
    match t:
        case d.StringType():
            text, encoding, units = v
            tag = d.utf16_tag(source.ptr_type())
            if encoding == 'latin1+utf16' and units & tag:
                units = (units ^ tag) | d.utf16_tag(target.ptr_type())
            return text, encoding, units
        case d.ListType(e, _):
            return [retag(d, x, e, source, target) for x in v]
        case d.RecordType(fields):
            return {f.label: retag(d, v[f.label], f.t, source, target) for f in fields}
        case d.VariantType(cases):
            [(label, payload)] = v.items()
            [case] = [c for c in cases if c.label == label]
            return {label: None if case.t is None else retag(d, payload, case.t, source, target)}
    return v


def write(path, lines):
    with open(path, 'w', encoding='ascii', newline='\n') as file:
        for line in lines:
            file.write(json.dumps(line, separators=(',', ':')) + '\n')


def main():
    d = load_definitions(sys.argv[1])
    out = Path(sys.argv[2])
    write(out / 'calls.jsonl', call_vectors(d, random.Random(5), 220))
    refuse_nans(d)
    write(out / 'layouts.jsonl', layout_vectors(d, random.Random(1), 250))
    write(out / 'functypes.jsonl', functype_vectors(d, random.Random(2), 150))
    write(out / 'transfers.jsonl', transfer_vectors(d, random.Random(3), 800))


if __name__ == '__main__':
    main()
