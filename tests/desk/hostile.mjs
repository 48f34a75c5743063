// A model whose every free text is a payload: models/tiny with its names, titles, acts and assumptions replaced.
//
//     node hostile.mjs TINY PAYLOADS.json TARGET
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const [tiny, list, target] = process.argv.slice(2);
const payloads = JSON.parse(readFileSync(list, 'utf8'));
let next = 0;
const payload = () => payloads[next++ % payloads.length];
const quoted = (text) => `"${text.replaceAll('"', '""')}"`;

// Free texts of each table, by column.
const texts = {
  'zones.csv': ['name'],
  'funds.csv': ['name', 'law'],
  'actions.csv': ['name', 'area', 'unit'],
  'amounts.csv': ['act', 'source'],
  'eligibility.csv': ['law'],
  'assumptions.csv': ['assumption', 'value', 'method', 'range', 'replace'],
};

mkdirSync(target, { recursive: true });
for (const name of readdirSync(tiny)) {
  if (!/\.(csv|toml)$/.test(name)) continue;
  let text = readFileSync(join(tiny, name), 'utf8');
  if (name.endsWith('.toml')) {
    text = text.replace(/^(title|law|act|article) = ".*"$/gm, (_, key) => `${key} = ${JSON.stringify(payload())}`);
    text = text.replace(/act = "[^"]*", article = "[^"]*"/g, () => `act = ${JSON.stringify(payload())}, article = ${JSON.stringify(payload())}`);
  } else if (texts[name]) {
    const [head, ...rows] = text.trimEnd().split('\n').map((line) => line.split(','));
    const at = texts[name].map((column) => head.indexOf(column)).filter((column) => column >= 0);
    // The third zone column and the like hold no commas in this model.
    const changed = rows.map((row) => row.map((cell, column) => (at.includes(column) ? quoted(payload()) : cell)).join(','));
    text = [head.join(','), ...changed].join('\n') + '\n';
  }
  writeFileSync(join(target, name), text);
}
// One payload for each zone of the drawing's source too.
writeFileSync(join(target, 'map.csv'), `zone,row,col,outline,source\ncollina,0,0,0 0 9 0 9 9,${quoted(payload())}\npiana,0,1,9 0 18 0 18 9,${quoted(payload())}\n`);
console.log(next);
