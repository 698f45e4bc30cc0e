import type { TSESTree } from '@typescript-eslint/utils';
import { propertyName } from '../ast/property-name.ts';
import { unwrap } from '../ast/unwrap.ts';

/**
 * Which calls can throw between taking a connection and giving it back. Every call can, but for those that nobody
 * guards against: logging, listening, conversions, look-ups and appends on plain data, answering a request.
 */
const SAFE_OBJECTS = new Set([
  'console',
  'Promise',
  'Math',
  'Number',
  'String',
  'Boolean',
  'Date',
  'Array',
  'Object',
  'performance',
  'Symbol',
]);
const SAFE_CALLS =
  /^(?:Number|String|Boolean|parseInt|parseFloat|isNaN|done|release|setTimeout|setInterval|setImmediate|clearTimeout|clearInterval|queueMicrotask|Symbol|require|super|(?:debug|log|trace)\w*)$/;
const SAFE_METHODS =
  /^(?:log|debug|info|warn|error|trace|verbose|fatal|silly|notice|on|once|off|addListener|removeListener|removeAllListeners|addEventListener|removeEventListener|setMaxListeners|emit|push|pop|shift|unshift|has|get|set|add|delete|keys|values|entries|join|slice|concat|includes|indexOf|startsWith|endsWith|trim|toString|toLowerCase|toUpperCase|toISOString|getTime|now|hrtime|bind|then|catch|finally|status|json|send|sendStatus|end|header|setHeader|unref|ref|increment|observe|startTimer|record|inc|dec|nextTick|createQueryRunner|release|releaseConnection|releaseClient|endSession)$/;

export function canThrow(call: TSESTree.CallExpression): boolean {
  const callee = unwrap(call.callee);
  if (callee.type === 'Identifier') return !SAFE_CALLS.test(callee.name);
  if (callee.type !== 'MemberExpression') return true;
  const object = unwrap(callee.object);
  if (object.type === 'Identifier' && SAFE_OBJECTS.has(object.name)) return false;
  return !SAFE_METHODS.test(propertyName(callee) ?? '');
}

/** `process.exit()`: nothing comes after it. */
export function endsProcess(call: TSESTree.CallExpression): boolean {
  const callee = unwrap(call.callee);
  if (callee.type !== 'MemberExpression' || callee.object.type !== 'Identifier') return false;
  return callee.object.name === 'process' && /^(?:exit|abort|kill)$/.test(propertyName(callee) ?? '');
}

/** A call that gives back or ends something: `other.release()`, `session.endSession()`. */
export function givesSomethingBack(call: TSESTree.CallExpression): boolean {
  const callee = unwrap(call.callee);
  const name = callee.type === 'MemberExpression' ? propertyName(callee) : undefined;
  return (
    name !== undefined && /^(?:release|releaseConnection|endSession|destroy|close|end|createQueryRunner)$/.test(name)
  );
}

/** Plain calls that do throw in real life. */
export function throwsOften(call: TSESTree.CallExpression): boolean {
  const callee = unwrap(call.callee);
  if (callee.type !== 'MemberExpression' || callee.object.type !== 'Identifier') return false;
  return callee.object.name === 'JSON' && propertyName(callee) === 'parse';
}

/** `expect(…)…`, `assert(…)`, `assert.ok(…)`: a failing one ends a test, not a request. */
export function isAssertion(call: TSESTree.CallExpression): boolean {
  let root: TSESTree.Node = call;
  while (root.type === 'CallExpression' || root.type === 'MemberExpression') {
    root = unwrap(root.type === 'CallExpression' ? root.callee : root.object);
  }
  return root.type === 'Identifier' && /^(?:expect|assert|strict|chai|should|assume)$/.test(root.name);
}
