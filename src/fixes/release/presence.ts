import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import { unwrap, wrapped } from '../../ast/unwrap.ts';
import type { GiveBack } from './give-back.ts';
import { isInside } from '../../ast/inside.ts';

/** `if (!client) return …;`: there is nothing to give back then, so it stays before the `try`. */
export function isPresenceGuard(statement: TSESTree.Statement, { references }: TSESLint.Scope.Variable): boolean {
  if (statement.type !== 'IfStatement' || statement.alternate) return false;
  const { consequent } = statement;
  const last = consequent.type === 'BlockStatement' ? consequent.body.at(-1) : consequent;
  if (!last || !/^(?:Return|Throw|Break|Continue)Statement$/.test(last.type)) return false;
  const subject = absent(unwrap(statement.test));
  const inside = references.filter(({ identifier }) => isInside(identifier as TSESTree.Node, statement));
  return inside.length === 1 && inside[0]?.identifier === subject;
}

/** What is missing where the test holds: `!client`, `client == null`. */
function absent(test: TSESTree.Node): TSESTree.Node | undefined {
  if (test.type === 'UnaryExpression') return test.operator === '!' ? unwrap(test.argument) : undefined;
  return test.type === 'BinaryExpression' && /^===?$/.test(test.operator) ? unwrap(test.left) : undefined;
}

/** The code asks whether there is a connection, outside of what gives it back. */
export function isAskedFor(use: TSESTree.Node, giveBacks: readonly GiveBack[]): boolean {
  if (giveBacks.some(({ statement }) => isInside(use, statement))) return false;
  const value = wrapped(use);
  const { parent } = value;
  if (parent?.type === 'IfStatement' || parent?.type === 'ConditionalExpression') return parent.test === value;
  return /^(?:Unary|Binary|Logical)Expression$/.test(parent?.type ?? '');
}
