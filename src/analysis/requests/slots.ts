import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import type { FunctionNode } from '../../ast/functions.ts';
import { propertyName } from '../../ast/property-name.ts';
import { unwrap, wrapped } from '../../ast/unwrap.ts';
import { frameworks } from '../../frameworks/index.ts';
import type { FileSlot, Framework } from '../../frameworks/framework.ts';
import { callSlotOf } from './call-slots.ts';
import { methodSlotOf } from './method-slots.ts';
import type { Certainty } from '../model.ts';
import { exposuresOf, placesOf } from './places.ts';
import type { Exposure } from './places.ts';
import { importsAny, isModule, moduleOf } from './receivers.ts';

/**
 * Whether a framework calls a function again and again. In: a function. Out: the framework's slot that it stands in.
 * By the call it is given to, the file and name it is exported by, its decorator, its type, or its parameters.
 */
export interface Slot {
  readonly framework: string;
  readonly what: string;
  readonly certainty: Certainty;
  /** Only its parameters say so. */
  readonly byParameters?: true;
}

export interface SlotFile {
  readonly sourceCode: Readonly<TSESLint.SourceCode>;
  /** The path below the project's root, with forward slashes. */
  readonly path: string;
  /** Own functions that register handlers, from the settings. */
  readonly handlers: readonly string[];
}

export function slotOf(file: SlotFile, fn: FunctionNode): Slot | undefined {
  const places = placesOf(file.sourceCode, fn);
  for (const place of places) {
    const found =
      ownSlot(file, place) ??
      calledSlot(file, place, fn) ??
      exportedSlot(file, place) ??
      typedSlot(file.sourceCode, place);
    if (found) return found;
  }
  const method = methodSlotOf(file.sourceCode, fn);
  if (method) return proven(method.framework, method.what);
  return directedSlot(file, fn, places) ?? parameterSlot(file, fn, places);
}

const proven = ({ name }: Framework, what: string): Slot => ({ framework: name, what, certainty: 'proven' });

/** The user's own registrars. */
function ownSlot({ handlers }: SlotFile, place: TSESTree.Node): Slot | undefined {
  const call = wrapped(place).parent;
  if (handlers.length === 0 || call?.type !== 'CallExpression') return undefined;
  const callee = unwrap(call.callee);
  const name =
    callee.type === 'Identifier' ? callee.name : callee.type === 'MemberExpression' ? propertyName(callee) : undefined;
  return name !== undefined && handlers.includes(name)
    ? { framework: name, what: 'handler', certainty: 'proven' }
    : undefined;
}

function calledSlot({ sourceCode }: SlotFile, place: TSESTree.Node, fn: FunctionNode): Slot | undefined {
  const found = callSlotOf(sourceCode, place, fn);
  return found && { framework: found.framework.name, what: found.slot.what, certainty: found.certainty };
}

const patterns = new Map<string, RegExp>();

export function fits(path: string, source: string): boolean {
  let pattern = patterns.get(source);
  if (!pattern) patterns.set(source, (pattern = new RegExp(source)));
  return pattern.test(path);
}

function exportedSlot({ sourceCode, path }: SlotFile, place: TSESTree.Node): Slot | undefined {
  const exposures = exposuresOf(place);
  if (exposures.length === 0) return undefined;
  for (const framework of frameworks) {
    for (const slot of framework.files ?? []) {
      const isHere = fits(path, slot.path) && (!slot.imports || importsAny(sourceCode, framework));
      if (isHere && exposures.some((one) => isMeant(slot, one))) return proven(framework, slot.what);
    }
  }
  return undefined;
}

function isMeant({ exports, objects = [] }: FileSlot, { name, key }: Exposure): boolean {
  return key === undefined ? exports.includes(name) || exports.includes('*') : objects.includes(name);
}

/** `const handler: Handler = …`, `… satisfies Handler`. */
function typedSlot(sourceCode: SlotFile['sourceCode'], place: TSESTree.Node): Slot | undefined {
  const { parent } = place;
  const annotation =
    parent?.type === 'VariableDeclarator' && parent.id.type === 'Identifier'
      ? parent.id.typeAnnotation?.typeAnnotation
      : parent?.type === 'TSSatisfiesExpression' || parent?.type === 'TSAsExpression'
        ? parent.typeAnnotation
        : undefined;
  if (annotation?.type !== 'TSTypeReference')
    return parent?.type === 'Property' ? typedSlot(sourceCode, parent.parent) : undefined;
  const name = lastName(annotation.typeName) ?? '';
  const module = moduleOf(sourceCode, annotation.typeName);
  for (const framework of frameworks) {
    const slot = framework.types?.find(({ names }) => names.includes(name));
    if (slot && module !== undefined && isModule(framework, module)) return proven(framework, slot.what);
  }
  return undefined;
}

function lastName(node: TSESTree.EntityName): string | undefined {
  return node.type === 'Identifier' ? node.name : node.type === 'TSQualifiedName' ? node.right.name : undefined;
}

/** `'use server'` at the top of the function, or at the top of a file that exports it. */
function directedSlot({ sourceCode }: SlotFile, fn: FunctionNode, places: readonly TSESTree.Node[]): Slot | undefined {
  for (const framework of frameworks) {
    for (const { directive, what } of framework.directives ?? []) {
      const isOwn = fn.body.type === 'BlockStatement' && hasDirective(fn.body.body, directive);
      const isFiles = hasDirective(sourceCode.ast.body, directive) && places.some((one) => exposuresOf(one).length > 0);
      if (isOwn || isFiles) return proven(framework, what);
    }
  }
  return undefined;
}

function hasDirective(statements: readonly TSESTree.ProgramStatement[], directive: string): boolean {
  return statements.some((one) => one.type === 'ExpressionStatement' && one.directive === directive);
}

/** `(req, res)`: enough for a function that is exported or given to a call that we do not know. */
function parameterSlot({ path }: SlotFile, fn: FunctionNode, places: readonly TSESTree.Node[]): Slot | undefined {
  const isShown =
    fn.parent.type === 'MethodDefinition' ||
    fn.parent.type === 'Property' ||
    fn.parent.type === 'ReturnStatement' ||
    fn.parent.type === 'ArrowFunctionExpression' ||
    places.some((one) => exposuresOf(one).length > 0 || wrapped(one).parent?.type === 'CallExpression');
  if (!isShown || fn.params.length === 0) return undefined;
  const names = fn.params.map((one) => (one.type === 'Identifier' ? one.name.replace(/^_+/, '') : ''));
  for (const framework of frameworks) {
    for (const slot of framework.parameters ?? []) {
      const isFitting = slot.names.every((name, index) => names[index] === name);
      if (isFitting && (slot.path === undefined || fits(path, slot.path)))
        return { framework: framework.name, what: slot.what, certainty: 'likely', byParameters: true };
    }
  }
  return undefined;
}
