// A host for link plans, in Node: it runs what `fact compile` wrote into a folder. Needs multiple memories, which Node has from version 22 on.
//
// It has what synchronous components need: calls both ways, all value types but maps and fixed-length lists, resources of the component and of JavaScript.
// docs/plan.md says what a plan is, docs/abi.md what a host must do; the comments name their sections.
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Values } from './values.mjs';

const mayLeave = 1, maxFlatParams = 16;

// folder: where the files are; imports: {'instance#name': function}, where a resource has its name and a function that is told when a handle is dropped;
// component: the binary, where the plan names no file for it in the folder.
export async function instantiate(folder, imports = {}, component = undefined) {
  const plan = JSON.parse(await readFile(join(folder, 'plan.json'), 'utf8'));
  const name = n => typeof n === 'number' ? plan.names[n] : n;
  const coreModules = await modulesOf(folder, plan, component);
  const adapterModules = [], coreInstances = [];
  const flags = plan.instances.map(() => new WebAssembly.Global({ value: 'i32', mutable: true }, 3));
  let runtime;

  // §14 of the ABI: the runtime module keeps handles by their representations; what they stand for, JavaScript knows.
  const objects = new Map(), typeOf = table => plan.resourceTables[table].resource, isOurs = resource => plan.resources[resource].kind === 'imported';
  let lastRep = 0;
  const repOf = object => (objects.set(++lastRep, object), lastRep);
  const handles = {
    lift(type, index, call) {
      if (type.kind === 'borrow') call.enter();
      const resource = typeOf(type.table), rep = Number(runtime.exports[`lift-${type.kind}`](index, type.table));
      const object = objects.get(rep);
      if (isOurs(resource) && type.kind === 'own') objects.delete(rep);
      return isOurs(resource) ? object : { resource, rep };
    },
    lower(type, value, call) {
      if (type.kind === 'borrow') call.enter();
      return runtime.exports[`lower-${type.kind}`](BigInt(isOurs(typeOf(type.table)) ? repOf(value) : value.rep), type.table);
    },
  };
  const values = new Values(plan, handles);

  const core = def => def.kind === 'export' ? coreInstances[def.instance].exports[name(def.name)]
    : def.kind === 'adapter' ? adapterModules[plan.adapters[def.adapter].module].exports[plan.adapters[def.adapter].name] : trampoline(plan.trampolines[def.trampoline]);
  const func = id => id === null ? undefined : core(plan.coreFuncs[id]);
  const itemName = id => [plan.imports[plan.importedItems[id].import].name, ...plan.importedItems[id].path].map(name).join('#');
  const imported = id => imports[itemName(id)] ?? (() => { throw new Error(`missing import ${itemName(id)}`); })();

  // One call: where it reads and writes (§3: nothing may leave while the guest allocates).
  function begin(id) {
    const options = plan.options[id], flag = flags[options.instance];
    const guarded = run => { flag.value &= ~mayLeave; const result = run(); flag.value |= mayLeave; return result; };
    let entered = false;
    return {
      options, guarded,
      memory: () => core(plan.coreMemories[options.memory]),
      allocate: (align, size) => guarded(() => func(options.realloc)(0, 0, align, size)) >>> 0,
      enter: () => entered ||= (runtime.exports['enter-call'](), true),
      exit: () => entered && runtime.exports['exit-call'](),
    };
  }

  // A function of the component. Spec: canon_lift.
  function exported({ type: id, callee, options }) {
    const type = plan.funcTypes[id], flat = type.params.flatMap(p => values.layout(p.type).flat);
    const tuple = { kind: 'record', fields: type.params.map((p, i) => ({ name: i, type: p.type })) };
    return (...args) => {
      if (args.length !== type.params.length) throw new TypeError(`${type.params.length} arguments are expected`);
      const call = begin(options), target = func(callee);
      const params = flat.length <= maxFlatParams ? type.params.flatMap((p, i) => values.lower(call, p.type, args[i])) : [inMemory(call, tuple, args)];
      const result = target(...params), post = func(call.options.postReturn);
      const value = type.result === null ? undefined
        : values.layout(type.result).flat.length <= 1 ? values.lift(call, type.result, () => result) : values.load(call, type.result, result >>> 0);
      if (post) call.guarded(() => type.result === null ? post() : post(result));
      call.exit();
      return value;
    };
  }

  function inMemory(call, tuple, args) {
    const index = values.types.push(tuple) - 1, { size, align } = values.layout(index), at = call.allocate(align, size);
    values.store(call, index, at, args);
    return at;
  }

  // A core function for the component, of ours or of the runtime module. Spec: canon_lower.
  function trampoline(t) {
    if (t.runtime) return runtime.exports[t.runtime];
    if (t.kind !== 'lower-import') throw new Error(`this host has no ${t.kind}`);
    const type = plan.funcTypes[t.type], target = imported(t.item), flat = type.params.flatMap(p => values.layout(p.type).flat);
    const result = type.result === null ? [] : values.layout(type.result).flat;
    const tuple = values.types.push({ kind: 'record', isTuple: true, fields: type.params.map((p, i) => ({ name: i, type: p.type })) }) - 1;
    return (...args) => {
      const call = begin(t.options);
      if (!(flags[call.options.instance].value & mayLeave)) throw new WebAssembly.RuntimeError('cannot leave component instance');
      const params = flat.length > maxFlatParams ? values.load(call, tuple, args.shift() >>> 0) : values.lift(call, tuple, () => args.shift());
      const value = target(...params);
      call.exit();
      if (result.length > 1) return values.store(call, type.result, args.shift() >>> 0, value);
      return type.result === null ? undefined : values.lower(call, type.result, value)[0];
    };
  }

  // What an import of one of our modules denotes (§2 of the ABI, plan.md, "Adapter modules").
  const denoted = d => d.kind === 'instance-flags' ? flags[d.instance] : d.kind === 'memory' ? core(plan.coreMemories[d.memory])
    : 'func' in d ? func(d.func) : d.kind === 'transfer' ? runtime.exports[`transfer-${d.what}`] : d.kind === 'resource-enter-call' ? runtime.exports['enter-call']
    : d.kind === 'resource-exit-call' ? runtime.exports['exit-call'] : d.kind === 'resource-drop' ? dropped(d.resource) : (() => { throw new Error(`this host has no ${d.kind}`); })();
  const dropped = resource => rep => { imports[itemName(plan.resources[resource].item)]?.(objects.get(rep)); objects.delete(rep); };
  const load = async ({ file, imports }) => WebAssembly.instantiate(await WebAssembly.compile(await readFile(join(folder, file))), given(imports.map(i => [i.module, i.name, denoted(i.denotes)])));

  if (plan.runtimeModules) runtime = await load(plan.runtimeModules[0]);
  for (const step of plan.initializers) {
    if (step.kind === 'instantiate-adapter-module') adapterModules[step.module] = await load(plan.adapterModules[step.module]);
    else if (step.kind === 'define-resource') defineResource(step.resource);
    else coreInstances[step.instance] = await WebAssembly.instantiate(
      step.module.kind === 'embedded' ? coreModules[step.module.coreModule] : imported(step.module.item), given(step.imports.map(i => [name(i.module), name(i.name), core(i.from)])));
  }
  function defineResource(resource) {
    const dtor = func(plan.resources[resource].dtor ?? null);
    if (dtor) runtime.exports.destructors.set(resource, dtor);
  }

  const exportsOf = list => Object.fromEntries(list.filter(e => e.kind === 'func' || e.kind === 'instance').map(e =>
    [name(e.name), e.kind === 'func' ? exported(e) : exportsOf(plan.exportedInstances[e.instance].exports)]));
  // A resource of the component that JavaScript owns is dropped by it.
  return { exports: exportsOf(plan.exports), drop: handle => runtime.exports.destructors.get(handle.resource)?.(handle.rep) };
}

const given = list => { const by = {}; for (const [module, name, what] of list) (by[module] ??= {})[name] = what; return by; };

async function modulesOf(folder, plan, component) {
  component ??= plan.component?.file && plan.coreModules.some(m => !m.file) ? await readFile(join(folder, plan.component.file)) : undefined;
  if (component && plan.component && createHash('sha256').update(component).digest('hex') !== plan.component.sha256) throw new Error('the plan is of another component');
  return Promise.all(plan.coreModules.map(async m => WebAssembly.compile(m.file ? await readFile(join(folder, m.file)) : component.subarray(m.offset, m.offset + m.length))));
}
