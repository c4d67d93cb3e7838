// The gallery with the tests' tiny pack: memory after ten thousand people, and while thousands are saved at once.

import { readFile } from 'node:fs/promises';

import { ask, open } from '../../tests/browser/session.mjs';

const PEOPLE = 10000;
const PICTURES = Number(process.env.LIMNER_BENCH_PICTURES ?? 5000);

export const what = 'memory of the gallery and of a ZIP of many (Chromium, WebAssembly, software WebGL, tiny pack)';

/**
 * Proportional set size of a kind of Chromium's processes, MB.
 * @param {import('playwright-core').CDPSession} devtools @param {string} kind
 */
async function memory(devtools, kind) {
  const { processInfo } = await devtools.send('SystemInfo.getProcessInfo');
  let sum = 0;
  for (const { type, id } of processInfo) {
    if (type !== kind) continue;
    const text = await readFile(`/proc/${id}/smaps_rollup`, 'utf8').catch(() => '');
    sum += Number(/^Pss:\s+(\d+)/m.exec(text)?.[1] ?? 0) / 1000;
  }
  return sum;
}

/** @returns {Promise<import('../bench.mjs').Row[]>} */
export async function measure() {
  const visit = await open({ size: [1440, 900] });
  try {
    const { page, browser } = visit;
    const devtools = await browser.newBrowserCDPSession();
    const heap = await page.context().newCDPSession(page);
    const collect = () => heap.send('HeapProfiler.collectGarbage');
    /** @type {import('../bench.mjs').Row[]} */
    const rows = [];
    const state = () => ask(page, 'limner.crowd.state()');
    await collect();
    const before = { page: await memory(devtools, 'renderer'), gpu: await memory(devtools, 'GPU'), wasm: (await ask(page, 'limner.timing()')).heapBytes };
    rows.push({ name: 'page before the gallery is opened (process)', value: before.page, unit: 'MB' });

    await ask(page, `limner.crowd.do('open')`);
    const frames = (await ask(page, 'limner.timing()')).frames;
    let tiles = 0;
    for (let place = 0; (await state()).seen[1] < PEOPLE; place += 700) {
      await ask(page, `limner.crowd.do('scroll', '${place}')`);
      await page.waitForTimeout(60);
      tiles = Math.max(tiles, (await state()).tiles);
    }
    await collect();
    const told = await ask(page, 'limner.timing()');
    rows.push({ name: `page after ${PEOPLE} people (process)`, value: await memory(devtools, 'renderer'), unit: 'MB', aim: 300 });
    rows.push({ name: '  growth of the process that holds textures', value: (await memory(devtools, 'GPU')) - before.gpu, unit: 'MB', note: 'on a graphics card: its memory' });
    rows.push({ name: '  growth of the core’s heap', value: (told.heapBytes - before.wasm) / 1e6, unit: 'MB' });
    rows.push({ name: '  thumbnails kept at most', value: tiles, unit: '', aim: 300 });
    rows.push({ name: '  building a frame (CPU)', value: told.frameBuildMedian, unit: 'ms', aim: 4, note: `${told.frames - frames} frames` });
    await ask(page, `limner.crowd.do('close')`);

    await collect();
    const calm = await memory(devtools, 'renderer');
    let most = calm;
    const started = Date.now();
    const saving = ask(page, `limner.crowd.save({crowd: {seed: 'bench'}, count: ${PICTURES}, size: 64}).then(async (blob) => { globalThis.saved = blob; return blob.size; })`);
    let running = true;
    saving.then(() => { running = false; }, () => { running = false; });
    while (running) {
      most = Math.max(most, await memory(devtools, 'renderer'));
      await new Promise((resolve) => setTimeout(resolve, 500));
    }
    const size = await saving;
    rows.push({ name: `ZIP of ${PICTURES} pictures, 64 pixels`, value: (Date.now() - started) / 1000, unit: 's', note: `${(size / 1e6).toFixed(1)} MB` });
    rows.push({ name: '  growth of the page at most (process)', value: most - calm, unit: 'MB', aim: 150 });
    await page.waitForTimeout(1000);
    await collect();
    rows.push({ name: '  growth that stays', value: (await memory(devtools, 'renderer')) - calm, unit: 'MB' });
    return rows;
  } finally {
    await visit.close();
  }
}
