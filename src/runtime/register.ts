import { register } from './install.ts';

/** `node --import eslint-plugin-pool/register app.js`, or `-r`: guards every supported driver without a line of code. */
register();
