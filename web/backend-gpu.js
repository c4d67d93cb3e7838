// WebGPU: the network and the finish on the page's one device; nothing is read back until a picture is saved.

import { Fault, unwrap } from './fault.js';
import { FinishGpu } from './finish-gpu.js';
import { checkNetwork, goldenDifference } from './pack.js';

/** @typedef {import('./types').Painted} Painted */

/** Two sets of layers: what the stage shows, and passing ones (variations, the other side of a comparison). */
const SLOTS = 2;

export class GpuBackend {
  /**
   * @param {object} parts
   * @param {import('./types').Core} parts.core
   * @param {GPUDevice} parts.device
   * @param {import('./pack.js').Pack} parts.pack
   * @param {'fp16' | 'fp32'} parts.precision
   * @param {Record<string, string>} parts.shaders
   * @param {import('./download.js').Downloads} parts.downloads
   */
  static async open({ core, device, pack, precision, shaders, downloads }) {
    const file = pack.files.find((known) => known.precision === precision);
    if (!file) throw new Fault('pack.precision', `The pack has no ${precision} network.`);
    const [network, wasmBinary, ort] = await Promise.all([
      downloads.get(pack.folder + file.name, file.bytes),
      downloads.get('ort/ort-wasm-simd-threaded.asyncify.wasm'),
      import(new URL('../ort/ort.webgpu.min.mjs', import.meta.url).href),
    ]);
    await checkNetwork(network, file);
    core.openGeometry(network);
    ort.env.wasm.numThreads = 1;
    ort.env.wasm.wasmPaths = new URL('../ort/', import.meta.url).href;
    ort.env.wasm.wasmBinary = wasmBinary;
    const session = await ort.InferenceSession.create(network, {
      executionProviders: [{ name: 'webgpu', device, preferredLayout: 'NCHW' }],
      graphOptimizationLevel: 'all',
      logSeverityLevel: 3, // it would warn of weights that are not its own but the bust's
    });
    ort.env.wasm.wasmBinary = undefined;
    const finish = new FinishGpu(device, async (name) => {
      if (!(name in shaders)) throw new Fault('finish.shader', `The shader "${name}" is missing.`);
      return shaders[name];
    });
    const made = new GpuBackend(core, device, pack, precision, ort, session, finish);
    await made.selfTest();
    return made;
  }

  /**
   * @param {import('./types').Core} core @param {GPUDevice} device @param {import('./pack.js').Pack} pack
   * @param {'fp16' | 'fp32'} precision @param {any} ort @param {any} session @param {FinishGpu} finish
   */
  constructor(core, device, pack, precision, ort, session, finish) {
    this.name = precision === 'fp16' ? 'WebGPU, half precision' : 'WebGPU';
    this.core = core;
    this.device = device;
    this.pack = pack;
    this.ort = ort;
    this.session = session;
    this.finish = finish;
    this.runs = 0;
    const bytes = pack.planes * pack.side * pack.side * 4;
    this.slots = Array.from({ length: SLOTS }, (_, i) => {
      const buffer = device.createBuffer({ label: `layers ${i}`, size: bytes, usage: GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_SRC | GPUBufferUsage.COPY_DST });
      const tensor = ort.Tensor.fromGpuBuffer(buffer, { dataType: 'float32', dims: [1, pack.planes, pack.side, pack.side] });
      return { buffer, tensor, input: /** @type {Float32Array | null} */ (null), version: 0 };
    });
    /** @type {Map<string, GPUTexture>} */
    this.textures = new Map();
  }

