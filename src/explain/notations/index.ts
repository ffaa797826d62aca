export { indexed } from './indexed.ts';
export { mazur } from './mazur.ts';
export { ng } from './ng.ts';
export { nielsen } from './nielsen.ts';
export { residual } from './residual.ts';
export { xigua } from './xigua.ts';
