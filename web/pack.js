// A pack: models/<name>/pack.json and the networks it names. Everything in it is checked before it is run.

import { Fault } from './fault.js';

/**
 * @typedef {{name: string, precision: 'fp16' | 'fp32', bytes: number, sha256: string}} PackFile
 * @typedef {object} Pack
 * @property {string} folder
 * @property {string} name
 * @property {string} version
 * @property {number} inputCount named inputs
 * @property {number} noiseCount
 * @property {number} side of the layers, pixels
 * @property {number} planes
 * @property {PackFile[]} files
 * @property {{input: number[], size: number, rgb: Uint8Array, tolerance: {webgpu: number, wasm: number}}} golden
 */

const MOST_BYTES = 64e6;
const bad = (/** @type {string} */ what) => new Fault('pack.form', `The generator's pack is damaged: ${what}.`);

/** @param {unknown} value @param {string} name @returns {number[]} */
function shape(value, name) {
  const list = /** @type {{name?: unknown, shape?: unknown}[]} */ (Array.isArray(value) ? value : []);
  const found = list.find((entry) => entry?.name === name)?.shape;
  if (!Array.isArray(found) || !found.every((n) => Number.isInteger(n) && n > 0 && n < 1e5)) throw bad(`it has no shape for "${name}"`);
  return found;
}

/** @param {string} text @returns {Uint8Array} */
const fromBase64 = (text) => Uint8Array.from(atob(text), (c) => c.charCodeAt(0));

/**
 * @param {any} told pack.json
 * @param {string} folder ends with "/"
 * @param {{version: number, inputCount: number, noiseCount: number, planes: number}} schema
 * @returns {Pack}
 */
export function readPack(told, folder, schema) {
  if (told?.pack !== 1) throw bad('pack.json is not of a kind this page knows');
  if (told.schema !== schema.version) throw new Fault('pack.schema', `The pack was made for version ${told.schema} of the schema; this page has ${schema.version}.`);
  const [one, inputCount] = shape(told.inputs, 'sitter');
  const [, noiseCount] = shape(told.inputs, 'noise');
  const [batch, planes, height, width] = shape(told.outputs, 'layers');
  if (one !== 1 || batch !== 1 || inputCount !== schema.inputCount || noiseCount !== schema.noiseCount) throw bad(`it takes ${inputCount} + ${noiseCount} numbers, the schema has ${schema.inputCount} + ${schema.noiseCount}`);
  if (planes !== schema.planes || height !== width || width < 16 || width > 2048) throw bad(`its layers are ${planes} × ${height} × ${width}`);
  /** @type {PackFile[]} */
  const files = Array.isArray(told.files) ? told.files : [];
  for (const file of files) {
    const fine = typeof file.name === 'string' && /^[\w.-]+\.onnx$/.test(file.name) && ['fp16', 'fp32'].includes(file.precision) &&
      file.bytes > 0 && file.bytes <= MOST_BYTES && /^[0-9a-f]{64}$/.test(file.sha256);
    if (!fine) throw bad('a network in it is not described');
  }
  if (!files.some((file) => file.precision === 'fp32')) throw bad('it has no network for every device');
  const golden = told.golden ?? {};
  let rgb = new Uint8Array();
  try {
    rgb = fromBase64(String(golden.rgb));
  } catch { /* told below */ }
  const size = Number(golden.size);
  const numbers = Array.isArray(golden.input) && golden.input.length === inputCount + noiseCount && golden.input.every(Number.isFinite);
  if (!numbers || !(size >= 1) || rgb.length !== size * size * 3 || width % size !== 0) throw bad('its golden picture is unreadable');
  const tolerance = { webgpu: Number(golden.tolerance?.webgpu ?? 10), wasm: Number(golden.tolerance?.wasm ?? 4) };
  return {
    folder, name: String(told.name), version: String(told.version), inputCount, noiseCount, side: width, planes, files,
    golden: { input: golden.input, size, rgb, tolerance },
  };
}

/** The bytes of a network, refused unless they are what pack.json promised. @param {Uint8Array} bytes @param {PackFile} file */
export async function checkNetwork(bytes, file) {
  if (bytes.length !== file.bytes) throw bad(`${file.name} has ${bytes.length} bytes, not ${file.bytes}`);
  if (!crypto.subtle) return; // not a secure context: size alone
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', /** @type {BufferSource} */ (bytes)));
  const hex = Array.from(digest, (b) => b.toString(16).padStart(2, '0')).join('');
  if (hex !== file.sha256) throw bad(`${file.name} is not the file that was signed off`);
}

/**
 * Compares what a backend gives for the golden input with the thumbnail in the pack.
 * `planes`: at least rgb and alpha, [4][side][side].
 * @param {Float32Array} planes @param {Pack} pack @returns {number} 98th percentile of the differences, 0..255
 */
export function goldenDifference(planes, pack) {
  const { size, rgb } = pack.golden;
  const { side } = pack;
  const k = side / size;
  const n = side * side;
  const differences = [];
  for (let y = 0; y < size; ++y) {
    for (let x = 0; x < size; ++x) {
      for (let c = 0; c < 3; ++c) {
        let sum = 0;
        for (let v = 0; v < k; ++v) {
          for (let u = 0; u < k; ++u) {
            const at = (y * k + v) * side + x * k + u;
            sum += planes[c * n + at] * planes[3 * n + at];
          }
        }
        const value = Math.sqrt(Math.min(1, Math.max(0, sum / (k * k)))) * 255;
        differences.push(Number.isFinite(value) ? Math.abs(value - rgb[(y * size + x) * 3 + c]) : 255);
      }
    }
  }
  differences.sort((a, b) => a - b);
  return differences[Math.floor(differences.length * 0.98)];
}
