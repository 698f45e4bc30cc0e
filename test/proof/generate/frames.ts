import { acquire, answer, query, release, within, type Scope } from './scope.ts';
import { answeredWork, statements, work } from './statements.ts';
import { block, chainOf, type Piece } from './text.ts';

/** How a connection is checked out and given back, in promise style. Each entry is one construct of the statistics. */
export type Frame = (scope: Scope) => Piece[];

function checkOut(scope: Scope): string {
  return `const ${scope.client} = await ${acquire(scope)}`;
}

/** Statements that leave the function give back before, or forget to. */
function careful(scope: Scope, probability: number): Scope {
  return scope.random.chance(probability) ? { ...scope, leave: [release(scope)] } : scope;
}

function releaseAtEnd(scope: Scope): Piece[] {
  const inner = careful(scope, 0.5);
  const body = work(inner);
  const after = scope.random.chance(0.4) ? [`log('after ${scope.number()}')`] : [];
  return [checkOut(scope), ...body, release(scope), ...after, ...answer(inner)];
}

function never(scope: Scope): Piece[] {
  return [checkOut(scope), ...work(scope), ...answer(scope)];
}

function inFinally(scope: Scope): Piece[] {
  return [checkOut(scope), chainOf(['try {', answeredWork(scope)], ['} finally {', [release(scope)]])];
}

function inBothBranches(scope: Scope): Piece[] {
  const yes = [...statements(within(scope), 1, 2), release(scope)];
  const no = [...statements(within(scope), 1, 2), release(scope)];
  return [checkOut(scope), chainOf(['if (input.flag) {', yes], ['} else {', no]), ...answer(scope)];
}

function inOneBranch(scope: Scope): Piece[] {
  const yes = [...statements(within(scope), 1, 2), release(scope)];
  return [checkOut(scope), ...statements(scope, 1, 1), block('if (input.flag) {', yes), ...answer(scope)];
}

function inCatch(scope: Scope): Piece[] {
  const handler = [release(scope), 'throw error'];
  const body = answeredWork(scope);
  const after = scope.random.chance(0.5) ? [release(scope)] : [];
  return [checkOut(scope), chainOf(['try {', body], ['} catch (error) {', handler]), ...after];
}

function insideTry(scope: Scope): Piece[] {
  const inner = within(scope);
  const body = [...work(inner), release(scope), ...answer(inner)];
  const handler = [`log('failed ${scope.number()}')`, ...(scope.random.chance(0.5) ? ['throw error'] : [])];
  return [checkOut(scope), chainOf(['try {', body], ['} catch (error) {', handler])];
}

function twice(scope: Scope): Piece[] {
  if (scope.random.chance(0.5))
    return [checkOut(scope), ...work(scope), release(scope), release(scope), ...answer(scope)];
  const body = [...statements(within(scope), 1, 2), release(scope)];
  return [checkOut(scope), chainOf(['try {', body], ['} finally {', [release(scope)]]), ...answer(scope)];
}

function releaseThenUse(scope: Scope): Piece[] {
  return [checkOut(scope), ...work(scope), release(scope), `await ${query(scope)}`, ...answer(scope)];
}

function unawaitedReturn(scope: Scope): Piece[] {
  const body = [...statements(within(scope), 0, 1), `return ${query(scope)}`];
  return [checkOut(scope), chainOf(['try {', body], ['} finally {', [release(scope)]])];
}

function unusedRelease(scope: Scope): Piece[] {
  return [checkOut(scope), release(scope), ...answer(scope)];
}

function assignedInTry(scope: Scope): Piece[] {
  const { client, random } = scope;
  const inner = within(scope);
  const assign = `${client} = await ${acquire(scope)}`;
  if (random.chance(0.4)) {
    const body = [assign, ...work(inner), release(scope), ...answer(inner)];
    const handler = [`log('failed ${scope.number()}')`, 'throw error'];
    return [`let ${client}`, chainOf(['try {', body], ['} catch (error) {', handler])];
  }
  const end = random.pick<Piece>([`${client}?.release()`, block(`if (${client}) {`, [release(scope)])]);
  return [`let ${client}`, chainOf(['try {', [assign, ...answeredWork(inner)]], ['} finally {', [end]])];
}

