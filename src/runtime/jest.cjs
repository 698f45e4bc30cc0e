'use strict';

// For jest, in a file of `setupFilesAfterEnv`:
//
//     const { assertNoLeaks } = require('eslint-plugin-pool/jest');
//     afterEach(assertNoLeaks);
//
// Jest's own `require` cannot load ES modules, and loads them for each test file anew: Node's `require` loads the runtime,
// once for the process. Jest has a `process` of its own, too.
const { createRequire } = require('node:vm').runInThisContext('process').getBuiltinModule('node:module');
const { assertNoLeaks, install, prepare } = createRequire(__filename)('./testing.js');

prepare();
module.exports = { assertNoLeaks, install };
