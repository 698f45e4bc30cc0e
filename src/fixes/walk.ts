export { collect, walk } from '../ast/walk.ts';
