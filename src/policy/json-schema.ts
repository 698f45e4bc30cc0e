import type { Key, MapKey, SectionKey, WholeKey } from './keys.ts';
import { schema } from './schema.ts';

/** The schema as JSON Schema, for editors and other validators. Draft 7, the newest that editors know throughout. */

export type JsonSchema = Readonly<Record<string, unknown>>;

export function jsonSchema(): JsonSchema {
  return { $schema: 'http://json-schema.org/draft-07/schema#', title: 'Connection policy', ...describe(schema) };
}

function describe(key: Key): JsonSchema {
  const fallback = 'fallback' in key && key.fallback !== undefined ? { default: key.fallback } : {};
  return { description: sentenceOf(key), ...shapeOf(key), ...fallback };
}

function shapeOf(key: Key): JsonSchema {
  if (key.kind === 'whole') return numberShape(key);
  if (key.kind === 'constant') return { const: key.value };
  if (key.kind === 'text') return { type: 'string' };
  if (key.kind === 'word') return { enum: Object.keys(key.words) };
  return key.kind === 'map' ? mapShape(key) : sectionShape(key);
}

function numberShape({ least, most }: WholeKey): JsonSchema {
  return { type: 'integer', minimum: least, ...(most === undefined ? {} : { maximum: most }) };
}

function sectionShape({ keys }: SectionKey): JsonSchema {
  const properties = Object.entries(keys).map(([name, key]) => [name, describe(key)]);
  return { type: 'object', properties: Object.fromEntries(properties), additionalProperties: false };
}

function mapShape({ names, entry }: MapKey): JsonSchema {
  if (!names) return { type: 'object', additionalProperties: describe(entry) };
  const properties = Object.entries(names).map(([name, what]) => [name, { ...describe(entry), description: what }]);
  return { type: 'object', properties: Object.fromEntries(properties), additionalProperties: false };
}

function sentenceOf(key: Key): string {
  if (key.kind !== 'word') return `${key.what}.`;
  const words = Object.entries(key.words).map(([word, meaning]) => `${word}: ${meaning}`);
  return `${key.what}. ${words.join('; ')}.`;
}
