import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import { isOfModule } from './reads.ts';

type SourceCode = Readonly<TSESLint.SourceCode>;

/** `name`, or with a number where any code of the file declares or reads that name. */
export function freeModuleName({ scopeManager }: SourceCode, name: string): string {
  const scopes = scopeManager?.scopes ?? [];
  const isTaken = (candidate: string): boolean =>
    scopes.some(({ set, through }) => set.has(candidate) || through.some((one) => one.identifier.name === candidate));
  for (let number = 1; ; number++) {
    const candidate = number === 1 ? name : `${name}${number}`;
    if (!isTaken(candidate)) return candidate;
  }
}

/** The name of a local variable may become one of the module: nothing else that it names then hides or changes it. */
export function canBeOfModule(sourceCode: SourceCode, variable: TSESLint.Scope.Variable): boolean {
  const { globalScope } = sourceCode.scopeManager ?? {};
  const { name } = variable;
  if (!globalScope || globalScope.through.some(({ identifier }) => identifier.name === name)) return false;
  for (let scope = variable.scope.upper; scope; scope = scope.upper) {
    const other = scope.set.get(name);
    if (other && (other.defs.length > 0 || isOfModule(other))) return false;
  }
  return !globalScope.set.has(name);
}

/** A word in front of a name: `shared`, `pool` → `sharedPool`. */
export function prefixed(word: string, name: string): string {
  return `${word}${name.charAt(0).toUpperCase()}${name.slice(1)}`;
}

/** A variable for what is made: `new pg.Pool` → `pool`, `new https.Agent` → `httpsAgent`, `createClient` → `client`. */
export function nameOfMade({ callee }: TSESTree.CallExpression | TSESTree.NewExpression, kind: string): string {
  const isMember = callee.type === 'MemberExpression';
  const last = isMember ? callee.property : callee;
  const word = last.type === 'Identifier' ? last.name.replace(/^(?:create|make)(?=[A-Z])/, '') : kind;
  if (word === 'Agent' && isMember && callee.object.type === 'Identifier') return `${callee.object.name}Agent`;
  if (word === 'PrismaClient') return 'prisma';
  const isOwn = /^[A-Z]/.test(word) || (last.type === 'Identifier' && word !== last.name);
  return isOwn ? word.charAt(0).toLowerCase() + word.slice(1) : kind;
}
