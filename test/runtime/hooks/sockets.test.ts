import { once } from 'node:events';
import http from 'node:http';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import tls from 'node:tls';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { watchSockets } from '../../../src/runtime/hooks/index.ts';
import type { OnConnect } from '../../../src/runtime/hooks/index.ts';

let server: net.Server;
let port = 0;
let stop = (): void => {};

beforeEach(async () => {
  server = net.createServer((socket) => socket.end());
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  port = (server.address() as net.AddressInfo).port;
});

afterEach(() => {
  stop();
  server.close();
});

/** Whether or not somebody listens there. */
function closed(socket: net.Socket): Promise<unknown> {
  return new Promise((resolve) => socket.on('error', () => {}).on('close', resolve));
}

/** What a watcher sees of connections that `open` opens. */
async function watch(open: () => net.Socket): Promise<unknown[]> {
  const seen: unknown[] = [];
  stop = watchSockets((...args) => seen.push(args.slice(0, 3)));
  const socket = open();
  await closed(socket);
  return seen.map((each) => (each as unknown[]).map((value) => (value === socket ? 'socket' : value)));
}

type Open = (port: number) => net.Socket;

const forms: Readonly<Record<string, Open>> = {
  'connect(port, host)': (to) => new net.Socket().connect(to, '127.0.0.1').resume(),
  'connect(port, host, callback)': (to) => new net.Socket().connect(to, '127.0.0.1', () => {}).resume(),
  'connect(port as text, host)': (to) => new net.Socket().connect(String(to) as never, '127.0.0.1').resume(),
  'connect(options)': (to) => new net.Socket().connect({ port: to, host: '127.0.0.1' }).resume(),
  'net.connect(port, host)': (to) => net.connect(to, '127.0.0.1').resume(),
  'net.connect(options)': (to) => net.connect({ port: to, host: '127.0.0.1' }).resume(),
  'net.createConnection(options, callback)': (to) =>
    net.createConnection({ port: to, host: '127.0.0.1' }, () => {}).resume(),
  'tls.connect(options)': (to) => tls.connect({ port: to, host: '127.0.0.1' }).resume(),
};

describe('a connection', () => {
  it.for(Object.entries(forms))('is seen once, by its address: %s', async ([, open]) => {
    expect(await watch(() => open(port))).toEqual([[port, '127.0.0.1', 'socket']]);
  });

  it('of a request is seen', async () => {
    const seen: number[] = [];
    stop = watchSockets((to) => seen.push(to ?? -1));
    const request = http.get({ port, host: '127.0.0.1', agent: false });
    await once(request, 'error');
    expect(seen).toEqual([port]);
  });

  it.for([
    ['connect(port)', (to: number) => new net.Socket().connect(to)],
    ['connect(port, callback)', (to: number) => new net.Socket().connect(to, () => {})],
    ['connect(options)', (to: number) => net.connect({ port: to })],
  ] as const)('without a host goes to this machine: %s', async ([, open]) => {
    expect(await watch(() => open(port).resume())).toEqual([[port, 'localhost', 'socket']]);
  });

  it.for([
    ['connect(path)', (to: string) => new net.Socket().connect(to)],
    ['net.connect(path)', (to: string) => net.connect(to)],
    ['connect(options)', (to: string) => new net.Socket().connect({ path: to })],
  ] as const)('of a Unix socket has a path and no port: %s', async ([, open]) => {
    const file = path.join(os.tmpdir(), 'nobody-listens-here.sock');
    expect(await watch(() => open(file))).toEqual([[undefined, file, 'socket']]);
  });
});

describe('a watcher', () => {
  it('that throws does no harm', async () => {
    stop = watchSockets(() => {
      throw new Error('of the watcher');
    });
    const socket = net.connect(port, '127.0.0.1').resume();
    await once(socket, 'connect');
    socket.destroy();
  });

  it('may ask for the stack of whoever connects', async () => {
    const holder: { stack?: string } = {};
    const onConnect: OnConnect = (_port, _host, _socket, captureStack) => captureStack(holder);
    stop = watchSockets(onConnect);
    const socket = function connectFromHere() {
      return new net.Socket().connect(port, '127.0.0.1').resume();
    };
    await closed(socket());
    expect(holder.stack?.split('\n')[1]).toContain('connectFromHere');
  });

  it('leaves it to Node to say what is wrong with the arguments', () => {
    const seen: unknown[] = [];
    stop = watchSockets((to) => seen.push(to));
    expect(() => new net.Socket().connect({} as never)).toThrow(/"options" or "port" or "path"/);
    expect(() => new net.Socket().connect(null as never)).toThrow(/"options.port"/);
    expect(seen).toEqual([]);
  });

  it('stops, also where another patch stands on it', async () => {
    const before = net.Socket.prototype.connect;
    const seen: unknown[] = [];
    const stopFirst = watchSockets(() => seen.push('first'));
    const stopSecond = watchSockets(() => seen.push('second'));
    stopFirst();
    await closed(net.connect(port, '127.0.0.1').resume());
    expect(seen).toEqual(['second']);
    stopSecond();
    await closed(net.connect(port, '127.0.0.1').resume());
    expect(seen).toEqual(['second']);
    net.Socket.prototype.connect = before;
  });

  it('puts back what it found', () => {
    const before = net.Socket.prototype.connect;
    watchSockets(() => {})();
    expect(net.Socket.prototype.connect).toBe(before);
  });
});
