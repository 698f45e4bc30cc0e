import type { TSESTree } from '@typescript-eslint/utils';
import type { FunctionNode } from '../ast/functions.ts';
import { keyName } from '../ast/property-name.ts';
import { frameworks } from '../frameworks/index.ts';
import type { MethodSlot } from '../frameworks/framework.ts';
import type { Slot } from './slots.ts';

/** Methods that a framework calls by their decorator or by the class they belong to; constructors per request too. */
export function methodSlotOf(fn: FunctionNode): Slot | undefined {
  const method = fn.parent;
  if (method.type !== 'MethodDefinition' && method.type !== 'PropertyDefinition') return undefined;
  const owner = method.parent.parent;
  for (const framework of frameworks) {
    for (const slot of framework.methods ?? []) {
      if (isMethodSlot(slot, method, owner)) return { framework: framework.name, what: slot.what, certainty: 'proven' };
    }
  }
  return undefined;
}

type Method = TSESTree.MethodDefinition | TSESTree.PropertyDefinition;
type Class = TSESTree.ClassDeclaration | TSESTree.ClassExpression;

function isMethodSlot(slot: MethodSlot, method: Method, owner: Class): boolean {
  if (isConstructor(method)) return isConstructedPerRequest(slot, owner);
  if (slot.constructedFor) return false;
  if (slot.decorators && method.decorators.some((one) => slot.decorators?.includes(decoratorName(one) ?? '')))
    return true;
  const name = keyName(method);
  return (
    slot.classes !== undefined &&
    name !== undefined &&
    slot.methods?.includes(name) === true &&
    basesOf(owner).some((one) => slot.classes?.includes(one))
  );
}

const isConstructor = (method: Method): boolean => method.type === 'MethodDefinition' && method.kind === 'constructor';

function isConstructedPerRequest({ constructedFor }: MethodSlot, owner: Class): boolean {
  if (!constructedFor) return false;
  return owner.decorators.some(({ expression }) => expression.type === 'CallExpression' && says(expression, constructedFor));
}

/** `@Injectable({ scope: Scope.REQUEST })`. */
function says({ arguments: given }: TSESTree.CallExpression, words: readonly string[]): boolean {
  const [options] = given;
  if (options?.type !== 'ObjectExpression') return false;
  return options.properties.some(
    (one) => one.type === 'Property' && one.value.type === 'MemberExpression' && words.includes(textOf(one.value)),
  );
}

function textOf({ object, property }: TSESTree.MemberExpression): string {
  return object.type === 'Identifier' && property.type === 'Identifier' ? `${object.name}.${property.name}` : '';
}

function decoratorName({ expression }: TSESTree.Decorator): string | undefined {
  const callee = expression.type === 'CallExpression' ? expression.callee : expression;
  if (callee.type === 'Identifier') return callee.name;
  return callee.type === 'MemberExpression' && callee.property.type === 'Identifier' ? callee.property.name : undefined;
}

function basesOf({ superClass, implements: interfaces }: Class): string[] {
  const names = interfaces.flatMap(({ expression }) => (expression.type === 'Identifier' ? [expression.name] : []));
  return superClass?.type === 'Identifier' ? [...names, superClass.name] : names;
}
