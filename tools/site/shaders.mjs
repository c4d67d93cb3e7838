// Every shader in one file, made/shaders.json: {"develop": "…wgsl…", …}. A style chosen later asks for nothing more.

import { mkdir, readFile, readdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const SHADERS = path.resolve(fileURLToPath(new URL('../../shaders', import.meta.url)));
const RUNNER = path.resolve(fileURLToPath(new URL('../../web/finish-gpu.js', import.meta.url))); // it puts code of its own between
const SHORT = [...'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ'];
for (const letter of SHORT.slice(0, 52)) for (let i = 0; i < 10; ++i) SHORT.push(letter + i); // none is a word of WGSL

/**
 * Without what only readers need: comments (but for the mark that finish-gpu.js replaces), spacing and zeros about a point. Signs
 * that could run together keep their space: `a - -b`.
 * @param {string} text
 */
const lean = (text) =>
  text
    .replace(/\/\/(?!OUTPUT).*$/gm, '')
    .replace(/[ \t]*([=,;:{}()<>*/+|]|\/\/OUTPUT|\n)[ \t]*/g, '$1')
    .replace(/ - (?!-)/g, '-')
    .replace(/\b(\d+)\.0+(?!\w)/g, '$1.')
    .replace(/(?<![\w.])0(\.\d)/g, '$1')
    .replace(/([;,{}])\n+(?!\/\/)/g, '$1')
    .replace(/\n{2,}/g, '\n');

const NAME = /(?<![\w.])[A-Za-z_]\w*/g; // no field
const names = (/** @type {string} */ text) => text.match(NAME) ?? [];
const fields = (/** @type {string} */ text) => [
  ...Array.from(text.matchAll(/\.([A-Za-z_]\w*)/g), (found) => found[1]),
  ...Array.from(text.matchAll(/\bstruct\s+\w+\s*\{([^}]*)\}/g)).flatMap(([, body]) => Array.from(body.matchAll(/([A-Za-z_]\w*)\s*:/g), (found) => found[1])),
];

/** What a shader gives names to: functions, structures, constants, variables, parameters. @param {string} text */
const given = (text) => [
  ...Array.from(text.matchAll(/\b(?:fn|let|var|const|struct)\s+([A-Za-z_]\w*)/g), (found) => found[1]),
  ...Array.from(text.matchAll(/\bfn\s+\w+\s*\(([^)]*)\)/g)).flatMap(([, parameters]) => Array.from(parameters.matchAll(/([A-Za-z_]\w*)\s*:/g), (found) => found[1])),
];
/** What it gives to whoever is put behind it. @param {string} text */
const shared = (text) => Array.from(text.matchAll(/\b(?:fn|struct|const)\s+([A-Za-z_]\w*)|var<[^>]*>\s*([A-Za-z_]\w*)/g), (found) => found[1] ?? found[2]);

/**
 * Short names, the shortest for the oftenest.
 * @param {Iterable<string>} long
 * @param {string} text
 * @param {Set<string>} taken
 * @returns {Map<string, string>}
 */
function shorter(long, text, taken) {
  /** @type {Map<string, number>} */
  const often = new Map();
  for (const name of names(text)) often.set(name, (often.get(name) ?? 0) + 1);
  const count = (/** @type {string} */ name) => often.get(name) ?? 0;
  const order = [...new Set(long)].sort((a, b) => count(b) - count(a) || (a < b ? -1 : 1)), going = new Set(order);
  const free = SHORT.filter((name) => !taken.has(name) && (!often.has(name) || going.has(name)));
  if (order.length > free.length) throw new Error('a shader has more names than there are short ones');
  return new Map(order.map((name, i) => [name, free[i]]));
}

const renamed = (/** @type {string} */ text, /** @type {Map<string, string>} */ map) => text.replace(NAME, (name) => map.get(name) ?? name);

/**
 * Shaders with short names; whatever `kept` calls keeps its own.
 * @param {Record<string, string>} texts common.wgsl, which goes before each, is called "common"
 * @param {string} kept
 * @returns {Record<string, string>}
 */
export function shorten(texts, kept) {
  const keep = new Set(['shade', ...names(kept)]), everything = Object.values(texts).join('\n');
  const ours = shared(texts.common), noField = new Set(fields(everything));
  const common = shorter(ours.filter((name) => !keep.has(name) && !noField.has(name)), everything, keep);
  const taken = new Set([...keep, ...ours, ...common.values()]);
  const short = (/** @type {string} */ text) => {
    const own = new Set(fields(text));
    return renamed(text, shorter(given(text).filter((name) => !taken.has(name) && !own.has(name)), text, taken));
  };
  return Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, short(renamed(text, common))]));
}

/** Every shader as the page gets it, by name. @returns {Promise<Record<string, string>>} */
export async function shaders() {
  const files = (await readdir(SHADERS)).filter((name) => name.endsWith('.wgsl')).sort();
  const texts = await Promise.all(files.map(async (name) => [path.basename(name, '.wgsl'), lean(await readFile(path.join(SHADERS, name), 'utf8'))]));
  return shorten(Object.fromEntries(texts), await readFile(RUNNER, 'utf8'));
}

/** @param {string} folder */
export async function make(folder) {
  await mkdir(folder, { recursive: true });
  await writeFile(path.join(folder, 'shaders.json'), JSON.stringify(await shaders()));
}
