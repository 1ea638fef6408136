// How tools/serve.mjs is started: once for all tests, and by tests that need one they can stop.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const kPort = 8137;
const kRoot = join(dirname(fileURLToPath(import.meta.url)), '../..');

export const kServer = {
  root: kRoot,
  url: `http://localhost:${kPort}/`,
  command: `node tools/serve.mjs build/site --port ${kPort}`,
};

export interface Server {
  readonly url: string;
  stop(): Promise<void>;
}

async function answers(url: string): Promise<boolean> {
  return fetch(url).then(
    (response) => response.ok,
    () => false,
  );
}

/** Serves `folder` on a port of its own. */
export async function startServer(folder: string, port: number): Promise<Server> {
  const args = [join(kRoot, 'tools/serve.mjs'), folder, '--port', String(port)];
  const child: ChildProcess = spawn(process.execPath, args, { cwd: kRoot, stdio: 'ignore' });
  const url = `http://localhost:${port}/`;
  for (let tries = 0; !(await answers(url)); ++tries) {
    if (tries === 100 || child.exitCode !== null) throw new Error(`no server at ${url}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return {
    url,
    async stop() {
      child.kill();
      if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
    },
  };
}
