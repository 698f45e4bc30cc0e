import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import type { Checkout, Leak, Verdict } from '../../../analysis/model.ts';
import { isFunction } from '../../../ast/functions.ts';
import { unwrap, wrapped } from '../../../ast/unwrap.ts';
import { giveBackBefore } from './insert.ts';
import { isAloneOnItsWay } from './way.ts';
import { meansTheSame } from '../../code/same-name.ts';
import { isNamedIn } from '../../../ast/named-in.ts';
import type { Repair } from '../../repair.ts';
import { styleAt } from '../../text/style.ts';

type SourceCode = Readonly<TSESLint.SourceCode>;

/** In callbacks: the missing `done();` in front of every way out that has none. */
export function repairCallbackExits(sourceCode: SourceCode, { checkout, leaks }: Verdict): Repair | undefined {
  const [release] = checkout.releases;
  const handler = checkout.form === 'callback' ? unwrap(checkout.site.arguments.at(-1) as TSESTree.Node) : undefined;
  if (!release || !isFunction(handler) || !isPlainRelease(release) || opensTransaction(sourceCode, checkout))
    return undefined;
  const statement = wrapped(release).parent as TSESTree.Node;
  const style = styleAt(sourceCode, statement, '');
  const text = sourceCode.getText(release) + style.ends;
  const edits = leaks.flatMap((leak) => {
    const target = targetOf(leak);
    const isFree =
      target && isSeen(sourceCode, checkout, release, target) && isAloneOnItsWay(target, handler, checkout);
    return target && isFree ? giveBackBefore(sourceCode, target, checkout, text, style) : [];
  });
  return edits.length > 0 ? { kind: 'fix', messageId: 'releaseBeforeExit', edits } : undefined;
}

function isPlainRelease(release: TSESTree.CallExpression): boolean {
  return release.arguments.length === 0 && wrapped(release).parent?.type === 'ExpressionStatement';
}

function opensTransaction(sourceCode: SourceCode, { site, lease }: Checkout): boolean {
  const text = sourceCode.getText(site);
  return (
    /['"`]\s*(?:BEGIN|START TRANSACTION)\b/i.test(text) ||
    Boolean(lease.transaction?.begin.some((method) => text.includes(`.${method}(`)))
  );
}

/** The `return`, or the block whose end is reached without giving back. */
function targetOf({ reason, witness }: Leak): TSESTree.Statement | undefined {
  if (reason === 'exit') return witness.type === 'ReturnStatement' ? witness : undefined;
  return reason === 'path' && witness.type === 'BlockStatement' && witness.parent.type === 'IfStatement'
    ? witness.body.at(-1)
    : undefined;
}

/** The names of the giving back mean the same at `target`, which does not use the connection itself. */
function isSeen(
  sourceCode: SourceCode,
  { variable }: Checkout,
  release: TSESTree.CallExpression,
  target: TSESTree.Node,
): boolean {
  const callee = unwrap(release.callee);
  const name = callee.type === 'MemberExpression' ? unwrap(callee.object) : callee;
  if (name.type !== 'Identifier' || (variable && isNamedIn(variable, target))) return false;
  return meansTheSame(sourceCode, name, target);
}
