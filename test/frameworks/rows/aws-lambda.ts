import type { Rows } from '../rows.ts';

export const rows: Rows = {
  repeated: {
    'by its name and path': {
      what: 'handler',
      path: 'src/lambda/users.ts',
      code: `export const handler = async (q) => { new Pool(); };`,
    },
    CommonJS: { what: 'handler', path: 'handlers/users.js', code: `exports.handler = async (q) => { new Pool(); };` },
    'by its import': {
      what: 'handler',
      path: 'src/users.ts',
      code: `import type { SQSEvent } from 'aws-lambda';
export async function handler(event: SQSEvent) { new Pool(); }`,
    },
    'by its type': {
      what: 'handler',
      code: `import type { APIGatewayProxyHandler } from 'aws-lambda';
const run: APIGatewayProxyHandler = async (event) => { new Pool(); };`,
    },
    middy: {
      what: 'handler',
      code: `import middy from '@middy/core';
const base = async (event) => { new Pool(); };
middy(base);`,
    },
    'middleware of middy': {
      what: 'middleware',
      code: `import middy from '@middy/core';
middy(base).use({ before: async (request) => { new Pool(); } });`,
    },
    'by its parameters': { what: 'handler', code: `export const run = async (event, context) => { new Pool(); };` },
    'the end of a chain of middy': {
      what: 'handler',
      code: `import middy from '@middy/core';
export const run = middy().use(json()).handler(async (q) => { new Pool(); });`,
    },
    'a step of middy': {
      what: 'middleware',
      code: `import middy from '@middy/core';
const wrapped = middy(base);
wrapped.before(async (request) => { new Pool(); });`,
    },
    'a stream': {
      what: 'handler',
      code: `export const run = awslambda.streamifyResponse(async (q, stream) => { new Pool(); });`,
    },
  },
  once: {
    'a command of yargs': {
      path: 'src/commands/sync.ts',
      code: `export const command = 'sync';
export const handler = async (argv) => { new Pool(); };`,
    },
    'a type of another package': {
      code: `import type { Handler } from './bus.ts';
export const setUp: Handler = async () => { new Pool(); };`,
    },
  },
};
