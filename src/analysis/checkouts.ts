import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import { holderOf, isFunction } from '../ast/functions.ts';
import { unwrap } from '../ast/unwrap.ts';
import { findVariable, identifiersOf } from '../ast/variables.ts';
import type { Acquisition } from './acquisitions.ts';
import type { Binding } from './binding.ts';
import { ABSENT, HELD, IDLE } from './state.ts';
import { collectNames } from './tracked.ts';
import type { Names, Tracked } from './tracked.ts';

type SourceCode = Readonly<TSESLint.SourceCode>;
type Variable = TSESLint.Scope.Variable;

/**
 * Turns an acquisition into something the interpreter can run: the variable, the code in which it lives, and what is
 * true when that code starts. Module-level variables and variables of an outer function are not followed: others see
 * them too. Fields are a matter of their own.
 */
export interface Followed {
  readonly tracked: Tracked;
  readonly variable: Variable | undefined;
  /** The callback's parameter that gives back when called. */
  readonly done: Variable | undefined;
  readonly name: string;
}

export function follow(sourceCode: SourceCode, acquisition: Acquisition): Followed | undefined {
  const { binding } = acquisition;
  switch (binding.form) {
    case 'assigned':
    case 'declared':
      return followVariable(sourceCode, acquisition, binding);
    case 'parameter':
      return followParameter(sourceCode, acquisition, binding);
    case 'callback':
      return followCallback(sourceCode, acquisition, binding);
    case 'chained':
      return binding.name && followHandler(sourceCode, acquisition, binding.handler, binding.name);
    default:
      return undefined;
  }
}

function followVariable(
  sourceCode: SourceCode,
  acquisition: Acquisition,
  { name, begin, together }: Binding & { form: 'assigned' | 'declared' },
): Followed | undefined {
  const variable = findVariable(sourceCode, name);
  if (!variable || variable.scope.variableScope.type !== 'function') return undefined;
  if (holderOf(acquisition.site) !== variable.scope.variableScope.block) return undefined;
  const root = rootOf(variable);
  if (!root) return undefined;
  return followed(sourceCode, acquisition, variable, {
    begin,
    root,
    start: ABSENT,
    throwsAreFatal: false,
    together: together === true,
  });
}

function followParameter(
  sourceCode: SourceCode,
  acquisition: Acquisition,
  binding: Binding & { form: 'parameter' },
): Followed | undefined {
  const variable = findVariable(sourceCode, binding.name);
  return (
    variable &&
    followed(sourceCode, acquisition, variable, {
      begin: binding.begin,
      root: binding.holder,
      start: ABSENT,
      throwsAreFatal: false,
    })
  );
}

/** `(error, client, done) => …`: with an error there is no client. */
function followCallback(
  sourceCode: SourceCode,
  acquisition: Acquisition,
  binding: Binding & { form: 'callback' },
): Followed | undefined {
  const { handler } = binding;
  const shape = acquisition.method.callback;
  const parameter = (index: number | undefined): Variable | undefined => {
    const node = index === undefined ? undefined : handler.params[index];
    return node?.type === 'Identifier' ? findVariable(sourceCode, node) : undefined;
  };
  const variable = shape && parameter(shape.value);
  if (!shape || !variable) return undefined;
  const guard = parameter(shape.error);
  const done = parameter(shape.done);
  const start = held(acquisition) | ABSENT;
  const frame = { begin: undefined, root: handler, start, throwsAreFatal: !handler.async };
  const extra = { guards: guard ? identifiersOf(guard) : [], done: done ? identifiersOf(done) : [] };
  return { ...followed(sourceCode, acquisition, variable, frame, extra), done };
}

function followHandler(
  sourceCode: SourceCode,
  acquisition: Acquisition,
  handler: TSESTree.Node,
  name: TSESTree.Identifier,
): Followed | undefined {
  const variable = findVariable(sourceCode, name);
  return (
    variable &&
    followed(sourceCode, acquisition, variable, {
      begin: undefined,
      root: handler,
      start: held(acquisition),
      throwsAreFatal: false,
    })
  );
}

function held(acquisition: Acquisition): number {
  return acquisition.lease.holdsFrom ? IDLE : HELD;
}

function followed(
  sourceCode: SourceCode,
  acquisition: Acquisition,
  variable: Variable,
  frame: Pick<Tracked, 'begin' | 'root' | 'start' | 'throwsAreFatal'> & { together?: boolean },
  extra: { guards: readonly TSESTree.Node[]; done: readonly TSESTree.Node[] } = { guards: [], done: [] },
): Followed {
  const declared = new Set<TSESTree.Node>(variable.identifiers);
  const nodes = identifiersOf(variable).filter((one) => !declared.has(one));
  const names = namesOf(sourceCode, acquisition, variable, nodes, extra.done);
  const tracked: Tracked = {
    lease: acquisition.lease,
    ...names,
    own: new Set(nodes),
    declared,
    guards: new Set(extra.guards),
    together: false,
    ...frame,
  };
  return { tracked, variable, done: undefined, name: variable.name };
}

const collected = new WeakMap<Variable, Map<Acquisition['lease'], Names>>();

/** Checkouts into one variable share its names. */
function namesOf(
  sourceCode: SourceCode,
  { lease }: Acquisition,
  variable: Variable,
  nodes: readonly TSESTree.Node[],
  done: readonly TSESTree.Node[],
): Names {
  const known = collected.get(variable) ?? new Map<Acquisition['lease'], Names>();
  collected.set(variable, known);
  const names = known.get(lease) ?? collectNames(sourceCode, lease, nodes, done);
  known.set(lease, names);
  return names;
}

/** The code in which the variable lives: its block, or the whole function. */
function rootOf(variable: Variable): TSESTree.Node | undefined {
  const { block, type } = variable.scope;
  if (type === 'function' || block.type === 'BlockStatement' || block.type === 'SwitchStatement') return block;
  const outer = block.parent;
  return outer && (isFunction(outer) || outer.type === 'BlockStatement') ? outer : undefined;
}

/** Source text of a callee, on one line and short enough for a message. */
export function calleeText(sourceCode: SourceCode, site: TSESTree.CallExpression | TSESTree.NewExpression): string {
  const text = sourceCode.getText(unwrap(site.callee)).replace(/\s+/g, ' ');
  const short = text.length > 32 ? `…${text.slice(-31)}` : text;
  return site.type === 'NewExpression' ? `new ${short}` : short;
}
