import type { TSESTree } from '@typescript-eslint/utils';
import type { Configuration } from '../../analysis/model.ts';
import { keyName, propertyName } from '../../ast/property-name.ts';
import { replace } from '../text/edit.ts';
import type { Edit } from '../text/edit.ts';
import { spanning } from './change.ts';
import type { Change } from './change.ts';
import { keyText } from './member-text.ts';
import { takesNames } from './own-type.ts';
import { reachOf } from './readers.ts';

/** `{ connectionLimit: 5 }` becomes `{ max: 5 }`; what stands in quotes stays in them. */
export function renameKey(
  configuration: Configuration,
  property: TSESTree.Property,
  to: string,
  text: string,
): Change | undefined {
  const { setup, site } = configuration;
  const { sourceCode } = setup;
  const literal = property.parent;
  const isTaken = literal.type !== 'ObjectExpression' || literal.properties.some((one) => isNamed(one, to));
  if (isTaken || !takesNames(sourceCode, literal, configuration)) return undefined;
  const edits = property.shorthand
    ? [replace(...property.range, text === to ? to : `${keyText(sourceCode, to)}: ${text}`)]
    : [replaceName(configuration, property.key, to), replace(...property.value.range, text)];
  const reach = reachOf(sourceCode, literal, [keyName(property) ?? ''], site);
  return { edits: [...edits, ...spanning(literal)], reach };
}

const isNamed = (member: TSESTree.ObjectLiteralElement, name: string): boolean =>
  member.type === 'Property' && keyName(member) === name;

/** `config.connectionLimit = 5` becomes `config.max = 5`. */
export function renameAssigned(
  configuration: Configuration,
  { left, right }: TSESTree.AssignmentExpression,
  to: string,
  text: string,
): Change | undefined {
  const { setup, site } = configuration;
  if (left.type !== 'MemberExpression' || propertyName(left) === undefined || !/^[a-z_$][\w$]*$/i.test(to))
    return undefined;
  const edits = [replaceName(configuration, left.property, to), replace(...right.range, text)];
  return { edits, reach: reachOf(setup.sourceCode, right, [], site) };
}

function replaceName({ setup: { sourceCode } }: Configuration, key: TSESTree.Node, to: string): Edit {
  const [quote = ''] = /^['"`]/.exec(sourceCode.getText(key)) ?? [];
  return replace(...key.range, quote ? quote + to + quote : keyText(sourceCode, to));
}
