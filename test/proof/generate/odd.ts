import type { Frame } from './frames.ts';
import { acquire, answer, query, release, sql, within, type Scope } from './scope.ts';
import { statements, work } from './statements.ts';
import { block, chainOf, type Piece } from './text.ts';

/** Shapes that stand in the way of a repair: odd places for the checkout, the release and what is read in between. */

function checkOut(scope: Scope): string {
  return `const ${scope.client} = await ${acquire(scope)}`;
}

function alias(scope: Scope): Piece[] {
  const same = { ...scope, client: 'same' };
  const [first, last] = scope.random.pick([
    [scope, same],
    [same, scope],
  ]);
  return [checkOut(scope), `const same = ${scope.client}`, ...work(first), release(last), ...answer(first)];
}

function severalDeclarators(scope: Scope): Piece[] {
  const n = scope.number();
  const beside = scope.random.chance(0.5);
  const head = beside ? `const ${scope.client} = await ${acquire(scope)}, start${n} = ${n}` : checkOut(scope);
  const pair = `const first${n} = await ${query(scope)}, second${n} = await ${query(scope)}`;
  return [head, pair, release(scope), `return [first${n}, second${n}].length${beside ? ` + start${n}` : ''}`];
}

function again(scope: Scope): Piece[] {
  const turn = (): Piece[] => [`${scope.client} = await ${acquire(scope)}`, ...statements(scope, 1, 2), release(scope)];
  return [`let ${scope.client}`, ...turn(), ...turn(), ...answer(scope)];
}

function inBlock(scope: Scope): Piece[] {
  const end = scope.random.pick<Piece[]>([
    [block('{', [release(scope)])],
    [`${release(scope)} // back`],
    [`/* back */ ${release(scope)}`],
    ['// back', release(scope), '// done'],
    [`${release(scope)}, log('done ${scope.number()}')`],
  ]);
  return [checkOut(scope), ...work(scope), ...end, ...answer(scope)];
}

function withArgument(scope: Scope): Piece[] {
  if (scope.random.chance(0.5))
    return [checkOut(scope), ...work(scope), `${scope.client}.release(false)`, ...answer(scope)];
  const inner = within(scope);
  const body = [...work(inner), release(scope), ...answer(inner)];
  const handler = [`${scope.client}.release(error)`, 'throw error'];
  return [checkOut(scope), chainOf(['try {', body], ['} catch (error) {', handler])];
}

function inReturn(scope: Scope): Piece[] {
  const early = block('if (input.flag) {', [scope.random.pick([`return ${release(scope)}`, "return 'early'"])]);
  return [checkOut(scope), ...statements(scope, 1, 2), early, `await ${query(scope)}`, `return ${release(scope)}`];
}

function labelled(scope: Scope): Piece[] {
  const inner = within(scope, { inLoop: true });
  const give = scope.random.chance(0.5) ? [release(scope)] : [];
  const jump = block("if (input.kind === 'a') {", [...give, scope.random.pick(['continue outer', 'break outer'])]);
  const turn = [
    checkOut(scope),
    ...statements(inner, 1, 1),
    block('for (const each of input.items) {', [`log(each)`, jump]),
  ];
  return [block("outer: for (const item of ['m', 'n']) {", [...turn, release(scope)])];
}

function repeated(scope: Scope): Piece[] {
  const inner = within(scope, { inLoop: true });
  const n = scope.number();
  const body = [`turn${n} += 1`, checkOut(scope), ...statements(inner, 1, 2), release(scope)];
  return [`let turn${n} = 0`, block('do {', body, `} while (turn${n} < 2)`)];
}

function immediate(scope: Scope): Piece[] {
  const inner = within(scope);
  const n = scope.number();
  const body = [...work(inner), ...answer(inner)];
  return [
    checkOut(scope),
    block(`const made${n} = await (async () => {`, body, '})()'),
    release(scope),
    `return made${n}`,
  ];
}

function forgiven(scope: Scope): Piece[] {
  const n = scope.number();
  const ends = scope.random.pick([`.catch(() => null)`, `.then((found) => 1, () => 0)`]);
  return [
    checkOut(scope),
    `const found${n} = await ${query(scope)}${ends}`,
    release(scope),
    `return found${n} ? 1 : 0`,
  ];
}

