import fs from 'node:fs';
import path from 'node:path';

/**
 * A small service for each framework, three times: `misuse.ts` builds connections for each request, `repaired.ts` is
 * what `--fix` makes of it, `once.ts` builds them once, in the places and ways that the framework has for that.
 */

export interface Service {
  readonly name: string;
  /** Where the file would stand in a real project: some frameworks know their files by their paths. */
  readonly path: string;
  /** Likewise for `once.ts`; the same unless told. */
  readonly oncePath?: string | undefined;
  /** The rule that reports `misuse.ts`, and the line. None: the framework wants a connection for each request. */
  readonly rule?: 'no-connect-per-request' | 'no-pool-in-handler';
  readonly line?: number;
  /** The repair is a suggestion: where a script may run the code, a pool would keep it from ending. */
  readonly isSuggested?: true;
}

const reportedBy =
  (rule: Service['rule']) =>
  (name: string, file: string, line: number, oncePath?: string): Service => ({
    name,
    path: file,
    oncePath,
    rule,
    line,
  });
const pool = reportedBy('no-pool-in-handler');
const connect = reportedBy('no-connect-per-request');

export const services: readonly Service[] = [
  connect('amqplib', 'src/payments.ts', 10),
  pool('apollo', 'src/server.ts', 9),
  connect('astro', 'src/pages/api/views/[slug].ts', 8),
  connect('aws-lambda', 'src/handler.ts', 6),
  pool('azure-functions', 'src/functions/users.ts', 5),
  pool('bullmq', 'src/mails.ts', 11),
  { name: 'cloudflare-workers', path: 'src/index.ts' },
  pool('express', 'src/server.ts', 7),
  connect('fastify', 'src/server.ts', 11),
  pool('firebase', 'functions/src/index.ts', 5),
  connect('google-functions', 'src/index.ts', 5),
  pool('graphql-yoga', 'src/yoga.ts', 10),
  pool('h3', 'src/app.ts', 9),
  pool('hono', 'src/server.ts', 8),
  connect('kafkajs', 'src/orders.ts', 10),
  connect('koa', 'src/server.ts', 9),
  { ...connect('loops', 'src/import-rows.ts', 11), isSuggested: true },
  pool('nestjs', 'src/users.controller.ts', 8, 'src/app.module.ts'),
  pool('next', 'src/app/api/users/route.ts', 5),
  connect('next-action', 'src/app/users/actions.ts', 6),
  pool('next-pages', 'pages/api/user.ts', 5),
  pool('node-cron', 'src/refresh.ts', 5),
  pool('node-http', 'src/proxy.ts', 5),
  pool('pothos', 'src/schema.ts', 10),
  pool('react-router', 'app/routes/posts.$id.ts', 9),
  connect('socket.io', 'src/typing.ts', 8),
  connect('sveltekit', 'src/routes/users/+server.ts', 4, 'src/hooks.server.ts'),
  connect('timers', 'src/sweep.ts', 4),
  pool('trpc', 'src/router.ts', 8),
  pool('ws', 'src/chat.ts', 8),
];

export type Part = 'misuse' | 'once' | 'repaired';

export const fixtures = path.join(import.meta.dirname, 'fixtures');

export function readPart(name: string, part: Part): string {
  return readFixture(`${name}/${part}.ts`);
}

export function readFixture(file: string): string {
  return fs.readFileSync(path.join(fixtures, file), 'utf8');
}
