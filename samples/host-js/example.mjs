// Runs components that `fact compile` took apart: node example.mjs LIBRARY SHOP WORDS, each the folder of one (README.md says how to make them).
import { instantiate } from './host.mjs';

const [library, shop, words] = process.argv.slice(2);

// Strings, lists and records; the resource `shelf` stays between the two parts of the component.
const desk = (await instantiate(library)).exports;
const books = [{ title: 'Emma', author: 'Austen', year: 1815 }, { title: '源氏物語', author: '紫式部', year: 1008 }];
console.log(desk.report('Été 📚', books), desk.oldest(books).title, desk.oldest([]), desk['open-shelves']());

// A resource of the component, which JavaScript owns until it drops it or gives it away.
const { exports, drop } = await instantiate(shop);
const stock = exports['sample:warehouse/stock@0.1.0'];
const [ann, bob] = [stock['[constructor]basket']('Ann', 1000n), stock['[constructor]basket']('Bořek', 1000n)];
console.log(stock['[method]basket.put'](ann, { name: 'tea', unit: 'kilogram', quantity: 2, price: 400n, note: null }));
console.log(stock['[method]basket.put'](bob, { name: 'coffee', unit: 'kilogram', quantity: 9, price: 400n, note: 'ground' }));
console.log(stock.dearest([bob, ann]), stock['in-use']()[0]);
const both = stock['[static]basket.merge']([ann, bob]);
console.log(stock['[method]basket.owner'](both), stock['[method]basket.total'](both), stock['in-use']()[0]);
drop(both);
console.log(stock['in-use']()[0]);

// A resource of JavaScript.
const texts = await instantiate(words, {
  'host:texts/texts#text': text => console.log('dropped', text.content),
  'host:texts/texts#[constructor]text': content => ({ content }),
  'host:texts/texts#[method]text.words': text => text.content.split(' '),
  log: (line, lengths) => console.log(line, lengths),
});
console.log(texts.exports.count('naïve words 😀'));
