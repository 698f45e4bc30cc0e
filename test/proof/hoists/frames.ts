import { answer, within, type Scope } from '../generate/scope.ts';
import { block, chainOf, type Piece } from '../generate/text.ts';
import type { Made } from './makers.ts';
import type { Site } from './scope.ts';

/** How something that is built for a call is built, used and ended. */
type Frame = (site: Site, made: Made) => Piece[];

const named = (line: string, scope: Scope): string => line.replaceAll('NAME', scope.client);
const opening = ({ scope }: Site, { open }: Made): string[] => open.map((line) => named(line, scope));
const ending = ({ scope }: Site, { end }: Made): string => named(end, scope);

function declare(site: Site, { build, type }: Made): Piece[] {
  const { scope, language } = site;
  const { random, client } = scope;
  const typed = language === 'ts' && type !== undefined && !type.includes('pg.') && random.chance(0.2);
  const line = `const ${client}${typed ? `: ${type}` : ''} = ${build}`;
  if (random.chance(0.12)) return [`// why ${client} is built`, line];
  if (random.chance(0.1)) return [`${line} // built here`];
  return [line];
}

/** Exits before the end give back, or forget to. */
function careful(site: Site, made: Made, probability = 0.6): Scope {
  const { scope } = site;
  return scope.random.chance(probability) ? { ...scope, leave: [ending(site, made)] } : scope;
}

function endedAtEnd(site: Site, made: Made): Piece[] {
  const scope = careful(site, made);
  const body = made.work(scope);
  const comment = scope.random.chance(0.1) ? ['// nobody needs it any more'] : [];
  return [
    ...made.before,
    ...declare(site, made),
    ...opening(site, made),
    ...body,
    ...comment,
    ending(site, made),
    ...answer(scope),
  ];
}

function neverEnded(site: Site, made: Made): Piece[] {
  return [
    ...made.before,
    ...declare(site, made),
    ...opening(site, made),
    ...made.work(site.scope),
    ...answer(site.scope),
  ];
}

function inFinally(site: Site, made: Made): Piece[] {
  const scope = within(site.scope);
  const isOpenInside = site.scope.random.chance(0.5);
  const open = opening(site, made);
  const body = [...(isOpenInside ? open : []), ...made.work(scope), ...answer(scope)];
  const more = scope.random.chance(0.2) ? [`log('closing ${scope.number()}')`] : [];
  return [
    ...made.before,
    ...declare(site, made),
    ...(isOpenInside ? [] : open),
    chainOf(['try {', body], ['} finally {', [...more, ending(site, made)]]),
  ];
}

function caughtAndFinally(site: Site, made: Made): Piece[] {
  const scope = within(site.scope);
  const body = [...opening(site, made), ...made.work(scope), ...answer(scope)];
  const handler = scope.random.pick<Piece[]>([
    [`log('failed ${scope.number()}')`, 'throw error'],
    ['return { error: error.message }'],
    ["throw new Error('wrapped: ' + error.message)"],
  ]);
  return [
    ...made.before,
    ...declare(site, made),
    chainOf(['try {', body], ['} catch (error) {', handler], ['} finally {', [ending(site, made)]]),
  ];
}

function endedInCatch(site: Site, made: Made): Piece[] {
  const scope = within(site.scope);
  const body = [...made.work(scope), ending(site, made), ...answer(scope)];
  return [
    ...made.before,
    ...declare(site, made),
    ...opening(site, made),
    chainOf(['try {', body], ['} catch (error) {', [ending(site, made), 'throw error']]),
  ];
}

function conditionallyEnded(site: Site, made: Made): Piece[] {
  const body = made.work(site.scope);
  return [
    ...made.before,
    ...declare(site, made),
    ...opening(site, made),
    ...body,
    block('if (input.flag) {', [ending(site, made)]),
    ...answer(site.scope),
  ];
}

function declaredBefore(site: Site, made: Made): Piece[] {
  const { client } = site.scope;
  const scope = within(site.scope);
  const type = site.language === 'ts' && made.type && scope.random.chance(0.5) ? `: ${made.type} | undefined` : '';
  const body = [`${client} = ${made.build}`, ...opening(site, made), ...made.work(scope), ...answer(scope)];
  const end = scope.random.chance(0.5)
    ? [block(`if (${client}) {`, [ending(site, made)])]
    : [ending(site, made).replace(`${client}.`, `${client}?.`)];
  return [...made.before, `let ${client}${type}`, chainOf(['try {', body], ['} finally {', end])];
}

function assignedNext(site: Site, made: Made): Piece[] {
  const { client } = site.scope;
  const body = made.work(site.scope);
  return [
    ...made.before,
    `let ${client}`,
    `${client} = ${made.build}`,
    ...opening(site, made),
    ...body,
    ending(site, made),
    ...answer(site.scope),
  ];
}

