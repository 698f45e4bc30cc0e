import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import type { Carried } from './carried.ts';
import type { Edit } from './edit.ts';
import { insert, replace } from './edit.ts';

type SourceCode = Readonly<TSESLint.SourceCode>;

/** `const { rows } = await …;` becomes `({ rows } = await …);`. */
export function assignInstead(statement: TSESTree.VariableDeclaration, hasSemicolons: boolean): Edit[] {
  const [first] = statement.declarations;
  const isBracket = first.id.type !== 'Identifier';
  const guard = isBracket && !hasSemicolons ? ';' : '';
  const edits = [replace(statement.range[0], first.id.range[0], guard)];
  for (const { id, init } of statement.declarations) {
    if (id.type === 'ObjectPattern') edits.push(insert(id.range[0], '('), insert(init?.range[1] ?? 0, ')'));
    if (id.typeAnnotation) edits.push(replace(...id.typeAnnotation.range, ''));
  }
  return edits;
}

/** `let rows;`: the names alone, with their types. */
export function letOf(sourceCode: SourceCode, { statement, variables }: Carried, ends: string): string {
  const { declarations } = statement as TSESTree.VariableDeclaration;
  const types = new Map(
    declarations.map(({ id }) => [id, id.typeAnnotation ? sourceCode.getText(id.typeAnnotation) : ''] as const),
  );
  const names = variables.map(
    ({ name, identifiers }) => `${name}${types.get(identifiers[0] as TSESTree.Identifier) ?? ''}`,
  );
  return `let ${names.join(', ')}${ends}`;
}
