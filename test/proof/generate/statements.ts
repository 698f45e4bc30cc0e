import { answer, query, within, type Scope } from './scope.ts';
import { block, chainOf, type Piece } from './text.ts';

/** The statements between a checkout and its release. */
type Maker = (scope: Scope) => Piece[];

export function statements(scope: Scope, low: number, high: number): Piece[] {
  const count = scope.random.between(low, high);
  return Array.from({ length: count }, () => statement(scope)).flat();
}

function statement(scope: Scope): Piece[] {
  const simple = scope.depth > 2 || scope.random.chance(0.55);
  const [tag, make] = scope.random.pick(simple ? plain : compound);
  scope.tags.add(tag);
  return make(scope);
}

function awaited(scope: Scope): Piece[] {
  return [`await ${query(scope)}`];
}

/** A result that is used later, perhaps after the release. */
function declared(scope: Scope): Piece[] {
  const n = scope.number();
  if (scope.dialect === 'mysql2') {
    scope.results.push(`rows${n}[0].value`);
    return [`const [rows${n}] = await ${query(scope)}`];
  }
  if (scope.random.chance(0.4)) {
    scope.tags.add('destructured result');
    scope.results.push(`rows${n}.length`);
    return [`const { rows: rows${n}${scope.random.pick(['', `, rowCount: count${n}`])} } = await ${query(scope)}`];
  }
  scope.results.push(`found${n}.rows[0].value`);
  return [`${scope.random.pick(['const', 'const', 'let', 'var'])} found${n} = await ${query(scope)}`];
}

function helper(scope: Scope): Piece[] {
  const n = scope.number();
  if (scope.random.chance(0.5)) return [`${scope.random.pick(['check', 'await notify', 'log'])}('${n}')`];
  scope.results.push(`checked${n}`);
  return [`const checked${n} = ${scope.random.pick(['check', 'await notify'])}('${n}')`];
}

function comment(scope: Scope): Piece[] {
  const n = scope.number();
  const text = scope.random.pick([`// remark ${n}`, `/* remark ${n} */`, `// remark ${n}: { try`]);
  return [text, ...awaited(scope)];
}

function counter(scope: Scope): Piece[] {
  const n = scope.number();
  scope.results.push(`total${n}`);
  return [`let total${n} = 0`, `total${n} += (await ${query(scope)}) ? 1 : 0`];
}

const plain: readonly (readonly [string, Maker])[] = [
  ['awaited query', awaited],
  ['awaited query', awaited],
  ['declared result', declared],
  ['declared result', declared],
  ['plain call', helper],
  ['comment', comment],
  ['counter', counter],
];

function branch(scope: Scope): Piece[] {
  const condition = scope.random.pick(['input.flag', "input.kind === 'a'", 'input.items.length > 1']);
  const yes = statements(within(scope), 1, 2);
  if (scope.random.chance(0.5)) return [block(`if (${condition}) {`, yes)];
  return [chainOf([`if (${condition}) {`, yes], ['} else {', statements(within(scope), 1, 2)])];
}

function earlyReturn(scope: Scope): Piece[] {
  const condition = scope.random.pick(['input.flag', '!input.flag', "input.kind === 'b'", 'input.items.length === 0']);
  const value = scope.random.pick([`'early ${scope.number()}'`, 'null', '{ early: true }']);
  return [block(`if (${condition}) {`, [...scope.leave, `return ${value}`])];
}

function throwing(scope: Scope): Piece[] {
  return [block('if (input.bad) {', [...scope.leave, `throw new Error('bad ${scope.number()}')`])];
}

function caught(scope: Scope): Piece[] {
  const inner = within(scope);
  const body = statements(inner, 1, 2);
  const leave = scope.random.chance(0.3) ? scope.leave : [];
  const handler = scope.random.pick<Piece[]>([
    [`log('caught ${scope.number()}')`],
    [`log('caught ${scope.number()}')`, ...scope.leave, 'throw error'],
    [...leave, "throw new Error('wrapped: ' + error.message)"],
  ]);
  return [chainOf(['try {', body], ['} catch (error) {', handler])];
}

function finished(scope: Scope): Piece[] {
  return [chainOf(['try {', statements(within(scope), 1, 2)], ['} finally {', [`log('end ${scope.number()}')`]])];
}

