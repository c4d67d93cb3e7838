// What the command line can do: one function a command. Each gives what is printed as JSON.

import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { Worker } from 'node:worker_threads';

import { Fault } from '../web/fault.js';
import { cancelled } from '../web/portraits.js';
import { crowd } from './crowd.js';
import { createLimner } from './node.js';

export const USAGE = `Limner paints portraits of people who do not exist. Nothing leaves this computer.

  limner paint --out FILE.png     one portrait
  limner crowd --count N --zip FILE.zip | --folder FOLDER
                                  many people, with manifest.json and manifest.csv
  limner style PHOTO --style NAME --out FILE.png
                                  a photo (PNG or JPEG) in a style
  limner read PICTURE             what a picture says about itself: made by what, recipe, credentials
  limner styles                   the names of the styles
  limner mixes                    the mixes of a crowd, and what they are

Who is painted (paint, crowd):
  --words TEXT        in your own words; --lang en, de, fr, es, pt or it (found out if absent)
  --recipe RECIPE     JSON, a file of it, or the r=… of a link
  --seed TEXT         the same seed is the same person; of a crowd, person i has the seed TEXT/i
  --style NAME        --size PIXELS, 64 to 2048     --shape square or circle     --transparent
  --no-recipe         leaves the recipe out of the file

How many (crowd):
  --mix MIX           balanced: evenly over age, skin tone and presentation in any ten people (the default); chance;
                      world or one of its regions: ages and sexes as they were counted there. \`limner mixes\` lists them
  --facet ID=A..B     only people with this attribute from A to B; or ID=CHOICE,CHOICE; may be repeated
  --crowd FILE        all of the above as JSON
  --shard I/N         only every Nth person, beginning with the Ith: several computers share a crowd

  --pack FOLDER       another generator   --quiet   no progress

Progress goes to stderr, one JSON document to stdout. Exit codes: 0 done, 1 Limner broke, 2 not understood, 3 refused
(recipe, words, crowd), 4 a file cannot be read or written, 5 no working generator, 130 interrupted.
`;

/** @typedef {NonNullable<import('node:util').ParseArgsConfig['options']>} Options */

/** @type {Options} */
export const WHO = {
  words: { type: 'string' }, lang: { type: 'string', default: '' }, recipe: { type: 'string' }, seed: { type: 'string' },
  style: { type: 'string' }, size: { type: 'string' }, shape: { type: 'string' }, transparent: { type: 'boolean' },
  'no-recipe': { type: 'boolean' }, pack: { type: 'string' }, quiet: { type: 'boolean' },
};

/** @param {string[]} args @param {Options} options @param {number} [most] words without a dash */
export function parse(args, options, most = 0) {
  try {
    const { values, positionals } = parseArgs({ args, options, allowPositionals: true });
    if (positionals.length > most) throw new Error(`"${positionals[most]}" is one word too many.`);
    return { values: /** @type {Record<string, any>} */ (values), positionals };
  } catch (thrown) {
    throw new Fault('usage.option', `${/** @type {Error} */ (thrown).message} \`limner help\` lists what there is.`);
  }
}

/** @param {string} name @param {string | undefined} text @param {number} low @param {number} high */
export function wholeNumber(name, text, low, high) {
  const number = Number(text);
  if (text === undefined || !/^\d+$/.test(text) || number < low || number > high) throw new Fault('usage.number', `--${name} needs a whole number from ${low} to ${high}.`);
  return number;
}

/** @param {string} file */
export const readAny = (file) => readFile(file).catch((thrown) => {
  throw new Fault('file.read', `${file} cannot be read (${thrown.code ?? thrown.message}).`);
});

/** @param {string} file @param {Uint8Array} bytes */
const writeAny = (file, bytes) => writeFile(file, bytes).catch((thrown) => {
  throw new Fault('file.write', `${file} cannot be written (${thrown.code ?? thrown.message}).`);
});

/** @param {Uint8Array} bytes */
export const sha256 = (bytes) => createHash('sha256').update(bytes).digest('hex');

