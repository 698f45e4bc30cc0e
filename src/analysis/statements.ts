import type { TSESTree } from '@typescript-eslint/utils';
import { isChainLink } from './events.ts';
import { mayThrow } from './run.ts';
import type { Run } from './run.ts';
import { entered, ENTRY, ESCAPED, Exits, flow, HELD, IDLE, join, move, NOWHERE, RELEASED, witnessed } from './state.ts';
import type { Flow } from './state.ts';
import { unwrap } from '../ast/unwrap.ts';

type Loop =
  | TSESTree.DoWhileStatement
  | TSESTree.ForInStatement
  | TSESTree.ForOfStatement
  | TSESTree.ForStatement
  | TSESTree.WhileStatement;

/**
 * Statements: where control goes. In: the flow before. Out: the flow after; every other way out is added to `exits`.
 * A statement is run once for each different state that reaches it, so nesting costs no more than its states.
 */
export function execute(run: Run, node: TSESTree.Node, at: Flow, exits: Exits): Flow {
  if (at.mask === 0) return at;
  if (isOutside(run, node, at) || (!(at.mask & (HELD | IDLE)) && goesOn(node) && !run.concerns(node))) return at;
  if (!isCompound(node)) return simple(run, node, at, exits);
  const { normal, exits: inner } = remembered(run, node, at.mask, at.lost.length > 0);
  exits.add(inner, at.lost);
  return entered(normal, at.lost);
}

/** Runs a statement once for each state, and once more for each that carries witnesses. */
function remembered(run: Run, node: TSESTree.Node, mask: number, isLost: boolean): { normal: Flow; exits: Exits } {
  let results = run.memo.get(node);
  if (!results) run.memo.set(node, (results = new Map()));
  const key = isLost ? ~mask : mask;
  let result = results.get(key);
  if (!result) {
    const exits = new Exits();
    run.deeper();
    result = { normal: compound(run, node, flow(mask, isLost ? [ENTRY] : []), exits), exits };
    run.depth--;
    results.set(key, result);
  }
  return result;
}

/** Code before the connection begins, or after it is somebody else's for good. */
function isOutside(run: Run, node: TSESTree.Node, { mask }: Flow): boolean {
  if (mask & (HELD | IDLE | RELEASED)) return false;
  return (node.range[1] <= run.from && !run.setsCondition(node)) || node.range[0] >= run.to;
}

/** Plain statements go on to the next one; with nothing held, those that do not concern the connection are passed over. */
function goesOn(node: TSESTree.Node): boolean {
  return /^(?:Expression|Empty)Statement$|Declaration$/.test(node.type);
}

function isCompound(node: TSESTree.Node): boolean {
  return /^(?:Block|If|Try|Switch|Labeled|For|While|DoWhile)/.test(node.type);
}

function simple(run: Run, node: TSESTree.Node, at: Flow, exits: Exits): Flow {
  run.steps++;
  switch (node.type) {
    case 'ExpressionStatement':
      return run.evaluate(node.expression, at, exits);
    case 'VariableDeclaration':
      return node.declarations.reduce((now, one) => run.evaluate(one, now, exits), at);
    case 'ReturnStatement':
      leave(run, node, at, exits);
      return NOWHERE;
    case 'ThrowStatement':
      rethrow(run, node, at, exits);
      return NOWHERE;
    case 'BreakStatement':
      exits.jump(`break ${node.label?.name ?? ''}`, witnessed(at, { reason: 'exit', witness: node }));
      return NOWHERE;
    case 'ContinueStatement':
      exits.jump(`continue ${node.label?.name ?? ''}`, witnessed(at, { reason: 'exit', witness: node }));
      return NOWHERE;
    case 'ExportNamedDeclaration':
      return node.declaration ? run.execute(node.declaration, at, exits) : at;
    default:
      return at;
  }
}

/** What is thrown on keeps its witness: the operation that failed, not the line that passes it on. */
function rethrow(run: Run, node: TSESTree.ThrowStatement, at: Flow, exits: Exits): void {
  const after = run.evaluate(node.argument, at, exits);
  if (node.argument.type === 'Identifier' && after.lost.length > 0) exits.thrown = join(exits.thrown, after);
  else mayThrow(after, node, exits);
}

/** `return promise` ends as the promise does. */
function leave(run: Run, node: TSESTree.ReturnStatement, at: Flow, exits: Exits): void {
  let after = at;
  const value = node.argument ? unwrap(node.argument) : undefined;
  if (value?.type === 'CallExpression') {
    const { fulfilled, rejected } = run.settle(value, at, exits);
    exits.thrown = join(exits.thrown, rejected);
    after = fulfilled;
  } else if (value) {
    after = run.evaluate(value, at, exits);
  }
  if (run.events.get(node)?.some((event) => event.kind === 'escape')) run.handedOn = true;
  if (run.events.get(node)?.some((event) => event.kind === 'escape'))
    after = { mask: move(after.mask, HELD | IDLE, ESCAPED), lost: [] };
  // A chain that swallows a failure knows the operation that failed.
  const isKnown = value?.type === 'CallExpression' && isChainLink(value) && after.lost.length > 0;
  exits.returned = join(exits.returned, isKnown ? after : witnessed(after, { reason: 'exit', witness: node }));
}

