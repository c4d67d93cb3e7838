// The generator where there is no WebGPU: network and finish by the core's C++. For workers and Node.

import { Fault, unwrap } from './fault.js';
import { goldenDifference } from './pack.js';

export class Generator {
  /** @param {import('./types').Core} core that has opened the pack's network @param {import('./pack.js').Pack} pack */
  constructor(core, pack) {
    this.core = core;
    this.pack = pack;
    /** @type {(Float32Array | null)[]} inputs of the layers the core keeps */
    this.kept = [null, null];
  }

  /** The pack's test portrait: rejects where it comes out wrong. Takes as long as a portrait. */
  async selfTest() {
    const off = goldenDifference(this.#layers(Float32Array.from(this.pack.golden.input)), this.pack);
    if (off > this.pack.golden.tolerance.wasm) throw new Fault('backend.golden', `The test portrait came out wrong here (off by ${off.toFixed(0)} of 255).`);
  }

  /** @param {Float32Array} input @returns {Float32Array} [planes * side * side] */
  #layers(input) {
    const planes = unwrap(this.core.runNetwork(input));
    const { planes: count, side } = this.pack;
    if (planes.length !== count * side * side) throw new Fault('pack.form', 'The generator’s pack is damaged: its network paints pictures of another size than it says.');
    return planes;
  }

  /** @param {string} recipe @param {boolean} keep the stage's own sitter @returns {Promise<import('./types').Painted & {rgba: Uint8Array}>} */
  async paint(recipe, keep) {
    const { core, kept, pack } = this;
    const input = unwrap(core.inputOf(recipe));
    let slot = kept.findIndex((known) => known && known.every((number, i) => number === input[i]));
    let generateMs = 0;
    if (slot < 0 || (keep && slot !== 0)) {
      const started = performance.now();
      slot = keep ? 0 : 1;
      kept[slot] = null;
      core.keepLayers(slot, this.#layers(input), pack.side, pack.side);
      kept[slot] = input;
      generateMs = performance.now() - started;
    }
    const started = performance.now();
    const { rgba, width, height } = unwrap(core.finishKept(slot, recipe));
    return { rgba, width, height, generateMs, finishMs: performance.now() - started };
  }
}