function inline(site: Site, made: Made): Piece[] {
  if (made.single === '') return endedAtEnd(site, made);
  const { scope } = site;
  const n = scope.number();
  scope.results.push(`found${n} !== undefined`);
  return [...made.before, `const found${n} = await (${made.build})${made.single}`, ...answer(scope)];
}

function inLoop(site: Site, made: Made): Piece[] {
  const scope = within(careful(site, made), { inLoop: true });
  const body = [
    ...made.before,
    ...declare(site, made),
    ...opening(site, made),
    ...made.work(scope),
    ending(site, made),
  ];
  return [block('for (const one of input.items) {', ['log(one)', ...body]), `return 'looped ${scope.number()}'`];
}

function inBranch(site: Site, made: Made): Piece[] {
  const scope = within(careful(site, made));
  const body = [
    ...made.before,
    ...declare(site, made),
    ...opening(site, made),
    ...made.work(scope),
    ending(site, made),
  ];
  return [block('if (input.flag) {', [...body, ...answer(scope)]), `return 'not asked ${scope.number()}'`];
}

function handedToHelper(site: Site, made: Made): Piece[] {
  const { scope, head, language } = site;
  const inner = { ...scope, client: 'given', leave: [], results: [] };
  const body = made.work(inner);
  const isTyped = language === 'ts';
  const parameters = isTyped ? `given: ${made.type ?? 'any'}, input: Input` : 'given, input';
  const comment = isTyped ? [] : ['/** @param {any} given @param {Input} input */'];
  helperOf(head, [...comment, block(`async function ask(${parameters}) {`, [...body, ...answer(inner)])]);
  scope.results.push('asked');
  return [
    ...made.before,
    ...declare(site, made),
    ...opening(site, made),
    `const asked = await ask(${scope.client}, input)`,
    ending(site, made),
    ...answer(scope),
  ];
}

/** Functions of the module are pieces, too; the writer asks for them. */
const helpers = new WeakMap<readonly string[], Piece[]>();

function helperOf(head: readonly string[], pieces: Piece[]): void {
  helpers.set(head, [...(helpers.get(head) ?? []), ...pieces]);
}

export function helpersOf(head: readonly string[]): Piece[] {
  return helpers.get(head) ?? [];
}

function shorthand(site: Site, made: Made): Piece[] {
  const { scope } = site;
  const { client } = scope;
  const body = made.work({ ...scope, client: `context.${client}` });
  return [
    ...made.before,
    ...declare(site, made),
    ...opening(site, made),
    `const context = { ${client}, input }`,
    ...body,
    ending(site, made),
    ...answer(scope),
  ];
}

function chained(site: Site, made: Made): Piece[] {
  if (made.single === '' || made.open.length > 0 || !made.end.startsWith('await')) return inFinally(site, made);
  const { client } = site.scope;
  const end = ending(site, made).replace('await ', '');
  return [...made.before, ...declare(site, made), `return ${client}${made.single}.finally(() => ${end})`];
}

function returnedInTry(site: Site, made: Made): Piece[] {
  if (made.single === '') return inFinally(site, made);
  const { client } = site.scope;
  return [
    ...made.before,
    ...declare(site, made),
    ...opening(site, made),
    chainOf(['try {', [`return await ${client}${made.single}`]], ['} finally {', [ending(site, made)]]),
  ];
}

/** What is answered asks later: nothing may end it before. */
function keptByClosure(site: Site, made: Made): Piece[] {
  const { scope } = site;
  site.unsound.add('a closure outlives the call');
  return [
    ...made.before,
    ...declare(site, made),
    ...opening(site, made),
    ...made.work(scope),
    `return () => typeof ${scope.client}`,
  ];
}

function errorSwallowed(site: Site, made: Made): Piece[] {
  const scope = within(site.scope);
  const body = [...made.work(scope), ...answer(scope)];
  const end = ending(site, made);
  const quiet = end.startsWith('await') ? `${end}.catch(() => {})` : end;
  return [
    ...made.before,
    ...declare(site, made),
    ...opening(site, made),
    chainOf(['try {', body], ['} finally {', [quiet]]),
  ];
}

export const frames: readonly (readonly [string, Frame])[] = [
  ['ended at the end', endedAtEnd],
  ['ended at the end', endedAtEnd],
  ['ended at the end', endedAtEnd],
  ['ended in finally', inFinally],
  ['ended in finally', inFinally],
  ['ended in finally', inFinally],
  ['never ended', neverEnded],
  ['never ended', neverEnded],
  ['caught and ended', caughtAndFinally],
  ['ended in catch', endedInCatch],
  ['ended in one branch', conditionallyEnded],
  ['declared before try', declaredBefore],
  ['assigned next', assignedNext],
  ['without a name', inline],
  ['in a loop', inLoop],
  ['in a branch', inBranch],
  ['handed to a helper', handedToHelper],
  ['property of an object', shorthand],
  ['promise chain', chained],
  ['returned in try', returnedInTry],
  ['kept by a closure', keptByClosure],
  ['errors of the end swallowed', errorSwallowed],
];
