import { testOptions } from './options-table.ts';

const pg = `import { Pool } from 'pg';`;

testOptions('values', pg, {
  'a number': `new Pool({ max: 5 }); //! max: 5`,
  nothing: `new Pool(); //! max: 10 by default; acquire: unbounded by default`,
  'other options': `new Pool({ host: 'db' }); //! max: 10 by default`,
  'a constant': `const MAX = 5; new Pool({ max: MAX }); //! max: 5`,
  'constants of constants': `const A = 5; const B = A; const C = B; new Pool({ max: C }); //! max: 5`,
  'as const': `const MAX = 5 as const; new Pool({ max: MAX }); //! max: 5`,
  satisfies: `const MAX = 5 satisfies number; new Pool({ max: MAX }); //! max: 5`,
  'an assertion': `new Pool({ max: <number>5 }); //! max: 5`,
  'not null': `const MAX = 5; new Pool({ max: MAX! }); //! max: 5`,
  'an imported constant': `import { MAX } from './config'; new Pool({ max: MAX }); //! max: open`,
  'a declared constant': `declare const MAX: number; new Pool({ max: MAX }); //! max: open`,
  shorthand: `const max = 5; new Pool({ max }); //! max: 5`,
  'a name of an inner scope': `const max = 5; function f(max) { return new Pool({ max }); } //! max: open`,
  zero: `new Pool({ max: 0 }); //! max: 10`,
  'a condition': `new Pool({ max: isProd ? 50 : 5 }); //! max: 5 | 50`,
  'a condition with an unknown side': `new Pool({ max: isProd ? size() : 5 }); //! max: 5 | ?`,
  'a template': 'new Pool({ max: `5` }); //! max: 5',
  text: `new Pool({ max: '5' }); //! max: 5`,
  'a word': `new Pool({ max: 'many' }); //! max: unbounded`,
  Infinity: `new Pool({ max: Infinity }); //! max: unbounded`,
  'Number.POSITIVE_INFINITY': `new Pool({ max: Number.POSITIVE_INFINITY }); //! max: unbounded`,
  'Number.MAX_SAFE_INTEGER': `new Pool({ max: Number.MAX_SAFE_INTEGER }); //! max: 9007199254740991`,
  NaN: `new Pool({ max: NaN }); //! max: 10`,
  'Number.NaN': `new Pool({ max: Number.NaN }); //! max: 10`,
  null: `new Pool({ max: null }); //! max: 10`,
  undefined: `new Pool({ max: undefined }); //! max: 10`,
  void: `new Pool({ max: void 0 }); //! max: 10`,
  true: `new Pool({ max: true }); //! max: open`,
  negative: `new Pool({ max: -1 }); //! max: none`,
  'a fraction': `new Pool({ max: 2.5 }); //! max: 3`,
  'a bigint': `new Pool({ max: 5n }); //! max: open`,
  separators: `new Pool({ connectionTimeoutMillis: 5_000 }); //! acquire: 5000; connect: 5000`,
  'an own Infinity': `function f(Infinity) { return new Pool({ max: Infinity }); } //! max: open`,
});

testOptions('arithmetic', pg, {
  'a product': `new Pool({ idleTimeoutMillis: 30 * 1000 }); //! idle: 30000`,
  'with separators': `new Pool({ idleTimeoutMillis: 60_000 * 5 }); //! idle: 300000`,
  'with constants': `const SECOND = 1000; new Pool({ idleTimeoutMillis: 30 * SECOND }); //! idle: 30000`,
  'a power': `new Pool({ idleTimeoutMillis: 2 ** 31 }); //! idle: at once`,
  'below the power': `new Pool({ idleTimeoutMillis: 2 ** 31 - 1 }); //! idle: 2147483647`,
  'an exponent': `new Pool({ idleTimeoutMillis: 1e3 }); //! idle: 1000`,
  'a quotient': `new Pool({ max: 20 / 4 }); //! max: 5`,
  'with something unknown': `new Pool({ max: cpus().length * 2 }); //! max: open`,
  'either of two': `new Pool({ max: (isProd ? 10 : 1) * 2 }); //! max: 2 | 20`,
  'by zero': `new Pool({ max: 1 / 0 }); //! max: unbounded`,
  'Math.max': `new Pool({ max: Math.max(1, n) }); //! max: open`,
  texts: `new Pool({ max: '1' + '0' }); //! max: open`,
});

