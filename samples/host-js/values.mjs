// Values of component types in JavaScript, and how core functions take and give them: what the Canonical ABI calls lifting and lowering.
//
//   bool, numbers, char, string as one expects; 64-bit integers are BigInts · list, tuple: arrays · record: object · flags: object of booleans
//   option: the value or null · enum: the label · variant: {tag, value} · result: {tag: 'ok' | 'error', value} · own, borrow: what the host keeps

const numbers = { s8: 'Int8', u8: 'Uint8', s16: 'Int16', u16: 'Uint16', s32: 'Int32', u32: 'Uint32', f32: 'Float32', f64: 'Float64', s64: 'BigInt64', u64: 'BigUint64' };
const alignTo = (at, align) => Math.ceil(at / align) * align;
const scratch = new DataView(new ArrayBuffer(8));
const trap = why => { throw new WebAssembly.RuntimeError(why); };

export class Values {
  // plan: the link plan; handles: lift and lower of own and borrow.
  constructor(plan, handles) {
    this.name = name => typeof name === 'number' ? plan.names[name] : name;
    this.handles = handles;
    this.types = plan.types.map(type => this.#plain(type));
    this.of = type => typeof type === 'number' ? this.types[type] : { kind: type };
  }

  // Spec: despecialize. Enums, options and results are variants; `js` makes what JavaScript has of [tag, value], `case` takes it apart.
  #plain(type) {
    const tagged = (cases, js = (tag, value) => ({ tag, value }), split = v => [v.tag, v.value]) => ({ kind: 'variant', cases, js, split });
    switch (type.kind) {
      case 'tuple': return { kind: 'record', fields: type.types.map((type, i) => ({ name: i, type })), isTuple: true };
      case 'record': return { kind: 'record', fields: type.fields.map(f => ({ name: this.name(f.name), type: f.type })) };
      case 'flags': return { kind: 'flags', labels: type.labels.map(this.name) };
      case 'enum': return tagged(type.labels.map(l => ({ name: this.name(l), type: null })), tag => tag, v => [v, undefined]);
      case 'option': return tagged([{ name: 'none', type: null }, { name: 'some', type: type.some }], (tag, v) => tag === 'some' ? v : null, v => v === null ? ['none'] : ['some', v]);
      case 'result': return tagged([{ name: 'ok', type: type.ok }, { name: 'error', type: type.error }]);
      case 'variant': return tagged(type.cases.map(c => ({ name: this.name(c.name), type: c.type })));
      case 'list': case 'own': case 'borrow': return type;
      default: throw new Error(`this host has no ${type.kind}`);
    }
  }

  // Size, alignment and flat types.
  layout(index) {
    const type = this.of(index);
    return type.layout ??= this.#layout(type);
  }

