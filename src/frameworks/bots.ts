import type { Framework } from './framework.ts';

/** Chat bots: discord.js, telegraf, grammy, node-telegram-bot-api, @slack/bolt. Names from their documentation. */
export const bots: Framework = {
  name: 'bot',
  modules: ['discord.js', 'telegraf', 'grammy', 'node-telegram-bot-api', '@slack/bolt'],
  calls: [
    {
      what: 'event listener',
      names: ['on'],
      on: { made: ['Client', 'Telegraf', 'Bot', 'default'], types: ['Client'], names: ['bot'] },
      first: [
        'messageCreate',
        'messageUpdate',
        'interactionCreate',
        'guildMemberAdd',
        'message',
        'text',
        'callback_query',
      ],
    },
    {
      what: 'command handler',
      names: ['command', 'hears', 'action', 'onText', 'shortcut', 'view', 'event', 'message'],
      on: { made: ['Telegraf', 'Bot', 'Composer', 'App', 'default'], types: ['Telegraf', 'Bot'], names: ['bot'] },
    },
  ],
  files: [
    {
      what: 'command',
      path: '(?:^|/)(?:commands|events)/.*\\.[cm]?[jt]s$',
      imports: true,
      exports: ['execute', 'run'],
      objects: ['default'],
    },
  ],
};
