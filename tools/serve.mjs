// Serves build/site on this computer, with the headers the page is meant to be served with.
//
//   node tools/serve.mjs [--port N] [--root FOLDER] [--isolate] [--frame-ancestors SOURCES]
//     --port N     8080 by default; 0 takes a free one
//     --isolate    cross-origin isolation as well (COOP, COEP)
//     --frame-ancestors "https://a.example https://b.example"    who may embed the page; anybody if absent
//
// Tests import `startServer` and look at `requests`.

import { createServer } from 'node:http';
import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = path.resolve(fileURLToPath(new URL('..', import.meta.url)));

/** @type {Record<string, string>} */
const TYPES = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.webmanifest': 'application/manifest+json; charset=utf-8',
  '.wgsl': 'text/plain; charset=utf-8',
  '.md': 'text/markdown; charset=utf-8',
  '.txt': 'text/plain; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.webp': 'image/webp',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.ttf': 'font/ttf',
  '.wasm': 'application/wasm',
  '.onnx': 'application/octet-stream',
};

/** What the page may do, as a header; index.html says the same in a <meta> for hosts that set no headers. */
export const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "connect-src 'self'",
  "style-src 'self'",
  "img-src 'self' blob: data:",
  "font-src 'self'",
  "worker-src 'self'",
  "manifest-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');

/**
 * @typedef {object} ServerOptions
 * @property {string} [root] folder to serve; build/site
 * @property {number} [port] 0 takes a free one
 * @property {string} [host] localhost only, unless asked otherwise
 * @property {boolean} [isolate] cross-origin isolation
 * @property {string} [frameAncestors] who may embed the page: a CSP source list; anyone by default
 * @property {Record<string, string>} [headers] further headers
 *
 * @typedef {object} RunningServer
 * @property {string} url without a slash at its end
 * @property {number} port
 * @property {{ method: string, path: string, status: number, bytes: number }[]} requests in order of their answers
 * @property {() => Promise<void>} close
 */

/**
 * @param {ServerOptions} [options]
 * @returns {Promise<RunningServer>}
 */
export async function startServer(options = {}) {
  const root = path.resolve(options.root ?? path.join(ROOT, 'build/site'));
  /** @type {RunningServer['requests']} */
  const requests = [];
  /** @type {Record<string, string>} */
  const common = {
    'content-security-policy': `${CONTENT_SECURITY_POLICY}; frame-ancestors ${options.frameAncestors ?? '*'}`,
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'cross-origin-resource-policy': 'cross-origin',
    // A page on localhost is rebuilt often: always ask, and let the ETag answer.
    'cache-control': 'no-cache',
    ...(options.isolate
      ? { 'cross-origin-opener-policy': 'same-origin', 'cross-origin-embedder-policy': 'require-corp' }
      : {}),
    ...options.headers,
  };

  const server = createServer(async (request, response) => {
    const method = request.method ?? 'GET';
    let pathname = '/';
    /** @param {number} status @param {Record<string, string | number>} headers @param {Buffer | string} [body] */
    const answer = (status, headers, body = '') => {
      requests.push({ method, path: pathname, status, bytes: Buffer.byteLength(body) });
      response.writeHead(status, { ...common, ...headers });
      response.end(method === 'HEAD' ? undefined : body);
    };
    const plain = { 'content-type': 'text/plain; charset=utf-8' };
    try {
      pathname = decodeURIComponent((request.url ?? '/').replace(/[?#].*/, ''));
    } catch {
      return answer(400, plain, 'This address is not readable.\n');
    }
    if (!pathname.startsWith('/')) return answer(400, plain, 'This address is not readable.\n');
    if (method !== 'GET' && method !== 'HEAD') return answer(405, { ...plain, allow: 'GET, HEAD' }, 'Only GET and HEAD.\n');
    let file = path.join(root, pathname);
    if (file !== root && !file.startsWith(root + path.sep)) return answer(404, plain, 'Not here.\n');
    if (pathname.endsWith('/')) file = path.join(file, 'index.html');
    try {
      const found = await stat(file);
      if (!found.isFile()) return answer(404, plain, 'Not here.\n');
      const etag = `"${found.size.toString(36)}-${Math.round(found.mtimeMs).toString(36)}"`;
      const type = TYPES[path.extname(file)] ?? 'application/octet-stream';
      if (request.headers['if-none-match'] === etag) return answer(304, { etag });
      const packed = /\bbr\b/.test(String(request.headers['accept-encoding'] ?? ''))
        ? await readFile(`${file}.br`).catch(() => null)
        : null;
      const body = packed ?? (await readFile(file));
      return answer(
        200,
        {
          'content-type': type,
          // Browsers look for a newer one half a minute after a page has loaded, unless theirs is fresh.
          ...(path.basename(file) === 'service-worker.js' ? { 'cache-control': 'max-age=300' } : {}),
          // Everything embed.html loads is its own, so pages that are cross-origin isolated may frame it.
          ...(/^(embed\.html|.*-worker\.js)$/.test(path.basename(file)) ? { 'cross-origin-embedder-policy': 'require-corp' } : {}),
          'content-length': body.length,
          vary: 'accept-encoding',
          etag,
          ...(packed ? { 'content-encoding': 'br' } : {}),
        },
        body,
      );
    } catch {
      return answer(404, plain, 'Not here.\n');
    }
  });

  await new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port ?? 0, options.host ?? 'localhost', () => resolve(undefined));
  });
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  return {
    url: `http://localhost:${port}`,
    port,
    requests,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** @param {string[]} words */
async function main(words) {
  /** @type {ServerOptions} */
  const options = { port: 8080 };
  for (let i = 0; i < words.length; ++i) {
    const word = words[i];
    if (word === '--port') {
      const port = Number(words[++i]);
      if (!Number.isInteger(port) || port < 0 || port > 65535) throw new Error('--port needs a number from 0 to 65535.');
      options.port = port;
    } else if (word === '--root') options.root = words[++i];
    else if (word === '--isolate') options.isolate = true;
    else if (word === '--frame-ancestors') {
      const sources = words[++i] ?? '';
      if (!sources || /[;,\r\n]/.test(sources)) throw new Error("--frame-ancestors needs origins with spaces between them, or 'self'.");
      options.frameAncestors = sources;
    } else throw new Error(`serve does not know '${word}'; it knows --port N, --root FOLDER, --isolate and --frame-ancestors.`);
  }
  const server = await startServer(options).catch((error) => {
    if (error.code === 'EADDRINUSE') throw new Error(`port ${options.port} is taken; try ./limner serve --port 0.`);
    if (error.code === 'EACCES') throw new Error(`port ${options.port} is not allowed here; try one above 1023.`);
    throw error;
  });
  console.log(`Limner is at ${server.url}`);
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => server.close().then(() => process.exit(0)));
}

if (process.argv[1] && path.resolve(process.argv[1]) === fileURLToPath(import.meta.url)) {
  main(process.argv.slice(2)).catch((error) => {
    console.error(`limner: ${error.message}`);
    process.exit(1);
  });
}
