import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import { insert } from '../text/edit.ts';
import { freeModuleName } from '../module-level/name.ts';
import { isHead } from '../module-level/head.ts';
import { endWithComments, eolOf } from '../text/lines.ts';
import { moduleStyle } from '../module-level/module-level.ts';
import { meansTheSame } from '../code/same-name.ts';
import type { Replaced } from '../pooled/life.ts';
import { nameOfImport } from './local-name.ts';
import type { PoolInScope } from '../pooled/in-scope.ts';
import { specifierFrom } from './specifier.ts';

type Context = Readonly<TSESLint.RuleContext<string, readonly unknown[]>>;
type SourceCode = Readonly<TSESLint.SourceCode>;

export interface SharedPool {
  readonly module: string;
  readonly export: string;
}

/** The pool of the settings: the name that the file has for it, or a new import. None in the module that makes it. */
export function importShared(context: Context, client: Replaced, shared: SharedPool): PoolInScope | undefined {
  const { sourceCode } = context;
  const { built, creation } = client;
  const specifier = specifierFrom(context, shared.module);
  const { body } = sourceCode.ast;
  if (specifier === undefined) return undefined;
  // mysql2 has pools that take callbacks and pools that give promises: only who wrote the settings knows which.
  const isSure = client.pooled.new === true || creation.site.parent.type === 'AwaitExpression';
  const known = nameOfImport(sourceCode, specifier, shared.export);
  if (known)
    return meansTheSame(sourceCode, known, creation.site)
      ? { name: known.name, ensure: [], isSure, edits: [] }
      : undefined;
  const wanted = shared.export === 'default' ? 'pool' : shared.export;
  const name = freeModuleName(sourceCode, wanted);
  const isModule = body.some((one) => /^(?:Import|Export)/.test(one.type));
  const anchor = lastImport(sourceCode, isModule);
  const [quote, { ends }] = [quoteOf(sourceCode), moduleStyle(sourceCode, built.statement, context.filename)];
  const from = `${quote}${specifier}${quote}`;
  const text = isModule ? importText(shared.export, name, from) : requireText(shared.export, name, from);
  const eol = eolOf(sourceCode);
  const edit = anchor
    ? insert(endWithComments(sourceCode, anchor), `${eol}${text}${ends}`)
    : insert(body[0]?.range[0] ?? 0, `${text}${ends}${eol}${eol}`);
  return { name, ensure: [], isSure, edits: [edit] };
}

function importText(exported: string, name: string, from: string): string {
  if (exported === 'default') return `import ${name} from ${from}`;
  return `import { ${exported === name ? name : `${exported} as ${name}`} } from ${from}`;
}

function requireText(exported: string, name: string, from: string): string {
  if (exported === 'default') return `const ${name} = require(${from})`;
  return `const { ${exported === name ? name : `${exported}: ${name}`} } = require(${from})`;
}

function lastImport({ ast }: SourceCode, isModule: boolean): TSESTree.Node | undefined {
  const imports = ast.body.filter((one) => one.type === 'ImportDeclaration');
  return imports.at(-1) ?? ast.body.findLast((one) => isHead(one) && (!isModule || one.type === 'ExpressionStatement'));
}

function quoteOf({ ast, text }: SourceCode): string {
  const head = ast.body.find((one) => isHead(one) && one.type !== 'ExpressionStatement');
  return /["']/.exec(head ? text.slice(...head.range) : text)?.[0] ?? "'";
}
