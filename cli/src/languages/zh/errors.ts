// 错误信息。
import type { Catalogue } from '../translate.ts';

export const errors: Catalogue = {};
