// A hundred <limner-portrait> on somebody's page, with the shipped pack, in headless Chromium without a graphics card.

import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { availableParallelism, loadavg } from 'node:os';
import { chromium } from 'playwright-core';

import { startServer } from '../serve.mjs';

const AVATARS = Number(process.env.LIMNER_BENCH_AVATARS ?? 100);

export const what = 'a page of another origin with a hundred <limner-portrait> (Chromium, WebAssembly, one thread)';

/** Megabytes that processes would free if they ended: memory shared with others is shared out. @param {number[]} ids */
async function megabytes(ids) {
  let sum = 0;
  for (const id of ids) {
    const rollup = await readFile(`/proc/${id}/smaps_rollup`, 'utf8').catch(() => '');
    sum += Number(/^Pss:\s+(\d+) kB/m.exec(rollup)?.[1] ?? 0) / 1024;
  }
  return sum;
}

/** Seconds of processor that processes have had. @param {number[]} ids */
async function processorSeconds(ids) {
  let sum = 0;
  for (const id of ids) {
    const fields = (await readFile(`/proc/${id}/stat`, 'utf8').catch(() => '')).split(') ')[1]?.split(' ') ?? [];
    sum += (Number(fields[11] ?? 0) + Number(fields[12] ?? 0)) / 100; // utime and stime, in Linux' hundredths
  }
  return sum;
}

/** @returns {Promise<import('../bench.mjs').Row[]>} */
export async function measure() {
  const limner = await startServer();
  const body = Array.from({ length: AVATARS }, (_, i) => `<limner-portrait seed="bench ${i}" size="64"></limner-portrait>`).join('');
  const pages = /** @type {Record<string, string>} */ ({
    '/': '<!doctype html><title>Empty</title>',
    '/team': `<!doctype html><title>Team</title><script src="${limner.url}/web/element.js" async></script>${body}<script>
      addEventListener('message', ({data}) => { if (data.ns === 'limner' && data.type === 'ready') { window.readyAt = performance.now(); mark('ready'); } });
      addEventListener('limner-painted', () => { if (!window.firstAt) mark('first'); window.firstAt ??= performance.now(); window.count = (window.count ?? 0) + 1; window.wanted = document.querySelectorAll('limner-portrait').length; window.lastAt = performance.now(); });</script>`,
  });
  const host = createServer((request, response) => {
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' });
    response.end(pages[request.url ?? '/'] ?? '');
  });
  await new Promise((resolve) => host.listen(0, '127.0.0.1', () => resolve(undefined)));
  const { port } = /** @type {import('node:net').AddressInfo} */ (host.address());
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox', '--use-angle=swiftshader', '--enable-unsafe-swiftshader', '--site-per-process'],
  });
  try {
    const devtools = await browser.newBrowserCDPSession();
    const renderers = async () => {
      const { processInfo } = await devtools.send('SystemInfo.getProcessInfo');
      return processInfo.filter(({ type }) => type === 'renderer').map(({ id }) => id);
    };
    const page = await browser.newPage({ viewport: { width: 1000, height: 900 } });
    /** @type {Record<string, number>} processor time when it happened: on a busy machine the clock says little */
    const spent = {};
    await page.exposeFunction('mark', async (/** @type {string} */ what) => {
      spent[what] = await processorSeconds(await renderers());
    });
    await page.goto(`http://127.0.0.1:${port}/`);
    await page.waitForTimeout(1500);
    const before = await megabytes(await renderers());
    await page.goto(`http://127.0.0.1:${port}/team`);
    await page.waitForFunction(() => /** @type {any} */ (globalThis).count >= /** @type {any} */ (globalThis).wanted, null, { timeout: 600000 });
    const told = await page.evaluate(() => {
      const { readyAt, firstAt, lastAt } = /** @type {any} */ (globalThis);
      return { ready: readyAt, first: firstAt - readyAt, all: lastAt - readyAt };
    });
    await page.waitForTimeout(1500);
    return [
      { name: 'engine ready, cold', value: told.ready / 1000, unit: 's' },
      { name: 'first pixels after the engine is ready', value: told.first / 1000, unit: 's', aim: 3 },
      {
        name: 'its processor time, over all threads of the page', value: spent.first - spent.ready, unit: 's',
        note: `while ${loadavg()[0].toFixed(1)} processes wanted ${availableParallelism()} cores`,
      },
      { name: `all ${AVATARS} after the engine is ready`, value: told.all / 1000, unit: 's' },
      { name: 'memory of the page and its frame, above an empty page', value: (await megabytes(await renderers())) - before, unit: 'MB', aim: 250 },
    ];
  } finally {
    await browser.close();
    await limner.close();
    host.close();
    host.closeAllConnections();
  }
}
