// Somebody's site, on another origin than Limner's: serves the pages it is given, and speaks the messages of docs/EMBED.md.

import { mkdir } from 'node:fs/promises';
import { createServer } from 'node:http';
import path from 'node:path';

import { PICTURES } from './session.mjs';

/** For people to look at; session.mjs' own asks the studio whether it is busy. @param {import('playwright-core').Page} page @param {string} name */
export async function picture(page, name) {
  await mkdir(PICTURES, { recursive: true });
  await page.waitForTimeout(500);
  await page.screenshot({ path: path.join(PICTURES, `${name}.png`) });
}

/**
 * @param {Record<string, string>} pages by path; LIMNER becomes Limner's address, ITSELF the host's own
 * @param {string} limner
 * @param {Record<string, string>} [headers]
 */
export async function startHost(pages, limner, headers = {}) {
  const server = createServer((request, response) => {
    const page = pages[(request.url ?? '').split('?')[0]];
    response.writeHead(page !== undefined ? 200 : request.url === '/favicon.ico' ? 204 : 404, { 'content-type': 'text/html; charset=utf-8', ...headers });
    response.end(page?.replaceAll('LIMNER', limner).replaceAll('ITSELF', `http://${request.headers.host}`));
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(undefined)));
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  return {
    url: `http://127.0.0.1:${port}`,
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

/** A page with Limner in a frame, and a `host` that remembers what it was told. @param {string} query @param {string} [attributes] of the frame */
export const framePage = (query, attributes = '') => `<!doctype html><html lang="en"><title>Somebody's site</title>
<body style="margin:0;background:#ddd">
<iframe id="limner" ${attributes} style="border:0;width:480px;height:720px" src="LIMNER/embed.html?${query}"></iframe>
<script>
const heard = [];
const waiting = new Map();
const frame = document.getElementById('limner');
let number = 0;
addEventListener('message', ({ data, source, origin }) => {
  if (source !== frame.contentWindow) return;
  heard.push({ ...data, at: performance.now(), from: origin });
  const done = (data.type === 'result' || data.type === 'error') && waiting.get(data.id);
  if (done) done(data);
});
const post = (message) => frame.contentWindow.postMessage({ ns: 'limner', v: 1, ...message }, 'LIMNER');
const ask = (type, fields = {}) => new Promise((resolve) => {
  const id = 'h' + ++number;
  waiting.set(id, resolve);
  post({ id, type, ...fields });
});
const until = async (test) => {
  for (let i = 0; i < 1200; ++i) {
    const found = heard.find(test);
    if (found) return found;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error('not heard; only ' + heard.map((one) => one.type + ':' + (one.code ?? '')).join(' '));
};
</script>`;
