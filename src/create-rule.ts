import type { Rule } from 'eslint';
import type { TSESLint } from '@typescript-eslint/utils';

/** What a rule says about its place in the presets. */
export interface Docs {
  readonly description: string;
  /** `true`: in `recommended` and `strict`; `'strict'`: in `strict` alone. */
  readonly recommended?: true | 'strict';
  /** Options under `strict`. */
  readonly strictOptions?: readonly unknown[];
}

type Meta<Ids extends string, Options extends readonly unknown[]> = Omit<
  TSESLint.RuleMetaData<Ids, Docs, Options>,
  'docs'
> & { docs: Docs };

interface Definition<Ids extends string, Options extends readonly unknown[]> {
  readonly name: string;
  readonly meta: Meta<Ids, Options>;
  readonly create: (context: Readonly<TSESLint.RuleContext<Ids, Options>>) => TSESLint.RuleListener;
}

const DOCS = 'https://github.com/eslint-plugin-pool/eslint-plugin-pool/blob/main/docs/rules';

/** A rule with the address of its page. Rules are written against typescript-eslint's types; ESLint's own are wider. */
export function createRule<Ids extends string, Options extends readonly unknown[]>({
  name,
  meta,
  create,
}: Definition<Ids, Options>): Rule.RuleModule {
  return { meta: { ...meta, docs: { ...meta.docs, url: `${DOCS}/${name}.md` } }, create } as unknown as Rule.RuleModule;
}
