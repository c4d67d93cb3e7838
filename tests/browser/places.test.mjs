// Other places the page lives in: a frame on somebody's site, and a device without a network.

import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { test } from 'node:test';

import { ask, open, ready } from './session.mjs';

test('in a cross-origin iframe', async () => {
  const visit = await open({ wait: false });
  const host = createServer((_, response) => {
    response.writeHead(200, { 'content-type': 'text/html' });
    response.end(`<!doctype html><iframe width=860 height=600 src="${visit.server.url}/"></iframe>`);
  });
  try {
    await new Promise((resolve) => host.listen(0, '127.0.0.1', () => resolve(undefined)));
    const { port } = /** @type {import('node:net').AddressInfo} */ (host.address());
    const page = await visit.context.newPage();
    await page.goto(`http://127.0.0.1:${port}/`);
    const element = await page.waitForSelector('iframe');
    const frame = await element.contentFrame();
    assert.ok(frame);
    await frame.waitForURL((url) => url.href.startsWith(visit.server.url));
    await ready(frame);
    assert.equal(await ask(frame, `limner.generate({limner: 1, frame: {size: 64}}).then((r) => r.width)`), 64);
  } finally {
    host.close();
    host.closeAllConnections();
    await visit.close();
  }
});

test('offline after the first visit', async () => {
  const visit = await open();
  try {
    const { page, context } = visit;
    const recipe = await ask(page, 'limner.get()');
    await visit.server.close();
    await context.setOffline(true);
    await page.reload();
    await ready(page);
    assert.deepEqual(await ask(page, 'limner.get()'), recipe);
    assert.equal(await ask(page, `limner.generate({limner: 1, frame: {size: 64}}).then((r) => r.width)`), 64);
  } finally {
    await visit.close();
  }
});
