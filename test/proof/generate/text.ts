import type { Random } from './random.ts';

/** Statements before they are written out: a line, or blocks with statements in them. */
export type Piece = string | Nested;

export interface Nested {
  readonly parts: readonly Part[];
  readonly close: string;
}

interface Part {
  readonly open: string;
  readonly body: readonly Piece[];
}

/** How a file is written. */
export interface Style {
  readonly indent: string;
  readonly semicolons: boolean;
  readonly eol: string;
}

export function pickStyle(random: Random): Style {
  return {
    indent: random.pick(['  ', '  ', '    ', '\t']),
    semicolons: random.chance(0.75),
    eol: random.chance(0.15) ? '\r\n' : '\n',
  };
}

export function block(open: string, body: readonly Piece[], close = '}'): Nested {
  return { parts: [{ open, body }], close };
}

/** `if`/`else`, `try`/`catch`/`finally`: each part is opened by the line that closes the one before. */
export function chainOf(...parts: readonly (readonly [string, readonly Piece[]])[]): Nested {
  return { parts: parts.map(([open, body]) => ({ open, body })), close: '}' };
}

export function write(pieces: readonly Piece[], style: Style): string {
  // A template literal may span lines: they end like all others.
  return `${lines(pieces, style, 0).join('\n')}\n`.replaceAll('\n', style.eol);
}

function lines(pieces: readonly Piece[], style: Style, depth: number): string[] {
  return pieces.flatMap((piece) => {
    const margin = style.indent.repeat(depth);
    if (typeof piece === 'string') return [margin + punctuate(piece, style)];
    const parts = piece.parts.flatMap(({ open, body }) => [margin + open, ...lines(body, style, depth + 1)]);
    return piece.close === '' ? parts : [...parts, margin + close(piece.close, style)];
  });
}

function punctuate(line: string, style: Style): string {
  if (line === '' || /^(?:\/\/|\/\*.*\*\/$)| \/\/ /.test(line)) return line;
  if (style.semicolons) return `${line};`;
  return /^[([`]/.test(line) ? `;${line}` : line;
}

function close(text: string, style: Style): string {
  return text.endsWith(')') && style.semicolons ? `${text};` : text;
}
