import type { Style } from '../text/style.ts';

/** The lines that declare a name of the module. */
export type Declare = (name: string, value: string, annotation: string) => string[];

/** `const pool = new Pool({ … });` at module level. */
export function plainConst({ ends }: Style): Declare {
  return (name, value, annotation) => [`const ${name}${annotation} = ${value}${ends}`];
}
