import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import { isFunction } from '../../ast/functions.ts';
import { isLogCall } from '../code/log.ts';
import { insert, replace } from '../text/edit.ts';
import type { Edit } from '../text/edit.ts';
import { marginAt } from '../text/lines.ts';
import type { OwnRollback } from './rollback.ts';
import { ownCatchEdits } from '../release/rollback/text.ts';
import { lines } from '../text/style.ts';
import type { Style } from '../text/style.ts';

type SourceCode = Readonly<TSESLint.SourceCode>;

/** The code's own `ROLLBACK.catch(() => {})` keeps in mind that it failed: such a connection is not given back. */
export function rememberEdits(sourceCode: SourceCode, plan: OwnRollback | undefined, style: Style): Edit[] {
  const { broken = '', lease, swallowed = [] } = plan ?? {};
  return swallowed.flatMap(({ handler }) => {
    const [param] = isFunction(handler) ? handler.params : [];
    const name = param?.type === 'Identifier' ? param.name : 'rollbackError';
    const isError = lease?.discard?.withError === true;
    const isNamed = isError || !isFunction(handler);
    const anew = isNamed ? `(${name}${style.isTyped ? ': Error' : ''}) => ` : '() => ';
    const head = param ? headOf(sourceCode, handler) : anew;
    const here = { ...style, margin: marginAt(sourceCode, handler.range[0]) };
    return handlerEdits(sourceCode, handler, head, `${broken} = ${isError ? name : 'true'}`, here);
  });
}

/** The same, with the ROLLBACKs that throw. */
export function ownRollbackEdits(sourceCode: SourceCode, plan: OwnRollback | undefined, style: Style): Edit[] {
  return [...ownCatchEdits(sourceCode, plan, style), ...rememberEdits(sourceCode, plan, style)];
}

/** `remembers` as the first statement of the handler. */
function handlerEdits(
  sourceCode: SourceCode,
  handler: TSESTree.Node,
  head: string,
  remembers: string,
  style: Style,
): Edit[] {
  const { eol, margin, unit, ends } = style;
  const { body } = isFunction(handler) ? handler : {};
  const isBlock = body?.type === 'BlockStatement';
  if (!isBlock || sourceCode.getText(body).slice(1, -1).trim() === '') {
    const logs = isBlock ? [] : logsOf(sourceCode, handler);
    const texts = [remembers, ...logs].map((one) => `>${one}${ends}`);
    return [replace(...handler.range, `${head}{${eol}${lines(style, [...texts, '}'])}`)];
  }
  const isOnLines = /^\{[ \t]*\r?\n/.test(sourceCode.getText(body));
  const added = isOnLines ? `${eol}${margin}${unit}${remembers}${ends}` : ` ${remembers};`;
  return [replace(handler.range[0], body.range[0], head), insert(body.range[0] + 1, added)];
}

/** `(error) => ` */
function headOf({ text }: SourceCode, handler: TSESTree.Node): string {
  return isFunction(handler) ? text.slice(handler.range[0], handler.body.range[0]) : '';
}

/** What it writes to a log: `console.error(error)` of `(error) => console.error(error)` and of `console.error`. */
function logsOf(sourceCode: SourceCode, handler: TSESTree.Node): string[] {
  if (!isFunction(handler)) return [`${sourceCode.getText(handler)}(rollbackError)`];
  return isLogCall(handler.body) ? [sourceCode.getText(handler.body)] : [];
}
