// Writes nfkc.bin from the Unicode character database (Debian package unicode-data, folder /usr/share/unicode):
//     node nfkc.mjs /usr/share/unicode nfkc.bin
// Run only when the table is made for a new version of the key derivation: the table is part of what a password means.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const [folder, target] = process.argv.slice(2);
const lines = (file) => readFileSync(join(folder, file), 'utf8').split('\n')
  .map((line) => line.replace(/#.*/, '').trim()).filter((line) => line.length > 0);

const classes = new Map();
const canonical = new Map();
const mapping = new Map();
for (const line of lines('UnicodeData.txt')) {
  const fields = line.split(';');
  const code = parseInt(fields[0], 16);
  if (fields[3] !== '0') classes.set(code, Number(fields[3]));
  if (fields[5] === '') continue;
  const codes = fields[5].replace(/^<[^>]*> /, '').split(' ').map((text) => parseInt(text, 16));
  mapping.set(code, codes);
  if (!fields[5].startsWith('<')) canonical.set(code, codes);
}

const decompose = (code) => mapping.has(code) ? mapping.get(code).flatMap(decompose) : [code];

const excluded = new Set();
for (const line of lines('DerivedNormalizationProps.txt')) {
  const [range, property] = line.split(';').map((text) => text.trim());
  if (property !== 'Full_Composition_Exclusion') continue;
  const [first, last = first] = range.split('..').map((text) => parseInt(text, 16));
  for (let code = first; code <= last; code++) excluded.add(code);
}

const bytes = [];
const number = (value) => {
  for (; value >= 0x80; value = Math.floor(value / 0x80)) bytes.push((value % 0x80) | 0x80);
  bytes.push(value);
};

number(classes.size);
let previous = 0;
for (const [code, combining] of [...classes].sort(([a], [b]) => a - b)) {
  number(code - previous);
  number(combining);
  previous = code;
}

number(mapping.size);
previous = 0;
for (const code of [...mapping.keys()].sort((a, b) => a - b)) {
  const codes = decompose(code);
  number(code - previous);
  number(codes.length);
  codes.forEach(number);
  previous = code;
}

const pairs = [...canonical].filter(([code, codes]) => codes.length === 2 && !excluded.has(code));
number(pairs.length);
for (const [code, [first, second]] of pairs.sort(([a], [b]) => a - b)) {
  number(first);
  number(second);
  number(code);
}

writeFileSync(target, Uint8Array.from(bytes));
