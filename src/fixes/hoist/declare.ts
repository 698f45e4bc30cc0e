import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import type { Creation } from '../../analysis/model.ts';
import { holderOf } from '../../ast/functions.ts';
import { canBeOfModule, freeModuleName, nameOfMade, prefixed } from '../module-level/name.ts';
import { replace } from '../text/edit.ts';
import type { Edit } from '../text/edit.ts';
import type { Shape } from './shape.ts';
import type { Twin } from './twin.ts';

type SourceCode = Readonly<TSESLint.SourceCode>;
type Variable = TSESLint.Scope.Variable;

/** The name that a value gets at module level. */
export function nameFor(sourceCode: SourceCode, { kind, site }: Creation, { variable, declared }: Shape): string {
  if (!variable) return freeModuleName(sourceCode, nameOfMade(site, kind));
  if (declared && canBeOfModule(sourceCode, variable)) return variable.name;
  return freeModuleName(sourceCode, declared ? variable.name : prefixed('shared', variable.name));
}

/** Every use of the variable can mean `name` of the module in its place. */
export function reaches(sourceCode: SourceCode, variable: Variable, { variable: twin }: Twin): boolean {
  return variable.references.every(({ identifier }) => {
    let scope: TSESLint.Scope.Scope | null = sourceCode.getScope(identifier as TSESTree.Node);
    for (; scope; scope = scope.upper) {
      const found = scope.set.get(twin.name);
      if (found && found !== variable) return found === twin;
    }
    return false;
  });
}

/** Gives the uses of a variable another name. */
export function renameEdits({ references }: Variable, name: string): Edit[] {
  return references.flatMap(({ identifier, init }) => {
    const node = identifier as TSESTree.Identifier;
    if (init || node.name === name) return [];
    const isShort = node.parent.type === 'Property' && node.parent.shorthand;
    return [replace(...node.range, isShort ? `${node.name}: ${name}` : name)];
  });
}

/** Writes a name in the place of an expression; `{ agent: agent }` becomes `{ agent }`. */
export function inPlace(site: TSESTree.Node, name: string): Edit {
  const { parent } = site;
  const isSame = parent?.type === 'Property' && parent.key.type === 'Identifier' && parent.key.name === name;
  return replace(...(isSame && !parent.computed ? parent.range : site.range), name);
}

/** A function inside of the one that builds it uses it. */
export function isCaptured({ references }: Variable, site: TSESTree.Node): boolean {
  return references.some(({ identifier }) => holderOf(identifier as TSESTree.Node) !== holderOf(site));
}
