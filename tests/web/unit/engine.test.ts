import assert from 'node:assert/strict';
import { mock, test } from 'node:test';
import { type Answer, Engine, type Port } from '../../../web/engine';
import type { EngineIdentity, WorkerMessage, WorkerRequest } from '../../../web/messages';
import { reading } from './samples';

const kModel = {
  name: 'm',
  version: '1',
  sha256: '',
  trainingSet: '',
  labels: [],
  sides: [],
  parameters: 0,
  multiplyAdds: 0,
  classifiedThreshold: 0,
  cropScale: 1,
};
const kIdentity: EngineIdentity = { variant: 'simd', programVersion: '0', model: kModel };
const kImage = { image: new Blob(), width: 1, height: 1 };

class FakePort implements Port {
  onmessage: Port['onmessage'] = null;
  onerror: Port['onerror'] = null;
  readonly asked: number[] = [];
  isTerminated = false;

  postMessage(message: WorkerRequest): void {
    this.asked.push(message.id);
  }

  terminate(): void {
    this.isTerminated = true;
  }

  say(data: WorkerMessage): void {
    this.onmessage?.({ data } as MessageEvent<WorkerMessage>);
  }

  becomeReady(): void {
    this.say({ kind: 'ready', engine: kIdentity });
  }

  answer(id: number): void {
    this.say({
      kind: 'read',
      id,
      reading: reading(),
      preview: kImage,
      crops: [],
      sha256: null,
      pages: 1,
    });
  }

  die(): void {
    this.onerror?.({ message: 'crash' } as ErrorEvent);
  }
}

function setUp() {
  const ports: FakePort[] = [];
  const answers: [number, Answer][] = [];
  const troubles: string[] = [];
  const open = (): Port => {
    const port = new FakePort();
    ports.push(port);
    return port;
  };
  const events = {
    ready: () => {},
    unavailable: (reason: string, what: string) => troubles.push(`${reason} ${what}`),
  };
  const engine = new Engine(open, events, 1000);
  const abort = new AbortController();
  const read = (id: number, options = {}): void =>
    engine.read(
      { kind: 'read', id, file: new Blob(), page: 0, previewSide: 1 },
      abort.signal,
      (answer) => answers.push([id, answer]),
      options,
    );
  engine.start();
  return { engine, ports, answers, troubles, abort, read, port: () => ports.at(-1) as FakePort };
}

test('pictures added before the engine is ready wait, then go one at a time in order', () => {
  const { port, read, answers } = setUp();
  read(1);
  read(2);
  assert.deepEqual(port().asked, []);
  port().becomeReady();
  assert.deepEqual(port().asked, [1]);
  port().answer(1);
  port().answer(2);
  assert.deepEqual(port().asked, [1, 2]);
  assert.deepEqual(
    answers.map(([id]) => id),
    [1, 2],
  );
});

test('an urgent request goes before those that wait', () => {
  const { port, read } = setUp();
  port().becomeReady();
  read(1);
  read(2);
  read(3, { isUrgent: true });
  port().answer(1);
  port().answer(3);
  assert.deepEqual(port().asked, [1, 3, 2]);
});

test('after an abort neither the running nor the waiting pictures answer', () => {
  const { port, read, abort, answers } = setUp();
  port().becomeReady();
  read(1);
  read(2);
  abort.abort();
  port().answer(1);
  assert.deepEqual(port().asked, [1]);
  assert.deepEqual(answers, []);
});

test('a worker that dies is replaced and its picture tried once more', () => {
  const { ports, port, read, answers } = setUp();
  port().becomeReady();
  read(1);
  port().die();
  assert.equal(ports.length, 2);
  assert.equal(ports[0]?.isTerminated, true);
  port().becomeReady();
  assert.deepEqual(port().asked, [1]);
  port().answer(1);
  assert.deepEqual(
    answers.map(([id, { kind }]) => [id, kind]),
    [[1, 'read']],
  );
});

test('a picture that kills two workers is reported, and the next one is read', () => {
  const { port, read, answers } = setUp();
  port().becomeReady();
  read(1);
  read(2);
  port().die();
  port().becomeReady();
  port().die();
  port().becomeReady();
  port().answer(2);
  assert.deepEqual(answers[0], [
    1,
    { kind: 'failed', failure: { code: 'engine_died', what: 'crash' }, pages: 1 },
  ]);
  assert.equal(answers[1]?.[1].kind, 'read');
});

test('a worker that never answers counts as dead after the patience', () => {
  mock.timers.enable({ apis: ['setTimeout'] });
  try {
    const { ports, port, read } = setUp();
    port().becomeReady();
    read(1);
    mock.timers.tick(999);
    assert.equal(ports.length, 1);
    mock.timers.tick(1);
    assert.equal(ports.length, 2);
  } finally {
    mock.timers.reset();
  }
});

test('a worker that dies again and again without work is given up and can be started anew', () => {
  const { engine, ports, port, troubles } = setUp();
  port().die();
  port().die();
  port().die();
  assert.deepEqual(troubles, ['not_loaded crash']);
  assert.equal(ports.length, 3);
  engine.start();
  assert.equal(ports.length, 4);
});