function assignedLater(scope: Scope): Piece[] {
  const inner = careful(scope, 0.5);
  return [
    `let ${scope.client}`,
    `${scope.client} = await ${acquire(scope)}`,
    ...work(inner),
    release(scope),
    ...answer(inner),
  ];
}

function withFlag(scope: Scope): Piece[] {
  const inner = within(scope);
  const body = [...work(inner), release(scope), 'released = true', ...answer(inner)];
  const end = block('if (!released) {', [release(scope)]);
  return [checkOut(scope), 'let released = false', chainOf(['try {', body], ['} finally {', [end]])];
}

function conditional(scope: Scope): Piece[] {
  const { client, random } = scope;
  const inner = within(careful(scope, 0.5));
  const chosen = random.chance(0.7)
    ? [...work(inner), release(scope), ...answer(inner)]
    : [chainOf(['try {', answeredWork(scope)], ['} finally {', [release(scope)]])];
  if (random.chance(0.5)) {
    return [`const ${client} = input.flag ? await ${acquire(scope)} : null`, block(`if (${client}) {`, chosen)];
  }
  const assign = block('if (input.flag) {', [`${client} = await ${acquire(scope)}`]);
  return [`let ${client} = null`, assign, `log('checked out ${scope.number()}')`, block(`if (${client}) {`, chosen)];
}

function borrowedOrOwn(scope: Scope): Piece[] {
  const { client } = scope;
  const own = block('if (!input.client) {', [release(scope)]);
  const head = `const ${client} = input.client ?? (await ${acquire(scope)})`;
  if (scope.random.chance(0.5)) return [head, ...work(scope), own, ...answer(scope)];
  return [head, chainOf(['try {', answeredWork(scope)], ['} finally {', [own]])];
}

function destructuredRelease(scope: Scope): Piece[] {
  const head = [checkOut(scope), `const { release } = ${scope.client}`];
  if (scope.random.chance(0.3))
    return [...head, chainOf(['try {', answeredWork(scope)], ['} finally {', ['release()']])];
  const inner = scope.random.chance(0.5) ? { ...scope, leave: ['release()'] } : scope;
  return [...head, ...work(inner), 'release()', ...answer(inner)];
}

function returned(scope: Scope): Piece[] {
  const preparing = scope.random.chance(0.5) ? statements(scope, 1, 1) : [];
  return [checkOut(scope), ...preparing, `return ${scope.client}`];
}

function transactionOnPool(scope: Scope): Piece[] {
  const pool = { ...scope, client: 'pool', dialect: 'pg' as const };
  const body = ["await pool.query('BEGIN')", ...statements(pool, 1, 2), "await pool.query('COMMIT')", ...answer(pool)];
  if (scope.random.chance(0.5)) return body;
  return [chainOf(['try {', body], ['} catch (error) {', ["await pool.query('ROLLBACK')", 'throw error']])];
}

export const frames: readonly (readonly [string, Frame, 'any' | 'pg'])[] = [
  ['released at the end', releaseAtEnd, 'any'],
  ['released at the end', releaseAtEnd, 'any'],
  ['released at the end', releaseAtEnd, 'any'],
  ['released at the end', releaseAtEnd, 'any'],
  ['never released', never, 'any'],
  ['released in finally', inFinally, 'any'],
  ['released in finally', inFinally, 'any'],
  ['released in both branches', inBothBranches, 'any'],
  ['released in one branch', inOneBranch, 'any'],
  ['released in catch', inCatch, 'any'],
  ['released inside try', insideTry, 'any'],
  ['released twice', twice, 'any'],
  ['used after release', releaseThenUse, 'any'],
  ['returned without await', unawaitedReturn, 'any'],
  ['released at once', unusedRelease, 'any'],
  ['assigned in try', assignedInTry, 'any'],
  ['assigned later', assignedLater, 'any'],
  ['release flag', withFlag, 'any'],
  ['conditional', conditional, 'any'],
  ['borrowed or own', borrowedOrOwn, 'any'],
  ['destructured release', destructuredRelease, 'pg'],
  ['returned', returned, 'any'],
  ['transaction on the pool', transactionOnPool, 'pg'],
];
