import type { TSESTree } from '@typescript-eslint/utils';

/** What the trees of typescript-eslint 6 and later have; those of ESLint's own parser and of older ones leave it out. */

interface Decorated {
  readonly decorators?: readonly TSESTree.Decorator[];
}

interface Implementing {
  readonly implements?: readonly TSESTree.TSClassImplements[];
}

export const decoratorsOf = ({ decorators = [] }: Decorated): readonly TSESTree.Decorator[] => decorators;

export const interfacesOf = ({ implements: interfaces = [] }: Implementing): readonly TSESTree.TSClassImplements[] =>
  interfaces;
