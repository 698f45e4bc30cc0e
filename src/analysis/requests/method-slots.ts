import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import type { FunctionNode } from '../../ast/functions.ts';
import { keyName, propertyName } from '../../ast/property-name.ts';
import { decoratorsOf, interfacesOf } from '../../ast/typescript.ts';
import { frameworks } from '../../frameworks/index.ts';
import type { Framework, MethodSlot } from '../../frameworks/framework.ts';
import { isModule, moduleOf } from './receivers.ts';

/** Methods that a framework calls by their decorator or by the class they belong to; constructors per request too. */
export function methodSlotOf(
  sourceCode: SourceCode,
  fn: FunctionNode,
): { framework: Framework; what: string } | undefined {
  const method = fn.parent;
  if (method.type !== 'MethodDefinition' && method.type !== 'PropertyDefinition') return undefined;
  const owner = method.parent.parent;
  for (const framework of frameworks) {
    for (const slot of framework.methods ?? []) {
      if (isMethodSlot(sourceCode, framework, slot, method, owner)) return { framework, what: slot.what };
    }
  }
  return undefined;
}

type SourceCode = Readonly<TSESLint.SourceCode>;
type Method = TSESTree.MethodDefinition | TSESTree.PropertyDefinition;
type Class = TSESTree.ClassDeclaration | TSESTree.ClassExpression;

function isMethodSlot(
  sourceCode: SourceCode,
  framework: Framework,
  slot: MethodSlot,
  method: Method,
  owner: Class,
): boolean {
  if (isConstructor(method)) return isConstructedPerRequest(slot, owner);
  if (slot.constructedFor) return false;
  const isNamed = (node: TSESTree.Node, names: readonly string[] = []): boolean => {
    const name = lastNameOf(node);
    return name !== undefined && names.includes(name) && !isOthers(sourceCode, framework, node);
  };
  if (decoratorsOf(method).some(({ expression }) => isNamed(expression, slot.decorators))) return true;
  const name = keyName(method);
  if (name === undefined || !slot.methods?.includes(name)) return false;
  return basesOf(owner).some((one) => isNamed(one, slot.classes));
}

/** Another package has a name like it: `Get` of routing-controllers. */
function isOthers(sourceCode: SourceCode, framework: Framework, node: TSESTree.Node): boolean {
  const module = moduleOf(sourceCode, node.type === 'CallExpression' ? node.callee : node);
  return module !== undefined && !module.startsWith('.') && !isModule(framework, module);
}

const isConstructor = (method: Method): boolean => method.type === 'MethodDefinition' && method.kind === 'constructor';

function isConstructedPerRequest({ constructedFor }: MethodSlot, owner: Class): boolean {
  if (!constructedFor) return false;
  return decoratorsOf(owner).some(
    ({ expression }) => expression.type === 'CallExpression' && says(expression, constructedFor),
  );
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

function lastNameOf(node: TSESTree.Node): string | undefined {
  if (node.type === 'CallExpression') return lastNameOf(node.callee);
  if (node.type === 'MemberExpression') return propertyName(node);
  return node.type === 'Identifier' ? node.name : undefined;
}

function basesOf(owner: Class): TSESTree.Node[] {
  const names: TSESTree.Node[] = interfacesOf(owner).map(({ expression }) => expression);
  return owner.superClass ? [...names, owner.superClass] : names;
}
