import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import { keyName, propertyName } from '../../ast/property-name.ts';
import type { Reach, Site } from './change.ts';

export type Next = (inner: TSESTree.Node, path?: readonly string[]) => Reach;

/** A value where it stands, and what a repair changes in it. */
interface Passing {
  readonly sourceCode: Readonly<TSESLint.SourceCode>;
  readonly node: TSESTree.Node;
  readonly path: readonly string[];
  readonly site: Site;
  readonly next: Next;
}

const HANDS_ON =
  /^(?:Object\.(?:assign|freeze|seal)|structuredClone|defineConfig|Number|(?:Number\.)?parse(?:Float|Int))$/;
const LOOKS_AT = /^(?:console|JSON|log|logger|Object\.(?:entries|keys|values))\b/;

/** Where the expression around hands the value on to; undefined where it ends there: it gets a name, or is returned. */
export function passed(passing: Passing): Reach | undefined {
  const { next, node } = passing;
  const { parent } = node;
  switch (parent?.type) {
    case 'ConditionalExpression':
      return parent.test === node ? 'shared' : next(parent);
    case 'AwaitExpression':
    case 'LogicalExpression':
    case 'ObjectExpression':
    case 'SpreadElement':
      return next(parent);
    case 'Property':
      return intoProperty(parent, passing);
    case 'MemberExpression':
      return outOfMember(parent, passing);
    case 'CallExpression':
    case 'NewExpression':
      return intoCall(parent, passing);
    case 'ExportDefaultDeclaration':
    case 'ExportSpecifier':
      return 'exported';
    default:
      return parent?.type === 'TSTypeQuery' ? 'here' : undefined;
  }
}

function intoProperty(parent: TSESTree.Property, { next, node, path }: Passing): Reach {
  const name = keyName(parent);
  if (parent.value !== node || name === undefined || parent.parent.type !== 'ObjectExpression') return 'shared';
  return next(parent.parent, [name, ...path]);
}

function outOfMember(member: TSESTree.MemberExpression, { next, node, path: [first, ...rest] }: Passing): Reach {
  const name = propertyName(member);
  if (member.object !== node || first === undefined || name === undefined) return 'shared';
  const { parent } = member;
  const isSet = parent.type === 'AssignmentExpression' && parent.left === member && parent.operator === '=';
  return name !== first || isSet ? 'here' : next(member, rest);
}

/** The maker, another of its kind, or what only looks at it. */
function intoCall(call: Site, { next, node, site, sourceCode }: Passing): Reach {
  if (call.callee === node) return 'shared';
  const text = sourceCode.getText(call.callee);
  if (call === site || (call.type === site.type && text === sourceCode.getText(site.callee))) return 'here';
  if (HANDS_ON.test(text)) return next(call);
  return LOOKS_AT.test(text) ? 'here' : 'shared';
}
