import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import { isFunction } from '../../ast/functions.ts';
import { propertyName } from '../../ast/property-name.ts';
import { unwrap } from '../../ast/unwrap.ts';
import { walk } from '../../ast/walk.ts';

type SourceCode = Readonly<TSESLint.SourceCode>;

/**
 * Light code waits for nothing and takes no other connection, so that one may as well be held while it runs.
 */
export function isLight(sourceCode: SourceCode, root: TSESTree.Node): boolean {
  let light = true;
  walk(sourceCode, root, (node) => {
    if (isFunction(node) && node !== root) return false;
    if (isHeavy(node)) light = false;
    return light;
  });
  return light;
}

/** It hands out another connection, as far as names tell. */
export function takes(node: TSESTree.Node): boolean {
  return (
    node.type === 'CallExpression' &&
    /^(?:connect|getConnection|acquire\w*|createQueryRunner|startSession|startTransaction|transaction|reserve|checkout)$/i.test(
      nameOf(node.callee),
    )
  );
}

/** It waits for nothing and starts nothing: what it gives is there at once. */
export function isAtOnce(sourceCode: SourceCode, root: TSESTree.Node): boolean {
  let plain = true;
  walk(sourceCode, root, (node) => {
    if (isFunction(node) && node !== root) return false;
    if (node.type === 'CallExpression' && !PLAIN.test(nameOf(node.callee))) plain = false;
    if (node.type === 'NewExpression' && node.callee.type === 'Identifier' && node.callee.name === 'Promise')
      plain = false;
    return plain;
  });
  return plain;
}

const PLAIN =
  /^(?:map|filter|find|slice|concat|join|reduce|flatMap|some|every|includes|toString|String|Number|Boolean|parse(?:Int|Float)|log|debug|info|warn|error|check|keys|values|entries|fromEntries|assign|stringify|parse|push)$/;
const TAKES = /connect|acquire|transaction|begin|query|session|fetch|request/i;

function isHeavy(node: TSESTree.Node): boolean {
  if (node.type === 'CallExpression') return TAKES.test(nameOf(node.callee));
  if (
    /^(?:Await|Yield|Class)Expression$|^(?:ForOf|Try|Class|While|DoWhile|For)(?:Statement|Declaration)$/.test(node.type)
  )
    return true;
  return node.type === 'VariableDeclaration' && /using/.test(node.kind);
}

function nameOf(node: TSESTree.Node): string {
  const callee = unwrap(node);
  if (callee.type === 'Identifier') return callee.name;
  return callee.type === 'MemberExpression' ? (propertyName(callee) ?? 'query') : 'query';
}
