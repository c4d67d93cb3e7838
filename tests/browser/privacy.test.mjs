// Nothing leaves the device: every request of a whole session, written down outside the browser.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { ask, open, picture, requestsOf, said, settled } from './session.mjs';

test('a whole session: our own files while loading, nothing at all after', async () => {
  const visit = await open({ logged: true });
  try {
    const { page, proxy, server } = visit;
    const ours = (/** @type {{url: string}} */ one) => one.url.startsWith(`${server.url}/`);
    const ready = performance.now();
    const loaded = proxy.seen.filter(ours).length;
    assert.ok(loaded > 20, `only ${loaded} requests were seen: is the proxy used?`);

    // A session: roll, words, a slider, every tab of the panel, styles, a saved file and back in, the link, the privacy view.
    await page.focus('#view');
    for (let i = 0; i < 3; ++i) await page.keyboard.press('r');
    await ask(page, `limner.set((await limner.words('an old man laughing', {lang: 'en'})).recipe)`);
    await ask(page, `limner.generate(limner.random('private')).then((r) => r.width)`);
    for (const style of await ask(page, 'limner.styles.slice(0, 3)')) {
      await ask(page, `limner.generate({limner: 1, seed: 'p', style: {name: '${style}'}, frame: {size: 64}}).then((r) => r.width)`);
    }
    const { width } = /** @type {{width: number}} */ (page.viewportSize());
    for (let tab = 0; tab < 6; ++tab) {
      await page.mouse.click(width - 340 + (340 / 6) * (tab + 0.5), 100);
      await settled(page);
    }
    await page.evaluate(() => document.getElementById('to-form')?.click());
    const [saved] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Save picture' }).click()]);
    await page.setInputFiles('#file', /** @type {string} */ (await saved.path()));
    await said(page, /the portrait from that picture/);
    await page.getByRole('button', { name: 'Copy link' }).click();
    await said(page, /link|clipboard/);
    await page.getByRole('button', { name: 'Close the form' }).click();
    await page.mouse.click(width - 28 - 104 - 14 - 17, 34); // the shield
    await settled(page);
    await page.waitForTimeout(Math.max(0, 33000 - (performance.now() - ready))); // browsers look for a newer service worker after half a minute
    const counted = (await ask(page, 'limner.timing()')).requests;
    await picture(page, 'privacy');

    // From outside the browser: what went through the proxy.
    assert.deepEqual(proxy.seen.filter(ours).slice(loaded).map((one) => one.url), [], 'requests after the page was ready');
    const hosts = [...new Set(proxy.seen.filter((one) => !ours(one)).map((one) => new URL(one.url.includes('://') ? one.url : `https://${one.url}`).hostname))];
    // From inside: on whose account each of them was made.
    await visit.browser.close();
    const requests = await requestsOf(visit.netLog);
    assert.ok(requests.filter(ours).length >= loaded, "the browser's log is not whole");
    const elsewhere = requests.filter((one) => /^(http|ws)s?:/.test(one.url) && !ours(one));
    assert.deepEqual(elsewhere.filter((one) => one.initiator), [], 'the page asked somebody else');
    const errands = new Set(elsewhere.map((one) => new URL(one.url).hostname));
    assert.deepEqual(hosts.filter((host) => !errands.has(host)), [], "neither the page's nor the browser's own doing");
    assert.deepEqual([counted.after, counted.elsewhere], [0, 0], 'the page counts the same');
  } finally {
    await visit.close();
  }
});

test('the policy holds: no eval, no connection to elsewhere, in the page itself', async () => {
  const visit = await open();
  try {
    const refused = await visit.page.evaluate(async () => {
      const violations = /** @type {string[]} */ ([]);
      document.addEventListener('securitypolicyviolation', (event) => violations.push(event.effectiveDirective));
      await fetch('https://example.com/').catch(() => undefined);
      // Not at once: what Playwright runs itself may evaluate.
      await new Promise((resolve) => setTimeout(() => {
        try {
          (0, eval)('1');
        } catch { /* as it should */ }
        resolve(undefined);
      }));
      const image = new Image();
      image.src = 'https://example.com/x.png';
      await new Promise((resolve) => setTimeout(resolve, 500));
      return violations.map((name) => name.replace(/-elem$/, '')).sort();
    });
    for (const directive of ['connect-src', 'img-src', 'script-src']) assert.ok(refused.includes(directive), directive);
    assert.ok(!visit.proxy.seen.some((one) => one.url.includes('example.com')));
  } finally {
    await visit.close();
  }
});
