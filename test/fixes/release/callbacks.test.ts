import { describe, expect, it } from 'vitest';
import { countReports, repaired } from '../repaired.ts';

const rule = 'require-release';
const file = (body: string): string =>
  `import { Pool } from 'pg';\nconst pool = new Pool();\nexport function load(input, callback) {\n${body}}\n`;

const nested = (first: string, second: string): string =>
  file(`  pool.connect((error, client, done) => {
    if (error) return callback(error);
    client.query('SELECT 1', (error1, found) => {
${first}
      client.query('SELECT 2', (error2) => {
${second}
        done();
        callback(null, found);
      });
    });
  });
`);

describe('ways out of callbacks', () => {
  it('give back before they leave', () => {
    const output = repaired(
      rule,
      nested(
        '      if (error1) return callback(error1);',
        '        if (error2) {\n          callback(error2);\n          return;\n        }',
      ),
    );
    expect(output).toBe(
      nested(
        '      if (error1) {\n        done();\n        return callback(error1);\n      }',
        '        if (error2) {\n          done();\n          callback(error2);\n          return;\n        }',
      ),
    );
    expect(countReports(rule, output)).toBe(0);
  });

  it('are left alone in a transaction', () => {
    const code = nested('      if (error1) return callback(error1);', '        if (error2) return callback(error2);');
    const open = code.replace("'SELECT 1'", "'BEGIN'");
    expect(repaired(rule, open)).toBe(open);
  });

  it('are left alone where the name means something else', () => {
    const code = nested('      if (error1) { const done = 1; return callback(done); }', '        check();');
    expect(repaired(rule, code)).toBe(code);
  });
});

describe('promise chains', () => {
  const chain = (links: string): string =>
    file(`  return pool.connect().then((client) => {\n    return client.query('SELECT 1')${links};\n  });\n`);

  it('give back on both sides', () => {
    const output = repaired(
      rule,
      chain('.then((found) => {\n      client.release();\n      return found.rows;\n    })'),
    );
    expect(output).toBe(chain('.then((found) => {\n      return found.rows;\n    }).finally(() => client.release())'));
    expect(countReports(rule, output)).toBe(0);
  });

  it('get the release that is nowhere', () => {
    expect(repaired(rule, chain('.then((found) => found.rows)'))).toBe(
      chain('.then((found) => found.rows).finally(() => client.release())'),
    );
  });

  it('are left alone where the link waits for the pool to end', () => {
    const code = chain('.then(() => {\n      client.release();\n      return pool.end();\n    })');
    expect(repaired(rule, code)).toBe(code);
  });

  it('are left alone in a transaction', () => {
    const code = chain(".then(() => client.query('COMMIT'))").replace("'SELECT 1'", "'BEGIN'");
    expect(repaired(rule, code)).toBe(code);
  });
});
