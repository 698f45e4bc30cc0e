import type { Scope } from '../generate/scope.ts';
import { block, chainOf, type Piece } from '../generate/text.ts';

/** Statements of drivers that are not asked in SQL. */
export type Command = (n: number) => string;

export function keyStatements(scope: Scope, commands: readonly Command[]): Piece[] {
  const { random } = scope;
  const shapes = [declared, awaited, looped, branched, early, thrown, caught, captured, parallel];
  const count = random.between(0, 2);
  return [
    ...declared(scope, commands),
    ...Array.from({ length: count }, () => random.pick(shapes)(scope, commands)).flat(),
  ];
}

function command({ random, client, number }: Scope, commands: readonly Command[]): string {
  return `${client}.${random.pick(commands)(number())}`;
}

function declared(scope: Scope, commands: readonly Command[]): Piece[] {
  const n = scope.number();
  scope.results.push(`value${n}`);
  return [`const value${n} = await ${command(scope, commands)}`];
}

function awaited(scope: Scope, commands: readonly Command[]): Piece[] {
  return [`await ${command(scope, commands)}`];
}

function looped(scope: Scope, commands: readonly Command[]): Piece[] {
  return [block(`for (const item of input.items) {`, [`log(item)`, ...awaited(scope, commands)])];
}

function branched(scope: Scope, commands: readonly Command[]): Piece[] {
  return [
    chainOf(['if (input.flag) {', awaited(scope, commands)], ['} else {', [`await notify('${scope.number()}')`]]),
  ];
}

function early(scope: Scope): Piece[] {
  return [block("if (input.kind === 'b') {", [...scope.leave, `return 'early ${scope.number()}'`])];
}

function thrown(scope: Scope): Piece[] {
  return [block('if (input.bad) {', [...scope.leave, `throw new Error('bad ${scope.number()}')`])];
}

function caught(scope: Scope, commands: readonly Command[]): Piece[] {
  const after = scope.random.chance(0.5) ? ['throw error'] : [];
  return [
    chainOf(['try {', awaited(scope, commands)], ['} catch (error) {', [`log('caught ${scope.number()}')`, ...after]]),
  ];
}

function captured(scope: Scope, commands: readonly Command[]): Piece[] {
  const n = scope.number();
  return [`const run${n} = () => ${command(scope, commands)}`, `await run${n}()`];
}

function parallel(scope: Scope, commands: readonly Command[]): Piece[] {
  return [`await Promise.all([${command(scope, commands)}, ${command(scope, commands)}])`];
}
