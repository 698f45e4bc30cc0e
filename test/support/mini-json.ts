import type { ESLint } from 'eslint';

/** The smallest language that is not JavaScript: a root node, no scopes, no tokens. Stands for JSON and Markdown. */

interface Root {
  type: 'Document';
  loc: { start: { line: number; column: number }; end: { line: number; column: number } };
  range: [number, number];
}

class MiniSourceCode {
  text: string;
  ast: Root;
  lines: string[];

  constructor(text: string, ast: Root) {
    this.text = text;
    this.ast = ast;
    this.lines = text.split('\n');
  }

  getLoc = (node: Root) => node.loc;
  getRange = (node: Root) => node.range;
  getParent = () => undefined;
  traverse = () => [1, 2].map((phase) => ({ kind: 1, target: this.ast, phase, args: [this.ast] }));
}

export const miniJson = {
  fileType: 'text',
  lineStart: 1,
  columnStart: 1,
  nodeTypeKey: 'type',
  visitorKeys: { Document: [] },
  validateLanguageOptions: () => undefined,
  parse: ({ body }: { body: string }) => {
    const lines = body.split('\n');
    const end = { line: lines.length, column: (lines.at(-1)?.length ?? 0) + 1 };
    const ast: Root = { type: 'Document', loc: { start: { line: 1, column: 1 }, end }, range: [0, body.length] };
    return { ok: true, ast };
  },
  createSourceCode: ({ body }: { body: string }, { ast }: { ast: Root }) => new MiniSourceCode(body, ast),
} as unknown as NonNullable<ESLint.Plugin['languages']>[string];
