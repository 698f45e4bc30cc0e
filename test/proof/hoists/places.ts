import { block, type Piece } from '../generate/text.ts';
import type { Site } from './scope.ts';

/** Where the function stands that serves a call. */
type Place = (site: Site, body: readonly Piece[]) => Piece[];

const typed = ({ language }: Site, parameter: string, type: string): string =>
  language === 'ts' ? `${parameter}: ${type}` : parameter;

const exported = ({ language }: Site, name: string, value: string): string =>
  language === 'cjs' ? `exports.${name} = ${value}` : `export const ${name} = ${value}`;

/** Checked JavaScript says in a comment what TypeScript says in words. */
const documented = ({ language }: Site, name = 'input'): Piece[] =>
  language === 'ts' ? [] : [`/** @param {Input} ${name} */`];

function importApp(site: Site, name: 'express' | 'fastify'): void {
  site.imports.add(site.language === 'cjs' ? `const ${name} = require('${name}')` : `import ${name} from '${name}'`);
  site.head.push(`const app = ${name}()`);
}

function answered(body: readonly Piece[]): Piece[] {
  const last = body.at(-1);
  if (typeof last !== 'string' || !last.startsWith('return ')) return [...body];
  return [...body.slice(0, -1), `res.json(${last.slice('return '.length)})`];
}

function expressHandler(site: Site, body: readonly Piece[]): Piece[] {
  importApp(site, 'express');
  const isSent = site.scope.random.chance(0.5);
  return [
    block("app.get('/x', async (req, res) => {", ['const input = req.body', ...(isSent ? answered(body) : body)], '})'),
  ];
}

function calledByExpress(site: Site, body: readonly Piece[]): Piece[] {
  importApp(site, 'express');
  return [
    ...documented(site),
    block(`async function load(${typed(site, 'input', 'Input')}) {`, body),
    '',
    block("app.get('/x', async (req, res) => {", ['res.json(await load(req.body))'], '})'),
  ];
}

function calledArrow(site: Site, body: readonly Piece[]): Piece[] {
  importApp(site, 'fastify');
  return [
    ...documented(site),
    block(`const load = async (${typed(site, 'input', 'Input')}) => {`, body),
    '',
    "app.get('/x', async (request) => load(request.body))",
  ];
}

function fastifyHandler(site: Site, body: readonly Piece[]): Piece[] {
  importApp(site, 'fastify');
  return [block("app.get('/x', async (request, reply) => {", ['const input = request.body', ...body], '})')];
}

function methodOfService(site: Site, body: readonly Piece[]): Piece[] {
  importApp(site, 'express');
  return [
    block('class Service {', [...documented(site), block(`async load(${typed(site, 'input', 'Input')}) {`, body)]),
    '',
    'const service = new Service()',
    block("app.get('/x', async (req, res) => {", ['res.json(await service.load(req.body))'], '})'),
  ];
}

function lambda(site: Site, body: readonly Piece[]): Piece[] {
  if (site.language === 'ts') site.imports.add("import type { Handler } from 'aws-lambda'");
  const head = exported(site, 'handler', `async (${typed(site, 'event', 'Input')}) => {`);
  const annotated = site.language === 'ts' ? head.replace('handler =', 'handler: Handler<Input> =') : head;
  return [...documented(site, 'event'), block(annotated, ['const input = event', ...body])];
}

function plainExport(site: Site, body: readonly Piece[]): Piece[] {
  if (site.language === 'cjs') {
    return [...documented(site), block('async function load(input) {', body), '', 'module.exports = { load }'];
  }
  return [...documented(site), block(`export async function load(${typed(site, 'input', 'Input')}) {`, body)];
}

export const places: readonly (readonly [string, Place, filename: string])[] = [
  ['Express handler', expressHandler, 'src/routes/x'],
  ['Express handler', expressHandler, 'src/routes/x'],
  ['Express handler', expressHandler, 'src/routes/x'],
  ['called by Express', calledByExpress, 'src/routes/x'],
  ['called by Express', calledByExpress, 'src/routes/x'],
  ['called arrow', calledArrow, 'src/routes/x'],
  ['Fastify handler', fastifyHandler, 'src/app'],
  ['method of a service', methodOfService, 'src/app'],
  ['Lambda', lambda, 'src/lambda/handler'],
  ['Lambda', lambda, 'src/lambda/handler'],
  ['exported function', plainExport, 'src/service'],
];
