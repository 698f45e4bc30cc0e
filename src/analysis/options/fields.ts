import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import { classOf, isFunction } from '../../ast/functions.ts';
import { keyName, propertyName } from '../../ast/property-name.ts';
import { unwrap, wrapped } from '../../ast/unwrap.ts';
import { collect } from '../../ast/walk.ts';

type SourceCode = Readonly<TSESLint.SourceCode>;

/** The value of a field: where it has one where it is declared, and gets no other. In: `this.config`. */
export function fieldOf(sourceCode: SourceCode, node: TSESTree.MemberExpression): TSESTree.Node | undefined {
  const name = propertyName(node);
  const declared = classOf(node)?.body.filter((one) => 'key' in one && keyName(one) === name) ?? [];
  const [field] = declared;
  if (field?.type !== 'PropertyDefinition' || declared.length > 1 || isFunction(field.value)) return undefined;
  // Subclasses and frameworks put in their own.
  if (field.static || field.accessibility === 'protected' || field.decorators.length > 0) return undefined;
  return mentionsOf(sourceCode, node).some(isWritten) ? undefined : (field.value ?? undefined);
}

/** Every `this.config` of the class. */
export function mentionsOf(sourceCode: SourceCode, node: TSESTree.MemberExpression): TSESTree.Node[] {
  const name = propertyName(node);
  const body = classOf(node);
  if (!body) return [];
  return collect(
    sourceCode,
    body,
    (one) =>
      one.type === 'MemberExpression' && propertyName(one) === name && unwrap(one.object).type === 'ThisExpression',
  );
}

function isWritten(mention: TSESTree.Node): boolean {
  const value = wrapped(mention);
  const { parent } = value;
  return parent?.type === 'UpdateExpression' || (parent?.type === 'AssignmentExpression' && parent.left === value);
}
