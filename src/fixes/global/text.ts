import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import type { Creation } from '../../analysis/model.ts';
import { keyName } from '../../ast/property-name.ts';
import type { Declare } from '../hoist/eager.ts';
import { namesModuleOnly } from '../hoist/twin.ts';
import { typeOfMade } from '../hoist/type.ts';
import { freeModuleName, prefixed } from '../module-level/name.ts';
import { quoted } from '../text/quote.ts';
import { exportOf } from '../driver-imports/export.ts';
import type { Style } from '../text/style.ts';

type SourceCode = Readonly<TSESLint.SourceCode>;

/** A development server loads this file again when it changes: it is one of Next.js. */
export function isReloaded({ ast }: SourceCode, filename: string): boolean {
  const isImported = ast.body.some((one) => one.type === 'ImportDeclaration' && /^next(?:\/|$)/.test(one.source.value));
  return (
    isImported ||
    /(?:^|[\\/])(?:pages[\\/]api[\\/].*|app[\\/](?:.*[\\/])?(?:route|page|layout))\.[cm]?[jt]sx?$/.test(filename)
  );
}

/** The lines that keep a value on `globalThis` outside of production. */
export function globalConst(sourceCode: SourceCode, creation: Creation, style: Style): Declare {
  const { ends } = style;
  return (name, value, annotation) => {
    const store = freeModuleName(sourceCode, prefixed('globalFor', name));
    const type = annotation.replace(/^:\s*/, '') || typeOfMade(sourceCode, creation);
    if (!style.isTyped || type !== undefined) {
      const cast = style.isTyped ? ` as unknown as { ${name}?: ${type} }` : '';
      return [
        `const ${store} = globalThis${cast}${ends}`,
        `const ${name}${annotation} = ${store}.${name} ?? ${value}${ends}`,
        assignment(sourceCode, `${store}.${name}`, name, ends),
      ];
    }
    const make = freeModuleName(sourceCode, prefixed('make', name));
    return [
      `const ${make} = () => ${value}${ends}`,
      `const ${store} = globalThis as unknown as { ${name}?: ReturnType<typeof ${make}> }${ends}`,
      `const ${name} = ${store}.${name} ?? ${make}()${ends}`,
      assignment(sourceCode, `${store}.${name}`, name, ends),
    ];
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
