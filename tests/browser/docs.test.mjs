// Every example in docs/EMBED.md and docs/API.md, and the demo page, as they are written.

import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';

import { startExample } from '../../examples/serve.mjs';
import { makePackage } from '../../tools/npm-package.mjs';
import { startServer } from '../../tools/serve.mjs';
import { picture, startHost } from './host.mjs';
import { open, ready, TINY } from './session.mjs';

const EXAMPLE = 'https://limner.example';

/** @param {string} name @param {string} language @returns {Promise<string[]>} */
async function examples(name, language) {
  const text = await readFile(new URL(`../../docs/${name}`, import.meta.url), 'utf8');
  return [...text.matchAll(new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\``, 'gms'))].map((found) => found[1]);
}

/** @type {Awaited<ReturnType<typeof open>>} */
let visit;
before(async () => {
  visit = await open({ wait: false, address: 'files.json', size: [900, 760] });
});
after(() => visit.close());

/** @param {import('playwright-core').Page} page */
function complaintsOf(page) {
  /** @type {string[]} */
  const complaints = [];
  page.on('pageerror', (error) => complaints.push(String(error.stack ?? error)));
  page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
  return complaints;
}

/** A picture is on screen somewhere in the page or its frames. @param {import('playwright-core').Page} page */
async function somebody(page) {
  for (let i = 0; i < 600; ++i) {
    for (const frame of page.frames()) {
      const seen = await frame.evaluate(() => {
        const images = [...document.images, ...[...document.querySelectorAll('limner-portrait')].map((one) => one.shadowRoot?.querySelector('img'))];
        return images.filter((image) => image?.complete && image.naturalWidth > 0 && image.getBoundingClientRect().width > 0).length;
      }).catch(() => 0);
      if (seen) return;
    }
    await page.waitForTimeout(200);
  }
  assert.fail('nobody was painted');
}

test('the examples of docs/EMBED.md', async () => {
  const pages = await examples('EMBED.md', 'html');
  assert.equal(pages.length, 3);
  for (const html of pages) {
    const host = await startHost({ '/': html.replaceAll(EXAMPLE, 'LIMNER') }, visit.server.url);
    const page = await visit.context.newPage();
    const complaints = complaintsOf(page);
    try {
      await page.goto(host.url);
      await somebody(page);
      if (html.includes('id="chosen"')) {
        await page.waitForFunction(() => /** @type {HTMLImageElement} */ (document.getElementById('chosen')).naturalWidth === 256, null, { timeout: 60000 });
        assert.match(await page.getAttribute('#chosen', 'alt') ?? '', /\w{3}/);
      }
      assert.deepEqual(complaints, []);
    } finally {
      await page.close();
      host.close();
    }
  }
});

test('the examples of docs/API.md', async () => {
  const page = await visit.context.newPage();
  const complaints = complaintsOf(page);
  await page.goto(`${visit.server.url}/`);
  await ready(page);
  for (const example of await examples('API.md', 'js')) await page.evaluate(`(async () => { ${example} })()`);
  assert.deepEqual(complaints, []);
  await page.close();
});

test('the npm package in a browser, as docs/CLI.md has it', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'limner-browser-'));
  const server = await startServer({ root: await makePackage({ pack: TINY, to: path.join(folder, 'limner') }) });
  const page = await visit.context.newPage();
  const complaints = complaintsOf(page);
  try {
    await page.goto(`${server.url}/package.json`);
    const [example] = await examples('CLI.md', 'js browser');
    const program = example.replace(/^import (\{.*?\}) from ('.*?');/m, 'const $1 = await import($2);').replaceAll(EXAMPLE, server.url);
    await page.evaluate(`(async () => { ${program} })()`);
    await somebody(page);
    assert.deepEqual(complaints.filter((text) => !/404/.test(text)), [], 'a package has no list of files; sizes are a courtesy');
  } finally {
    await page.close();
    await server.close();
    await rm(folder, { recursive: true, force: true });
  }
});

test('the demo page, of another origin', async () => {
  const site = await startExample(visit.server.url, 0);
  const page = await visit.context.newPage();
  const complaints = complaintsOf(page);
  try {
    await page.setViewportSize({ width: 1100, height: 1300 });
    await page.goto(site.url);
    await page.waitForFunction(() => [...document.querySelectorAll('limner-portrait')].every((one) => one.shadowRoot?.querySelector('img.shown')), null, { timeout: 120000 });
    await page.frameLocator('#limner').locator('#others img').nth(5).waitFor({ timeout: 120000 });
    await page.frameLocator('#limner').getByRole('button', { name: 'Use this portrait' }).click();
    await page.waitForFunction(() => /** @type {HTMLImageElement} */ (document.getElementById('chosen')).naturalWidth === 1024, null, { timeout: 60000 });
    await picture(page, 'embed-demo');
    assert.deepEqual(complaints, []);
  } finally {
    await page.close();
    site.close();
  }
});
