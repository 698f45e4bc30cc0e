import type { TSESLint } from '@typescript-eslint/utils';
import type { Creation } from '../../analysis/model.ts';
import { declaredVariable } from '../../ast/variables.ts';
import { dropMaker } from '../imports/maker.ts';
import { writeImport } from '../imports/write.ts';
import { canBeOfModule, freeModuleName } from '../module-level/name.ts';
import type { Edit } from '../text/edit.ts';
import { inPlace, renameEdits } from './declare.ts';
import { takeTwin } from './eager.ts';
import type { Shape } from './shape.ts';
import { dependenceOfSite } from '../module-level/site.ts';
import { nameOfImport } from '../imports/local-name.ts';
import type { SharedPool } from '../named-pool/import.ts';
import { nameOfShared } from '../named-pool/import.ts';
import { inPlaceOf } from '../imports/in-place.ts';
import { specifierFrom } from '../named-pool/specifier.ts';
import { cutDeclaration } from '../text/remove-statement.ts';

type Context = Readonly<TSESLint.RuleContext<string, readonly unknown[]>>;

/** The pool of the settings, in the place of one that hands out connections. None in the module that makes it. */
export function takeShared(context: Context, creation: Creation, shape: Shape, shared: SharedPool): Edit[] | undefined {
  const { sourceCode } = context;
  const { declared, variable } = shape;
  const specifier = specifierFrom(context, shared.module);
  if (specifier === undefined || dependenceOfSite(sourceCode, creation.site) === 'bound') return undefined;
  if (!creation.driver.kinds[creation.kind]?.checkouts) return undefined;
  const rest = dropMaker(sourceCode, creation, [declared?.statement ?? creation.site]) ?? [];
  const known = nameOfImport(sourceCode, specifier, shared.export);
  if (known) {
    const own = declaredVariable(sourceCode, known);
    const taken = own && takeTwin(sourceCode, creation, shape, { variable: own, made: undefined });
    return taken && [...taken, ...rest];
  }
  const wanted = nameOfShared(shared);
  const isOwn = declared && variable?.name === wanted && canBeOfModule(sourceCode, variable);
  const name = isOwn ? wanted : freeModuleName(sourceCode, wanted);
  const added = writeImport(context, creation.site, specifier, shared.export, name);
  const local =
    declared && variable
      ? [cutDeclaration(sourceCode, declared.statement), ...renameEdits(variable, name)]
      : [inPlace(creation.site, name)];
  return [...inPlaceOf([added], rest), ...local];
}