testOptions('the environment', pg, {
  itself: `new Pool({ max: process.env.MAX }); //! max: 10 | ?`,
  'not null': `new Pool({ max: +process.env.MAX! }); //! max: open`,
  'with ??': `new Pool({ max: process.env.MAX ?? '20' }); //! max: 20 | ?`,
  'with ||': `new Pool({ max: process.env.MAX || 20 }); //! max: 20 | ?`,
  parseInt: `new Pool({ max: parseInt(process.env.MAX ?? '20', 10) }); //! max: 20 | ?`,
  'parseInt, ||': `new Pool({ max: parseInt(process.env.MAX || '20') }); //! max: 20 | ?`,
  'Number.parseInt': `new Pool({ max: Number.parseInt(process.env.MAX ?? '20', 10) }); //! max: 20 | ?`,
  Number: `new Pool({ max: Number(process.env.MAX) }); //! max: open`,
  'Number, ||': `new Pool({ max: Number(process.env.MAX) || 20 }); //! max: 20 | ?`,
  'parseInt of something unknown, ||': `new Pool({ max: parseInt(config.max, 10) || 20 }); //! max: 20 | ?`,
  'Number of either': `new Pool({ max: Number(process.env.MAX ?? 20) }); //! max: 20 | ?`,
  '+': `new Pool({ max: +(process.env.MAX ?? 20) }); //! max: 20 | ?`,
  'zero without it': `new Pool({ connectionTimeoutMillis: Number(process.env.T) || 0 }); //! acquire: ? | unbounded`,
  'a condition': `new Pool({ connectionTimeoutMillis: process.env.T ? Number(process.env.T) : 0 }); //! acquire: ? | unbounded`,
  'in a constant': `const max = process.env.MAX ? parseInt(process.env.MAX, 10) : 20; new Pool({ max }); //! max: 20 | ?`,
  brackets: `new Pool({ max: process.env['MAX'] ?? 20 }); //! max: 20 | ?`,
  'a part': `const { MAX = '20' } = process.env; new Pool({ max: MAX }); //! max: 20 | ?`,
  'a part without a default': `const { MAX } = process.env; new Pool({ max: MAX ?? 20 }); //! max: 20 | ?`,
  'another name': `const env = process.env; new Pool({ max: env.MAX ?? 20 }); //! max: 20 | ?`,
  imported: `import { env } from 'node:process'; new Pool({ max: env.MAX ?? 20 }); //! max: 20 | ?`,
  'import.meta': `new Pool({ max: import.meta.env.MAX ?? 20 }); //! max: 20 | ?`,
  'an env of the user': `import { env } from './env'; new Pool({ max: env.MAX }); //! max: open`,
  'an env inside something else': `import { config } from './config'; new Pool({ max: config.env.MAX }); //! max: open`,
  zod: `const env = z.object({ MAX: z.coerce.number().default(20) }).parse(process.env); new Pool({ max: env.MAX }); //! max: open`,
  'a config module': `import config from 'config'; new Pool({ max: config.get('db.max') }); //! max: open`,
  'an own helper': `const int = (name, fallback) => Number(process.env[name] ?? fallback); new Pool({ max: int('MAX', 0) }); //! max: open`,
  'an own helper called toString': `const toString = (a) => a; new Pool({ max: toString('5') }); //! max: open`,
  hexadecimal: `new Pool({ max: parseInt('0x10', 16) }); //! max: 16`,
  binary: `new Pool({ max: parseInt('101', 2) }); //! max: 5`,
  'another radix, unknown': `new Pool({ max: parseInt('10', radix) }); //! max: open`,
  'cut off': `new Pool({ max: parseInt(5.9) }); //! max: 5`,
  'a fallback of a number': `new Pool({ max: 5 ?? 0 }); //! max: 5`,
  'a fallback of a constant': `const max = 5; new Pool({ max: max || 0 }); //! max: 5`,
  'a fallback of zero': `const max = 0; new Pool({ max: max || 7 }); //! max: 7`,
  'a fallback of zero with ??': `const max = 0; new Pool({ connectionTimeoutMillis: max ?? 7 }); //! acquire: unbounded`,
  'guarded by itself': `const n = Number(process.env.T ?? '0'); new Pool({ connectionTimeoutMillis: n ? n : 5000 }); //! acquire: 5000 | ?`,
  'guarded by a comparison': `const n = Number(process.env.T ?? '0'); new Pool({ connectionTimeoutMillis: n > 0 ? n : 5000 }); //! acquire: 5000 | ?`,
  'guarded by isNaN': `const n = Number(process.env.T ?? NaN); new Pool({ connectionTimeoutMillis: isNaN(n) ? 5000 : n }); //! acquire: 5000 | ?`,
});

