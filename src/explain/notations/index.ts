export { mazur } from './mazur.ts';
export { nielsen } from './nielsen.ts';
