import type { TSESLint } from '@typescript-eslint/utils';
import type { Creation } from '../../analysis/model.ts';
import { declaredVariable } from '../../ast/variables.ts';
import type { Edit } from '../text/edit.ts';
import { inPlace, renameEdits } from './declare.ts';
import { takeTwin } from './eager.ts';
import type { Shape } from './shape.ts';
import { dependenceOfSite } from '../module-level/site.ts';
import { canBeOfModule } from '../module-level/name.ts';
import { nameOfImport } from '../shared-pool/local-name.ts';
import { writeMaker } from '../driver-imports/maker.ts';
import { inPlaceOf } from '../pooled/pool.ts';
import { importShared } from '../shared-pool/import.ts';
import type { Replaced } from '../pooled/life.ts';
import type { SharedPool } from '../shared-pool/import.ts';
import { specifierFrom } from '../shared-pool/specifier.ts';
import { cutDeclaration } from '../text/remove-statement.ts';

type Context = Readonly<TSESLint.RuleContext<string, readonly unknown[]>>;

/** The pool of the settings, in the place of one that hands out connections. None in the module that makes it. */
export function takeShared(context: Context, creation: Creation, shape: Shape, shared: SharedPool): Edit[] | undefined {
  const { sourceCode } = context;
  const { declared, variable } = shape;
  const specifier = specifierFrom(context, shared.module);
  if (specifier === undefined || dependenceOfSite(sourceCode, creation.site) === 'bound') return undefined;
  if (!creation.driver.kinds[creation.kind]?.checkouts) return undefined;
  const client = clientOf(creation, shape);
  const rest = writeMaker(sourceCode, client, false)?.edits ?? [];
  const known = nameOfImport(sourceCode, specifier, shared.export);
  if (known) {
    const own = declaredVariable(sourceCode, known);
    const taken = own && takeTwin(sourceCode, creation, shape, { variable: own, made: undefined });
    return taken && [...taken, ...rest];
  }
  const found = importShared(context, client, shared);
  if (!found) return undefined;
  const wanted = shared.export === 'default' ? 'pool' : shared.export;
  const isOwn = declared && variable?.name === wanted && canBeOfModule(sourceCode, variable);
  const name = isOwn ? wanted : found.name;
  const edits = isOwn ? found.edits.map((one) => ({ ...one, text: named(one.text, found.name, wanted) })) : found.edits;
  const local =
    declared && variable
      ? [cutDeclaration(sourceCode, declared.statement), ...renameEdits(variable, name)]
      : [inPlace(creation.site, name)];
  return [...inPlaceOf(edits, rest), ...local];
}

/** Written as if the local name were taken; it is not any more. */
function named(text: string, found: string, wanted: string): string {
  return text.replace(`${wanted} as ${found}`, wanted).replace(`${wanted}: ${found}`, wanted).replace(found, wanted);
}

/** What the repairs of dedicated connections ask of one. */
function clientOf(creation: Creation, { declared }: Shape): Replaced {
  const { callee } = creation.site;
  const last = callee.type === 'MemberExpression' ? callee.property : callee;
  const isNew = creation.site.type === 'NewExpression';
  const pooled = { maker: last.type === 'Identifier' ? last.name : '', ...(isNew && { new: true as const }) };
  const statement = declared?.statement ?? creation.site;
  return { creation, pooled, built: { statement }, apart: undefined };
}
