// node registry.mjs NPM ARGUMENT…: runs npm against a registry on this machine that knows every package
// asked for by the lock file, and hands out other bytes than were pinned. With the environment's
// REGISTRY_TLS=FOLDER it speaks https by key.pem and cert.pem of that folder.
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { gzipSync } from 'node:zlib';

const [npm, ...options] = process.argv.slice(2);
const folder = options[options.indexOf('--prefix') + 1];
const lock = JSON.parse(readFileSync(`${folder}/package-lock.json`, 'utf8'));
const tls = process.env.REGISTRY_TLS;
const scheme = tls ? 'https' : 'http';

function answer(request, response) {
  const name = decodeURIComponent(new URL(request.url, 'http://localhost').pathname.slice(1));
  const version = lock.packages[`node_modules/${name}`]?.version;
  if (!version) return void response.end(gzipSync(Buffer.alloc(1024)));
  const tarball = `${address()}tarball/${encodeURIComponent(name)}.tgz`;
  const versions = { [version]: { name, version, dist: { tarball } } };
  response.setHeader('Content-Type', 'application/json');
  response.end(JSON.stringify({ name, 'dist-tags': { latest: version }, versions }));
}
const server = tls
  ? createTlsServer(
      { key: readFileSync(`${tls}/key.pem`), cert: readFileSync(`${tls}/cert.pem`) },
      answer,
    )
  : createServer(answer);
const address = () => `${scheme}://localhost:${server.address().port}/`;
server.listen(0, 'localhost', () => {
  spawn(npm, [...options, `--registry=${address()}`], { stdio: 'inherit' }).on('exit', (code) =>
    process.exit(code ?? 1),
  );
});
