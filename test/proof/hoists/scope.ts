import type { Scope } from '../generate/scope.ts';

export type Language = 'cjs' | 'js' | 'ts';

/** The module that is being generated. */
export interface Site {
  readonly scope: Scope;
  readonly language: Language;
  /** The driver, the frame and the place of the function, for the statistics. */
  readonly construct: Record<'driver' | 'frame' | 'place' | 'values', string>;
  /** Lines of the module above the function. */
  readonly head: string[];
  readonly imports: Set<string>;
  /** Why what is built must not be shared. */
  readonly unsound: Set<string>;
}

/** An import of a driver, and the words by which its maker is called. */
export function importMaker(site: Site, module: string, name: string, standard: string | undefined): string {
  const { language, imports, scope } = site;
  const { random } = scope;
  const isWhole = standard !== undefined && random.chance(0.3);
  if (language === 'cjs') {
    imports.add(isWhole ? `const ${standard} = require('${module}')` : `const { ${name} } = require('${module}')`);
  } else {
    imports.add(isWhole ? `import ${standard} from '${module}'` : `import { ${name} } from '${module}'`);
  }
  return isWhole ? `${standard}.${name}` : name;
}

export function importOwn(site: Site, names: string, file: string): void {
  site.imports.add(site.language === 'cjs' ? `const ${names} = require('${file}')` : `import ${names} from '${file}'`);
}
