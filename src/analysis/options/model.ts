import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import type { Value } from '../../drivers/reading/meaning.ts';
import type * as setup from '../../drivers/reading/setup.ts';

/** The words in which options are described as the file writes them: values, objects, connection strings. Types only. */

export type { Value } from '../../drivers/reading/meaning.ts';

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

/** Where a value stands: the part of the code that says so, and the property it is in; none in a connection string. */
export interface Place {
  readonly node: TSESTree.Node;
  readonly property: Property | undefined;
}

export type Given = setup.Given<Place>;
export type Parameter = setup.Parameter<Place>;

/** A connection string whose text is in view. */
export interface Address extends setup.Address<Place> {
  readonly node: TSESTree.Node;
}

/** How a pool or client is set up. */
export interface Setup extends setup.Setup<Place> {
  readonly sourceCode: Readonly<TSESLint.SourceCode>;
  /** The options as written; nothing where the call has none. */
  readonly shape: Shape;
  /** The argument that holds the options. */
  readonly argument: TSESTree.Node | undefined;
  readonly addresses: readonly Address[];
}
