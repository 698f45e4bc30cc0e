import type { TSESTree } from '@typescript-eslint/utils';
import { unwrap } from './unwrap.ts';
import { keyName } from './property-name.ts';

/** The text of a statement given as a literal, a template, a tagged template or `{ text }` / `{ sql }`. */
export function sqlText(node: TSESTree.Node | undefined): string | undefined {
  if (!node) return undefined;
  const value = unwrap(node);
  if (value.type === 'Literal') return typeof value.value === 'string' ? value.value : undefined;
  if (value.type === 'TemplateLiteral') return value.quasis.map((part) => part.value.raw).join(' ? ');
  if (value.type === 'TaggedTemplateExpression') return sqlText(value.quasi);
  if (value.type === 'BinaryExpression' && value.operator === '+') return sqlText(value.left);
  if (value.type !== 'ObjectExpression') return undefined;
  for (const property of value.properties) {
    if (property.type !== 'Property') continue;
    const key = keyName(property);
    if (key === 'text' || key === 'sql' || key === 'query') return sqlText(property.value);
  }
  return undefined;
}

const FIRST_WORD = /^\s*(?:(?:--[^\n]*\n|\/\*[\s\S]*?\*\/)\s*)*([a-z]+)(?:\s+([a-z]+))?/i;
const STATEMENTS =
  /^(?:SELECT|INSERT|UPDATE|DELETE|WITH|BEGIN|COMMIT|ROLLBACK|START|SET|CREATE|ALTER|DROP|TRUNCATE|CALL|LISTEN|COPY|LOCK|SHOW|EXPLAIN|MERGE|REPLACE|SAVEPOINT|USE)$/;

/** The statement's first word in capitals, when the text begins like SQL. */
export function sqlKeyword(node: TSESTree.Node | undefined): string | undefined {
  const word = FIRST_WORD.exec(sqlText(node) ?? '')?.[1]?.toUpperCase();
  return word && STATEMENTS.test(word) ? word : undefined;
}

/** BEGIN, COMMIT or ROLLBACK when the statement opens or ends a transaction. */
export function transactionKeyword(node: TSESTree.Node | undefined): 'BEGIN' | 'COMMIT' | 'ROLLBACK' | undefined {
  const match = FIRST_WORD.exec(sqlText(node) ?? '');
  const word = match?.[1]?.toUpperCase();
  const next = match?.[2]?.toUpperCase();
  if (word === 'BEGIN' || (word === 'START' && next === 'TRANSACTION')) return 'BEGIN';
  if (word === 'COMMIT' || (word === 'END' && (next === undefined || next === 'TRANSACTION'))) return 'COMMIT';
  return word === 'ROLLBACK' && next !== 'TO' ? 'ROLLBACK' : undefined;
}
