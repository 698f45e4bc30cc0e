import http from 'node:http';

/** The requests, and what became of each. */

/** How often each handler of the service is asked, of a thousand. */
const TRAFFIC = {
  query: 350,
  checkout: 200,
  transaction: 150,
  'guarded transaction': 100,
  'guarded lease': 100,
  slow: 85,
  throws: 12,
  overtime: 2,
  leak: 1,
};
export const IDS = 16;
/** What the handlers do wrong by themselves, and the words of its failure. */
const OWN = { overtime: ['57014', 'Query read timeout'], throws: ['E_BUG'] };
const WORKERS = 12;
const PAUSE_MS = 20;
/** Longer than all that the policy bounds: who waits so long is lost. */
const PATIENCE_MS = 15_000;

function pick(random) {
  let left = random() * 1000;
  return Object.keys(TRAFFIC).find((name) => (left -= TRAFFIC[name]) < 0) ?? 'query';
}

/** Sends requests until `until`; each gets `{ name, start, end, status, words }` in `results`. */
export async function sendRequests({ port, random, results, until }) {
  const agent = new http.Agent({ keepAlive: true, maxSockets: WORKERS });
  const work = async () => {
    while (performance.now() < until) {
      results.push(await sendOne({ agent, port, name: pick(random), id: 1 + Math.floor(random() * IDS) }));
      await new Promise((resolve) => setTimeout(resolve, random() * PAUSE_MS));
    }
  };
  await Promise.all(Array.from({ length: WORKERS }, work));
  agent.destroy();
}

async function sendOne({ agent, id, name, port }) {
  const start = performance.now();
  const answer = await get({ agent, port, path: `/${encodeURIComponent(name)}/${id}` });
  return { name, start, end: performance.now(), ...answer };
}

function get({ agent, path, port }) {
  return new Promise((resolve) => {
    const request = http.get({ agent, host: '127.0.0.1', path, port, timeout: PATIENCE_MS }, (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (part) => (text += part));
      response.on('end', () => resolve({ status: response.statusCode, words: wordsOf(text) }));
    });
    request.on('timeout', () => request.destroy(new Error('no answer')));
    request.on('error', (error) => resolve({ status: 0, words: [`http: ${error.message}`] }));
  });
}

function wordsOf(text) {
  const { code, message } = JSON.parse(text);
  return [code, message].filter((word) => word !== undefined);
}

/** Whether the handler fails by itself in this way. */
export function isOwn({ name, words }) {
  return OWN[name]?.some((word) => words.includes(word)) ?? false;
}