function switched(scope: Scope): Piece[] {
  const leaving = scope.random.chance(0.4);
  const last = leaving ? [...scope.leave, `return 'case ${scope.number()}'`] : [...awaited(scope), 'break'];
  return [
    block('switch (input.kind) {', [
      block("case 'a':", [...awaited(scope), 'break'], ''),
      block("case 'b': {", [...declared(within(scope)), 'break']),
      block('default:', last, ''),
    ]),
  ];
}

function loop(scope: Scope): Piece[] {
  const inner = within(scope, { inLoop: true });
  const n = scope.number();
  const jump = scope.random.pick(['break', 'continue', '']);
  const condition = scope.random.pick([`item${n} === 'y'`, 'input.bad']);
  const jumping = jump === '' ? [] : [block(`if (${condition}) {`, [jump])];
  return [block(`for (const item${n} of input.items) {`, [...statements(inner, 1, 2), ...jumping])];
}

function closure(scope: Scope): Piece[] {
  const n = scope.number();
  const [captured] = scope.results;
  if (captured === undefined || scope.random.chance(0.4)) {
    scope.tags.add('closure over the client');
    return [`const run${n} = () => ${query(scope)}`, `await run${n}()`];
  }
  scope.results.push(`later${n}`);
  return [`const later${n} = () => ${captured}`];
}

function mapped(scope: Scope): Piece[] {
  const n = scope.number();
  if (scope.dialect === 'mysql2') return declared(scope);
  scope.results.push(`names${n}`);
  return [
    `const found${n} = await ${query(scope)}`,
    `const names${n} = found${n}.rows.map((row) => row.value)`,
    ...awaited(scope),
  ];
}

function parallel(scope: Scope): Piece[] {
  return [`await Promise.all(input.items.map((item) => ${query(scope)}))`];
}

function localFunction(scope: Scope): Piece[] {
  const n = scope.number();
  scope.results.push(`format${n}('x')`);
  return [block(`function format${n}(value) {`, [`return '<' + value + '>'`]), ...awaited(scope)];
}

const compound: readonly (readonly [string, Maker])[] = [
  ['branch', branch],
  ['branch', branch],
  ['early return', earlyReturn],
  ['early return', earlyReturn],
  ['throw', throwing],
  ['try and catch', caught],
  ['try and finally', finished],
  ['switch', switched],
  ['loop', loop],
  ['closure', closure],
  ['mapped result', mapped],
  ['parallel queries', parallel],
  ['local function', localFunction],
];

/** BEGIN … COMMIT, with or without a ROLLBACK. */
export function transaction(scope: Scope): Piece[] {
  scope.tags.add('transaction');
  const rollback = `await ${command(scope, 'ROLLBACK')}`;
  const leave = scope.random.chance(0.75) ? [rollback, ...scope.leave] : scope.leave;
  const inner = { ...scope, leave, inTransaction: true };
  if (scope.random.chance(0.5)) return framed(scope, statements(inner, 1, 3));
  scope.tags.add('ROLLBACK');
  const body = framed(scope, statements(within(inner), 1, 2));
  const handler = [rollback, ...(scope.random.chance(0.8) ? ['throw error'] : [`log('undone ${scope.number()}')`])];
  return [chainOf(['try {', body], ['} catch (error) {', handler])];
}

function framed(scope: Scope, body: Piece[]): Piece[] {
  return [`await ${command(scope, 'BEGIN')}`, ...body, `await ${command(scope, 'COMMIT')}`];
}

function command(scope: Scope, word: 'BEGIN' | 'COMMIT' | 'ROLLBACK'): string {
  if (scope.dialect === 'pg') return `${scope.client}.query('${word}')`;
  const methods = { BEGIN: 'beginTransaction', COMMIT: 'commit', ROLLBACK: 'rollback' };
  return `${scope.client}.${methods[word]}()`;
}

/** What is done with a connection: a few statements, or a transaction. */
export function work(scope: Scope): Piece[] {
  const first = awaited(scope);
  if (scope.random.chance(0.2)) return transaction(scope);
  return scope.random.chance(0.7) ? [...first, ...statements(scope, 1, 3)] : [...statements(scope, 1, 3), ...first];
}

/** The same, with an answer at its end that stays in the block. */
export function answeredWork(scope: Scope): Piece[] {
  const inner = within(scope);
  const body = work(inner);
  return [...body, ...answer(inner)];
}
