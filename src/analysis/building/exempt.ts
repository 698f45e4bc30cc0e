import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import { isFunction } from '../../ast/functions.ts';
import { keyName, propertyName } from '../../ast/property-name.ts';
import { unwrap } from '../../ast/unwrap.ts';
import { findVariable } from '../../ast/variables.ts';
import { walk } from '../../ast/walk.ts';
import { frameworks } from '../../frameworks/index.ts';
import { originOf } from '../imports.ts';
import type { Maker } from './makers.ts';
import { fits } from '../requests/slots.ts';
import type { SlotFile } from '../requests/slots.ts';

/**
 * Where a connection per request is right: edge runtimes, whose connections end with the request, and SQLite, which has
 * no connections. In: the file, or a call that builds something. Out: yes or no.
 */

type SourceCode = Readonly<TSESLint.SourceCode>;

/** The file runs where nothing outlives a request. */
export function isPerRequestRuntime({ sourceCode, path }: SlotFile): boolean {
  return frameworks.some(
    ({ perRequest }) =>
      perRequest?.paths?.some((one) => fits(path, one)) === true ||
      perRequest?.texts?.some((one) => fits(sourceCode.text, one)) === true,
  );
}

const SQLITE = /sqlite|libsql|:memory:|['"`]file:/i;

export function isExempt(sourceCode: SourceCode, { site }: Pick<Maker, 'site'>): boolean {
  return SQLITE.test(sourceCode.getText(site)) || site.arguments.some((one) => isBinding(sourceCode, one));
}

/** What the runtime passes in with each request: `env.HYPERDRIVE.connectionString`, `c.env.DATABASE_URL`. */
function isBinding(sourceCode: SourceCode, argument: TSESTree.Node): boolean {
  let found = false;
  walk(sourceCode, argument, (node) => {
    if (node.type !== 'MemberExpression') return;
    const object = unwrap(node.object);
    if (object.type === 'Identifier' && object.name === 'env') found ||= isPassedIn(sourceCode, object);
    if (propertyName(node) === 'env' && object.type === 'Identifier') found ||= isPassedIn(sourceCode, object);
    if (propertyName(node) === 'env' && object.type === 'MemberExpression') found = true;
  });
  return found;
}

/** A parameter, a part of one, or what `cloudflare:workers` exports. */
function isPassedIn(sourceCode: SourceCode, name: TSESTree.Identifier): boolean {
  const variable = findVariable(sourceCode, name);
  const definition = variable?.defs[0];
  if (definition?.type === 'Parameter') return true;
  if (variable && originOf(variable)?.module === 'cloudflare:workers') return true;
  const init = definition?.type === 'Variable' && definition.node.init ? unwrap(definition.node.init) : undefined;
  return (
    init?.type === 'CallExpression' &&
    /getCloudflareContext|getRequestContext|getContext/.test(sourceCode.getText(init))
  );
}

/** The user of the service names the database: `new Client(req.body)`, `{ host } = req.body`. */
export function isGiven(sourceCode: SourceCode, site: Maker['site']): boolean {
  return addressOf(site).some((argument) => {
    let found = false;
    walk(sourceCode, argument, (node) => {
      found ||= node.type === 'Identifier' && isOfBody(sourceCode, node);
    });
    return found;
  });
}

const BODY =
  /\b(?:req|request|ctx|context|event|c)\b[\w.?!()]*\.(?:body|query|params|json\(\)|formData\(\))|\breadBody\(/;
// Parameters by which GraphQL and tRPC hand over what the caller sent. The data of a job is the application's own.
const SENT = /^(?:args|input|variables|payload)$/;

function isOfBody(sourceCode: SourceCode, name: TSESTree.Identifier): boolean {
  const { parent } = name;
  if (parent.type === 'MemberExpression' && parent.object === name && BODY.test(sourceCode.getText(outermost(parent))))
    return true;
  const definition = findVariable(sourceCode, name)?.defs[0];
  if (definition?.type === 'Parameter') return SENT.test(name.name);
  const init = definition?.type === 'Variable' ? definition.node.init : undefined;
  return init ? BODY.test(sourceCode.getText(init)) : false;
}

function outermost(node: TSESTree.Node): TSESTree.Node {
  return node.parent?.type === 'MemberExpression' && node.parent.object === node ? outermost(node.parent) : node;
}

const ADDRESS =
  /^(?:host|hostname|port|database|db|user|username|password|connectionString|connectString|dsn|nodes?|servers|brokers|connection|uri|url|server|socketPath|credentials|datasources|datasourceUrl)$/;

/** The parts of the arguments that say which database it is, and as whom: the rest is tuning. */
export function addressOf(site: Maker['site']): TSESTree.Node[] {
  return site.arguments.flatMap((one) => {
    if (one.type !== 'ObjectExpression') return one.type === 'SpreadElement' || isFunction(one) ? [] : [one];
    return one.properties.flatMap((each) =>
      each.type === 'SpreadElement' ? [each.argument] : ADDRESS.test(keyName(each) ?? '') ? [each.value] : [],
    );
  });
}
