import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import { unwrap } from '../../ast/unwrap.ts';
import { propertyName } from '../../ast/property-name.ts';
import { rootOf } from '../../ast/root.ts';
import { findVariable } from '../../ast/variables.ts';
import { isRequire } from './head.ts';

type SourceCode = Readonly<TSESLint.SourceCode>;

/** Globals through which settings are read; others may answer differently at each call. */
export const LATE_GLOBALS: ReadonlySet<string> = new Set(
  'Boolean Buffer Bun Deno Infinity JSON Number Object String URL encodeURIComponent global globalThis isNaN parseFloat parseInt process require'.split(
    ' ',
  ),
);

/** Methods of strings, arrays and `fs`, `path` and the like. */
const METHODS =
  /^(?:at|concat|cwd|endsWith|entries|env|filter|freeze|from|fromEntries|get|has|includes|isInteger|join|keys|map|match|padEnd|padStart|parse|readFileSync|replace|replaceAll|resolve|slice|split|startsWith|stringify|substring|toLowerCase|toString|toUpperCase|trim|trimEnd|trimStart|values)$/;
const STRINGS = /^(?:replace|replaceAll|split|toLowerCase|toString|toUpperCase|trim)$/;
const MODULES = /^(?:node:)?(?:config|fs|os|path|process|url)$/;

/** A call that gives the same at each time: of the language, of `fs` and `path`, or `require`. */
export function isHarmlessCall(sourceCode: SourceCode, call: TSESTree.CallExpression): boolean {
  const callee = unwrap(call.callee);
  if (isRequire(call)) return true;
  const isMethod = callee.type === 'MemberExpression';
  if (isMethod && !METHODS.test(propertyName(callee) ?? '')) return false;
  const root = rootOf(callee);
  if (root.type !== 'Identifier') return /^(?:Literal|TemplateLiteral|ArrayExpression|NewExpression)$/.test(root.type);
  const variable = findVariable(sourceCode, root);
  if (!variable || variable.defs.length === 0) return LATE_GLOBALS.has(root.name);
  const isOwn = variable.defs.every(({ type }) => type === ('Variable' as typeof type));
  return isOwn ? isMethod && STRINGS.test(propertyName(callee) ?? '') : fromModules(variable);
}

function fromModules({ defs }: TSESLint.Scope.Variable): boolean {
  return defs.every(({ parent, type }) => {
    if (String(type) !== 'ImportBinding' || parent?.type !== 'ImportDeclaration') return false;
    return MODULES.test(parent.source.value);
  });
}
