// Every way a page could send something by that is known to us: each a record with the attempt. They
// really try, with a word and an address that the person can choose.

import { after, type Came } from './outcome';

export interface Way {
  readonly id: string;
  /** Of reports that name no more than the address's origin. */
  readonly directives?: readonly string[];
  /** Rejects where the browser says that it failed; 'nothing': it tells neither. */
  attempt(address: URL): Promise<Came>;
}

/** What is sent: no cell, no picture. */
const kWord = 'self-test of LeukoLens';
const kPatienceMs = 2500;

/** Puts an element into the page until it has loaded, failed, or told nothing. */
async function placed(
  node: HTMLElement,
  isSettled: (done: (came: Came) => void, failed: (why: unknown) => void) => void,
): Promise<Came> {
  // Out of sight but laid out: what is not laid out may fetch nothing.
  node.className = 'visually-hidden';
  node.ariaHidden = 'true';
  const settled = new Promise<Came>(isSettled);
  document.body.append(node);
  try {
    return await Promise.race([settled, after(kPatienceMs)]);
  } finally {
    node.remove();
  }
}

function loaded(node: HTMLElement): Promise<Came> {
  return placed(node, (done, failed) => {
    node.addEventListener('load', () => done('answered'));
    node.addEventListener('loadeddata', () => done('answered'));
    node.addEventListener('error', () => failed(new Error('error')));
  });
}

function made<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  set: (node: HTMLElementTagNameMap[Tag]) => void,
): Promise<Came> {
  const node = document.createElement(tag);
  set(node);
  return loaded(node);
}

function link(rel: string, as: string | null = null): Way['attempt'] {
  return (address) =>
    made('link', (node) => {
      node.rel = rel;
      if (as !== null) node.as = as;
      node.href = address.href;
    });
}

async function answeredOnce(target: EventTarget, good: string, bad: string): Promise<Came> {
  const settled = new Promise<Came>((done, failed) => {
    target.addEventListener(good, () => done('answered'));
    target.addEventListener(bad, () => failed(new Error(bad)));
  });
  return Promise.race([settled, after(kPatienceMs)]);
}

function socketOf(address: URL): string {
  return address.href.replace(/^http/, 'ws');
}

async function webSocket(address: URL): Promise<Came> {
  const socket = new WebSocket(socketOf(address));
  try {
    return await answeredOnce(socket, 'open', 'error');
  } finally {
    socket.close();
  }
}

async function eventSource(address: URL): Promise<Came> {
  const source = new EventSource(address);
  try {
    return await answeredOnce(source, 'open', 'error');
  } finally {
    source.close();
  }
}

function request(address: URL): Promise<Came> {
  const xhr = new XMLHttpRequest();
  xhr.open('POST', address);
  const answered = answeredOnce(xhr, 'load', 'error');
  xhr.send(kWord);
  return answered;
}

async function webTransport(address: URL): Promise<Came> {
  if (!('WebTransport' in globalThis)) return 'absent';
  const secure = address.href.replace(/^http:/, 'https:');
  const transport = new WebTransport(secure);
  // Its end is told by `ready` already.
  transport.closed.catch(() => {});
  await Promise.race([transport.ready, after(kPatienceMs)]);
  return 'answered';
}

/** Into a frame of its own, so that the page stays where it is if nothing forbids it. */
async function form(address: URL): Promise<Came> {
  const frame = document.createElement('iframe');
  frame.name = 'self-test-form';
  frame.hidden = true;
  const node = document.createElement('form');
  Object.assign(node, { action: address.href, method: 'post', target: frame.name });
  const word = document.createElement('input');
  Object.assign(word, { type: 'hidden', name: 'word', value: kWord });
  node.append(word);
  document.body.append(frame);
  try {
    return await placed(node, (done) => {
      frame.addEventListener('load', () => done('answered'));
      setTimeout(() => node.submit());
    });
  } finally {
    frame.remove();
  }
}

/** Asks a stranger for the own address, as calls do: the question is a packet that leaves. */
async function webRtc(address: URL): Promise<Came> {
  if (!('RTCPeerConnection' in globalThis)) return 'absent';
  const port = address.port === '' ? '3478' : address.port;
  const urls = `stun:${address.hostname}:${port}`;
  const connection = new RTCPeerConnection({ iceServers: [{ urls }] });
  try {
    connection.createDataChannel('self-test');
    const gathered = new Promise<Came>((done, failed) => {
      connection.addEventListener('icecandidateerror', () => failed(new Error('STUN')));
      connection.addEventListener('icecandidate', ({ candidate }) => {
        if (candidate?.type === 'srflx') done('answered');
      });
    });
    await connection.setLocalDescription(await connection.createOffer());
    return await Promise.race([gathered, after(kPatienceMs)]);
  } finally {
    connection.close();
  }
}

async function font(address: URL): Promise<Came> {
  await new FontFace('self-test', `url("${address.href}")`).load();
  return 'answered';
}

async function imported(address: URL): Promise<Came> {
  await import(address.href);
  return 'answered';
}

/** Only knocks: a server sees that somebody connects, and is sent nothing. It tells nothing either. */
async function preconnect(address: URL): Promise<Came> {
  const node = document.createElement('link');
  Object.assign(node, { rel: 'preconnect', href: address.href });
  document.head.append(node);
  await after(500);
  node.remove();
  return 'nothing';
}

/** To another address, in the order in which they are tried and shown. */
export const kWays: readonly Way[] = [
  {
    id: 'fetch',
    attempt: async (address) => {
      await fetch(address, { method: 'POST', body: kWord, mode: 'no-cors' });
      return 'answered';
    },
  },
  { id: 'xhr', attempt: request },
  {
    id: 'beacon',
    attempt: async (address) => {
      if (!navigator.sendBeacon(address, kWord)) throw new Error('sendBeacon: false');
      // It never tells what came back; what it was given is on its way.
      await after(500);
      return 'answered';
    },
  },
  { id: 'websocket', attempt: webSocket },
  { id: 'eventsource', attempt: eventSource },
  { id: 'webtransport', attempt: webTransport },
  { id: 'webrtc', attempt: webRtc },
  { id: 'image', attempt: (address) => made('img', (node) => (node.src = address.href)) },
  {
    id: 'media',
    attempt: (address) =>
      made('video', (node) => {
        node.preload = 'auto';
        node.src = address.href;
      }),
  },
  { id: 'font', attempt: font },
  { id: 'stylesheet', attempt: link('stylesheet') },
  { id: 'script', attempt: (address) => made('script', (node) => (node.src = address.href)) },
  { id: 'import', attempt: imported },
  {
    id: 'frame',
    directives: ['frame-src'],
    attempt: (address) => made('iframe', (node) => (node.src = address.href)),
  },
  {
    id: 'object',
    directives: ['object-src'],
    attempt: (address) =>
      made('object', (node) => {
        node.data = address.href;
      }),
  },
  { id: 'form', attempt: form },
  { id: 'prefetch', attempt: link('prefetch') },
  { id: 'preload', attempt: link('preload', 'image') },
  { id: 'preconnect', attempt: preconnect },
];
