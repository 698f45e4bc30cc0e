import { createServer, type IncomingMessage } from 'node:http';

/**
 * Runs in a process of its own: `node serve.js ./service.js`. A service that listens by itself does so; the exported
 * function of a Next.js route (`GET`) or of a Lambda (`handler`) is called once for each request.
 */

interface LambdaResult {
  readonly statusCode: number;
  readonly body: string;
}

interface Service {
  readonly GET?: (request: Request) => Promise<Response>;
  readonly handler?: (event: object) => Promise<LambdaResult>;
}

const port = Number(process.env['PORT']);
const service = (await import(process.argv[2]!)) as Service;
const answer = service.GET ? callRoute : service.handler ? callLambda : undefined;
if (answer) {
  createServer((request, response) => {
    answer(new URL(request.url ?? '/', `http://127.0.0.1:${port}`), request).then(
      ({ status, body }) => response.writeHead(status).end(body),
      (error: unknown) => response.writeHead(500).end(String(error)),
    );
  }).listen(port, '127.0.0.1');
}

interface Answer {
  readonly status: number;
  readonly body: string;
}

async function callRoute(url: URL, { method = 'GET' }: IncomingMessage): Promise<Answer> {
  const response = await service.GET!(new Request(url, { method }));
  return { status: response.status, body: await response.text() };
}

async function callLambda(url: URL, { method = 'GET' }: IncomingMessage): Promise<Answer> {
  const queryStringParameters = Object.fromEntries(url.searchParams);
  const { statusCode, body } = await service.handler!({
    httpMethod: method,
    path: url.pathname,
    queryStringParameters,
  });
  return { status: statusCode, body };
}
