import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import type { LimitOption, Limits } from '../../drivers/driver.ts';
import type { Effective, Value } from '../../drivers/meaning.ts';

/** The words in which options are described: values, objects, connection strings, and what a driver makes of them. Types only. */

export type { Effective, Value } from '../../drivers/meaning.ts';

/** One of the values that an expression may have, and the part of the code that says so: what a repair replaces. */
export interface Possible {
  readonly value: Value;
  readonly node: TSESTree.Node;
}

/**
 * An object as the file writes it: its properties in the order in which they are set, the last of a name wins. What comes
 * from elsewhere (imports, parameters, calls) is a gap, in which any property may stand.
 */
export interface Shape {
  readonly parts: readonly Part[];
  /** The literal to which a property can be added; undefined where there is none, or more than one. */
  readonly literal: TSESTree.ObjectExpression | undefined;
}

export type Part = Choice | Gap | Inside | Property;

/** One of several lists of parts, depending on what happens at run time; an empty one where nothing is set. */
export interface Choice {
  readonly is: 'choice';
  readonly of: readonly (readonly Part[])[];
}

export interface Gap {
  readonly is: 'gap';
  /** The only property that may stand there. */
  readonly name?: string | undefined;
}

/** What is set in the object under a name: `config.pool.max = 5`. */
export interface Inside {
  readonly is: 'inside';
  readonly name: string;
  readonly parts: readonly Part[];
}

export interface Property {
  readonly is: 'property';
  readonly name: string;
  readonly value: TSESTree.Node;
  /** The property or the assignment. */
  readonly node: TSESTree.AssignmentExpression | TSESTree.Property;
}

/** What may stand under a name, the last first. */
export interface Entry {
  readonly properties: readonly Property[];
  /** `absent`: surely nothing. `open`: perhaps something that we do not see. `written`: what `properties` say. */
  readonly state: 'absent' | 'open' | 'written';
  /** One of the properties stands there on every path. */
  readonly sure: boolean;
}

/** A connection string whose text is in view. */
export interface Address {
  readonly node: TSESTree.Node;
  readonly parameters: readonly Parameter[];
  /** Some parameter is computed: others than those listed are possible. */
  readonly open: boolean;
}

export interface Parameter {
  readonly name: string;
  readonly value: Value;
}

/** How a pool or client is set up. */
export interface Setup {
  readonly sourceCode: Readonly<TSESLint.SourceCode>;
  readonly limits: Limits;
  /** The options as written; nothing where the call has none. */
  readonly shape: Shape;
  /** The argument that holds the options. */
  readonly argument: TSESTree.Node | undefined;
  /** Connection strings whose text is in view. */
  readonly addresses: readonly Address[];
  /** Some connection string is not in view: its parameters may say anything. */
  readonly addressOpen: boolean;
}

/** What stands for one option. */
export interface Setting {
  readonly option: LimitOption;
  readonly state: 'absent' | 'open' | 'written';
  /** One of `given` holds on every path; where not, the next option or the default may. */
  readonly sure: boolean;
  readonly given: readonly Given[];
}

export interface Given extends Possible {
  /** Where it stands in the options; undefined in a connection string. */
  readonly property: Property | undefined;
  readonly effective: Effective | undefined;
}

/** What holds for a limit: by an option that is written, or by the default. */
export interface Bound {
  readonly option: LimitOption;
  readonly given: Given | undefined;
  readonly effective: Effective | undefined;
}
