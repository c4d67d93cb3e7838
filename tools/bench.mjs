// The numbers docs promise: `./limner bench [NAME…]`, `--list`, `--json FILE`.
//
// A measurement is tools/bench/<name>.mjs. It exports `what`, a sentence, and `measure()`, which gives rows:
//   { name: 'first portrait, cold', value: 2.31, unit: 's', aim?: 4, better?: 'less' | 'more', note?: '…' }
// Rows are printed as they come and written to build/bench.json; a missed aim is said, and makes the exit code 1.

import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { cpus, totalmem } from 'node:os';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const ROOT = path.resolve(fileURLToPath(new URL('..', import.meta.url)));
const FOLDER = path.join(ROOT, 'tools/bench');

/**
 * @typedef {{ name: string, value: number, unit: string, aim?: number, better?: 'less' | 'more', note?: string }} Row
 * @typedef {{ what: string, measure: () => Promise<Row[]> }} Measurement
 */

/** @param {Row} row @returns {boolean | undefined} undefined where nothing was aimed at */
export function isMet({ value, aim, better = 'less' }) {
  if (aim === undefined) return undefined;
  return better === 'less' ? value <= aim : value >= aim;
}

/** Three significant digits, never an exponent. @param {number} value */
const shown = (value) => (Math.abs(value) >= 100 ? String(Math.round(value)) : String(Number(value.toPrecision(3))));

/** @param {Row} row */
function line(row) {
  const met = isMet(row);
  const aim = row.aim === undefined ? '' : `${row.better === 'more' ? '≥' : '≤'} ${shown(row.aim)} ${row.unit}`;
  const verdict = met === undefined ? '' : met ? 'met' : 'SHORT';
  return `  ${row.name.padEnd(52)}${shown(row.value).padStart(9)} ${row.unit.padEnd(8)}${aim.padEnd(16)}${verdict.padEnd(7)}${row.note ?? ''}`.trimEnd();
}

/** @param {string[]} words */
async function main(words) {
  const all = (await readdir(FOLDER)).filter((n) => n.endsWith('.mjs')).map((n) => path.basename(n, '.mjs')).sort();
  let file = path.join(ROOT, 'build/bench.json');
  const asked = [];
  for (let i = 0; i < words.length; ++i) {
    if (words[i] === '--json') file = path.resolve(words[++i] ?? '');
    else if (words[i] === '--list') {
      for (const name of all) {
        /** @type {Measurement} */
        const { what } = await import(pathToFileURL(path.join(FOLDER, `${name}.mjs`)).href);
        console.log(`${name.padEnd(12)}${what}`);
      }
      return 0;
    } else if (all.includes(words[i])) asked.push(words[i]);
    else throw new Error(`there is no measurement '${words[i]}': ${all.join(', ')}.`);
  }
  /** @type {Record<string, Row[]>} */
  const results = {};
  let short = 0;
  for (const name of asked.length ? asked : all) {
    /** @type {Measurement} */
    const { what, measure } = await import(pathToFileURL(path.join(FOLDER, `${name}.mjs`)).href);
    console.log(`${name}: ${what}`);
    try {
      results[name] = await measure();
    } catch (error) {
      ++short;
      console.log(`  could not be measured: ${error instanceof Error ? error.message : error}`);
      continue;
    }
    for (const row of results[name]) {
      if (isMet(row) === false) ++short;
      console.log(line(row));
    }
  }
  const machine = { processor: cpus()[0]?.model ?? '', cores: cpus().length, memory_gb: Math.round(totalmem() / 1e9), node: process.version };
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, `${JSON.stringify({ machine, results }, null, 1)}\n`);
  console.log(`limner: ${short ? `${short} short of the aim or not measured` : 'every aim met'}; ${path.relative(process.cwd(), file)} has the numbers`);
  return short ? 1 : 0;
}

main(process.argv.slice(2)).then(
  (code) => process.exit(code),
  (error) => {
    console.error(`limner: ${error.message}`);
    process.exit(2);
  },
);