testOptions('variables', pg, {
  'reassigned before': `let max = 0; max = 5; new Pool({ max }); //! max: 5`,
  'reassigned after': `let max = 5; new Pool({ max }); max = 0; //! max: 5`,
  'reassigned in a branch': `let max = 5; if (isProd) { max = 50; } new Pool({ max }); //! max: 5 | 50`,
  'reassigned where it is zero': `let max = Number(process.env.T ?? 0); if (!max) max = 5; new Pool({ connectionTimeoutMillis: max }); //! acquire: open`,
  'reassigned in a function': `let max = 0; export function init() { max = 5; } new Pool({ connectionTimeoutMillis: max }); //! acquire: open`,
  'given no value': `let max; if (isProd) max = 50; new Pool({ max }); //! max: 50 | ?`,
  'reassigned, or the end': `let max = 0; if (process.env.T) { max = 5; } else { throw new Error(); } new Pool({ connectionTimeoutMillis: max }); //! acquire: open`,
  'reassigned by a switch': `let max = 0; switch (env) { case 'a': max = 5; break; default: throw new Error(); } new Pool({ connectionTimeoutMillis: max }); //! acquire: open`,
  'reassigned later than a callback': `let max = 5; app.listen(() => new Pool({ max })); max = 10; //! max: open`,
  'of a try': `let max = 5; try { max = read(); } catch {} new Pool({ max }); //! max: 5 | ?`,
  'made of itself': `let config = { max: 5 }; config = { ...config, host: 'db' }; new Pool(config); //! max: 5`,
  'a default beside what is known': `const { max = 5 } = { host: 'db' }; new Pool({ max }); //! max: 5`,
  counted: `let max = 0; max++; new Pool({ max }); //! max: open`,
  'added to': `let max = 5; max += 5; new Pool({ max }); //! max: open`,
  'given once in a try': `let max = 0; try { max = 5; new Pool({ max }); } catch {} //! max: 5`,
  'of a loop': `const sizes = [1, 2]; for (const max of sizes) new Pool({ max }); //! max: open`,
  'of a counting loop': `for (let max = 1; max < 5; max++) new Pool({ max }); //! max: open`,
  'destructured into': `let max = 5; ({ max } = options); new Pool({ max }); //! max: open`,
  'a part of what is known': `const config = { max: 5, host: 'db' }; const { max } = config; new Pool({ max }); //! max: 5`,
  'a part of what is not': `const { max = 5 } = options; new Pool({ max }); //! max: 5 | ?`,
  'a part with another name': `const config = { size: 5 }; const { size: max } = config; new Pool({ max }); //! max: 5`,
  'a part of a part': `const config = { db: { max: 5 } }; const { db } = config; new Pool({ max: db.max }); //! max: 5`,
  'the rest': `const { host, ...rest } = { host: 'db', max: 5 }; new Pool(rest); //! max: open`,
  'of a list': `const [max] = [5]; new Pool({ max }); //! max: open`,
  'an enum': `enum Size { Max = 5 } new Pool({ max: Size.Max }); //! max: open`,
});

testOptions('parameters', pg, {
  'a default': `export function make(max = 5) { return new Pool({ max }); } //! max: 5 | ?`,
  'no default': `export function make(max) { return new Pool({ max }); } //! max: open`,
  'a default that is replaced': `export function make(max = 0) { max = max || 5; return new Pool({ connectionTimeoutMillis: max }); } //! acquire: open`,
  'a default in a pattern': `export function make({ max = 5 } = {}) { return new Pool({ max }); } //! max: 5 | ?`,
  'calls in view': `function make(max = 0) { return new Pool({ connectionTimeoutMillis: max }); } //! acquire: 5000
make(5000);`,
  'several calls in view': `function make(max) { return new Pool({ max }); } //! max: 5 | 7
make(5); make(7);`,
  'a call without it': `function make(max = 9) { return new Pool({ max }); } //! max: 5 | 9
make(5); make();`,
  'called from elsewhere, too': `export function make(max = 9) { return new Pool({ max }); } //! max: 9 | ?
make(5);`,
  'given away': `function make(max = 9) { return new Pool({ max }); } //! max: 9 | ?
sizes.map(make);`,
  'options merged, called from elsewhere': `export function make(options = {}) { const config = { max: 5, ...options }; return new Pool(config); } //! max: open`,
  'options merged, the last word': `export function make(options = {}) { return new Pool({ ...options, max: 5 }); } //! max: 5`,
  'options merged, calls in view': `function make(options = {}) { return new Pool({ max: 5, ...options }); } //! max: 7
make({ max: 7 });`,
  'options merged, some without': `function make(options = {}) { return new Pool({ max: 5, ...options }); } //! max: 5 | 7
make({ max: 7 }); make();`,
  'options themselves, calls in view': `function make(options) { return new Pool(options); } //! max: 7
make({ max: 7 });`,
  'options changed': `function make(options) { options.max = 9; return new Pool(options); } //! max: 9
make({ max: 7 });`,
  'an arrow': `const make = (options) => new Pool({ max: 5, ...options }); //! max: 7
make({ max: 7 });`,
  'spread arguments': `function make(max = 0) { return new Pool({ connectionTimeoutMillis: max }); } //! acquire: open
make(...list);`,
  'of a method': `export class A { make(options) { return new Pool({ max: 5, ...options }); } } //! max: open`,
  'called by many': `function make(max) { return new Pool({ max }); } //! max: open
make(1); make(2); make(3); make(4); make(5); make(6);`,
  'called through another': `function make(max) { return new Pool({ max }); } //! max: 5
const both = (size) => make(size);
both(5);`,
  'called at once': `((max) => new Pool({ max }))(5); //! max: open`,
  recursive: `function make(options) { make(options); return new Pool(options); } //! max: open`,
});
