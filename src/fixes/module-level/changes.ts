import type { TSESTree } from '@typescript-eslint/utils';
import { wrapped } from '../../ast/unwrap.ts';

/** What the name holds may be changed there: `config.host = …`, `hosts.push(…)`; an object also by whom it is given. */
export function isChangedAt(name: TSESTree.Node, isObject: boolean): boolean {
  let value = wrapped(name);
  const isPart = value.parent?.type === 'MemberExpression';
  while (value.parent?.type === 'MemberExpression' && value.parent.object === value) value = wrapped(value.parent);
  const { parent } = value;
  switch (parent?.type) {
    case 'AssignmentExpression':
      return isPart && parent.left === value;
    case 'UpdateExpression':
      return isPart;
    case 'UnaryExpression':
      return isPart && parent.operator === 'delete';
    case 'CallExpression':
      return isPart && parent.callee === value ? CHANGES.test(lastWord(value)) : isObject && isGiven(parent, value);
    default:
      return false;
  }
}

const CHANGES = /^(?:add|append|delete|fill|pop|push|reverse|set|shift|sort|splice|unshift)$/;

function lastWord(value: TSESTree.Node): string {
  return value.type === 'MemberExpression' && value.property.type === 'Identifier' ? value.property.name : '';
}

/** Any function may change what it is given, but `Object.assign` its first argument only. */
function isGiven({ arguments: given, callee }: TSESTree.CallExpression, value: TSESTree.Node): boolean {
  return lastWord(callee) === 'assign' ? given[0] === value : given.some((one) => one === value);
}
