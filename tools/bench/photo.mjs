// A photo of 50 megapixels, the largest that is taken, restyled at full size by the core's wasm: time, and the memory it needs.
import { readFile } from 'node:fs/promises';
import { cpus } from 'node:os';

import { unwrap } from '../../web/fault.js';

export const what = 'a photo of 50 megapixels in one style, by the wasm core in Node on one thread';

const WIDTH = 8660, HEIGHT = 5773; // 49 994 180 pixels, three to two
// A look of seven passes; LIMNER_STYLE names another.
const STYLE = process.env.LIMNER_STYLE ?? 'slide';

/** Shapes and grain, as a photo has. */
function drawn() {
  const rgba = new Uint8Array(WIDTH * HEIGHT * 4);
  let noise = 1;
  for (let y = 0, i = 0; y < HEIGHT; ++y) {
    for (let x = 0; x < WIDTH; ++x, i += 4) {
      noise = (Math.imul(noise, 1664525) + 1013904223) | 0;
      const grain = (noise >>> 28) - 8;
      const disc = ((x - 4300) ** 2 + (y - 2900) ** 2) % 9e6 < 4.5e6 ? 60 : 0;
      rgba[i] = 70 + disc + ((x >> 5) & 63) + grain;
      rgba[i + 1] = 60 + disc + ((y >> 5) & 63) + grain;
      rgba[i + 2] = 90 + (((x + y) >> 6) & 63) + grain;
      rgba[i + 3] = 255;
    }
  }
  return rgba;
}

/** @returns {Promise<{ name: string, value: number, unit: string, aim?: number, note?: string }[]>} */
export async function measure() {
  const web = new URL('../../build/web/', import.meta.url);
  const { default: createCore } = await import(new URL('core.mjs', web).href);
  const app = await WebAssembly.compile(await readFile(new URL('core.wasm', web)));
  /** @type {WebAssembly.Memory | undefined} */
  let memory;
  const core = await createCore({
    instantiateWasm: (/** @type {WebAssembly.Imports} */ imports, /** @type {Function} */ done) => {
      WebAssembly.instantiate(app, imports).then((instance) => {
        memory = /** @type {WebAssembly.Memory} */ (Object.values(instance.exports).find((one) => one instanceof WebAssembly.Memory));
        done(instance, app);
      });
      return {};
    },
  });
  unwrap(core.keepPhoto(drawn(), WIDTH, HEIGHT));
  const before = process.cpuUsage();
  const start = performance.now();
  let pieces = 0;
  const picture = unwrap(core.finishPhoto(JSON.stringify({ limner: 1, style: { name: STYLE } }), () => Boolean(++pieces)));
  const seconds = (performance.now() - start) / 1000;
  const spent = process.cpuUsage(before);
  if (picture.width !== WIDTH || picture.height !== HEIGHT) throw new Error('the picture has lost its size');
  const refused = core.checkPhotoSize(WIDTH + 10, HEIGHT);
  return [
    { name: `50 megapixels in "${STYLE}", processor time`, value: spent.user / 1e6 + spent.system / 1e6, unit: 's', note: `${seconds.toFixed(0)} s by the clock, ${cpus().length} cores shared with others; ${pieces} pieces` },
    { name: 'memory of the wasm at its most', value: (memory?.buffer.byteLength ?? NaN) / 1e6, unit: 'MB', aim: 2147 },
    { name: 'a larger one', value: refused.error ? 1 : 0, unit: 'refused', note: refused.error?.sentence ?? JSON.stringify(refused) },
  ];
}
