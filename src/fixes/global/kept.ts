import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import type { Creation } from '../../analysis/model.ts';
import { keyName } from '../../ast/property-name.ts';
import { typeOfMade } from '../module-level/type.ts';
import { freeModuleName, prefixed } from '../module-level/name.ts';
import { quoted } from '../text/quote.ts';
import { exportOf } from '../imports/export.ts';
import type { Declare } from '../module-level/const.ts';
import { plainConst } from '../module-level/const.ts';
import { namesModuleOnly } from '../module-level/reads.ts';
import type { Style } from '../text/style.ts';

type SourceCode = Readonly<TSESLint.SourceCode>;

/** How a value is kept on `globalThis` outside of production: what stands before it, in its place and behind it. */
interface Kept {
  readonly before: readonly string[];
  readonly value: string;
  readonly behind: string;
}

export function keptOnGlobal(
  sourceCode: SourceCode,
  creation: Creation,
  { ends, isTyped }: Style,
  ...[name, value, annotation]: Parameters<Declare>
): Kept {
  const store = freeModuleName(sourceCode, prefixed('globalFor', name));
  const behind = assignment(sourceCode, `${store}.${name}`, name, ends);
  const type = annotation.replace(/^:\s*/, '') || typeOfMade(sourceCode, creation);
  if (!isTyped || type !== undefined) {
    const cast = isTyped ? ` as unknown as { ${name}?: ${type} }` : '';
    return { before: [`const ${store} = globalThis${cast}${ends}`], value: `${store}.${name} ?? ${value}`, behind };
  }
  const make = freeModuleName(sourceCode, prefixed('make', name));
  const before = [
    `const ${make} = () => ${value}${ends}`,
    `const ${store} = globalThis as unknown as { ${name}?: ReturnType<typeof ${make}> }${ends}`,
  ];
  return { before, value: `${store}.${name} ?? ${make}()`, behind };
}

/** The lines of a module that declare a value so kept. */
export function globalConst(sourceCode: SourceCode, creation: Creation, style: Style): Declare {
  return (name, value, annotation) => {
    const kept = keptOnGlobal(sourceCode, creation, style, name, value, annotation);
    return [...kept.before, ...plainConst(style)(name, kept.value, annotation), kept.behind];
  };
}

export function assignment(sourceCode: SourceCode, place: string, name: string, ends: string): string {
  return `if (process.env.NODE_ENV !== ${quoted(sourceCode, 'production')}) ${place} = ${name}${ends}`;
}

/** Every file would build the same under this name: options may differ from file to file, and so may generated classes. */
export function isSameEverywhere(sourceCode: SourceCode, { driver, site }: Creation): boolean {
  const [options, ...more] = site.arguments;
  const isPlain = (one: TSESTree.ObjectLiteralElement): boolean =>
    one.type === 'Property' && !one.computed && /^(?:errorFormat|log|transactionOptions)$/.test(keyName(one) ?? '');
  const isBare = !options || (options.type === 'ObjectExpression' && options.properties.every(isPlain));
  const isMovable = namesModuleOnly(sourceCode, site);
  return isBare && isMovable && more.length === 0 && exportOf(sourceCode, site.callee, driver) !== undefined;
}