  /** @param {Float32Array} input @param {boolean} keep @returns {Promise<{slot: any, ms: number}>} */
  async #layers(input, keep) {
    const there = this.slots.find((slot) => slot.input && slot.input.every((number, i) => number === input[i]));
    if (there) {
      if (keep && there !== this.slots[0]) this.slots.reverse(); // a relative was chosen: its layers are here already
      return { slot: there, ms: 0 };
    }
    const slot = this.slots[keep ? 0 : 1];
    const started = performance.now();
    const split = this.pack.inputCount;
    slot.input = null;
    /** @type {Record<string, any>} */
    const feeds = {
      sitter: new this.ort.Tensor('float32', input.slice(0, split), [1, split]),
      noise: new this.ort.Tensor('float32', input.slice(split), [1, this.pack.noiseCount]),
    };
    const { side, bustMaps, litMaps } = this.pack;
    if (bustMaps > 0) {
      const maps = unwrap(this.core.bustMaps(input, side));
      const near = bustMaps * side * side;
      feeds.bust = new this.ort.Tensor('float32', maps.subarray(0, near), [1, bustMaps, side, side]);
      feeds.lit = new this.ort.Tensor('float32', maps.subarray(near), [1, litMaps, side / 2, side / 2]);
    }
    await this.session.run(feeds, { layers: slot.tensor });
    slot.input = input;
    slot.version = ++this.runs;
    return { slot, ms: performance.now() - started };
  }

  /** @param {number} width @param {number} height */
  #texture(width, height) {
    const key = `${width}x${height}`;
    let texture = this.textures.get(key);
    if (!texture) {
      if (this.textures.size > 6) {
        for (const old of this.textures.values()) old.destroy();
        this.textures.clear();
      }
      texture = this.device.createTexture({
        label: `picture ${key}`, size: [width, height], format: 'rgba8unorm',
        usage: GPUTextureUsage.STORAGE_BINDING | GPUTextureUsage.TEXTURE_BINDING | GPUTextureUsage.COPY_SRC,
      });
      this.textures.set(key, texture);
    }
    return texture;
  }

  /** @param {string} recipe @param {boolean} keep the stage's own sitter @returns {Promise<Painted>} */
  async paint(recipe, keep) {
    const { slot, ms } = await this.#layers(unwrap(this.core.inputOf(recipe)), keep);
    const started = performance.now();
    const plan = JSON.parse(unwrap(this.core.planOf(recipe, this.pack.side, this.pack.side)));
    await this.finish.prepare(plan);
    const texture = this.#texture(plan.width, plan.height);
    this.finish.run(plan, { buffer: slot.buffer, version: slot.version }, texture);
    return { texture, width: plan.width, height: plan.height, generateMs: ms, finishMs: performance.now() - started };
  }

  /** @param {GPUBuffer} from @param {number} bytes */
  async #read(from, bytes) {
    const staging = this.device.createBuffer({ size: bytes, usage: GPUBufferUsage.MAP_READ | GPUBufferUsage.COPY_DST });
    const encoder = this.device.createCommandEncoder();
    encoder.copyBufferToBuffer(from, 0, staging, 0, bytes);
    this.device.queue.submit([encoder.finish()]);
    await staging.mapAsync(GPUMapMode.READ);
    const out = staging.getMappedRange().slice(0);
    staging.destroy();
    return out;
  }

  /** @param {Painted} painted */
  async pixels(painted) {
    const { texture, width, height } = painted;
    if (!texture) throw new Fault('backend.read', 'There is no picture to read.');
    const row = Math.ceil((width * 4) / 256) * 256;
    const staging = this.device.createBuffer({ size: row * height, usage: GPUBufferUsage.MAP_READ | GPUBufferUsage.COPY_DST });
    const encoder = this.device.createCommandEncoder();
    encoder.copyTextureToBuffer({ texture }, { buffer: staging, bytesPerRow: row }, [width, height]);
    this.device.queue.submit([encoder.finish()]);
    await staging.mapAsync(GPUMapMode.READ);
    const padded = new Uint8Array(staging.getMappedRange());
    const rgba = new Uint8Array(width * height * 4);
    for (let y = 0; y < height; ++y) rgba.set(padded.subarray(y * row, y * row + width * 4), y * width * 4);
    staging.destroy();
    return rgba;
  }

  /** The picture that the style "example" borrows from. @param {{rgba: Uint8Array, width: number, height: number}} picture */
  async setExample(picture) {
    this.core.setExample(picture.rgba, picture.width, picture.height);
    this.finish.setExample(picture);
  }

  // Some drivers give wrong pictures without an error; the golden picture finds out before a visitor does.
  async selfTest() {
    const { slot } = await this.#layers(Float32Array.from(this.pack.golden.input), false);
    const planes = new Float32Array(await this.#read(slot.buffer, 4 * this.pack.side * this.pack.side * 4));
    const off = goldenDifference(planes, this.pack);
    if (off > this.pack.golden.tolerance.webgpu) {
      this.close();
      throw new Fault('backend.golden', `This graphics device paints the test portrait wrong (off by ${off.toFixed(0)} of 255).`);
    }
  }

  close() {
    for (const slot of this.slots) {
      slot.tensor.dispose();
      slot.buffer.destroy();
    }
    for (const texture of this.textures.values()) texture.destroy();
    this.textures.clear();
    this.session.release().catch(() => undefined);
  }
}
