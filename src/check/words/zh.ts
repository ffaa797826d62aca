// 简体中文。
import type { CheckWords } from './words.ts';

export const zh: CheckWords = {
  name: 'zh',
  title: '练习批改',
  verdicts: { right: '正确', rounding: '舍入', follows: '沿用', wrong: '错误' },
  meanings: {
    right: '在所写的精度内正确',
    rounding: '只差在末几位：笔误，或过早舍入',
    follows: '沿用了前面的错误数值，但规则正确，不再扣分',
    wrong: '按正确的规则，由前面的数值得不到这个结果',
  },
  columns: { quantity: '量', given: '所填', expected: '正确值', verdict: '批改' },
  headings: { marks: '批改结果', causes: '错在哪里', conventions: '记法约定' },
  score: ({ right, rounding, follows, wrong }, total, blank) => {
    const parts = [
      `${right} 个正确`,
      ...(rounding > 0 ? [`${rounding} 个舍入不当`] : []),
      ...(follows > 0 ? [`${follows} 个沿用前错`] : []),
      `${wrong} 个错误`,
    ];
    return `共 ${total} 个：${parts.join('，')}${blank > 0 ? `；另有 ${blank} 个未填` : ''}。`;
  },
  points: (points, total) => `得分 ${points} / ${total}`,
  allRight: '全部正确。',
  noCause: '原因不明',
  wouldBe: (quantity, given, expected, carried) =>
    `${carried ? '由前面所填的数值，' : ''}${quantity} 应为 ${expected}，而所填的是 ${given}。`,
  alternatives: (ids) => `仅凭这张练习，无法与以下错误区分：${ids}。`,
  alsoAt: (quantities, more) => `同样的错误还出现在 ${quantities}${more > 0 ? ` 等 ${more} 处` : ''}。`,
  slips: {
    sign: ({ quantity, given, expected }) => `${quantity} 的正负号写反了：应为 ${expected}，而不是 ${given}。`,
    'decimal-point': ({ quantity, given, expected }) =>
      `${quantity} 的小数点移了位：应为 ${expected}，而不是 ${given}。`,
    'swapped-digits': ({ quantity, given, expected }) =>
      `${quantity} 中相邻的两个数字写颠倒了：应为 ${expected}，而不是 ${given}。`,
    'wrong-digit': ({ quantity, given, expected }) =>
      `${quantity} 中有一个数字写错了：应为 ${expected}，而不是 ${given}。`,
  },
  hiddenSlip: ({ quantity, given, expected, right }) =>
    `如果没有写在练习上的 ${quantity} 取了 ${given}，所填的数值就全都说得通。按规则 ${quantity} = ${right}，它应为 ${expected}：错出在这里，后面的只是沿用。`,
  unexplained: ({ quantity, given, expected, right }) =>
    `没有已知的错误能解释 ${quantity} = ${given}。规则是 ${quantity} = ${right}，结果为 ${expected}；请重新核对这一个数的计算过程。`,
  conventions: {
    'delta-negated': '残差 δ 把负号提到了外面（δ = −∂C/∂z）。这是约定不同，不算错误。',
    'gradients-negated': '梯度写成了下降方向（−∂C/∂w），更新时相加。这是约定不同，不算错误。',
    thresholds: '偏置写成了阈值（θ = −b）。这是约定不同，不算错误。',
    'sums-without-threshold': '带权输入没有减去阈值（只写 Σ w x，激活时再减 θ）。这是约定不同，不算错误。',
    'weights-transposed': '权重矩阵按 [来自, 指向] 排列。这是排列方式不同，不算错误。',
    'samples-as-columns': '样本按列排列，而不是按行。这是排列方式不同，不算错误。',
  },
  after: (steps, symbol) => `${steps} 步之后的 ${symbol}`,
  follows: (value) => `沿用应得：${value}`,
  student: (name) => `姓名：${name}`,
  ofClass: {
    title: '全班批改结果',
    sheets: (count) => `共 ${count} 份`,
    commonest: '最常见的错误',
    perStudent: '各人的错误',
    mistake: '错误',
    count: '人数',
    students: '姓名',
    student: '姓名',
    points: '得分',
  },
};
