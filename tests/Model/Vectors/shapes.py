"""Random types and values of the definitions, and how vectors write them."""
import struct

PRIMITIVES = ['bool', 's8', 'u8', 's16', 'u16', 's32', 'u32', 's64', 'u64', 'f32', 'f64', 'char', 'string']


def primitive(d, name):
    return getattr(d, name.capitalize() + 'Type')()


def from_spec(d, t):
    """A type as JSON; labels are a letter and a number."""
    rec = lambda u: None if u is None else from_spec(d, u)
    match t:
        case d.ListType(e, None): return ['list', rec(e)]
        case d.ListType(e, n): return ['list', rec(e), n]
        case d.MapType(k, v): return ['map', rec(k), rec(v)]
        case d.RecordType(fields): return ['record', [rec(f.t) for f in fields]]
        case d.TupleType(ts): return ['tuple', [rec(u) for u in ts]]
        case d.VariantType(cases): return ['variant', *payloads([rec(c.t) for c in cases])]
        case d.EnumType(labels): return ['enum', len(labels)]
        case d.FlagsType(labels): return ['flags', len(labels)]
        case d.OptionType(u): return ['option', rec(u)]
        case d.ResultType(ok, error): return ['result', rec(ok), rec(error)]
        case d.OwnType(r): return ['own', getattr(r, 'number', 0)]
        case d.BorrowType(r): return ['borrow', getattr(r, 'number', 0)]
        case d.StreamType(): return ['stream']
        case d.FutureType(): return ['future']
        case d.ErrorContextType(): return ['error-context']
        case _: return type(t).__name__[:-4].lower()


def payloads(all):
    """The number of cases, and as many payloads as repeat themselves."""
    for period in range(1, len(all) + 1):
        if all == (all[:period] * len(all))[:len(all)]:
            return len(all), all[:period]


def value_text(d, v, t):
    """A value as JSON: numbers as their bits, so that nothing depends on how a number is printed."""
    t = d.despecialize(t)
    match t:
        case d.BoolType(): return bool(v)
        case d.CharType(): return ord(v)
        case d.F32Type(): return struct.unpack('<I', struct.pack('<f', v))[0]
        case d.F64Type(): return str(struct.unpack('<Q', struct.pack('<d', v))[0])
        case d.StringType(): return [v[0], v[1], str(v[2])]
        case d.ListType(e, _): return [value_text(d, x, e) for x in v]
        case d.RecordType(fields): return [value_text(d, v[f.label], f.t) for f in fields]
        case d.VariantType(cases):
            [(label, payload)] = v.items()
            [(i, case)] = [(i, c) for i, c in enumerate(cases) if c.label == label]
            return [i] if case.t is None else [i, value_text(d, payload, case.t)]
        case d.FlagsType(labels): return sum(1 << i for i, l in enumerate(labels) if v[l])
        case d.S8Type() | d.U8Type(): return v & 0xFF
        case d.S16Type() | d.U16Type(): return v & 0xFFFF
        case d.S32Type() | d.U32Type(): return v & 0xFFFFFFFF
        case d.S64Type() | d.U64Type(): return str(v & 0xFFFFFFFFFFFFFFFF)
    raise AssertionError(t)


class TypeMaker:
    def __init__(self, d, rng, handles, wide=False):
        self.d, self.rng, self.handles, self.wide = d, rng, handles, wide

    def labels(self, prefix, n):
        return [prefix + str(i) for i in range(n)]

    def leaf(self):
        d, rng = self.d, self.rng
        kind = rng.randrange(14)
        if kind == 0:
            return d.FlagsType(self.labels('l', rng.choice([1, 3, 7, 8, 9, 15, 16, 17, 31, 32])))
        if kind == 1:
            return d.EnumType(self.labels('e', rng.choice([255, 256, 257, 70000]) if self.wide else rng.choice([1, 2, 3, 5])))
        if kind == 2 and self.handles:
            rt = d.ResourceType(None)
            return rng.choice([d.OwnType(rt), d.BorrowType(rt), d.StreamType(None), d.FutureType(None), d.ErrorContextType()])
        return primitive(d, rng.choice(PRIMITIVES))

    def maybe(self, depth):
        return None if self.rng.random() < 0.25 else self.type(depth)

    def type(self, depth):
        d, rng = self.d, self.rng
        if depth <= 1:
            return self.leaf()
        n = rng.randrange(6, 19) if rng.random() < 0.08 else rng.randrange(1, 5)
        match rng.randrange(11):
            case 0 | 1: return d.ListType(self.type(depth - 1))
            case 2: return d.ListType(self.type(depth - 1), rng.randrange(1, 5))
            case 3: return d.MapType(primitive(d, rng.choice([p for p in PRIMITIVES if p[0] != 'f'])), self.type(depth - 1))
            case 4: return d.RecordType([d.FieldType(l, self.type(depth - 1)) for l in self.labels('f', n)])
            case 5: return d.TupleType([self.type(depth - 1) for _ in range(n)])
            case 6 | 7:
                if self.wide:
                    n = rng.choice([2, 256, 257])
                    payloads = [self.maybe(depth - 1) for _ in range(3)]
                    return d.VariantType([d.CaseType(l, payloads[i % 3]) for i, l in enumerate(self.labels('c', n))])
                return d.VariantType([d.CaseType(l, self.maybe(depth - 1)) for l in self.labels('c', n)])
            case 8: return d.OptionType(self.type(depth - 1))
            case 9: return d.ResultType(self.maybe(depth - 1), self.maybe(depth - 1))
            case _: return self.leaf()


