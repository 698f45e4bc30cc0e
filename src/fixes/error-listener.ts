import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import type { Creation } from '../analysis/model.ts';
import { wrapped } from '../ast/unwrap.ts';
import { insert } from './edit.ts';
import { endWithComments, endsLine, startsLine } from './lines.ts';
import { quoted } from './module-level-quote.ts';
import { placeOf } from './places.ts';
import type { Repair } from './repair.ts';
import { lines, styleAt } from './style.ts';

type Context = Readonly<TSESLint.RuleContext<string, readonly unknown[]>>;

/** Listens to errors behind the statement that builds it. Always a suggestion: what to do with them is the user's. */
export function repairWithListener(
  { filename, sourceCode }: Context,
  creation: Creation,
  whose: Creation['unheard'][number],
): Repair | undefined {
  const target = targetOf(creation.site);
  if (!target || !startsLine(sourceCode, target.statement) || !endsLine(sourceCode, target.statement)) return undefined;
  const style = styleAt(sourceCode, target.statement, filename);
  const { ends, eol } = style;
  const member = creation.owns.crashes?.on;
  const emitter = nameOf(sourceCode, target.name) + (member === undefined ? '' : `.${member}`);
  const listen = (to: string): string => `${to}.on(${quoted(sourceCode, 'error')}, (error) => {`;
  const own = [listen(emitter), `>console.error(error)${ends}`, `})${ends}`];
  // It stays with the connection for as long as that lives, in use or not.
  const each = [
    `${emitter}.on(${quoted(sourceCode, 'connect')}, (client) => {`,
    `>${listen('client')}`,
    `>>console.error(error)${ends}`,
    `>})${ends}`,
    `})${ends}`,
  ];
  const text = lines(style, whose === 'built' ? own : each);
  const edits = [insert(endWithComments(sourceCode, target.statement), eol + text)];
  return { kind: 'suggest', messageId: 'addErrorListener', edits };
}

interface Target {
  readonly name: TSESTree.Node;
  readonly statement: TSESTree.Node;
}

/** `const pool = new Pool();`, `pool = await createPool();`, `this.pool = new Pool();` as a statement of a list. */
function targetOf(site: TSESTree.Node): Target | undefined {
  const inner = wrapped(site);
  const value = inner.parent?.type === 'AwaitExpression' ? wrapped(inner.parent) : inner;
  const { parent } = value;
  if (parent?.type === 'VariableDeclarator') return declared(parent, value);
  if (parent?.type !== 'AssignmentExpression' || parent.operator !== '=' || parent.right !== value) return undefined;
  const isWritten = parent.left.type === 'Identifier' || isField(parent.left);
  const isStatement = parent.parent.type === 'ExpressionStatement' && placeOf(parent.parent);
  return isWritten && isStatement ? { name: parent.left, statement: parent.parent } : undefined;
}

function declared({ id, init, parent }: TSESTree.VariableDeclarator, value: TSESTree.Node): Target | undefined {
  const statement = parent.parent.type === 'ExportNamedDeclaration' ? parent.parent : parent;
  const isWhole = init === value && parent.declarations.length === 1 && placeOf(statement);
  return isWhole && id.type === 'Identifier' ? { name: id, statement } : undefined;
}

/** `this.pool`, `this.#pool`: what stands there is read again without effects. */
function isField(node: TSESTree.Node): boolean {
  return node.type === 'MemberExpression' && !node.computed && node.object.type === 'ThisExpression';
}

/** Without the type that a declared name carries. */
function nameOf(sourceCode: Readonly<TSESLint.SourceCode>, node: TSESTree.Node): string {
  return node.type === 'Identifier' ? node.name : sourceCode.getText(node);
}
