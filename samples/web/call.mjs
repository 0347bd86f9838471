// node call.mjs MODULE.wasm FUNCTION [ARGUMENT...]: calls a function of a fused module, with arguments in JSON, and prints the result.
import { readFile } from 'node:fs/promises';
import { instantiate } from './fused.js';

const [file, name, ...values] = process.argv.slice(2);
const description = JSON.parse(await readFile(file.replace(/\.[^.]*$/, '.json'), 'utf8'));

// What hosts do with resources, functions that are called here have no use for.
const imports = {};
for (const resource of description.resources) {
  for (const each of [resource.drop, resource.new, resource.rep].filter(each => each !== null))
    (imports[each.module] ??= {})[each.name] = () => { throw new Error(`this host has no ${each.name}`); };
}
const functions = await instantiate(description, await readFile(file), imports);
if (!(name in functions))
  throw new Error(`no function ${name}; there are ${Object.keys(functions).join(', ')}`);
console.log(JSON.stringify(functions[name](...values.map(value => JSON.parse(value))) ?? null, (_, value) => typeof value === 'bigint' ? `${value}` : value));
