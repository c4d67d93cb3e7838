// What every story in this folder needs: the built page with the tiny pack, served, in a real Chromium whose whole
// network goes through a proxy of ours that writes every request down.
//
// The tiny pack is random weights of the right shape: it tests the way, it is not a portrait and never shipped.

import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { cp, mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { createServer, request as httpRequest } from 'node:http';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';

import { startServer } from '../../tools/serve.mjs';

const ROOT = path.resolve(fileURLToPath(new URL('../..', import.meta.url)));
export const TINY = path.join(ROOT, 'tests/browser/pack-tiny');
export const PICTURES = path.join(ROOT, 'build/screenshots');

// Without --use-vulkan the device is lost as soon as a canvas is presented; without --use-angle there is no WebGL 2.
const SOFTWARE_GPU = ['--enable-unsafe-webgpu', '--use-vulkan=swiftshader', '--use-angle=swiftshader'];
const NO_WEBGPU = ['--use-angle=swiftshader', '--enable-unsafe-swiftshader'];

// --enable-features replaces Playwright's own list, so its names are here too.
const FEATURES = ['CDPScreenshotNewSurface', 'SkipListAccountsWithoutGaiaCookies'];

// A slow machine with others at work on it: a story waits for what it waits for, and only gives up when nothing can come.
export const PATIENCE = 240e3;

/**
 * A copy of build/site with a pack in it.
 * @param {string | null} pack folder, null for none
 * @param {(folder: string) => Promise<void>} [spoil] changes the copy
 */
export async function makeSite(pack = TINY, spoil) {
  const from = path.join(ROOT, 'build/site');
  if (!existsSync(from)) throw new Error('build/site is missing: ./limner build');
  const site = path.join(ROOT, 'build/test', `site-${process.pid}-${Math.random().toString(36).slice(2, 8)}`);
  await cp(from, site, { recursive: true });
  await rm(path.join(site, 'models'), { recursive: true, force: true });
  const list = JSON.parse(await readFile(path.join(site, 'files.json'), 'utf8'));
  list.files = list.files.filter((/** @type {{path: string}} */ file) => !file.path.startsWith('models/'));
  if (pack) {
    const folder = path.join(site, 'models/portrait');
    await mkdir(folder, { recursive: true });
    await cp(pack, folder, { recursive: true });
    if (spoil) await spoil(site);
    for (const name of await readdir(folder)) {
      const data = await readFile(path.join(folder, name));
      const sha256 = createHash('sha256').update(data).digest('hex');
      list.files.push({ path: `models/portrait/${name}`, sha256, bytes: data.length, brotli: data.length });
    }
  }
  await writeFile(path.join(site, 'files.json'), JSON.stringify(list));
  return site;
}

/** Everything Chromium asks of any network, seen from outside the browser. */
async function startProxy() {
  /** @type {{method: string, url: string, at: number}[]} */
  const seen = [];
  const proxy = createServer((request, response) => {
    seen.push({ method: request.method ?? '', url: request.url ?? '', at: Date.now() });
    let url;
    try {
      url = new URL(request.url ?? '');
    } catch {
      response.writeHead(400).end();
      return;
    }
    if (url.hostname !== 'localhost' && url.hostname !== '127.0.0.1') {
      response.writeHead(502).end();
      return;
    }
    const onward = httpRequest(
      { host: url.hostname, port: url.port, method: request.method, path: url.pathname + url.search, headers: request.headers },
      (answer) => {
        response.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(response);
      },
    );
    onward.on('error', () => (response.headersSent ? response.destroy() : response.writeHead(502).end()));
    request.pipe(onward);
  });
  proxy.on('connect', (request, socket) => {
    seen.push({ method: 'CONNECT', url: request.url ?? '', at: Date.now() });
    socket.destroy();
  });
  await new Promise((resolve) => proxy.listen(0, '127.0.0.1', () => resolve(undefined)));
  const address = /** @type {import('node:net').AddressInfo} */ (proxy.address());
  return { seen, url: `http://127.0.0.1:${address.port}`, close: () => { proxy.closeAllConnections(); proxy.close(); } };
}

/**
 * @typedef {object} Wishes
 * @property {boolean} [webgpu] SwiftShader's WebGPU; otherwise none at all
 * @property {[number, number]} [size]
 * @property {boolean} [phone]
 * @property {string} [site] from makeSite; a tiny one otherwise
 * @property {string} [address] after the server's, such as "?backend=webgpu#r=…"
 * @property {boolean} [wait] for limner.ready; true by default
 * @property {boolean} [welcomed] no first-visit hint
 * @property {() => void} [before] runs in the page before its own scripts
 * @property {boolean} [logged] Chromium writes down what its network does: requestsOf(visit.netLog), after the browser is closed
 */

/** @param {Wishes} [wishes] */
export async function open({ webgpu = false, size = [900, 640], phone = false, site, address = '', wait = true, welcomed = true, before, logged = false } = {}) {
  const own = site ?? (await makeSite());
  const server = await startServer({ root: own });
  const proxy = await startProxy();
  const netLog = `${own}.net.json`;
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--proxy-bypass-list=<-loopback>', ...(logged ? [`--log-net-log=${netLog}`] : []),
      `--enable-features=${[...FEATURES, ...(webgpu ? ['Vulkan'] : [])].join(',')}`, ...(webgpu ? SOFTWARE_GPU : NO_WEBGPU)],
    proxy: { server: proxy.url, bypass: '<-loopback>' },
    timeout: PATIENCE,
  });
  const context = await browser.newContext({
    viewport: { width: size[0], height: size[1] }, deviceScaleFactor: phone ? 2 : 1, hasTouch: phone, isMobile: phone,
    acceptDownloads: true,
  });
  context.setDefaultTimeout(PATIENCE);
  context.setDefaultNavigationTimeout(PATIENCE);
  if (welcomed) await context.addInitScript(() => { try { localStorage.setItem('limner.welcomed', 'true'); } catch { /* forbidden */ } });
  if (before) await context.addInitScript(before);
  const page = await context.newPage();
  /** @type {string[]} */
  const complaints = [];
  page.on('pageerror', (error) => complaints.push(String(error.stack ?? error)));
  page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
  await page.goto(`${server.url}/${address}`);
  if (wait) await ready(page);
  return {
    page, context, browser, server, proxy, complaints, site: own, netLog,
    close: async () => {
      await browser.close();
      await server.close();
      proxy.close();
      await rm(netLog, { force: true });
      if (!site) await rm(own, { recursive: true, force: true });
    },
  };
}

