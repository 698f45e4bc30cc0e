import { acquire, answer, release, within, type Scope } from './scope.ts';
import type { Frame } from './frames.ts';
import { statements, work } from './statements.ts';
import { block, chainOf, type Piece } from './text.ts';

/** More than one connection: in loops, side by side, one in the other, and through functions of the same file. */

function inLoop(scope: Scope): Piece[] {
  const n = scope.number();
  const turn = iteration(scope);
  const before = `const done${n} = []`;
  const body = [...turn, `done${n}.push(${n})`];
  const after = `return done${n}.length`;
  const counting = [`tries${n} += 1`, ...body];
  const heads: Piece[][] = [
    [block(`for (const item of input.items) {`, body)],
    [block(`for (let index = 0; index < 2; index += 1) {`, body)],
    [`let tries${n} = 0`, block(`while (tries${n} < 2) {`, counting)],
  ];
  return [before, ...scope.random.pick(heads), after];
}

/** One turn of a loop: checks out, works, gives back, and may leave the loop in between. */
function iteration(scope: Scope): Piece[] {
  const inner = within(scope, { inLoop: true });
  const head = `const ${scope.client} = await ${acquire(scope)}`;
  const leave = scope.random.chance(0.5) ? [release(scope)] : [];
  const jump = block('if (input.bad) {', [...leave, scope.random.pick(['break', 'continue', "return 'left'"])]);
  const jumps = scope.random.chance(0.5) ? [jump] : [];
  if (scope.random.chance(0.3)) {
    const safe = scope.random.pick([[], [block('if (input.bad) {', ['continue'])]]);
    return [head, chainOf(['try {', [...work(inner), ...safe]], ['} finally {', [release(scope)]])];
  }
  return [head, ...statements(inner, 1, 2), ...jumps, release(scope)];
}

function retry(scope: Scope): Piece[] {
  const inner = within(scope);
  const head = `const ${scope.client} = await ${acquire(scope)}`;
  const body = [head, ...work(inner), release(scope), ...answer(inner)];
  const handler = [`log('again ${scope.number()}')`, block('if (attempt === 1) {', ['throw error'])];
  return [
    block('for (let attempt = 0; attempt < 2; attempt += 1) {', [
      chainOf(['try {', body], ['} catch (error) {', handler]),
    ]),
  ];
}

function nested(scope: Scope): Piece[] {
  const second = { ...scope, client: 'second' };
  const first = `const ${scope.client} = await ${acquire(scope)}`;
  const between = statements(scope, 0, 1);
  const other = `const second = await ${acquire(scope)}`;
  const body = [...statements(scope, 1, 1), ...statements(second, 1, 1)];
  const interleaved = scope.random.chance(0.3);
  const ends = interleaved
    ? [release(scope), ...statements(second, 1, 1), 'second.release()']
    : ['second.release()', release(scope)];
  return [first, ...between, other, ...body, ...ends, ...answer(scope)];
}

function nestedInFinally(scope: Scope): Piece[] {
  const second = within({ ...scope, client: 'second' });
  const inner = [
    `const second = await ${acquire(scope)}`,
    chainOf(['try {', [...work(second), ...answer(second)]], ['} finally {', ['second.release()']]),
  ];
  const head = `const ${scope.client} = await ${acquire(scope)}`;
  return [head, chainOf(['try {', [...statements(within(scope), 1, 1), ...inner]], ['} finally {', [release(scope)]])];
}

function sideBySide(scope: Scope): Piece[] {
  const { client } = scope;
  const head = `const [${client}, second] = await Promise.all([${acquire(scope)}, ${acquire(scope)}])`;
  const ends = [release(scope), 'second.release()'];
  if (scope.random.chance(0.4)) {
    const inner = within(scope);
    return [head, chainOf(['try {', [...work(inner), ...answer(inner)]], ['} finally {', ends])];
  }
  return [head, ...work(scope), ...ends, ...answer(scope)];
}

function throughHelper(scope: Scope): Piece[] {
  const giveBack = block('function giveBack(held) {', ['held.release()']);
  const head = `const ${scope.client} = await ${acquire(scope)}`;
  const give = `giveBack(${scope.client})`;
  if (scope.random.chance(0.4)) {
    const inner = within(scope);
    return [giveBack, head, chainOf(['try {', [...work(inner), ...answer(inner)]], ['} finally {', [give]])];
  }
  return [giveBack, head, ...work(scope), give, ...answer(scope)];
}

function throughWrapper(scope: Scope): Piece[] {
  const inner = within(scope, { client: 'held' });
  const run = 'return await run(held)';
  const head = `const held = await ${acquire(scope)}`;
  const wrapper = scope.random.chance(0.5)
    ? [head, chainOf(['try {', [run]], ['} finally {', ['held.release()']])]
    : [head, 'const given = await run(held)', 'held.release()', 'return given'];
  return [
    block('async function withClient(run) {', wrapper),
    block('return withClient(async (held) => {', [...work(inner), ...answer(inner)], '})'),
  ];
}

export const severalFrames: readonly (readonly [string, Frame, 'any' | 'pg'])[] = [
  ['in a loop', inLoop, 'any'],
  ['in a loop', inLoop, 'any'],
  ['tried again', retry, 'any'],
  ['two, one in the other', nested, 'any'],
  ['two in finally', nestedInFinally, 'any'],
  ['two side by side', sideBySide, 'any'],
  ['helper in the file', throughHelper, 'any'],
  ['wrapper in the file', throughWrapper, 'any'],
];
