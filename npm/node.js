// `import { createLimner } from 'limner'` in Node: the core's wasm, on the processor. Nothing is fetched.

import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

import { asFault, Fault, unwrap } from '../web/fault.js';
import { Generator } from '../web/generator.js';
import { checkNetwork, readPack } from '../web/pack.js';
import { Portraits } from '../web/portraits.js';

const HERE = new URL('..', import.meta.url);
const { version } = JSON.parse(await readFile(new URL('package.json', HERE), 'utf8'));

/** The generator in this process: one portrait at a time. */
class NodeBackend {
  /** @param {Generator} generator */
  constructor(generator) {
    this.name = 'WebAssembly in Node';
    this.generator = generator;
  }

  /** @param {string} recipe @param {boolean} keep */
  paint(recipe, keep) {
    return this.generator.paint(recipe, keep);
  }

  /** @param {import('../web/types').Painted} painted */
  async pixels(painted) {
    return /** @type {Uint8Array} */ (painted.rgba);
  }

  /** @param {{rgba: Uint8Array, width: number, height: number}} picture */
  async setExample({ rgba, width, height }) {
    this.generator.core.setExample(rgba, width, height);
  }

  selfTest() {
    return this.generator.selfTest();
  }

  close() {
    // Its network goes with the core.
  }
}

/** @param {import('../web/types').ToolCore} core @param {URL} folder of the pack */
async function openGenerator(core, folder) {
  const read = (/** @type {string | URL} */ name) => readFile(new URL(name, folder)).catch((thrown) => {
    throw asFault(thrown, 'pack.none', `There is no generator's pack in ${fileURLToPath(folder)}.`);
  });
  const pack = readPack(core, String(await read('pack.json')), folder.href);
  const file = pack.files.find((known) => known.precision === 'fp32');
  if (!file) throw new Fault('pack.precision', 'The pack has no network for this computer.');
  const network = await read(file.name);
  await checkNetwork(network, file);
  unwrap(core.openNetwork(network));
  const generator = new Generator(core, pack);
  await generator.selfTest();
  return { pack, backend: new NodeBackend(generator) };
}

/**
 * @param {object} [options]
 * @param {string} [options.pack] folder of another generator's pack
 * @param {boolean} [options.paint] false: words, recipes, photos and files only, without loading the generator
 * @returns {Promise<Portraits>}
 */
export async function createLimner({ pack, paint = true } = {}) {
  const { default: create } = await import(new URL('app/core.mjs', HERE).href);
  /** @type {import('../web/types').ToolCore} */
  const core = await create();
  const portraits = new Portraits({ core, pack: null, backend: null, version });
  if (paint) Object.assign(portraits, await openGenerator(core, pack ? pathToFileURL(path.resolve(pack) + path.sep) : new URL('models/portrait/', HERE)));
  return portraits;
}

export { Fault as LimnerError, version };
