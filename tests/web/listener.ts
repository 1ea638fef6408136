// A server that notes everything that reaches it: connections, requests, sockets, packets.
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Listener {
  readonly url: string;
  /** "POST ?way=fetch"; what was sent in words. */
  readonly requests: string[];
  /** Of TCP, with or without a word sent. */
  connections(): number;
  /** Of UDP, as WebRTC sends them. */
  packets(): number;
  stop(): Promise<void>;
}

export async function startListener(): Promise<Listener> {
  const requests: string[] = [];
  let [connections, packets] = [0, 0];
  const server = createServer((request, response) => {
    requests.push(`${request.method} ${request.url}`);
    response.writeHead(200, { 'Access-Control-Allow-Origin': '*' }).end('heard');
  });
  server.on('connection', () => ++connections);
  server.on('upgrade', (request, socket) => {
    requests.push(`UPGRADE ${request.url}`);
    socket.destroy();
  });
  server.listen(0, 'localhost');
  await once(server, 'listening');
  const { port, address } = server.address() as AddressInfo;
  const ear = createSocket(address.includes(':') ? 'udp6' : 'udp4');
  ear.on('message', () => ++packets);
  ear.bind(port, address);
  await once(ear, 'listening');
  return {
    url: `http://localhost:${port}/`,
    requests,
    connections: () => connections,
    packets: () => packets,
    async stop() {
      ear.close();
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}
