import type { TSESTree } from '@typescript-eslint/utils';
import { nodeAt } from '../ast/node-at.ts';
import { propertyName } from '../ast/property-name.ts';
import { sqlText, transactionKeyword } from '../ast/sql.ts';
import { unwrap } from '../ast/unwrap.ts';
import { receiverName } from './evidence.ts';
import { kindOf } from './kinds.ts';
import type { Ladder } from './kinds.ts';
import type { PoolTransaction } from './model.ts';

/** A text that begins like a statement which opens or ends a transaction; in any case of letters. */
export const TRANSACTION = String.raw`['"\`]\s*(?:BEGIN|START\s+TRANSACTION|COMMIT|ROLLBACK|END)\b`;
const SCAN = new RegExp(TRANSACTION, 'gi');

/**
 * Transaction statements sent through a pool: each lands on whichever connection is free. In: the file. Out: the calls.
 * A statement that opens and ends its transaction in one text stays on one connection and is left alone.
 */
export function collectPoolTransactions(ladder: Ladder): PoolTransaction[] {
  const found = new Map<TSESTree.Node, PoolTransaction>();
  const { text } = ladder.sourceCode;
  SCAN.lastIndex = 0;
  for (let match = SCAN.exec(text); match; match = SCAN.exec(text)) {
    const literal = nodeAt(ladder.sourceCode, match.index);
    const one = callAround(literal);
    const transaction = one && transactionIn(ladder, one);
    if (transaction) found.set(transaction.call, transaction);
  }
  return [...found.values()];
}

function callAround(literal: TSESTree.Node): TSESTree.CallExpression | undefined {
  const text = literal.type === 'TemplateElement' ? literal.parent : literal;
  const tagged = text.parent?.type === 'TaggedTemplateExpression' ? text.parent : text;
  // `pool.query({ text: 'BEGIN' })`.
  const argument = tagged.parent?.type === 'Property' ? tagged.parent.parent : tagged;
  const call = argument.parent;
  return call?.type === 'CallExpression' && call.arguments[0] === argument ? call : undefined;
}

function transactionIn(ladder: Ladder, call: TSESTree.CallExpression): PoolTransaction | undefined {
  const callee = unwrap(call.callee);
  const keyword = transactionKeyword(call.arguments[0]);
  if (callee.type !== 'MemberExpression' || !keyword || /;\s*\S/.test(sqlText(call.arguments[0]) ?? ''))
    return undefined;
  const method = propertyName(callee) ?? '';
  const receiver = kindOf(ladder, callee.object);
  const isProven = receiver?.driver.kinds[receiver.kind]?.statements?.includes(method) === true;
  const isLikely =
    !receiver && /^(?:query|execute)$/.test(method) && /^(?:\w*Pool|pool)$/.test(receiverName(callee.object));
  if (!isProven && !isLikely) return undefined;
  const statement = /^\s*start/i.test(sqlText(call.arguments[0]) ?? '') ? 'START TRANSACTION' : keyword;
  const pool = ladder.sourceCode.getText(callee.object).replace(/\s+/g, ' ');
  return { call, statement, keyword, pool, certainty: isProven ? 'proven' : 'likely' };
}
