import fs from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import ts from 'typescript';

/** The PostgreSQL and the proxy of the tests, compiled beside each other, inside the project, whose packages they find. */

const folder = path.join(import.meta.dirname, '../../.cache/soak');

/** Undefined where this machine has no PostgreSQL. */
export async function startServers() {
  fs.mkdirSync(folder, { recursive: true });
  for (const name of ['server', 'postgres', 'proxy']) compile(name);
  const { startPostgres } = await load('postgres');
  const { startProxy } = await load('proxy');
  const server = await startPostgres({ maxConnections: 60 });
  return server && { server, proxy: await startProxy(server) };
}

const load = (name) => import(pathToFileURL(path.join(folder, `${name}.js`)).href);

function compile(name) {
  const source = path.join(import.meta.dirname, `../support/${name}.ts`);
  const compilerOptions = {
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.ESNext,
    rewriteRelativeImportExtensions: true,
  };
  const { outputText } = ts.transpileModule(fs.readFileSync(source, 'utf8'), { fileName: source, compilerOptions });
  fs.writeFileSync(path.join(folder, `${name}.js`), outputText);
}
