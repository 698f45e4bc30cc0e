import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import type { Creation } from '../../analysis/model.ts';
import { propertyName } from '../../ast/property-name.ts';
import { unwrap, wrapped } from '../../ast/unwrap.ts';
import { endsThrough } from './derived.ts';
import { isLentSafely } from './lent.ts';
import type { Use } from './words.ts';

type SourceCode = Readonly<TSESLint.SourceCode>;

const PLAIN: Use = { kind: 'plain', call: undefined };

/** Methods that change a value for all of its later users: done for each request, they would pile up. */
const CHANGES =
  /^(?:\$on|\$use|add[A-Z]\w*|define\w*|eject|import|init(?:ialize)?|listen|model|off|on|once|plugin|prepend\w+|register\w*|remove[A-Z]\w*|unref|use)$/;

/** Undefined where the value may not be shared. `value` is a name of it, or the expression that builds it. */
export function useOf(sourceCode: SourceCode, creation: Creation, value: TSESTree.Node): Use | undefined {
  const outer = wrapped(value);
  const parent = outer.parent as TSESTree.Node;
  if (parent.type === 'MemberExpression' && parent.object === outer)
    return endsThrough(sourceCode, creation, outer) ? undefined : useOfMember(creation, parent);
  if (parent.type === 'TaggedTemplateExpression') return parent.tag === outer ? PLAIN : undefined;
  if (parent.type === 'CallExpression' && unwrap(parent.callee) === unwrap(outer)) return PLAIN;
  if (isTest(parent, outer)) return PLAIN;
  return isLentSafely(sourceCode, creation, outer);
}

function useOfMember({ owns }: Creation, member: TSESTree.MemberExpression): Use | undefined {
  const name = propertyName(member);
  const outer = wrapped(member);
  const call = outer.parent?.type === 'CallExpression' && outer.parent.callee === outer ? outer.parent : undefined;
  if (name === undefined || owns.session?.includes(name) || owns.mustOpen?.includes(name)) return undefined;
  if (owns.end.includes(name)) return call && { kind: 'end', call };
  if (owns.open?.includes(name)) return call && { kind: 'open', call };
  return changesAt(outer) ? undefined : PLAIN;
}

/** `pool.on(…)`, `api.interceptors.request.use(…)`, `api.defaults.timeout = 5`. */
function changesAt(member: TSESTree.Node): boolean {
  let at = member;
  while (at.parent?.type === 'MemberExpression' && at.parent.object === at) at = wrapped(at.parent);
  const { parent } = at;
  if (parent?.type === 'CallExpression' && parent.callee === at)
    return at.type === 'MemberExpression' && CHANGES.test(propertyName(at) ?? '');
  if (parent?.type === 'AssignmentExpression') return parent.left === at;
  return parent?.type === 'UpdateExpression' || (parent?.type === 'UnaryExpression' && parent.operator === 'delete');
}

function isTest(parent: TSESTree.Node, value: TSESTree.Node): boolean {
  if (parent.type === 'IfStatement' || parent.type === 'ConditionalExpression') return parent.test === value;
  if (parent.type === 'LogicalExpression') return parent.left === value && parent.operator === '&&';
  return parent.type === 'UnaryExpression' && parent.operator === '!';
}
