// Type and icons for the page, cut down from npm packages to what is used: made/fonts/*.ttf for the panel, which hands them on
// to the page's own HTML, and made/fonts/wordmark.woff2 for the first paint. Icons are those that src/studio/theme.h names.

import { existsSync } from 'node:fs';
import { mkdir, readFile, readdir, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { coarser } from '../coarse-font.mjs';

const ROOT = path.resolve(fileURLToPath(new URL('../..', import.meta.url)));
const PACKAGES = path.join(ROOT, 'node_modules');
const STUDIO = path.join(ROOT, 'src/studio');
const THEME = path.join(STUDIO, 'theme.h');
const COARSER = path.join(ROOT, 'tools/coarse-font.mjs');

/** @param {number} from @param {number} to */
const range = (from, to) => Array.from({ length: to - from + 1 }, (_, i) => String.fromCodePoint(from + i)).join('');
const LATIN = range(0x20, 0x7e) + range(0xa0, 0xff) + '–—‘’“”„…•€™ŒœŠšŽžŸ';
const LATIN_EXTENDED = range(0x100, 0x17f);

const FRAUNCES = '@fontsource/fraunces/files/fraunces-latin-600-normal.woff2';
/** @type {[string, string, string, 'sfnt' | 'woff2'][]} source, result, characters, format */
const FONTS = [
  ['@fontsource/inter/files/inter-latin-400-normal.woff2', 'text.ttf', LATIN, 'sfnt'],
  ['@fontsource/inter/files/inter-latin-ext-400-normal.woff2', 'text-extended.ttf', LATIN_EXTENDED, 'sfnt'],
  ['@fontsource/inter/files/inter-latin-600-normal.woff2', 'bold.ttf', LATIN, 'sfnt'],
  [FRAUNCES, 'wordmark.woff2', 'Limner', 'woff2'],
];

// The panel sets letter after letter as they are: no kerning, no ligatures, no alternates.
const LEAN = { noLayoutClosure: true, noHinting: true, dropTables: ['GPOS', 'GSUB', 'GDEF', 'STAT', 'gasp', 'prep'] };

// Steps to the em: letters are set small, and icons are drawn on a square of 24.
const LETTER_GRID = 512;
const ICON_GRID = 20 * 24;

/** The icons named in theme.h. @param {string} theme */
function icons(theme) {
  const found = [...theme.matchAll(/= "\\u([0-9A-F]{4})";/g)].map(([, hex]) => String.fromCodePoint(parseInt(hex, 16)));
  if (!found.length) throw new Error('src/studio/theme.h names no icon any more.');
  return found.join('');
}

/** What the panel sets in its display face: the text after each `Face::display`. @param {string[]} sources */
function displayed(sources) {
  const found = sources.flatMap((source) => [...source.matchAll(/Face::display,[^"]*"([^"]+)"/g)].map(([, text]) => text));
  if (!found.length) throw new Error('src/studio sets nothing in its display face any more.');
  return found.join('');
}

/** @param {string} folder */
export async function make(folder) {
  const out = path.join(folder, 'fonts');
  const done = path.join(out, 'icons.ttf');
  const panel = (await readdir(STUDIO)).filter((name) => name.endsWith('.cpp')).map((name) => path.join(STUDIO, name));
  const inputs = [THEME, ...panel, COARSER, fileURLToPath(import.meta.url)];
  const newest = Math.max(...(await Promise.all(inputs.map(async (file) => (await stat(file)).mtimeMs))));
  if (existsSync(done) && (await stat(done)).mtimeMs > newest) return;

  const { default: subset } = await import('subset-font');
  await rm(out, { recursive: true, force: true }); // what an earlier list made
  await mkdir(out, { recursive: true });
  const display = displayed(await Promise.all(panel.map((file) => readFile(file, 'utf8'))));
  for (const [source, name, characters, format] of [...FONTS, /** @type {typeof FONTS[0]} */ ([FRAUNCES, 'display.ttf', display, 'sfnt'])]) {
    const font = await readFile(path.join(PACKAGES, source));
    const made = Buffer.from(await subset(font, characters, { targetFormat: format, ...LEAN }));
    await writeFile(path.join(out, name), format === 'sfnt' ? coarser(made, LETTER_GRID) : made);
  }
  const lucide = await readFile(path.join(PACKAGES, 'lucide-static/font/lucide.ttf'));
  const drawn = Buffer.from(await subset(lucide, icons(await readFile(THEME, 'utf8')), { targetFormat: 'sfnt', ...LEAN }));
  await writeFile(done, coarser(drawn, ICON_GRID));
}
