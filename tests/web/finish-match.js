// Holds WebGPU beside the C++ side of Finish, picture by picture and pass by pass. In Node (finish-compare.mjs) and in a page
// (tools/bench/finish.mjs) alike; what it compares with is what finish_tool wrote.
import { FinishGpu } from '../../web/finish-gpu.js';

const CLOSE = 2 / 255;
const STORAGE = 0x80, COPY_SRC = 0x4, COPY_DST = 0x8, MAP_READ = 0x1;

/**
 * @typedef {{pixels: number, over: number, worst: number}} Apart   over: pixels further apart than 2/255; worst: in 1/255
 * @typedef {{over: number, worst: number, dispatches: number, primitives: Record<string, Apart>}} Match   over: a share
 */

export class FinishMatch {
  /**
   * @param {GPUDevice} device @param {(name: string) => Promise<string>} loadShader
   * @param {Uint8Array} source planes of float32
   */
  constructor(device, loadShader, source) {
    this.device = device;
    // The executor's images are its own; here they are read back.
    const make = device.createBuffer.bind(device);
    device.createBuffer = (what) => make({ ...what, usage: what.usage & STORAGE ? what.usage | COPY_SRC : what.usage });
    this.finish = new FinishGpu(device, loadShader);
    this.source = { buffer: device.createBuffer({ size: source.byteLength, usage: STORAGE | COPY_DST }), version: 1 };
    device.queue.writeBuffer(this.source.buffer, 0, source);
  }

  /**
   * @param {any} plan @param {Uint8Array} picture rgba8 @param {Uint8Array | null} images every pass's floats
   * @param {Uint8Array | null} example @returns {Promise<Match>}
   */
  async match(plan, picture, images, example) {
    this.finish.clear();
    const [width, height] = plan.images[2];
    this.finish.setExample(example ? { width, height, rgba: example } : null);
    // Every image is kept, and under a name of its own: the last word of a pass is nobody's.
    if (images) plan.passes.forEach((/** @type {any} */ pass, /** @type {number} */ i) => { pass.keep = true; pass.words[255] = i; });
    await this.finish.prepare(plan);
    const got = await this.finish.pixels(plan, this.source);
    let over = 0;
    let worst = 0;
    for (let i = 0; i < picture.length; i += 4) {
      let difference = 0;
      for (let k = 0; k < 4; ++k) difference = Math.max(difference, Math.abs(picture[i + k] - got[i + k]));
      if (difference > 2) ++over;
      worst = Math.max(worst, difference);
    }
    const primitives = images ? await this.#passes(plan, images) : {};
    return { over: over / (picture.length / 4), worst, dispatches: plan.passes.length, primitives };
  }

  /** @param {any} plan @param {Uint8Array} images */
  async #passes(plan, images) {
    /** @type {Record<string, Apart>} */
    const apart = {};
    const kept = [...this.finish.kept.values()];
    let at = 0;
    for (const [i, pass] of plan.passes.slice(0, -1).entries()) { // the last one made the picture
      const [width, height] = plan.images[pass.output];
      const want = new Float32Array(images.buffer, images.byteOffset + at, width * height * 4);
      at += width * height * 16;
      const got = await this.#floats(kept[i], width * height * 16);
      const sum = (apart[pass.primitive] ??= { pixels: 0, over: 0, worst: 0 });
      for (let p = 0; p < want.length; p += 4) {
        let difference = 0;
        for (let k = 0; k < 4; ++k) difference = Math.max(difference, Math.abs(want[p + k] - got[p + k]));
        if (!(difference <= CLOSE)) ++sum.over;
        sum.worst = Math.max(sum.worst, difference * 255);
      }
      sum.pixels += width * height;
    }
    return apart;
  }

  /** @param {GPUBuffer} buffer @param {number} size */
  async #floats(buffer, size) {
    const copy = this.device.createBuffer({ size, usage: MAP_READ | COPY_DST });
    const encoder = this.device.createCommandEncoder();
    encoder.copyBufferToBuffer(buffer, 0, copy, 0, size);
    this.device.queue.submit([encoder.finish()]);
    await copy.mapAsync(1);
    const floats = new Float32Array(copy.getMappedRange().slice(0));
    copy.destroy();
    return floats;
  }
}
