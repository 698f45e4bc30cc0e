import { testOptions } from './options-table.ts';

/** HTTP clients: options without a pool. */

testOptions('axios', `import axios, { Axios, create } from 'axios';`, {
  nothing: `axios.create(); //! http: unbounded by default; max: open; connect: open`,
  'an address': `axios.create({ baseURL: 'https://h' }); //! http: unbounded by default`,
  timeout: `axios.create({ timeout: 5000 }); //! http: 5000`,
  'no timeout': `axios.create({ timeout: 0 }); //! http: unbounded`,
  'a text': `axios.create({ timeout: '5000' }); //! http: 5000`,
  Infinity: `axios.create({ timeout: Infinity }); //! http: throws`,
  'too long for a timer': `axios.create({ timeout: 2 ** 32 }); //! http: at once`,
  'options of another file': `import { config } from './config'; axios.create(config); //! http: open`,
  'a spread of another file': `import { config } from './config'; axios.create({ ...config, baseURL: '' }); //! http: open`,
  class: `new Axios({}); //! http: unbounded by default`,
  'class of the default': `new axios.Axios({ timeout: 5000 }); //! http: 5000`,
  'a named function': `create({ timeout: 5000 }); //! http: 5000`,
  CommonJS: `const other = require('axios'); other.create({ timeout: 5000 }); //! http: 5000`,
  'CommonJS, default': `const other = require('axios').default; other.create({}); //! http: unbounded by default`,
  'a field': `class Api { http = axios.create({ timeout: 5000 }); } //! http: 5000`,
  'a client of a client': `const api = axios.create({ timeout: 5000 }); //! http: 5000
    api.create({ baseURL: 'https://h' }); //! 0 built`,
  'no client': `await axios.get('https://h'); //! 0 built`,
});

testOptions('got', `import got from 'got';`, {
  'an address': `got.extend({ prefixUrl: 'https://h' }); //! http: unbounded by default; connect: open`,
  'the whole': `got.extend({ timeout: { request: 5000 } }); //! http: 5000`,
  'at once': `got.extend({ timeout: { request: 0 } }); //! http: at once`,
  'the first byte': `got.extend({ timeout: { response: 5000 } }); //! http: 5000`,
  silence: `got.extend({ timeout: { socket: 5000 } }); //! http: 5000`,
  'a number, in 11': `got.extend({ timeout: 5000 }); //! http: 5000`,
  'Infinity, by version': `got.extend({ timeout: { request: Infinity } }); //! http: open`,
  'options of another file': `import { options } from './options'; got.extend(options); //! http: open`,
  'laid over those of another file': `import { base } from './base'; got.extend(base, { prefixUrl: 'https://h' }); //! http: open`,
  'the other name': `import { got as other } from 'got'; other.extend({ timeout: { request: 5000 } }); //! http: 5000`,
  CommonJS: `const other = require('got'); other.extend({}); //! http: unbounded by default`,
  'a client of a client': `const api = got.extend({ timeout: { request: 5000 } }); //! http: 5000
    api.extend({ prefixUrl: 'https://h' }); //! 0 built`,
  'no client': `await got('https://h'); //! 0 built`,
});
