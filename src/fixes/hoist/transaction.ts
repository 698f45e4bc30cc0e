import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import type { Creation } from '../../analysis/model.ts';
import { unwrap } from '../../ast/unwrap.ts';
import { collect } from '../../ast/walk.ts';
import { isHiddenTransaction } from '../code/transaction-call.ts';
import { isRolledBack } from './rolled-back.ts';
import type { Lease } from '../release/lease.ts';
import { endsTransaction, endsWithRelease } from '../release/rollback/transaction.ts';
import { wordOf } from '../release/rollback/words.ts';

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
  if (all.some((one) => one.type === 'CallExpression' && isHiddenTransaction(sourceCode, one))) return true;
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

function receiverOf(sourceCode: SourceCode, node: Statement): string {
  const callee = unwrap(node.type === 'CallExpression' ? node.callee : node.tag);
  return sourceCode.getText(callee.type === 'MemberExpression' ? callee.object : callee);
}
