// node tampered_registry.mjs NPM ARGUMENT…: runs npm against a registry on this machine that knows
// every package asked for by the lock file, and hands out other bytes than were pinned.
import { spawn } from 'node:child_process';
import { createServer } from 'node:http';
import { gzipSync } from 'node:zlib';
import { readFileSync } from 'node:fs';

const [npm, ...options] = process.argv.slice(2);
const folder = options[options.indexOf('--prefix') + 1];
const lock = JSON.parse(readFileSync(`${folder}/package-lock.json`, 'utf8'));

const server = createServer((request, response) => {
  const name = decodeURIComponent(new URL(request.url, 'http://localhost').pathname.slice(1));
  const version = lock.packages[`node_modules/${name}`]?.version;
  if (!version) return void response.end(gzipSync(Buffer.alloc(1024)));
  const tarball = `http://localhost:${server.address().port}/tarball/${encodeURIComponent(name)}.tgz`;
  const versions = { [version]: { name, version, dist: { tarball } } };
  response.setHeader('Content-Type', 'application/json');
  response.end(JSON.stringify({ name, 'dist-tags': { latest: version }, versions }));
});
server.listen(0, 'localhost', () => {
  const registry = `--registry=http://localhost:${server.address().port}/`;
  spawn(npm, [...options, registry], { stdio: 'inherit' }).on('exit', (code) =>
    process.exit(code ?? 1),
  );
});
