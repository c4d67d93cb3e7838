// The demo of docs/EMBED.md: Limner on one port, a site of another origin that embeds it on the next.
//
//   ./limner build site && node examples/serve.mjs [--port N]        8080 and 8081 if absent

import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

import { startServer } from '../tools/serve.mjs';

/** The embedding site. @param {string} limner its address @param {number} port 0 takes a free one */
export async function startExample(limner, port) {
  const server = createServer(async (request, response) => {
    if (request.url !== '/') return response.writeHead(request.url === '/favicon.ico' ? 204 : 404).end();
    const page = (await readFile(new URL('host.html', import.meta.url), 'utf8')).replaceAll('LIMNER/', `${limner}/`).replaceAll("'LIMNER'", `'${limner}'`);
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(page);
  });
  await new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => resolve(undefined));
  });
  const address = /** @type {import('node:net').AddressInfo} */ (server.address());
  return {
    url: `http://127.0.0.1:${address.port}/`,
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

if (process.argv[1] && path.resolve(process.argv[1]) === fileURLToPath(import.meta.url)) {
  const at = process.argv.indexOf('--port');
  const port = at > 0 ? Number(process.argv[at + 1]) : 8080;
  const limner = await startServer({ port });
  const site = await startExample(limner.url, port + 1);
  console.log(`Limner is at ${limner.url}; the site that embeds it is at ${site.url}`);
}
