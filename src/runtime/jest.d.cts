export { assertNoLeaks, install } from './testing.js' with { 'resolution-mode': 'import' };
