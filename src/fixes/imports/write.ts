import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import { isHead } from '../module-level/head.ts';
import { moduleStyle } from '../module-level/module-level.ts';
import { insert } from '../text/edit.ts';
import type { Edit } from '../text/edit.ts';
import { endWithComments, eolOf } from '../text/lines.ts';

type Context = Readonly<TSESLint.RuleContext<string, readonly unknown[]>>;
type SourceCode = Readonly<TSESLint.SourceCode>;

/** A new import, or `require`, behind those of the file. `user` is the code that needs it. */
export function writeImport(
  { filename, sourceCode }: Context,
  user: TSESTree.Node,
  specifier: string,
  exported: string,
  name: string,
): Edit {
  const { body } = sourceCode.ast;
  const isModule = body.some((one) => /^(?:Import|Export)/.test(one.type));
  const anchor = lastImport(sourceCode, isModule);
  const [quote, { ends }] = [quoteOf(sourceCode), moduleStyle(sourceCode, user, filename)];
  const from = `${quote}${specifier}${quote}`;
  const text = isModule ? importText(exported, name, from) : requireText(exported, name, from);
  const eol = eolOf(sourceCode);
  return anchor
    ? insert(endWithComments(sourceCode, anchor), `${eol}${text}${ends}`)
    : insert(body[0]?.range[0] ?? 0, `${text}${ends}${eol}${eol}`);
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
