import type { LimitOption } from '../driver.ts';

/** The options of one driver as they stand inside another's: `connection` of drizzle, `extra` of TypeORM. */
export const within = (path: string, options: readonly LimitOption[], when?: LimitOption['when']): LimitOption[] =>
  options.map((each) => ({
    ...each,
    option: `${path}.${each.option}`,
    ...(each.also && { also: each.also.map((name) => `${path}.${name}`) }),
    ...(each.needs && { needs: { ...each.needs, option: `${path}.${each.needs.option}` } }),
    ...(when && { when }),
  }));
