// `limner crowd`: many people into an archive or a folder, one at a time, so that any number fits into memory.

import { mkdir, open, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';

import { Fault, unwrap } from '../web/fault.js';
import { Manifest } from '../web/manifest.js';
import { cancelled } from '../web/portraits.js';
import { askedFor, parse, progressLine, readAny, sha256, wholeNumber, WHO } from './commands.js';
import { createLimner } from './node.js';

const MOST = 1e6;

/** "age=30..40" or "hair.style=bob,afro" as facets. @param {string[]} given */
function facetsOf(given) {
  /** @type {Record<string, any>} */
  const facets = {};
  for (const text of given) {
    const found = /^([\w.]+)=(.+)$/.exec(text);
    if (!found) throw new Fault('usage.facet', `--facet ${text}: write ID=A..B or ID=CHOICE,CHOICE.`);
    const range = /^(-?[\d.]+)\.\.(-?[\d.]+)$/.exec(found[2]);
    facets[found[1]] = range ? [Number(range[1]), Number(range[2])] : found[2].split(',');
  }
  return facets;
}

/** "2/5": the second of five. @param {string | undefined} text */
function shardOf(text) {
  if (text === undefined) return { index: 1, of: 1 };
  const found = /^(\d+)\/(\d+)$/.exec(text);
  const [index, of] = found ? [Number(found[1]), Number(found[2])] : [0, 0];
  if (index < 1 || index > of || of > 100000) throw new Fault('usage.shard', '--shard needs I/N with I from 1 to N.');
  return { index, of };
}

/** What crowd.h takes, from options. @param {Record<string, any>} values @param {import('../web/portraits.js').Portraits} limner */
async function crowdFrom(values, limner) {
  const crowd = values.crowd ? JSON.parse(limner.checkCrowd(String(await readAny(values.crowd)))) : { crowd: 1, seed: 'crowd' };
  const { recipe } = await askedFor({ ...values, seed: undefined, recipe: values.recipe ?? (crowd.base ? JSON.stringify({ limner: 1, ...crowd.base }) : undefined) }, limner);
  const { limner: _, seed: __, ...base } = recipe;
  if (values.seed !== undefined) crowd.seed = values.seed;
  if (values.mix !== undefined) crowd.mix = values.mix;
  if (values.facet) crowd.facets = { ...crowd.facets, ...facetsOf(values.facet) };
  if (Object.keys(base).length) crowd.base = base;
  return limner.checkCrowd(crowd);
}

/** Where pictures go: an archive that grows, or a folder. @param {Record<string, any>} values @param {import('../web/portraits.js').Portraits} limner */
async function openStore(values, limner) {
  const failed = (/** @type {any} */ thrown) => {
    throw new Fault('file.write', `${values.zip ?? values.folder} cannot be written (${thrown.code ?? thrown.message}).`);
  };
  if (values.folder) {
    await mkdir(values.folder, { recursive: true }).catch(failed);
    return {
      /** @param {string} name @param {Uint8Array} bytes */
      add: (name, bytes) => writeFile(path.join(values.folder, name), bytes).catch(failed),
      finish: async () => undefined,
      drop: async () => undefined, // what is whole stays
    };
  }
  const file = await open(values.zip, 'w').catch(failed);
  const now = new Date();
  const archive = limner.core.zipBegin(now.getFullYear(), now.getMonth() + 1, now.getDate(), now.getHours(), now.getMinutes(), now.getSeconds());
  return {
    /** @param {string} name @param {Uint8Array} bytes @param {boolean} [pack] */
    add: async (name, bytes, pack = false) => {
      await file.write(unwrap(limner.core.zipAdd(archive, name, bytes, pack))).catch(failed);
    },
    finish: async () => {
      await file.write(unwrap(limner.core.zipFinish(archive))).catch(failed);
      await file.close();
    },
    drop: async () => { // half an archive is no archive
      await file.close();
      await rm(values.zip, { force: true });
    },
  };
}

/** @param {string[]} args @param {AbortSignal} signal */
export async function crowd(args, signal) {
  const { values } = parse(args, {
    ...WHO, count: { type: 'string' }, mix: { type: 'string' }, facet: { type: 'string', multiple: true }, crowd: { type: 'string' },
    shard: { type: 'string' }, zip: { type: 'string' }, folder: { type: 'string' },
  });
  const count = wholeNumber('count', values.count, 1, MOST);
  const shard = shardOf(values.shard);
  if (Boolean(values.zip) === Boolean(values.folder)) throw new Fault('usage.out', 'Say where the pictures go: --zip FILE.zip or --folder FOLDER.');
  const text = await crowdFrom(values, await createLimner({ paint: false }));
  const limner = await createLimner({ pack: values.pack });
  const indices = [];
  for (let i = shard.index - 1; i < count; i += shard.of) indices.push(i);

  const store = await openStore(values, limner);
  const say = progressLine(values.quiet);
  const started = performance.now();
  const manifest = new Manifest(limner.schema, { limner: limner.version, pack: `${limner.pack?.name} ${limner.pack?.version}`, crowd: JSON.parse(text), of: count, shard });
  let painted = 0;
  const digits = String(count - 1).length;
  try {
    for (const index of indices) {
      if (signal.aborted) throw cancelled();
      const recipe = limner.member(text, index);
      const made = await limner.generate(recipe, { withRecipe: !values['no-recipe'], lang: values.lang || 'en' });
      const bytes = new Uint8Array(await made.blob.arrayBuffer());
      const file = `${String(index).padStart(digits, '0')}.png`;
      await store.add(file, bytes);
      const { width, height, alt } = made;
      manifest.add({ file, recipe: JSON.stringify(made.recipe), altText: alt, sha256: sha256(bytes), width, height, values: limner.settled(recipe).set });
      painted += 1;
      const seconds = (performance.now() - started) / 1000;
      const left = (seconds / painted) * (indices.length - painted);
      say(`${painted} of ${indices.length}, ${(painted / seconds).toFixed(2)} a second, ${Math.ceil(left)} s left`, painted === indices.length);
    }
    await store.add('manifest.json', manifest.json(), true);
    await store.add('manifest.csv', manifest.csv(), true);
    await store.finish();
  } catch (thrown) {
    await store.drop();
    throw thrown;
  } finally {
    limner.close();
  }
  return { file: values.zip ?? values.folder, painted, count, shard, crowd: JSON.parse(text), seconds: (performance.now() - started) / 1000 };
}
