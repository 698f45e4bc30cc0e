import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import type { Creation, FunctionNode } from '../../analysis/model.ts';
import { isFunction, holderOf } from '../../ast/functions.ts';
import type { GiveBack } from '../release/give-back.ts';
import type { Lease } from '../release/lease.ts';
import { placeOf } from '../../ast/places.ts';
import type { Place } from '../../ast/places.ts';
import { assignedAt, declarationOf, isBuiltOnce, isOfOwner } from './built.ts';
import { answersLate } from '../code/answers-late.ts';
import { pooledLease } from './lease.ts';
import { collectUses } from './uses.ts';
import type { Uses } from './uses.ts';
import { takingStatement } from '../release/taking.ts';

export type Pooled = NonNullable<Creation['owns']['pooled']>;

/** A connection of one's own whose whole life is seen: built, opened, used and ended in one function. */
export interface PooledClient extends Uses {
  readonly creation: Creation;
  readonly pooled: Pooled;
  /** How the pool wants back what it hands out in its place. */
  readonly lease: Lease;
  readonly variable: TSESLint.Scope.Variable;
  readonly owner: FunctionNode;
  /** `const client = new Client(…)`, `client = await createConnection(…)`. */
  readonly built: Place & { readonly statement: TSESTree.Statement };
  /** `let client;`, where that is a statement of its own. */
  readonly apart: TSESTree.Statement | undefined;
  /** The statement from which it works: the one that opens, else the one that builds. */
  readonly start: GiveBack['statement'];
}

export function findClient(sourceCode: Readonly<TSESLint.SourceCode>, creation: Creation): PooledClient | undefined {
  const { owns, site } = creation;
  const lease = pooledLease(creation);
  const variable = creation.variable ?? assignedAt(sourceCode, site);
  const statement = takingStatement(site) as TSESTree.Statement | undefined;
  const place = statement && placeOf(statement);
  const owner = holderOf(site);
  if (!owns.pooled || !lease || !variable || !place || !isFunction(owner)) return undefined;
  if (!isBuiltOnce(variable, site) || !isOfOwner(variable, owner)) return undefined;
  const uses = collectUses(creation, variable, owner);
  if (!uses || answersLate(sourceCode, site)) return undefined;
  const start = uses.open?.statement ?? statement;
  const apart = statement.type === 'VariableDeclaration' ? undefined : declarationOf(variable);
  const built = { ...place, statement };
  return { creation, pooled: owns.pooled, lease, variable, owner, built, apart, start, ...uses };
}

/** `let client: Client;` would need another type. */
export function isTypedApart({ apart, variable }: PooledClient): boolean {
  const [name] = variable.identifiers;
  return apart !== undefined && name?.type === 'Identifier' && name.typeAnnotation !== undefined;
}

/** Its declaration can be taken away: there is none of its own, or one of this name alone. */
export function isRemovable({ apart, built }: PooledClient): boolean {
  if (built.statement.type === 'VariableDeclaration') return true;
  return apart?.type === 'VariableDeclaration' && apart.declarations.length === 1 && placeOf(apart) !== undefined;
}

/** What the repair takes away: what builds the connection, and its declaration. */
export function goneWith({ apart, built }: PooledClient): TSESTree.Node[] {
  return apart ? [built.statement, apart] : [built.statement];
}
