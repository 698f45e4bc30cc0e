import { describe, expect, it } from 'vitest';
import { isUsersOwn, Origin, originAbove, siteOf, Stacks, traceOf } from '../../src/runtime/stacks.ts';

function capture(stacks: Stacks): Origin | undefined {
  return stacks.capture(capture);
}

const count = (stacks: Stacks, times: number): number =>
  Array.from({ length: times }, () => capture(stacks)).filter((one) => one !== undefined).length;

describe('stacks', () => {
  it('are taken for 128 checkouts in a step of the clock, and again in the next', () => {
    const stacks = new Stacks();
    expect(count(stacks, 300)).toBe(128);
    stacks.refill();
    expect(count(stacks, 300)).toBe(128);
  });

  it('are taken more often while something looks lost, but not without end', () => {
    const stacks = new Stacks();
    stacks.isArmed = true;
    expect(count(stacks, 5000)).toBe(1024);
  });

  it.for([
    ['always', 300],
    ['never', 0],
  ] as const)('are taken %s where the policy says so', ([when, taken]) => {
    const stacks = new Stacks();
    stacks.when = when;
    expect(count(stacks, 300)).toBe(taken);
  });

  it('leave the limit of the program as it is', () => {
    const { stackTraceLimit } = Error;
    capture(new Stacks());
    expect(Error.stackTraceLimit).toBe(stackTraceLimit);
  });
});

function originOf(stack: string): Origin {
  return Object.assign(new Origin(), { stack });
}

describe('the line of a stack', () => {
  it('is the caller', () => {
    expect(siteOf(capture(new Stacks()))).toMatch(/^test\/runtime\/stacks\.test\.ts:\d+:\d+$/);
  });

  it('is the first one outside of libraries and Node', () => {
    const origin = originOf(
      [
        'Error',
        '    at Pool.connect (/app/node_modules/pg-pool/index.js:45:11)',
        '    at new Promise (<anonymous>)',
        '    at process.processTicksAndRejections (node:internal/process/task_queues:95:5)',
        '    at async findOrder (file:///app/src/my%20orders.ts:12:18)',
      ].join('\n'),
    );
    expect(siteOf(origin)).toBe('/app/src/my orders.ts:12:18');
    expect(isUsersOwn(origin)).toBe(false);
  });

  it('is one of a library where there is no other', () => {
    const origin = originOf('Error\n    at connect (/app/node_modules/pg-boss/src/db.js:45:11)');
    expect(siteOf(origin)).toBe('/app/node_modules/pg-boss/src/db.js:45:11');
  });

  it('is written from the working directory', () => {
    expect(siteOf(originOf(`Error\n    at f (${process.cwd()}/src/a.ts:1:2)`))).toBe('src/a.ts:1:2');
  });

  it('is unknown where no stack was taken', () => {
    expect([siteOf(undefined), traceOf(undefined)]).toEqual([undefined, undefined]);
  });

  it("is the user's own where no library stands between", () => {
    const driver = (): Origin => originAbove(driver);
    expect(isUsersOwn(driver())).toBe(true);
  });
});