/**
 * What Chromium's network service was asked for, and by whom: a page and its workers have an origin; what the browser does
 * on its own account (its updates, its sign-in, Google's opinion of form fields) has none.
 * @param {string} netLog @returns {Promise<{url: string, initiator: string | null}[]>}
 */
export async function requestsOf(netLog) {
  const { constants, events } = JSON.parse(await readFile(netLog, 'utf8'));
  const start = constants.logEventTypes.URL_REQUEST_START_JOB;
  return events
    .filter((/** @type {any} */ event) => event.type === start && event.params?.initiator !== undefined)
    .map((/** @type {any} */ { params }) => ({ url: params.url, initiator: params.initiator === 'not an origin' ? null : params.initiator }));
}

/** @param {import('playwright-core').Page | import('playwright-core').Frame} page */
export async function ready(page) {
  await page.waitForFunction(() => 'limner' in globalThis, null, { timeout: PATIENCE });
  await page.evaluate(() => /** @type {any} */ (globalThis).limner.ready);
}

/** Something inside the page's limner. @template T @param {import('playwright-core').Page | import('playwright-core').Frame} page @param {string} expression @returns {Promise<any>} */
export const ask = (page, expression) => page.evaluate(`(async () => { const limner = globalThis.limner; return (${expression}); })()`);

/**
 * Waits until something is true in the page. @param {import('playwright-core').Page | import('playwright-core').Frame} page
 * @param {string} expression may use limner and `what` @param {unknown} [what]
 */
export async function until(page, expression, what = null) {
  // Not as text to be evaluated again and again: the page's own policy would refuse that.
  await page.evaluate(`(async () => {
    const limner = globalThis.limner, what = ${JSON.stringify(what)}, end = performance.now() + ${PATIENCE};
    while (!(${expression})) {
      if (performance.now() > end) throw new Error(${JSON.stringify(`this never came true: ${expression}`)});
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  })()`);
}

/** Waits until everything that was asked for is painted and shown. @param {import('playwright-core').Page} page */
export async function settled(page) {
  await until(page, '!limner.timing().busy');
}

/**
 * Reads the heaps, after a collection: bytes. @param {import('playwright-core').Page} page
 * @returns {Promise<() => Promise<{js: number, wasm: number}>>}
 */
export async function heapReader(page) {
  const devtools = await page.context().newCDPSession(page);
  return async () => {
    await devtools.send('HeapProfiler.collectGarbage');
    const { usedSize } = await devtools.send('Runtime.getHeapUsage');
    return { js: usedSize, wasm: (await ask(page, 'limner.timing()')).heapBytes };
  };
}

/** For people to look at. @param {import('playwright-core').Page} page @param {string} name */
export async function picture(page, name) {
  await mkdir(PICTURES, { recursive: true });
  await settled(page);
  await page.screenshot({ path: path.join(PICTURES, `${name}.png`) });
}

/** What the page last said aloud. @param {import('playwright-core').Page} page @param {RegExp} expected */
export async function said(page, expected) {
  await page.waitForFunction((source) => new RegExp(source).test(document.getElementById('said')?.textContent ?? ''), expected.source);
}
