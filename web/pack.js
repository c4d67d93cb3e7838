// A pack: models/<name>/pack.json and the networks it names. The core checks what it says; here are its bytes and its self-test.

import { Fault, unwrap } from './fault.js';

/**
 * @typedef {{name: string, precision: 'fp16' | 'fp32', bytes: number, sha256: string}} PackFile
 * @typedef {object} Pack
 * @property {string} folder
 * @property {string} name
 * @property {string} version
 * @property {number} inputCount named inputs
 * @property {number} noiseCount
 * @property {number} side of the layers, pixels
 * @property {number} bustMaps planes of its inputs "bust" and "lit" (src/generator/bust.h), or 0
 * @property {number} litMaps
 * @property {number} planes
 * @property {PackFile[]} files
 * @property {{input: number[], size: number, rgb: Uint8Array, tolerance: {webgpu: number, wasm: number}}} golden
 */

const bad = (/** @type {string} */ what) => new Fault('pack.form', `The generator's pack is damaged: ${what}.`);

/**
 * @param {import('./types').Core} core checks everything in it (src/generator/pack.h)
 * @param {string} text pack.json
 * @param {string} folder ends with "/"
 * @returns {Pack}
 */
export function readPack(core, text, folder) {
  const pack = JSON.parse(unwrap(core.packOf(text)));
  const rgb = Uint8Array.from(atob(JSON.parse(text).golden.rgb), (c) => c.charCodeAt(0));
  return { ...pack, folder, golden: { ...pack.golden, rgb } };
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
