import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import type { Creation } from '../../analysis/model.ts';
import { unwrap, wrapped } from '../../ast/unwrap.ts';
import { insert, replace } from '../text/edit.ts';
import type { Edit } from '../text/edit.ts';
import { declarationOf, outermost } from './declaration.ts';
import { assignment, keptOnGlobal, isSameEverywhere } from './kept.ts';
import { makerParameters } from '../module-level/parameters.ts';
import { typeOfMade } from '../module-level/type.ts';
import { endWithComments, endsLine, marginAt, startWithComments, startsLine } from '../text/lines.ts';
import type { Repair } from '../repair.ts';
import { styleAt } from '../text/style.ts';

type Context = Readonly<TSESLint.RuleContext<string, readonly unknown[]>>;

/** Keeps what a module builds on `globalThis`, where hot reload finds it again; or sets the global that is only read. */
export function repairAsGlobal(context: Context, creation: Creation): Repair | undefined {
  const { repeats } = creation;
  const isReload = repeats?.reason === 'reload';
  const edits = isReload ? keep(context, creation) : setForgotten(context, creation);
  // In production it is built as before; in development files that use one name would share what one of them builds.
  const kind = isReload && !isSameEverywhere(context.sourceCode, creation) ? 'suggest' : 'fix';
  return edits && { kind, messageId: 'keepOnGlobal', edits };
}

/** `const prisma = new PrismaClient();`, exported or not, as a statement of the module. */
function keep({ filename, sourceCode }: Context, creation: Creation): Edit[] | undefined {
  const found = declarationOf(creation.site);
  const statement = found && outermost(found.declarator.parent);
  if (!found || found.value !== wrapped(creation.site) || statement?.parent?.type !== 'Program') return undefined;
  if (!startsLine(sourceCode, statement) || !endsLine(sourceCode, statement)) return undefined;
  const { id } = found.declarator;
  const style = styleAt(sourceCode, statement, filename);
  const annotation = id.typeAnnotation ? sourceCode.getText(id.typeAnnotation) : '';
  const isInferred = style.isTyped && annotation === '' && typeOfMade(sourceCode, creation) === undefined;
  if (isInferred && makerParameters(sourceCode, creation)?.length !== 0) return undefined;
  const text = sourceCode.getText(found.value);
  const { before, value, behind } = keptOnGlobal(sourceCode, creation, style, id.name, text, annotation);
  return [
    insert(startWithComments(sourceCode, statement), before.map((one) => one + style.eol).join('')),
    replace(...found.value.range, value),
    insert(endWithComments(sourceCode, statement), style.eol + behind),
  ];
}

/** `const prisma = globalThis.prisma || new PrismaClient();` and nothing that sets it. */
function setForgotten({ filename, sourceCode }: Context, { repeats, site }: Creation): Edit[] | undefined {
  const { parent } = wrapped(site);
  const found = repeats?.reason === 'forgotten' ? declarationOf(parent as TSESTree.Node) : undefined;
  const place = parent?.type === 'LogicalExpression' ? unwrap(parent.left) : undefined;
  if (!found || place?.type !== 'MemberExpression' || place.optional) return undefined;
  const statement = outermost(found.declarator.parent);
  if (!startsLine(sourceCode, statement) || !endsLine(sourceCode, statement)) return undefined;
  const { eol, ends } = styleAt(sourceCode, statement, filename);
  const [target, { name }] = [sourceCode.getText(place), found.declarator.id];
  // A function would build one at each call in production too.
  const isOfModule = statement.parent?.type === 'Program';
  const guard = target.startsWith('(') && ends === '' ? ';' : '';
  const text = isOfModule ? assignment(sourceCode, target, name, ends) : `${guard}${target} = ${name}${ends}`;
  return [insert(endWithComments(sourceCode, statement), eol + marginAt(sourceCode, statement.range[0]) + text)];
}
