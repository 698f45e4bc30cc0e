import { acquire, sql, type Scope } from './scope.ts';
import { block, type Piece } from './text.ts';

/** Checkouts in callback style and in promise chains. */

/** `pool.connect((error, client, done) => …)`, with or without `done()` on the way of an error. */
export function withCallback(scope: Scope): Piece[] {
  const { client, random, dialect } = scope;
  const give = dialect === 'pg' && random.chance(0.6) ? 'done()' : `${client}.release()`;
  const parameters = give === 'done()' ? `(error, ${client}, done)` : `(error, ${client})`;
  const method = dialect === 'pg' ? 'connect' : 'getConnection';
  const failing = random.pick<Piece[]>([
    [block('if (error) {', ['return callback(error)'])],
    [`if (error) return callback(error)`],
  ]);
  const body = queries({ scope, give, left: random.between(1, 2) });
  return [block(`pool.${method}(${parameters} => {`, [...failing, ...body], '})')];
}

interface Chain {
  readonly scope: Scope;
  readonly give: string;
  readonly left: number;
}

/** Statements one in the callback of the other; the last one gives back. */
function queries({ scope, give, left }: Chain): Piece[] {
  const { random, client } = scope;
  const n = scope.number();
  const careful = random.chance(0.5) ? [give] : [];
  const failing = block(`if (error${n}) {`, [...careful, `return callback(error${n})`]);
  const inner = left > 1 ? queries({ scope, give, left: left - 1 }) : ending(scope, give, n);
  const early = random.chance(0.25) ? [block('if (input.flag) {', [...careful, "return callback(null, 'early')"])] : [];
  const tail = [...early, ...inner];
  if (left === 1 && random.chance(0.3)) {
    return [
      block(
        `${client}.query(${sql(scope)}, (error${n}, found${n}) => {`,
        [give, failingPlain(n), answered(scope, n)],
        '})',
      ),
    ];
  }
  return [block(`${client}.query(${sql(scope)}, (error${n}, found${n}) => {`, [failing, ...tail], '})')];
}

function failingPlain(n: number): Piece {
  return block(`if (error${n}) {`, [`return callback(error${n})`]);
}

function ending(scope: Scope, give: string, n: number): Piece[] {
  const check = scope.random.chance(0.3) ? [`check('${scope.number()}')`] : [];
  return scope.random.chance(0.9) ? [...check, give, answered(scope, n)] : [...check, answered(scope, n)];
}

function answered(scope: Scope, n: number): string {
  return scope.dialect === 'pg' ? `callback(null, found${n}.rows[0].value)` : `callback(null, found${n}[0].value)`;
}

/** `pool.connect().then(…)`, with the release in the chain, in `finally`, or on both sides. */
export function chained(scope: Scope): Piece[] {
  const { client, random } = scope;
  const first = `${client}.query(${sql(scope)})`;
  const value = scope.dialect === 'pg' ? 'found.rows[0].value' : 'found[0][0].value';
  const give = `${client}.release()`;
  const inner = random.pick<Piece[]>([
    [block(`return ${first}.then((found) => {`, [give, `return ${value}`], '})')],
    [block(`return ${first}.then((found) => {`, [`check('${scope.number()}')`, give, `return ${value}`], '})')],
    [sides(`return ${first}.then((found) => {`, [`return ${value}`], '}).finally(() => {', [give])],
    [sides(`return ${first}.then((found) => {`, [give, `return ${value}`], '}, (error) => {', [give, 'throw error'])],
    [`const running = ${first}`, give, 'return running.then(() => 1)'],
    [`return ${first}.finally(() => ${give}).then((found) => ${value})`],
    [`return ${first}.then((found) => ${value})`],
  ]);
  return [block(`return ${acquire(scope)}.then((${client}) => {`, inner, '})')];
}

function sides(open: string, body: Piece[], then: string, rest: Piece[]): Piece {
  return {
    parts: [
      { open, body },
      { open: then, body: rest },
    ],
    close: '})',
  };
}
