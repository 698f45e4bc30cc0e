import type { Framework } from './framework.ts';

/** Agenda. Read in agenda 6.2.6: dist/index.d.ts:317; `@hokify/agenda` and `@agendajs/` are its forks (documentation). */
export const agenda: Framework = {
  name: 'Agenda',
  modules: ['agenda', '@hokify/agenda'],
  calls: [
    { what: 'job', names: ['define'], on: { made: ['default', 'Agenda'], types: ['Agenda'], names: ['agenda'] } },
  ],
};