/** @param {string} given JSON, a file of JSON, or a link's fragment @param {import('../web/portraits.js').Portraits} limner */
async function recipeFrom(given, limner) {
  const fragment = /(?:^|[#&])r=/.exec(given);
  if (fragment) {
    const answer = limner.core.recipeOfFragment(given.slice(given.indexOf('#') + 1));
    if (answer.error) throw new Fault(answer.error.code, answer.error.sentence);
    return JSON.parse(/** @type {string} */ (answer.value));
  }
  return JSON.parse(limner.check(given.trimStart().startsWith('{') ? given : String(await readAny(given))));
}

/**
 * The options that say who, as one recipe.
 * @param {Record<string, any>} values @param {import('../web/portraits.js').Portraits} limner
 */
export async function askedFor(values, limner) {
  let recipe = values.recipe ? await recipeFrom(values.recipe, limner) : { limner: 1 };
  if (values.seed !== undefined) recipe.seed = values.seed;
  let read = null;
  if (values.words !== undefined) {
    read = limner.words(values.words, { base: recipe, lang: values.lang });
    if (read.refused) throw new Fault(read.refused.code, read.refused.sentence);
    recipe = read.recipe;
  }
  if (values.style) recipe.style = { ...recipe.style, name: values.style };
  if (values.size !== undefined) recipe.frame = { ...recipe.frame, size: wholeNumber('size', values.size, 64, 2048) };
  if (values.shape) recipe.frame = { ...recipe.frame, shape: values.shape };
  if (values.transparent) recipe.backdrop = { kind: 'transparent' };
  return { recipe: JSON.parse(limner.check(recipe)), read };
}

/** A line on stderr that is written over, or now and then a new one. @param {boolean | undefined} quiet */
export function progressLine(quiet) {
  let last = -Infinity; // the first line is written at once
  return (/** @type {string} */ text, end = false) => {
    const now = performance.now();
    if (quiet || (!end && now - last < (process.stderr.isTTY ? 100 : 2000))) return;
    last = now;
    process.stderr.write(process.stderr.isTTY ? `\r\x1b[K${text}${end ? '\n' : ''}` : `${text}\n`);
  };
}

/** @param {string[]} args @param {AbortSignal} signal */
async function paint(args, signal) {
  const { values } = parse(args, { ...WHO, out: { type: 'string', short: 'o' } });
  if (!values.out) throw new Fault('usage.out', '--out FILE.png is missing: where shall the portrait go? (- is stdout)');
  const say = progressLine(values.quiet);
  const limner = await createLimner({ paint: false });
  const { recipe, read } = await askedFor(values, limner); // what is refused is refused before anything is loaded
  say('painting…');
  const painter = await createLimner({ pack: values.pack });
  const made = await painter.generate(recipe, { withRecipe: !values['no-recipe'], lang: read?.lang ?? (values.lang || 'en'), signal });
  const bytes = new Uint8Array(await made.blob.arrayBuffer());
  painter.close();
  if (values.out === '-') {
    await new Promise((resolve) => process.stdout.write(bytes, resolve));
    return null;
  }
  await writeAny(values.out, bytes);
  say(`${values.out}: ${made.alt}`, true);
  return {
    file: values.out, bytes: bytes.length, sha256: sha256(bytes), width: made.width, height: made.height, alt: made.alt, recipe: made.recipe,
    ...(read ? { words: { lang: read.lang, understood: read.understood, unused: read.unused } } : {}), timing: made.timing, backend: made.backend,
  };
}

/**
 * Painted off this thread, which would not hear an interruption while it paints.
 * @param {{file: Uint8Array, recipe: object, keepPlace: boolean | undefined}} job @param {AbortSignal} signal
 * @returns {Promise<{bytes: Uint8Array, width: number, height: number}>}
 */
const styled = (job, signal) => new Promise((resolve, reject) => {
  if (signal.aborted) throw cancelled();
  const worker = new Worker(new URL('./style-worker.js', import.meta.url), { workerData: job });
  signal.addEventListener('abort', () => {
    reject(cancelled());
    worker.terminate();
  }, { once: true });
  worker.once('message', ({ fault, ...made }) => (fault ? reject(new Fault(fault.code, fault.sentence)) : resolve(made)));
  worker.once('error', reject);
});

/** @param {string[]} args @param {AbortSignal} signal */
async function style(args, signal) {
  const { values, positionals } = parse(args, {
    style: { type: 'string' }, strength: { type: 'string' }, recipe: { type: 'string' }, out: { type: 'string', short: 'o' },
    'keep-place': { type: 'boolean' }, quiet: { type: 'boolean' },
  }, 1);
  const [file] = positionals;
  if (!file) throw new Fault('usage.file', 'Which photo? limner style PHOTO --style NAME');
  if (!values.style && !values.recipe) throw new Fault('usage.style', '--style NAME is missing; `limner styles` lists them.');
  const out = values.out ?? `${file.replace(/\.[^.]*$/, '')}-${values.style ?? 'styled'}.png`;
  const limner = await createLimner({ paint: false });
  const recipe = values.recipe ? await recipeFrom(values.recipe, limner) : { limner: 1 };
  if (values.style) recipe.style = { ...recipe.style, name: values.style };
  if (values.strength !== undefined) recipe.style = { ...recipe.style, strength: Number(values.strength) };
  limner.check(recipe);
  progressLine(values.quiet)(`${file}…`);
  const started = performance.now();
  const { bytes, width, height } = await styled({ file: await readAny(file), recipe, keepPlace: values['keep-place'] }, signal);
  await writeAny(out, bytes);
  return { file: out, from: file, bytes: bytes.length, sha256: sha256(bytes), width, height, style: recipe.style, timing: { finish: performance.now() - started } };
}

const MADE_BY = /** @type {Record<string, string>} */ ({
  trainedAlgorithmicMedia: 'a portrait of nobody, made by a model',
  compositeWithTrainedAlgorithmicMedia: 'a photo, parts of it made by a model',
  algorithmicallyEnhanced: 'a photo under a filter',
});

/** @param {string[]} args */
async function read(args) {
  const { values, positionals } = parse(args, { lang: { type: 'string', default: 'en' }, quiet: { type: 'boolean' } }, 1);
  const [file] = positionals;
  if (!file) throw new Fault('usage.file', 'Which picture? limner read PICTURE');
  const limner = await createLimner({ paint: false });
  const told = limner.read(await readAny(file));
  const term = String(told.says?.digitalSourceType ?? '').split('/').at(-1) ?? '';
  return {
    file, ...told, what: MADE_BY[term] ?? 'a picture that does not say how it was made',
    ...(told.recipe ? { alt: limner.describe(told.recipe, values.lang), fragment: limner.fragment(told.recipe) } : {}),
  };
}

/** @param {string[]} args */
async function styles(args) {
  parse(args, { quiet: { type: 'boolean' } });
  return { styles: (await createLimner({ paint: false })).styles };
}

/** @param {string[]} args */
async function mixes(args) {
  parse(args, { quiet: { type: 'boolean' } });
  return { mixes: (await createLimner({ paint: false })).mixes };
}

/** @type {Record<string, (args: string[], signal: AbortSignal) => Promise<object | null>>} */
export const COMMANDS = { paint, crowd, style, read, styles, mixes };