function compound(run: Run, node: TSESTree.Node, at: Flow, exits: Exits): Flow {
  run.steps++;
  switch (node.type) {
    case 'BlockStatement':
      return sequence(run, node.body, at, exits);
    case 'IfStatement':
      return choose(run, node, at, exits);
    case 'TryStatement':
      return attempt(run, node, at, exits);
    case 'SwitchStatement':
      return select(run, node, at, exits);
    case 'LabeledStatement':
      return join(run.execute(node.body, at, exits), exits.take(`break ${node.label.name}`));
    default:
      return repeat(run, node as Loop, at, exits);
  }
}

export function sequence(run: Run, body: readonly TSESTree.Node[], at: Flow, exits: Exits): Flow {
  let now = at;
  for (const statement of body) {
    now = run.execute(statement, now, exits);
    if (now.mask === 0) break;
  }
  return now;
}

function choose(run: Run, node: TSESTree.IfStatement, at: Flow, exits: Exits): Flow {
  const [yes, no] = run.branch(node.test, at, exits);
  const then = run.execute(node.consequent, yes, exits);
  const otherwise = node.alternate ? run.execute(node.alternate, no, exits) : no;
  return join(unreleased(then, otherwise, node.consequent), unreleased(otherwise, then, node.alternate ?? node));
}

/** The branch that keeps the connection while the other one gives it back is the witness. */
function unreleased(here: Flow, there: Flow, branch: TSESTree.Node): Flow {
  const differs = here.mask & HELD && there.mask & (RELEASED | ESCAPED) && !(there.mask & HELD);
  return differs && here.lost.length === 0 ? witnessed(here, { reason: 'path', witness: branch }) : here;
}

function attempt(run: Run, node: TSESTree.TryStatement, at: Flow, exits: Exits): Flow {
  const inner = new Exits();
  let normal = run.execute(node.block, at, inner);
  if (node.handler) {
    const caught = inner.thrown;
    inner.thrown = NOWHERE;
    normal = join(normal, run.execute(node.handler.body, caught, inner));
  }
  const { finalizer } = node;
  if (finalizer) {
    normal = run.execute(finalizer, normal, exits);
    inner.thrown = run.execute(finalizer, inner.thrown, exits);
    inner.returned = run.execute(finalizer, inner.returned, exits);
    for (const [label, jump] of inner.jumps) inner.jumps.set(label, run.execute(finalizer, jump, exits));
  }
  exits.add(inner);
  return normal;
}

function select(run: Run, node: TSESTree.SwitchStatement, at: Flow, exits: Exits): Flow {
  const entry = run.evaluate(node.discriminant, at, exits);
  let now = NOWHERE;
  for (const one of node.cases) {
    now = sequence(run, one.consequent, join(now, entry), exits);
  }
  const covered = node.cases.some((one) => one.test === null);
  return join(covered ? now : join(now, entry), exits.take('break '));
}

/** Loops are run until nothing new reaches their start: at most once for each bit of the state. */
function repeat(run: Run, node: Loop, at: Flow, exits: Exits): Flow {
  let entry = node.type === 'ForStatement' && node.init ? executeInit(run, node.init, at, exits) : at;
  if (node.type === 'ForOfStatement' || node.type === 'ForInStatement') entry = run.evaluate(node.right, entry, exits);
  for (;;) {
    const inner = new Exits();
    const { back, out } = iterate(run, node, entry, inner);
    const next = join(entry, back);
    if (next.mask !== entry.mask) {
      entry = next;
      continue;
    }
    const after = join(out, inner.take('break '));
    exits.add(inner);
    return after;
  }
}

function executeInit(run: Run, init: TSESTree.Node, at: Flow, exits: Exits): Flow {
  return init.type === 'VariableDeclaration' ? run.execute(init, at, exits) : run.evaluate(init, at, exits);
}

/** One round: what goes back to the start and what leaves by the test. */
function iterate(run: Run, node: Loop, entry: Flow, exits: Exits): { back: Flow; out: Flow } {
  if (node.type === 'DoWhileStatement') {
    const [again, out] = run.branch(node.test, body(run, node, entry, exits), exits);
    return { back: again, out };
  }
  if (node.type === 'ForOfStatement' || node.type === 'ForInStatement') {
    if (node.type === 'ForOfStatement' && node.await) mayThrow(entry, node.right, exits);
    return { back: body(run, node, entry, exits), out: entry };
  }
  const [inside, out] = node.test ? run.branch(node.test, entry, exits) : [entry, NOWHERE];
  const end = body(run, node, inside, exits);
  const back = node.type === 'ForStatement' && node.update ? run.evaluate(node.update, end, exits) : end;
  return { back, out };
}

function body(run: Run, node: Loop, at: Flow, exits: Exits): Flow {
  const end = run.execute(node.body, at, exits);
  const label = node.parent.type === 'LabeledStatement' ? node.parent.label.name : undefined;
  const labelled = label === undefined ? NOWHERE : exits.take(`continue ${label}`);
  return join(end, join(exits.take('continue '), labelled));
}
