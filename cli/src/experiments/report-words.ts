// The words of the experiments' report that are not the experiments' own.
import type { Text } from '#experiments';

export const reportWords = {
  title: { en: 'The experiments of Nielsen’s book', zh: 'Nielsen 一书中的实验' },
  subtitle: {
    en: 'Neural Networks and Deep Learning, run again with chainrule',
    zh: '《神经网络与深度学习》，用 chainrule 重做',
  },
  intro: {
    en: 'Each experiment asks one question. Figures are over several seeds, beside the one that the book prints: a published accuracy is a single run’s, and a lucky one’s, so the best of ours may be at most 0.1 points below it and the median at most 0.6. Charts show the seed in the middle.',
    zh: '每个实验提一个问题。数值来自多个随机种子，旁边是书中印出的数值：书中的准确率是单次运行、而且是运气好的那次，所以允许最好的一次至多低 0.1 个百分点，中位数至多低 0.6 个百分点。图中画的是居中的那个种子。',
  },
  quickIntro: {
    en: 'These are quick runs, on fewer digits for fewer epochs: they show the same patterns, not the book’s figures.',
    zh: '这些是快速运行，数字更少、轮次更少：显示的是同样的规律，而不是书中的数值。',
  },
  overview: { en: 'Overview', zh: '总览' },
  experiment: { en: 'experiment', zh: '实验' },
  figure: { en: 'figure', zh: '指标' },
  chapter: { en: 'chapter', zh: '章' },
  best: { en: 'best', zh: '最好' },
  value: { en: 'value', zh: '数值' },
  median: { en: 'median', zh: '中位数' },
  spread: { en: 'least to most', zh: '最小到最大' },
  published: { en: 'in the book', zh: '书中' },
  setting: { en: 'setting', zh: '设置' },
  data: { en: 'data', zh: '数据' },
  seeds: { en: 'seeds', zh: '种子数' },
  claims: { en: 'claims that hold', zh: '成立的结论' },
  command: { en: 'command', zh: '命令' },
  time: { en: 'time for a seed', zh: '每个种子用时' },
  computed: { en: 'computed by', zh: '运行环境' },
  threads: { en: 'threads: ', zh: '线程数：' },
  none: { en: 'Not run yet', zh: '尚未运行' },
  noneNote: {
    en: 'No results are there of these; "chainrule experiment run ID" makes them.',
    zh: '这些实验还没有结果；用 "chainrule experiment run ID" 运行。',
  },
  untold: { en: 'too few seeds to tell', zh: '种子太少，无法判断' },
} satisfies Readonly<Record<string, Text>>;
