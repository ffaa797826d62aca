// 提示与结果。
import type { Catalogue } from '../translate.ts';

export const notices: Catalogue = {};
