// Serves one folder on this machine only: node tools/serve.mjs [--port N] FOLDER
import { createReadStream } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname, join, normalize, resolve, sep } from 'node:path';
import { parseArgs } from 'node:util';
import { createGzip } from 'node:zlib';

const kTypes = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.md': 'text/plain; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.wasm': 'application/wasm',
  '.webmanifest': 'application/manifest+json',
};

// What is packed already gains nothing.
const kPacked = new Set(['.png']);

const { values, positionals } = parseArgs({
  options: { port: { type: 'string', default: '8080' } },
  allowPositionals: true,
});
const root = resolve(positionals[0] ?? '.');
const port = Number(values.port);

// The page names its policy itself; the server says the same and what only headers can say.
const page = await readFile(join(root, 'index.html'), 'utf8').catch(() => {
  console.error(`leukolens: ${root} holds no page; run tools/build site`);
  process.exit(1);
});
const policy = /http-equiv="Content-Security-Policy"\s+content="([^"]+)"/.exec(page)?.[1];
if (!policy) {
  console.error('leukolens: the page names no Content-Security-Policy');
  process.exit(1);
}
const kHeaders = {
  'Content-Security-Policy': `${policy.replace(/\s+/g, ' ').replace(/;\s*$/, '')}; frame-ancestors 'none'`,
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Permissions-Policy': 'camera=(self), geolocation=(), microphone=()',
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
  'Cache-Control': 'no-cache',
};

async function fileOf(url) {
  const path = decodeURIComponent(new URL(url, 'http://localhost').pathname);
  const file = normalize(join(root, path.endsWith('/') ? `${path}index.html` : path));
  if (!file.startsWith(root + sep) || file.includes('\0')) return undefined;
  const found = await stat(file).catch(() => undefined);
  return found?.isFile() ? { file, size: found.size } : undefined;
}

function takesGzip({ headers }) {
  return /\bgzip\b/.test(headers['accept-encoding'] ?? '');
}

const server = createServer(async (request, response) => {
  const found = await fileOf(request.url ?? '/').catch(() => undefined);
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    response.writeHead(405, kHeaders).end();
  } else if (!found) {
    response.writeHead(404, kHeaders).end('not found\n');
  } else {
    const type = kTypes[extname(found.file)] ?? 'application/octet-stream';
    const isZipped = !kPacked.has(extname(found.file)) && takesGzip(request);
    const length = isZipped ? { 'Content-Encoding': 'gzip' } : { 'Content-Length': found.size };
    const told = { ...kHeaders, 'Content-Type': type, Vary: 'Accept-Encoding', ...length };
    response.writeHead(200, told);
    if (request.method === 'HEAD') response.end();
    else if (isZipped) createReadStream(found.file).pipe(createGzip()).pipe(response);
    else createReadStream(found.file).pipe(response);
  }
});
server.on('error', (error) => {
  const remedies = {
    EADDRINUSE: `port ${port} is taken; end what runs there, or use --port with another number`,
    EACCES: `port ${port} is for root only; use --port with a number from 1024`,
  };
  console.error(`leukolens: ${remedies[error.code] ?? `${error.message}; try --port`}`);
  process.exit(1);
});
server.listen(port, 'localhost', () =>
  console.log(`LeukoLens is at http://localhost:${port} (Ctrl-C ends it)`),
);
for (const signal of ['SIGINT', 'SIGTERM']) {
  process.on(signal, () => {
    server.close(() => process.exit(0));
    server.closeAllConnections();
  });
}
