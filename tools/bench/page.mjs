// The page in headless Chromium without a graphics card: how soon, how quick, how steady.

import { mkdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';

import { startServer } from '../serve.mjs';

const ROOT = path.resolve(fileURLToPath(new URL('../..', import.meta.url)));

export const what = 'loading, painting and panel of the page (Chromium, WebAssembly, one thread)';

/** @param {number[]} values */
const median = (values) => [...values].sort((a, b) => a - b)[values.length >> 1];

/**
 * The built page, served, in a browser of its own that has never seen it.
 * @param {(parts: {context: import('playwright-core').BrowserContext, visit: () => Promise<import('playwright-core').Page>}) => Promise<import('../bench.mjs').Row[]>} act
 */
export async function withPage(act) {
  const server = await startServer();
  const profile = path.join(ROOT, `build/bench-profile-${process.pid}`);
  await rm(profile, { recursive: true, force: true });
  await mkdir(profile, { recursive: true });
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--use-angle=swiftshader', '--enable-unsafe-swiftshader'],
    viewport: { width: 1280, height: 800 },
  });
  try {
    const visit = async () => {
      const page = await context.newPage();
      await page.goto(`${server.url}/`);
      await page.waitForFunction(() => 'limner' in globalThis, null, { timeout: 120000 });
      await page.evaluate(() => /** @type {any} */ (globalThis).limner.ready);
      const trouble = await page.evaluate(() => /** @type {any} */ (globalThis).limner.trouble);
      if (trouble) throw new Error(trouble);
      return page;
    };
    return await act({ context, visit });
  } finally {
    await context.close();
    await server.close();
    await rm(profile, { recursive: true, force: true });
  }
}

/** @param {import('playwright-core').Page} page @returns {Promise<any>} */
export const timing = (page) => page.evaluate(() => /** @type {any} */ (globalThis).limner.timing());

/** @returns {Promise<import('../bench.mjs').Row[]>} */
export function measure() {
  return withPage(async ({ visit }) => {
    /** @type {import('../bench.mjs').Row[]} */
    const rows = [];
    const since = (/** @type {Record<string, number>} */ marks) => `core ${(marks.core / 1000).toFixed(2)} s, panel ${(marks.panel / 1000).toFixed(2)} s, network ready ${(marks.backend / 1000).toFixed(2)} s`;
    const cold = await visit();
    const coldMarks = (await timing(cold)).marks;
    rows.push({ name: 'first portrait, cold load', value: coldMarks.firstPortrait / 1000, unit: 's', aim: 4, note: since(coldMarks) });
    await cold.close();
    const warm = await visit();
    const warmMarks = (await timing(warm)).marks;
    rows.push({ name: 'first portrait, from the service worker', value: warmMarks.firstPortrait / 1000, unit: 's', aim: 1.5, note: since(warmMarks) });

    // A control changes: from the change to the new picture on the stage, network and finish both run. It comes twice:
    // small and at once, as the network paints it, then at the size it will be saved in.
    const changes = await warm.evaluate(async () => {
      const limner = /** @type {any} */ (globalThis).limner;
      const first = [], full = [];
      const until = async (/** @type {() => boolean} */ there) => {
        while (!there()) await new Promise((resolve) => setTimeout(resolve, 2));
      };
      for (let i = 0; i < 8; ++i) {
        await until(() => !limner.timing().busy); // the history's thumbnail
        const before = limner.timing().portraits;
        const started = performance.now();
        await limner.set({ limner: 1, seed: 'bench', set: { age: 20 + 7 * i } });
        await until(() => limner.timing().portraits > before);
        first.push(performance.now() - started);
        await until(() => limner.timing().portraitSize === 512);
        full.push(performance.now() - started);
      }
      return { first, full };
    });
    rows.push({ name: 'control change to new picture', value: median(changes.first), unit: 'ms', aim: 400, note: '256 pixels' });
    rows.push({ name: 'control change to the full picture', value: median(changes.full), unit: 'ms', note: '512 pixels' });
    const told = await timing(warm);
    rows.push({ name: '  of which the network', value: told.generateMs, unit: 'ms' });
    rows.push({ name: '  of which the finish, 512 pixels', value: told.finishMs, unit: 'ms' });

    // Frames: the mouse moves over the panel for a while.
    for (let i = 0; i < 60; ++i) await warm.mouse.move(1000 + (i % 20) * 10, 200 + i * 6);
    const frames = await timing(warm);
    rows.push({ name: 'panel frame, building (CPU)', value: frames.frameBuildMedian, unit: 'ms', aim: 4 });
    rows.push({ name: 'panel frame with drawing', value: frames.frameCpuMedian, unit: 'ms', note: 'a software WebGL here' });
    return rows;
  });
}