  #layout(type) {
    if (type.kind in numbers) {
      const size = Number(type.kind.slice(1)) / 8;
      return { size, align: size, flat: [type.kind[0] === 'f' ? type.kind : size === 8 ? 'i64' : 'i32'] };
    }
    switch (type.kind) {
      case 'bool': return { size: 1, align: 1, flat: ['i32'] };
      case 'char': case 'own': case 'borrow': return { size: 4, align: 4, flat: ['i32'] };
      case 'string': case 'list': return { size: 8, align: 4, flat: ['i32', 'i32'] };
      case 'flags': { const size = type.labels.length > 16 ? 4 : type.labels.length > 8 ? 2 : 1; return { size, align: size, flat: ['i32'] }; }
      case 'record': {
        let size = 0, align = 1, flat = [];
        for (const field of type.fields) {
          const part = this.layout(field.type);
          field.offset = size = alignTo(size, part.align);
          size += part.size, align = Math.max(align, part.align), flat.push(...part.flat);
        }
        return { size: alignTo(size, align), align, flat };
      }
      case 'variant': {
        const tag = type.cases.length > 65536 ? 4 : type.cases.length > 256 ? 2 : 1, parts = type.cases.filter(c => c.type !== null).map(c => this.layout(c.type));
        const align = Math.max(tag, ...parts.map(p => p.align)), flat = ['i32'];
        for (const part of parts)
          part.flat.forEach((t, i) => flat[i + 1] = (flat[i + 1] ?? t) === t ? t : [flat[i + 1], t].every(x => x === 'i32' || x === 'f32') ? 'i32' : 'i64');
        Object.assign(type, { tagType: `u${tag * 8}`, payload: alignTo(tag, align) });
        return { size: alignTo(type.payload + Math.max(0, ...parts.map(p => p.size)), align), align, flat };
      }
    }
  }

  // The memory of a call; anew each time, as it may have grown.
  #view(call, at, size, align) {
    const view = new DataView(call.memory().buffer);
    return at % align === 0 && at + size <= view.byteLength ? view : trap(`${at} is not aligned to ${align}, or out of bounds`);
  }

  // The value of core values, which are taken one by one.
  lift(call, index, next) {
    const type = this.of(index), { kind } = type;
    if (kind in numbers || kind === 'bool' || kind === 'char' || kind === 'flags') return this.#scalar(type, next());
    switch (kind) {
      case 'own': case 'borrow': return this.handles.lift(type, next() >>> 0, call);
      case 'string': return this.#string(call, next() >>> 0, next() >>> 0);
      case 'list': return this.#list(call, type.element, next() >>> 0, next() >>> 0);
      case 'record': return this.#record(type, field => this.lift(call, field.type, next));
      case 'variant': {
        const { flat } = this.layout(index), slots = flat.map(() => next()), one = type.cases[slots[0] >>> 0] ?? trap('no such case');
        let at = 1;
        const own = one.type === null ? [] : this.layout(one.type).flat;
        return type.js(one.name, one.type === null ? undefined : this.lift(call, one.type, () => narrow(slots[at], flat[at], own[at++ - 1])));
      }
    }
  }

  load(call, index, at) {
    const type = this.of(index), { size, align } = this.layout(index), view = this.#view(call, at, size, align);
    const get = (kind, offset = 0) => view[`get${numbers[kind]}`](at + offset, true);
    if (type.kind in numbers) return get(type.kind);
    switch (type.kind) {
      case 'bool': case 'flags': return this.#scalar(type, get(`u${size * 8}`));
      case 'char': return this.#scalar(type, get('u32'));
      case 'own': case 'borrow': return this.handles.lift(type, get('u32'), call);
      case 'string': return this.#string(call, get('u32'), get('u32', 4));
      case 'list': return this.#list(call, type.element, get('u32'), get('u32', 4));
      case 'record': return this.#record(type, field => this.load(call, field.type, at + field.offset));
      case 'variant': {
        const one = type.cases[get(type.tagType)] ?? trap('no such case');
        return type.js(one.name, one.type === null ? undefined : this.load(call, one.type, at + type.payload));
      }
    }
  }

  // Core values of a value.
  lower(call, index, value) {
    const type = this.of(index);
    switch (type.kind) {
      case 'own': case 'borrow': return [this.handles.lower(type, value, call)];
      case 'string': return this.#storeString(call, value);
      case 'list': return this.#storeList(call, type.element, value);
      case 'record': return type.fields.flatMap(field => this.lower(call, field.type, value[field.name]));
      case 'variant': {
        const [tag, inner] = type.split(value), number = type.cases.findIndex(c => c.name === tag), { flat } = this.layout(index);
        const one = type.cases[number] ?? trap(`no case ${tag}`), own = one.type === null ? [] : this.layout(one.type).flat;
        const parts = one.type === null ? [] : this.lower(call, one.type, inner);
        return [number, ...flat.slice(1).map((want, i) => i < own.length ? widen(parts[i], own[i], want) : want === 'i64' ? 0n : 0)];
      }
      default: return [this.#number(type, value)];
    }
  }

  store(call, index, at, value) {
    const type = this.of(index), { size, align } = this.layout(index);
    const set = (kind, what, offset = 0) => this.#view(call, at, size, align)[`set${numbers[kind]}`](at + offset, what, true);
    if (type.kind in numbers) return set(type.kind, value);
    switch (type.kind) {
      case 'record': return type.fields.forEach(field => this.store(call, field.type, at + field.offset, value[field.name]));
      case 'variant': {
        const [tag, inner] = type.split(value), number = type.cases.findIndex(c => c.name === tag), one = type.cases[number] ?? trap(`no case ${tag}`);
        set(type.tagType, number);
        return one.type === null ? undefined : this.store(call, one.type, at + type.payload, inner);
      }
      case 'string': case 'list': { const [pointer, length] = this.lower(call, index, value); set('u32', pointer); return set('u32', length, 4); }
      default: return set(`u${size * 8}`, this.lower(call, index, value)[0]);
    }
  }

  #record(type, part) {
    const parts = type.fields.map(field => [field.name, part(field)]);
    return type.isTuple ? parts.map(([, value]) => value) : Object.fromEntries(parts);
  }

  #scalar(type, bits) {
    switch (type.kind) {
      case 'bool': return bits !== 0;
      case 'char': return bits >>> 0 > 0x10ffff || (bits >= 0xd800 && bits < 0xe000) ? trap('no char') : String.fromCodePoint(bits);
      case 'flags': return Object.fromEntries(type.labels.map((label, i) => [label, (bits >>> i & 1) !== 0]));
      case 's64': return BigInt.asIntN(64, bits);
      case 'u64': return BigInt.asUintN(64, bits);
      case 'f32': case 'f64': return bits;
      default: { const shift = 32 - Number(type.kind.slice(1)); return type.kind[0] === 's' ? bits << shift >> shift : bits << shift >>> shift; }
    }
  }

  #number(type, value) {
    return type.kind === 'bool' ? Number(value) : type.kind === 'char' ? value.codePointAt(0)
      : type.kind === 'flags' ? type.labels.reduce((bits, label, i) => bits | (value[label] ? 1 << i : 0), 0) : value;
  }

  #string(call, at, length) {
    // A string of latin1+utf16 says in its highest bit which of them it is.
    const { stringEncoding } = call.options, isUtf16 = stringEncoding === 'utf16' || (stringEncoding !== 'utf8' && length >>> 31 === 1);
    const units = length & 0x7fffffff, bytes = units * (isUtf16 ? 2 : 1);
    this.#view(call, at, bytes, stringEncoding === 'utf8' ? 1 : 2);
    const data = new Uint8Array(call.memory().buffer, at, bytes);
    return stringEncoding !== 'utf8' && !isUtf16 ? Array.from(data, c => String.fromCharCode(c)).join('')
      : new TextDecoder(isUtf16 ? 'utf-16le' : 'utf-8', { fatal: true, ignoreBOM: true }).decode(data);
  }

  #storeString(call, text) {
    if (call.options.stringEncoding === 'utf8') {
      const bytes = new TextEncoder().encode(text), at = call.allocate(1, bytes.length);
      this.#view(call, at, bytes.length, 1), new Uint8Array(call.memory().buffer).set(bytes, at);
      return [at, bytes.length];
    }
    const at = call.allocate(2, 2 * text.length), view = this.#view(call, at, 2 * text.length, 2);
    for (let i = 0; i < text.length; i++) view.setUint16(at + 2 * i, text.charCodeAt(i), true);
    return [at, call.options.stringEncoding === 'utf16' ? text.length : (text.length | 0x80000000) >>> 0];
  }

  #list(call, element, at, length) {
    const { size, align } = this.layout(element);
    this.#view(call, at, length * size, align);
    return Array.from({ length }, (_, i) => this.load(call, element, at + i * size));
  }

  #storeList(call, element, values) {
    const { size, align } = this.layout(element), at = call.allocate(align, size * values.length);
    this.#view(call, at, size * values.length, align);
    values.forEach((value, i) => this.store(call, element, at + i * size, value));
    return [at, values.length];
  }
}

// Cases share core values: of a slot that another type decides, the bits of the own one. Spec: join.
function narrow(value, slot, own) {
  if (slot === own) return value;
  if (slot === 'i64') scratch.setBigInt64(0, value, true); else scratch.setInt32(0, value, true);
  return own === 'i32' ? scratch.getInt32(0, true) : own === 'f32' ? scratch.getFloat32(0, true) : scratch.getFloat64(0, true);
}

function widen(value, own, slot) {
  if (slot === own) return value;
  scratch.setBigInt64(0, 0n, true);
  if (own === 'i32') scratch.setInt32(0, value, true); else if (own === 'f32') scratch.setFloat32(0, value, true); else scratch.setFloat64(0, value, true);
  return slot === 'i64' ? scratch.getBigInt64(0, true) : scratch.getInt32(0, true);
}