function borrowed(scope: Scope): Piece[] {
  const n = scope.number();
  const call = `borrow(${scope.client}, ${sql(scope)})`;
  const early = block('if (input.flag) {', [`return (await ${call}) ? 'lent' : null`]);
  return [
    checkOut(scope),
    ...scope.random.pick([[], [early]]),
    `const lent${n} = await ${call}`,
    release(scope),
    `return Boolean(lent${n})`,
  ];
}

function inExpression(scope: Scope): Piece[] {
  const n = scope.number();
  const value = scope.random.pick([
    `input.flag ? await ${query(scope)} : null`,
    `input.flag && (await ${query(scope)})`,
    `[await ${query(scope)}, check('${scope.number()}')]`,
  ]);
  return [checkOut(scope), `const value${n} = ${value}`, release(scope), `return value${n} ? 'some' : 'none'`];
}

function destructuredDeep(scope: Scope): Piece[] {
  const n = scope.number();
  const pattern =
    scope.dialect === 'pg'
      ? `{ rows: [first${n}, ...rest${n}], missing${n} = ${n} }`
      : `[[first${n}, ...rest${n}], , missing${n} = ${n}]`;
  const read = `const ${pattern} = await ${query(scope)}`;
  const closure = scope.random.pick([[], [`const show${n} = () => first${n}.value`, `show${n}()`]]);
  return [
    checkOut(scope),
    read,
    ...closure,
    `await ${query(scope)}`,
    release(scope),
    `return [first${n}.value, typeof rest${n}, missing${n}]`,
  ];
}

function classInside(scope: Scope): Piece[] {
  const n = scope.number();
  const kind = block(`class Row${n} {`, [block('name() {', [`return 'row ${n}'`])]);
  return [checkOut(scope), kind, `await ${query(scope)}`, release(scope), `return new Row${n}().name()`];
}

function shadowed(scope: Scope): Piece[] {
  const { client } = scope;
  const inner = block(`for (const ${client} of input.items) {`, [`log(${client})`]);
  return [
    checkOut(scope),
    inner,
    `await ${query(scope)}`,
    release(scope),
    block('{', [`const ${client} = 'other'`, `log(${client})`]),
  ];
}

function laterName(scope: Scope): Piece[] {
  const n = scope.number();
  const read = block('if (input.flag) {', [`const found${n} = await ${query(scope)}`, `log(typeof found${n})`]);
  return [
    checkOut(scope),
    read,
    `await ${query(scope)}`,
    release(scope),
    `const found${n} = 'later'`,
    `return found${n}`,
  ];
}

function sequential(scope: Scope): Piece[] {
  const second = { ...scope, client: 'second' };
  const first = [checkOut(scope), ...statements(scope, 1, 2), release(scope)];
  return [
    ...first,
    `const second = await ${acquire(scope)}`,
    ...statements(second, 1, 2),
    'second.release()',
    ...answer(second),
  ];
}

function inField(scope: Scope): Piece[] {
  const held = { ...scope, client: 'this.held' };
  const open = block('async open() {', [`this.held = await ${acquire(scope)}`]);
  const close = block('close() {', ['this.held.release()']);
  const run = block('async run() {', [`await ${query(held)}`]);
  const safe = chainOf(['try {', ['await session.run()']], ['} finally {', ['session.close()']]);
  return [block('class Session {', [open, run, close]), 'const session = new Session()', 'await session.open()', safe];
}

export const oddFrames: readonly (readonly [string, Frame, 'any' | 'pg'])[] = [
  ['alias', alias, 'any'],
  ['several declarators', severalDeclarators, 'any'],
  ['checked out again', again, 'any'],
  ['release in a block', inBlock, 'any'],
  ['release with an argument', withArgument, 'pg'],
  ['release in return', inReturn, 'any'],
  ['labelled loop', labelled, 'any'],
  ['do while', repeated, 'any'],
  ['immediate function', immediate, 'any'],
  ['rejection handled', forgiven, 'any'],
  ['lent to a helper', borrowed, 'any'],
  ['used in an expression', inExpression, 'any'],
  ['deep destructuring', destructuredDeep, 'any'],
  ['class inside', classInside, 'any'],
  ['shadowed', shadowed, 'any'],
  ['name used later', laterName, 'any'],
  ['one after the other', sequential, 'any'],
  ['in a field', inField, 'any'],
];
