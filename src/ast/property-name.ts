import type { TSESTree } from '@typescript-eslint/utils';

/** The name of a property that is written in the code: `a.b`, `a['b']`, `a.#b`; undefined for `a[b]`. */
export function propertyName(node: TSESTree.MemberExpression): string | undefined {
  const { property } = node;
  if (property.type === 'PrivateIdentifier') return `#${property.name}`;
  if (!node.computed) return property.type === 'Identifier' ? property.name : undefined;
  return property.type === 'Literal' && typeof property.value === 'string' ? property.value : undefined;
}

/** The name of a key in an object, class or pattern; private names start with `#`. */
export function keyName(node: { key: TSESTree.Node; computed: boolean }): string | undefined {
  const { key } = node;
  if (key.type === 'PrivateIdentifier') return `#${key.name}`;
  if (key.type === 'Literal') return String(key.value);
  return key.type === 'Identifier' && !node.computed ? key.name : undefined;
}
