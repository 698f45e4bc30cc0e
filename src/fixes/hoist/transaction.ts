import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import type { Creation } from '../../analysis/model.ts';
import { methodOf } from '../../ast/method-call.ts';
import { transactionKeyword } from '../../ast/sql.ts';
import { unwrap } from '../../ast/unwrap.ts';
import { collect } from '../../ast/walk.ts';
import { isRolledBack } from './rolled-back.ts';
import type { Lease } from '../release/lease.ts';
import { isTransaction } from '../pooled/session.ts';
import { endsTransaction, endsWithRelease } from '../release/rollback/transaction.ts';
import type { Word } from '../release/rollback/words.ts';

type SourceCode = Readonly<TSESLint.SourceCode>;
type Statement = TSESTree.CallExpression | TSESTree.TaggedTemplateExpression;

/**
 * A connection may come back inside of a transaction: ending the pool threw it away, the next request would be in it.
 * That a ROLLBACK itself fails is left aside: then the connection is broken.
 */
export function leavesOpen(sourceCode: SourceCode, creation: Creation, reached: ReadonlySet<TSESTree.Node>): boolean {
  const leases = leasesOf(creation);
  if (leases.length === 0) return false;
  const all = [...new Set([...reached].flatMap((one) => collect(sourceCode, one, isStatement) as Statement[]))];
  if (all.some((one) => one.type === 'CallExpression' && isHidden(sourceCode, one))) return true;
  const begins = all.filter((one) => wordOf(leases, one) === 'begin');
  return begins.some((begin) => {
    const own = all.filter((one) => receiverOf(sourceCode, one) === receiverOf(sourceCode, begin));
    const rollbacks = own.filter((one) => wordOf(leases, one) === 'rollback');
    const commits = own.filter((one) => wordOf(leases, one) === 'commit');
    return !isRolledBack(sourceCode, begin, [...commits, ...rollbacks], rollbacks);
  });
}

/** Of what is handed out and does not end its transaction when it comes back. */
function leasesOf({ driver, kind }: Creation): Lease[] {
  const given = Object.values(driver.kinds[kind]?.checkouts ?? {});
  const leases = given.flatMap(({ gives }) => driver.kinds[gives]?.lease ?? []);
  return leases.filter((one) => !one.dedicated && !endsWithRelease(one) && !endsTransaction(one));
}

function isStatement(node: TSESTree.Node): boolean {
  return node.type === 'CallExpression' || node.type === 'TaggedTemplateExpression';
}

/** `client.query(BEGIN)`, `UPDATE …; COMMIT` */
function isHidden(sourceCode: SourceCode, call: TSESTree.CallExpression): boolean {
  return isTransaction(sourceCode, call) && transactionKeyword(call.arguments[0]) === undefined;
}

function receiverOf(sourceCode: SourceCode, node: Statement): string {
  const callee = unwrap(node.type === 'CallExpression' ? node.callee : node.tag);
  return sourceCode.getText(callee.type === 'MemberExpression' ? callee.object : callee);
}

function wordOf(leases: readonly Lease[], node: Statement): Word | undefined {
  const method = node.type === 'CallExpression' ? methodOf(node) : '';
  const word = (['begin', 'commit', 'rollback'] as const).find((one) =>
    leases.some(({ transaction }) => transaction?.[one].includes(method)),
  );
  const text = node.type === 'CallExpression' ? node.arguments[0] : node;
  return word ?? (transactionKeyword(text)?.toLowerCase() as Word | undefined);
}
