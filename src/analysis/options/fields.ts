import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import { classOf, isFunction } from '../../ast/functions.ts';
import { keyName, propertyName } from '../../ast/property-name.ts';
import { unwrap, wrapped } from '../../ast/unwrap.ts';
import { collect } from '../../ast/walk.ts';
import { decoratorsOf } from '../../ast/typescript.ts';

type SourceCode = Readonly<TSESLint.SourceCode>;

/** The value of a field that gets one alone: where it is declared, or in the constructor. In: `this.config`. */
export function fieldOf(sourceCode: SourceCode, node: TSESTree.MemberExpression): TSESTree.Node | undefined {
  const name = propertyName(node);
  const declared = classOf(node)?.body.filter((one) => 'key' in one && keyName(one) === name) ?? [];
  if (declared.length > 1 || !declared.every(isPlainField)) return undefined;
  const values = declared.flatMap((one) => ('value' in one && one.value ? [one.value] : []));
  const writes = mentionsOf(sourceCode, node).filter(isWritten);
  const [write] = writes;
  if (!write) return values[0];
  return writes.length === 1 && values.length === 0 ? setByConstructor(write) : undefined;
}

/** Subclasses and frameworks put in their own where it is protected or decorated. */
function isPlainField(one: TSESTree.ClassElement): boolean {
  if (one.type !== 'PropertyDefinition' || isFunction(one.value)) return false;
  return !one.static && one.accessibility !== 'protected' && decoratorsOf(one).length === 0;
}

/** `this.url = …`, a statement of the constructor itself. */
function setByConstructor(mention: TSESTree.Node): TSESTree.Node | undefined {
  const assignment = wrapped(mention).parent;
  if (assignment?.type !== 'AssignmentExpression' || assignment.operator !== '=') return undefined;
  const block = assignment.parent.type === 'ExpressionStatement' ? assignment.parent.parent : undefined;
  const method = block?.parent?.parent;
  return method?.type === 'MethodDefinition' && method.kind === 'constructor' ? assignment.right : undefined;
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

/** It gets a value there. */
export function isWritten(mention: TSESTree.Node): boolean {
  const value = wrapped(mention);
  const { parent } = value;
  return parent?.type === 'UpdateExpression' || (parent?.type === 'AssignmentExpression' && parent.left === value);
}
