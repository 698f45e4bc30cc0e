'use strict';

// For jest, in a file of `setupFilesAfterEnv`:
//
//     const { assertNoLeaks, install } = require('eslint-plugin-pool/jest');
//     install(require('pg'));
//     afterEach(assertNoLeaks);
//
// Jest's own `require` cannot load ES modules, and gives each test file its own copy of a driver: Node's `require` loads the
// runtime, and each file hands its copy over. Jest has a `process` of its own, too.
const { createRequire } = require('node:vm').runInThisContext('process').getBuiltinModule('node:module');

module.exports = createRequire(__filename)('./testing.js');
