import type { Rows } from '../rows.ts';

export const rows: Rows = {
  repeated: {
    'a message on Discord': {
      what: 'event listener',
      code: `import { Client } from 'discord.js';
const client = new Client({ intents: [] });
client.on('messageCreate', async (message) => { new Pool(); });`,
    },
    'a command on Telegram': {
      what: 'command handler',
      code: `import { Telegraf } from 'telegraf';
const bot = new Telegraf('token');
bot.command('add', async (ctx) => { new Pool(); });`,
    },
    'a text on Telegram': {
      what: 'command handler',
      code: `const TelegramBot = require('node-telegram-bot-api');
const bot = new TelegramBot('token');
bot.onText(/add/, async (message) => { new Pool(); });`,
    },
    'a command of Slack': {
      what: 'command handler',
      code: `import { App } from '@slack/bolt';
const app = new App({ token: 'x' });
app.command('/add', async ({ ack }) => { new Pool(); });`,
    },
    'a command file': {
      what: 'command',
      path: 'src/commands/add.js',
      code: `const { SlashCommandBuilder } = require('discord.js');
module.exports = { data: new SlashCommandBuilder(), async execute(interaction) { new Pool(); } };`,
    },
    'a command file, exported': {
      what: 'command',
      path: 'src/commands/add.ts',
      code: `import { SlashCommandBuilder } from 'discord.js';
export default { data: new SlashCommandBuilder(), async execute(interaction) { new Pool(); } };`,
    },
  },
  once: {
    'a bot that is ready': {
      code: `import { Client } from 'discord.js';
const client = new Client({ intents: [] });
client.once('ready', () => { new Pool(); });`,
    },
    'another client': {
      code: `const client = createSomething();
client.on('ready', () => { new Pool(); });`,
    },
  },
};
