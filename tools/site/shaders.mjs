// Every shader in one file, made/shaders.json: {"develop": "…wgsl…", …}. A style chosen later asks for nothing more.

import { mkdir, readFile, readdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const SHADERS = path.resolve(fileURLToPath(new URL('../../shaders', import.meta.url)));

/** @param {string} folder */
export async function make(folder) {
  const names = (await readdir(SHADERS)).filter((name) => name.endsWith('.wgsl')).sort();
  const texts = await Promise.all(names.map((name) => readFile(path.join(SHADERS, name), 'utf8')));
  await mkdir(folder, { recursive: true });
  // Without comments (but for the mark that finish-gpu.js replaces) and spacing, which only readers need. Signs that could
  // run together keep theirs: `a - -b`.
  const lean = (/** @type {string} */ text) =>
    text.replace(/\/\/(?!OUTPUT).*$/gm, '').replace(/[ \t]*([=,;:{}()<>]|\/\/OUTPUT|\n)[ \t]*/g, '$1').replace(/([;,{}])\n+(?!\/\/)/g, '$1').replace(/\n{2,}/g, '\n');
  const all = Object.fromEntries(names.map((name, i) => [path.basename(name, '.wgsl'), lean(texts[i])]));
  await writeFile(path.join(folder, 'shaders.json'), JSON.stringify(all));
}
