import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import type { Creation } from '../../analysis/model.ts';
import { propertyName } from '../../ast/property-name.ts';
import { wrapped } from '../../ast/unwrap.ts';
import { declaredVariable, identifiersOf } from '../../ast/variables.ts';

type SourceCode = Readonly<TSESLint.SourceCode>;

/** What is made of the value, and may be the value itself, is ended: `const db = await client.connect(); db.close()`. */
export function endsThrough(sourceCode: SourceCode, { owns }: Creation, value: TSESTree.Node): boolean {
  const made = madeOf(value);
  const variable = made && declaredVariable(sourceCode, made);
  return variable !== undefined && identifiersOf(variable).some((one) => isEnded(one, owns.end));
}

/** The name of `const made = await value.method(…).other(…);` */
function madeOf(value: TSESTree.Node): TSESTree.Identifier | undefined {
  let at = wrapped(value);
  for (;;) {
    const parent: TSESTree.Node | undefined = at.parent;
    const isOn = parent?.type === 'MemberExpression' && parent.object === at;
    const isCalled = parent?.type === 'CallExpression' && parent.callee === at;
    if (!parent || !(isOn || isCalled || parent.type === 'AwaitExpression')) break;
    at = wrapped(parent);
  }
  const { parent } = at;
  return parent?.type === 'VariableDeclarator' && parent.id.type === 'Identifier' ? parent.id : undefined;
}

function isEnded(name: TSESTree.Node, ends: readonly string[]): boolean {
  let at = wrapped(name);
  while (at.parent?.type === 'MemberExpression' && at.parent.object === at) {
    if (ends.includes(propertyName(at.parent) ?? '')) return true;
    at = wrapped(at.parent);
  }
  return false;
}
