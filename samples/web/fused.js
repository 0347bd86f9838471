// Calls what `fact fuse` makes of a component, by what it writes beside the module; in browsers and in Node.js, without any library.
// It knows numbers, booleans, characters, strings (UTF-8 and UTF-16), lists, records, tuples and enums: enough for most, and for others an example.

const sizes = { bool: 1, s8: 1, u8: 1, s16: 2, u16: 2, s32: 4, u32: 4, char: 4, f32: 4, s64: 8, u64: 8, f64: 8 };
const names = {
  bool: 'Uint8', s8: 'Int8', u8: 'Uint8', s16: 'Int16', u16: 'Uint16', s32: 'Int32', u32: 'Uint32', char: 'Uint32', f32: 'Float32', s64: 'BigInt64', u64: 'BigUint64',
  f64: 'Float64',
};

/** The exported functions of a module, by their paths: "name", or "instance#name". */
export async function instantiate(description, bytes, imports = {}) {
  const { instance } = await WebAssembly.instantiate(bytes, imports);
  if (description.initialize)
    instance.exports[description.initialize]();
  const long = name => typeof name === 'number' ? description.names[name] : name;
  return Object.fromEntries(description.exports.map(entry => [entry.path.map(long).join('#'), caller(description, instance.exports, entry, long)]));
}

function caller(description, exports, entry, long) {
  const type = description.funcTypes[entry.type], wide = entry.stringEncoding === 'utf16';

  // A memory that has grown has another buffer.
  const view = () => new DataView(exports[long(entry.memory)].buffer);
  const bytes = (at, length) => new Uint8Array(exports[long(entry.memory)].buffer, at, length);
  const allocate = (align, size) => exports[long(entry.realloc)](0, 0, align, size) >>> 0;
  const shape = value => typeof value === 'number' ? description.types[value] : { kind: value };
  const enumSize = s => s.labels.length <= 256 ? 'u8' : s.labels.length <= 65536 ? 'u16' : 'u32';

  // What a record or tuple is made of: each part with its shape and, in a record, its name.
  const parts = s => s.kind === 'record' ? s.fields.map(f => [long(f.name), shape(f.type)]) : s.kind === 'tuple' ? s.types.map((t, i) => [i, shape(t)]) : null;
  const align = s => sizes[s.kind] ?? (s.kind === 'enum' ? sizes[enumSize(s)] : parts(s) ? Math.max(1, ...parts(s).map(([, p]) => align(p))) : 4);
  const up = (at, to) => Math.ceil(at / to) * to;
  const size = s => sizes[s.kind] ?? (s.kind === 'enum' ? sizes[enumSize(s)]
    : parts(s) ? up(parts(s).reduce((at, [, p]) => up(at, align(p)) + size(p), 0), align(s)) : 8);
  const flat = s => parts(s) ? parts(s).reduce((count, [, p]) => count + flat(p), 0) : s.kind === 'string' || s.kind === 'list' ? 2 : 1;

  // Core values and the values that they stand for.
  const toCore = (s, value) => s.kind === 'bool' ? Number(value)
    : s.kind === 'char' ? value.codePointAt(0) : s.kind === 'enum' ? s.labels.map(long).indexOf(value) : value;
  const fromCore = (s, value) => {
    switch (s.kind) {
      case 'bool': return value !== 0;
      case 'char': return String.fromCodePoint(value);
      case 'enum': return long(s.labels[value]);
      case 'u8': case 'u16': case 'u32': return value >>> 0;
      case 'u64': return BigInt.asUintN(64, value);
      default: return value;
    }
  };

  // Strings and lists are an address and a length.
  function sequence(s, value) {
    if (s.kind === 'list') {
      const element = shape(s.element), at = allocate(align(element), size(element) * value.length);
      value.forEach((item, i) => store(element, item, at + i * size(element)));
      return [at, value.length];
    }
    const text = wide ? Uint16Array.from({ length: value.length }, (_, i) => value.charCodeAt(i)) : new TextEncoder().encode(value);
    const content = new Uint8Array(text.buffer, text.byteOffset, text.byteLength), at = allocate(wide ? 2 : 1, content.length);
    bytes(at, content.length).set(content);
    return [at, text.length];
  }
  function unsequence(s, at, length) {
    if (s.kind === 'list')
      return Array.from({ length }, (_, i) => load(shape(s.element), at + i * size(shape(s.element))));
    return new TextDecoder(wide ? 'utf-16le' : 'utf-8', { ignoreBOM: true }).decode(bytes(at, wide ? 2 * length : length));
  }

  function lower(s, value) {
    if (parts(s))
      return parts(s).flatMap(([name, p]) => lower(p, value[name]));
    return s.kind === 'string' || s.kind === 'list' ? sequence(s, value) : [toCore(s, value)];
  }
  function places(s, at) {
    let next = at;
    return parts(s).map(([name, p]) => { const place = up(next, align(p)); next = place + size(p); return [name, p, place]; });
  }
  function store(s, value, at) {
    if (parts(s))
      return places(s, at).forEach(([name, p, place]) => store(p, value[name], place));
    if (s.kind !== 'string' && s.kind !== 'list')
      return view()['set' + names[s.kind === 'enum' ? enumSize(s) : s.kind]](at, toCore(s, value), true);
    const [address, length] = sequence(s, value);
    view().setUint32(at, address, true);
    view().setUint32(at + 4, length, true);
  }
  function load(s, at) {
    if (parts(s)) {
      const values = places(s, at).map(([name, p, place]) => [name, load(p, place)]);
      return s.kind === 'tuple' ? values.map(([, value]) => value) : Object.fromEntries(values);
    }
    if (s.kind !== 'string' && s.kind !== 'list')
      return fromCore(s, view()['get' + names[s.kind === 'enum' ? enumSize(s) : s.kind]](at, true));
    return unsequence(s, view().getUint32(at, true), view().getUint32(at + 4, true));
  }
  const one = (s, core) => parts(s) ? load1(s, core) : fromCore(s, core);
  const load1 = (s, core) => { const [[name, p]] = parts(s); return s.kind === 'tuple' ? [one(p, core)] : { [name]: one(p, core) }; };

  return (...values) => {
    const core = exports[long(entry.name)](...type.params.flatMap((param, i) => lower(shape(param.type), values[i])));
    const result = type.result === null ? undefined : flat(shape(type.result)) === 1 ? one(shape(type.result), core) : load(shape(type.result), core >>> 0);
    if (entry.postReturn !== null)
      exports[long(entry.postReturn)](...core === undefined ? [] : [core]);
    return result;
  };
}
