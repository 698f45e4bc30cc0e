import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import type { Carried } from './carried.ts';
import { insert, replace } from '../text/edit.ts';
import type { Edit } from '../text/edit.ts';
import { cut } from '../text/remove-statement.ts';
import type { Style } from '../text/style.ts';
import type { Way } from './way.ts';

type SourceCode = Readonly<TSESLint.SourceCode>;
type OnItsWay = Carried & { readonly way: Way };

/** The declaration before the `try`: whole, or `let rows;` with the type that was written. */
export function carriedLine(sourceCode: SourceCode, { statement, variables, way }: OnItsWay, ends: string): string {
  if (way === 'move') return sourceCode.getText(statement);
  const { declarations } = statement as TSESTree.VariableDeclaration;
  const names = variables.map(({ name, identifiers }) => {
    const id = declarations.find((one) => one.id === identifiers[0])?.id;
    return `${name}${id?.typeAnnotation ? sourceCode.getText(id.typeAnnotation) : ''}`;
  });
  return `let ${names.join(', ')}${ends}`;
}

/** What is left of the declarations in the `try`. */
export function carriedEdits(sourceCode: SourceCode, carried: readonly OnItsWay[], { ends }: Style): Edit[] {
  return carried.flatMap(({ statement, way }) =>
    way === 'move'
      ? [cut(sourceCode, statement)]
      : assignInstead(statement as TSESTree.VariableDeclaration, ends !== ''),
  );
}

/** `const { rows } = await …;` becomes `({ rows } = await …);`. */
function assignInstead(statement: TSESTree.VariableDeclaration, hasSemicolons: boolean): Edit[] {
  const [first] = statement.declarations;
  const guard = first.id.type !== 'Identifier' && !hasSemicolons ? ';' : '';
  const edits = [replace(statement.range[0], first.id.range[0], guard)];
  for (const { id, init } of statement.declarations) {
    if (id.type === 'ObjectPattern') edits.push(insert(id.range[0], '('), insert(init?.range[1] ?? 0, ')'));
    if (id.typeAnnotation) edits.push(replace(...id.typeAnnotation.range, ''));
  }
  return edits;
}
