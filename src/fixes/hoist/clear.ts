import type { TSESLint } from '@typescript-eslint/utils';
import { unwrap } from '../../ast/unwrap.ts';
import { replace } from '../text/edit.ts';
import type { Edit } from '../text/edit.ts';
import type { Sharing } from './uses.ts';
import { removals } from '../removal/removals.ts';
import { styleAt } from '../text/style.ts';

type Context = Readonly<TSESLint.RuleContext<string, readonly unknown[]>>;

/** Removes what ends the value, and what it leaves empty. */
export function clear({ filename, sourceCode }: Context, sharing: Sharing): Edit[] | undefined {
  const links = sharing.removals.flatMap((one) => (one.kind === 'link' ? [one.call] : []));
  const statements = sharing.removals.flatMap((one) => (one.kind === 'statement' ? [one.node] : []));
  const [first] = statements;
  const cuts = first ? removals(sourceCode, statements, styleAt(sourceCode, first, filename).unit) : [];
  const shorter = links.map(({ callee, range }) => {
    const member = unwrap(callee);
    return replace(member.type === 'MemberExpression' ? member.object.range[1] : range[0], range[1], '');
  });
  return cuts ? [...cuts, ...shorter] : undefined;
}