class ValueMaker:
    """Values as a guest with some encoding would lift them."""
    def __init__(self, d, rng, encoding, is64, budget):
        self.d, self.rng, self.encoding, self.is64, self.left = d, rng, encoding, is64, budget

    def value(self, t):
        d, rng = self.d, self.rng
        t = d.despecialize(t)
        match t:
            case d.BoolType(): return rng.random() < 0.5
            case d.CharType(): return chr(self.scalar(rng.choice([(0, 0x7F), (0x80, 0x7FF), (0xD000, 0xD7FF), (0xE000, 0xFFFF), (0x10000, 0x10FFFF)])))
            case d.F32Type(): return struct.unpack('<f', struct.pack('<I', self.number(32)))[0]
            case d.F64Type(): return struct.unpack('<d', struct.pack('<Q', self.number(64)))[0]
            case d.StringType(): return self.string()
            case d.ListType(e, n): return [self.value(e) for _ in range(self.count() if n is None else n)]
            case d.RecordType(fields): return {f.label: self.value(f.t) for f in fields}
            case d.VariantType(cases):
                c = rng.choice(cases)
                return {c.label: None if c.t is None else self.value(c.t)}
            case d.FlagsType(labels): return {l: rng.random() < 0.5 for l in labels}
            case d.S8Type(): return self.number(8) - 2**7
            case d.S16Type(): return self.number(16) - 2**15
            case d.S32Type(): return self.number(32) - 2**31
            case d.S64Type(): return self.number(64) - 2**63
            case d.U8Type(): return self.number(8)
            case d.U16Type(): return self.number(16)
            case d.U32Type(): return self.number(32)
            case d.U64Type(): return self.number(64)
        raise AssertionError(t)

    def number(self, bits):
        rng = self.rng
        return rng.choice([0, 1, 2**bits - 1, 2**(bits - 1), 2**(bits - 1) - 1, rng.getrandbits(bits), rng.getrandbits(bits)])

    def count(self):
        n = min(self.left, self.rng.choice([0, 1, 1, 2, 3, 4]))
        self.left -= n
        return n

    def scalar(self, bounds):
        low, high = bounds
        return self.rng.choice([low, high, self.rng.randint(low, high), self.rng.randint(low, high)])

    def string(self):
        rng = self.rng
        ranges = [(0x20, 0x7E), (0x20, 0x7E), (0x80, 0xFF), (0x100, 0x7FF), (0x800, 0xD7FF), (0xE000, 0xFFFF), (0x10000, 0x10FFFF)]
        if self.encoding == 'latin1+utf16' and rng.random() < 0.6:
            ranges = ranges[:3]
        text = ''
        for _ in range(rng.randrange(4)):
            bounds, n = rng.choice(ranges), min(rng.choice([0, 1, 2, 3, 9]), 1 + self.left)
            text += ''.join(chr(self.scalar(bounds)) for _ in range(n))
            self.left = max(0, self.left - n // 3)
        match self.encoding:
            case 'utf8': return text, 'utf8', len(text.encode('utf-8'))
            case 'utf16': return text, 'utf16', len(text.encode('utf-16-le')) // 2
        wide = any(ord(c) > 0xFF for c in text) or rng.random() < 0.3
        tag = 1 << (63 if self.is64 else 31)
        return text, 'latin1+utf16', (len(text.encode('utf-16-le')) // 2) | tag if wide else len(text)
