// The server as a browser, and as someone hostile, meets it.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtemp, mkdir, rm, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { brotliCompressSync, brotliDecompressSync } from 'node:zlib';
import { startServer } from '../../tools/serve.mjs';

/** @type {string} */
let folder;
/** @type {import('../../tools/serve.mjs').RunningServer} */
let server;

before(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'limner-server-'));
  await mkdir(path.join(folder, 'site/app'), { recursive: true });
  await writeFile(path.join(folder, 'site/index.html'), '<!doctype html><title>Limner</title>');
  await writeFile(path.join(folder, 'site/embed.html'), '<!doctype html><title>Limner</title>');
  await writeFile(path.join(folder, 'site/app/app.wasm'), 'wasm');
  await writeFile(path.join(folder, 'site/app/app.wasm.br'), brotliCompressSync('wasm'));
  await writeFile(path.join(folder, 'secret.txt'), 'secret');
  server = await startServer({ root: path.join(folder, 'site') });
});
after(async () => {
  await server.close();
  await rm(folder, { recursive: true });
});

/**
 * A request as it is written, without a client tidying its path up.
 * @param {string} target @param {{ method?: string, headers?: Record<string, string> }} [options]
 * @returns {Promise<{ status: number, headers: import('node:http').IncomingHttpHeaders, body: Buffer }>}
 */
function ask(target, { method = 'GET', headers = {} } = {}) {
  return new Promise((resolve, reject) => {
    const sent = request({ host: 'localhost', port: server.port, path: target, method, headers }, (response) => {
      /** @type {Buffer[]} */
      const parts = [];
      response.on('data', (part) => parts.push(part));
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(parts) }),
      );
    });
    sent.on('error', reject);
    sent.end();
  });
}

test('the page comes with a policy that allows nothing from elsewhere, and no eval', async () => {
  const { status, headers } = await ask('/');
  assert.equal(status, 200);
  assert.equal(headers['content-type'], 'text/html; charset=utf-8');
  const policy = String(headers['content-security-policy']);
  assert.match(policy, /default-src 'none'/);
  assert.match(policy, /connect-src 'self'/);
  assert.doesNotMatch(policy, /'unsafe-eval'|unsafe-inline|https?:/);
  assert.equal(headers['x-content-type-options'], 'nosniff');
  assert.equal(headers['referrer-policy'], 'no-referrer');
});

test('who may embed it can be said; isolated pages may frame embed.html and its worker', async () => {
  assert.match(String((await ask('/')).headers['content-security-policy']), /frame-ancestors \*$/);
  const strict = await startServer({ root: path.join(folder, 'site'), frameAncestors: 'https://a.example' });
  try {
    const answer = await fetch(strict.url);
    assert.match(String(answer.headers.get('content-security-policy')), /frame-ancestors https:\/\/a\.example$/);
  } finally {
    await strict.close();
  }
  assert.equal((await ask('/embed.html')).headers['cross-origin-embedder-policy'], 'require-corp');
  assert.equal((await ask('/')).headers['cross-origin-embedder-policy'], undefined);
  assert.equal((await ask('/embed.html')).headers['cross-origin-resource-policy'], 'cross-origin');
});

test('WebAssembly has its type, and comes compressed to who takes brotli', async () => {
  const raw = await ask('/app/app.wasm');
  assert.equal(raw.headers['content-type'], 'application/wasm');
  assert.equal(raw.body.toString(), 'wasm');
  const packed = await ask('/app/app.wasm', { headers: { 'accept-encoding': 'gzip, br' } });
  assert.equal(packed.headers['content-encoding'], 'br');
  assert.equal(packed.headers['content-type'], 'application/wasm');
  assert.equal(brotliDecompressSync(packed.body).toString(), 'wasm');
});

test('what a browser already has is not sent again', async () => {
  const { headers } = await ask('/');
  const again = await ask('/', { headers: { 'if-none-match': String(headers.etag) } });
  assert.equal(again.status, 304);
  assert.equal(again.body.length, 0);
});

test('no path leads out of the folder', async () => {
  for (const target of ['/../secret.txt', '/%2e%2e/secret.txt', '/app/..%2f..%2fsecret.txt', '//secret.txt', '/%00', '/%']) {
    const { status, body } = await ask(target);
    assert.ok(status === 404 || status === 400, `${target} gave ${status}`);
    assert.doesNotMatch(body.toString(), /secret/);
  }
});

test('nothing can be sent to it', async () => {
  for (const method of ['POST', 'PUT', 'DELETE']) assert.equal((await ask('/', { method })).status, 405);
  const head = await ask('/', { method: 'HEAD' });
  assert.equal(head.status, 200);
  assert.equal(head.body.length, 0);
});

test('it says where it is in one line, and why when it cannot', async () => {
  const program = path.resolve(import.meta.dirname ?? new URL('.', import.meta.url).pathname, '../../tools/serve.mjs');
  /** @param {string[]} words @returns {Promise<{ code: number | null, out: string, error: string }>} */
  const start = (...words) =>
    new Promise((resolve) => {
      const child = spawn(process.execPath, [program, '--root', path.join(folder, 'site'), ...words]);
      let out = '';
      let error = '';
      child.stdout.on('data', (data) => {
        out += data;
        child.kill('SIGTERM');
      });
      child.stderr.on('data', (data) => (error += data));
      child.on('close', (code) => resolve({ code, out, error }));
    });
  assert.match((await start('--port', '0')).out, /^Limner is at http:\/\/localhost:\d+\n$/);
  const taken = await start('--port', String(server.port));
  assert.equal(taken.code, 1);
  assert.match(taken.error, /port \d+ is taken/);
  assert.match((await start('--port', 'eighty')).error, /--port needs a number/);
  assert.match((await start('--frame-ancestors', "'self'; script-src *")).error, /--frame-ancestors needs origins/);
});
