import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import { keyName } from '../../ast/property-name.ts';
import { argumentsFor } from './arguments.ts';
import type { Sources } from './arguments.ts';
import type { Entry } from './model.ts';
import { orderOf } from './order.ts';

type SourceCode = Readonly<TSESLint.SourceCode>;
type Variable = TSESLint.Scope.Variable;

/** How a property of an expression is read; handed in, for objects are read through names in their turn. */
export type ReadEntry = (object: TSESTree.Node, name: string) => Entry;

const UNSEEN: Sources = { nodes: [], open: true };

/**
 * Where the value of a name comes from. In: its variable and the place where it is used. Out: what may have been put into
 * it by then: by its declaration, later assignments, a pattern, the calls of its function.
 */
export function sourcesOf(
  sourceCode: SourceCode,
  variable: Variable,
  use: TSESTree.Identifier,
  read: ReadEntry,
): Sources {
  const [definition] = variable.defs;
  const name = definition?.name as TSESTree.Identifier | undefined;
  if (!definition || !name) return UNSEEN;
  if (definition.type === 'Parameter') return ofParameter(sourceCode, variable, definition.node as TSESTree.Node, name);
  if (definition.type !== 'Variable') return UNSEEN;
  const declarator = definition.node as TSESTree.VariableDeclarator;
  if (declarator.id === name) return assigned(sourceCode, variable, use);
  return isConstant(variable) ? taken(declarator, name, read) : UNSEEN;
}

const isConstant = ({ references }: Variable): boolean => references.every((one) => !one.isWrite() || one.init);

const hasDefault = (name: TSESTree.Node): boolean =>
  name.parent?.type === 'AssignmentPattern' && name.parent.left === name;

function ofParameter(
  sourceCode: SourceCode,
  variable: Variable,
  holder: TSESTree.Node,
  name: TSESTree.Identifier,
): Sources {
  if (!isConstant(variable)) return UNSEEN;
  const own = hasDefault(name) ? name.parent : name;
  let parameter: TSESTree.Node = name;
  while (parameter.parent && parameter.parent !== holder) parameter = parameter.parent;
  const given = argumentsFor(sourceCode, holder, parameter);
  if (own === parameter) return given;
  // `{ max = 10 } = {}`: what holds when the caller gives nothing, and no call of this file gives something.
  const isGiven = given.nodes.some((one) => one.parent !== parameter);
  return isGiven || own.type !== 'AssignmentPattern' ? UNSEEN : { nodes: [own.right], open: true };
}

/** `const { max = 10 } = config`. */
function taken({ id, init }: TSESTree.VariableDeclarator, name: TSESTree.Identifier, read: ReadEntry): Sources {
  const value = hasDefault(name) ? name.parent : name;
  const property = value.parent;
  if (id.type !== 'ObjectPattern' || property?.type !== 'Property' || property.parent !== id || !init) return UNSEEN;
  const key = keyName(property);
  const entry = key === undefined ? undefined : read(init, key);
  const fallback = value.type === 'AssignmentPattern' ? [value.right] : [];
  if (!entry || entry.state === 'open') return { nodes: fallback, open: true };
  const nodes = entry.properties.map((one) => one.value);
  return entry.sure ? { nodes, open: false } : { nodes: [...nodes, ...fallback], open: fallback.length === 0 };
}

/** By its declaration and by later assignments, as far as they have run. */
function assigned(sourceCode: SourceCode, { name, references }: Variable, use: TSESTree.Identifier): Sources {
  let found = UNSEEN;
  let branches = 0;
  for (const one of references) {
    const at = (one.identifier as TSESTree.Identifier).parent;
    const order = one.isWrite() ? orderOf(sourceCode, at, use, name) : 'after';
    if (order === 'after') continue;
    const value = valueIn(at, one.identifier as TSESTree.Node);
    branches = order === 'before' ? 0 : branches + 1;
    // Two branches may be all there are: then nothing of what was before is left.
    if (!value || order === 'elsewhere' || branches > 1) return UNSEEN;
    found = order === 'before' ? { nodes: [value], open: false } : { ...found, nodes: [...found.nodes, value] };
  }
  return found;
}

/** What is put into a name by `const a = …` and `a = …`. */
function valueIn(at: TSESTree.Node, name: TSESTree.Node): TSESTree.Node | undefined {
  if (at.type === 'VariableDeclarator') return at.id === name ? (at.init ?? undefined) : undefined;
  const isPlain = at.type === 'AssignmentExpression' && at.operator === '=' && at.left === name;
  return isPlain ? at.right : undefined;
}
