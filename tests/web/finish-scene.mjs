// What the test of the shaders and the measurement of Finish share: a drawn sitter, the C++ side's tool, and the GPU's.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = path.resolve(fileURLToPath(new URL('../..', import.meta.url)));
export const TOOL = process.env.FINISH_TOOL ?? path.join(ROOT, 'build/native/tests/finish_tool');
export const PACK = path.join(ROOT, 'models/portrait/portrait.fp32.onnx'); // whose skeleton says where the parts of whoever is painted are
export const SIDE = 40; // of the layers
export const FRAME = 64; // of the picture
const GPU_ENV = {
  ...process.env,
  VK_ICD_FILENAMES: '/usr/lib/chromium/vk_swiftshader_icd.json',
  LD_LIBRARY_PATH: `/usr/lib/chromium:${process.env.LD_LIBRARY_PATH ?? ''}`,
};

// An egg of a head with hair and eyes, in the planes of the schema.
export function sitter() {
  const n = SIDE * SIDE;
  const planes = new Float32Array(28 * n);
  for (let y = 0; y < SIDE; ++y) {
    for (let x = 0; x < SIDE; ++x) {
      const i = y * SIDE + x;
      const u = (x + 0.5) / SIDE - 0.5;
      const v = (y + 0.5) / SIDE - 0.5;
      const soft = (/** @type {number} */ d) => Math.min(Math.max(d * SIDE * 0.3 + 0.5, 0), 1);
      const head = soft(1 - Math.hypot(u / 0.3, v / 0.38));
      const body = soft(1 - Math.hypot(u / 0.5, (v - 0.62) / 0.26));
      const alpha = Math.max(head, body);
      const hair = head * soft((-0.2 - v) * 3);
      const eyes = soft(1 - Math.hypot((Math.abs(u) - 0.11) / 0.05, (v + 0.03) / 0.03)) * (1 - hair);
      const lips = soft(1 - Math.hypot(u / 0.1, (v - 0.2) / 0.03)) * (1 - hair) * (1 - eyes);
      const brows = soft(1 - Math.hypot((Math.abs(u) - 0.11) / 0.06, (v + 0.1) / 0.025)) * (1 - hair) * (1 - eyes);
      const skin = Math.max(head - hair - eyes - lips - brows, 0);
      const clothes = Math.max(alpha - head, 0);
      const nz = Math.sqrt(Math.max(0.05, 1 - (u / 0.4) ** 2 - (v / 0.5) ** 2));
      const light = 0.5 + 0.5 * nz + 0.03 * Math.sin(x * 2.1) * Math.sin(y * 1.7);
      const straight = Math.min(Math.max(0.4 + u, 0.05), 0.9); // curls on one side of the parting
      const turn = 2 * (Math.PI / 2 + 3 * u);
      const sum = skin + hair + brows + eyes + lips + clothes || 1;
      const mix = (/** @type {number[]} */ c) => ((skin * c[0] + (hair + brows) * c[1] + eyes * c[2] + lips * c[3] + clothes * c[4]) / sum) * light;
      const shares = [nz, 0.5 - u, 0.5 + u, 0.5 - v, 0.5 + v, Math.max(-u, 0.02), Math.max(u, 0.02), 0.6];
      const all = shares.reduce((a, b) => a + b);
      const length = Math.hypot(u / 0.4, v / 0.5, nz);
      const values = [
        mix([0.5, 0.04, 0.8, 0.3, 0.05]), mix([0.28, 0.02, 0.8, 0.08, 0.1]), mix([0.18, 0.01, 0.8, 0.08, 0.25]), alpha,
        ...(alpha > 0 ? [u / 0.4 / length, -v / 0.5 / length, nz / length, 0.1 * nz - 0.08] : [0, 0, 0, 0]),
        skin, hair, brows, eyes, lips, 0, 0, clothes, ...shares.map((s) => s / all),
        straight * Math.cos(turn), straight * Math.sin(turn), 0.12 + 0.1 * v, 0.25 + 0.2 * u,
      ];
      values.forEach((value, plane) => (planes[plane * n + i] = value));
    }
  }
  return planes;
}

/**
 * A recipe painted by the C++ side: the folder with plan.json and picture.raw, below `folder`, where sitter.raw is.
 * @param {string} folder @param {string} name @param {object} recipe @param {string[]} [more] @param {Record<string, string>} [env]
 */
export function paintIn(folder, name, recipe, more = [], env = {}) {
  const out = path.join(folder, name);
  mkdirSync(out, { recursive: true });
  writeFileSync(path.join(out, 'recipe.json'), JSON.stringify(recipe));
  const ran = spawnSync(TOOL, [
    '--recipe', path.join(out, 'recipe.json'), '--source', path.join(folder, 'sitter.raw'), '--size', `${SIDE}x${SIDE}`,
    '--planes', '28', '--skeleton', PACK, '--out', out, ...more,
  ], { env: { ...process.env, ...env } });
  assert.equal(ran.status, 0, `${name}: ${ran.stderr}`);
  return out;
}

/** What finish-compare.mjs says. @param {string[]} words @returns {any[]} */
export function onGpu(words) {
  const ran = spawnSync(process.execPath, [path.join(ROOT, 'tests/web/finish-compare.mjs'), ...words], { env: GPU_ENV, maxBuffer: 1 << 24 });
  assert.equal(ran.status, 0, String(ran.stderr));
  return String(ran.stdout).trim().split('\n').map((line) => JSON.parse(line));
}
