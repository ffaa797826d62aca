// Sheets to begin with: filled in, each with something to find.
import closingFigures from '../../../examples/closing-figures.csv?raw';

/** The examples, in the order they are offered. */
export const exampleSheets = ['closing', 'derivative', 'carried', 'direction'] as const;
export type ExampleSheet = (typeof exampleSheets)[number];

/** The hidden layer's errors without the derivative of its activation, and all that follows from them. */
const derivative = `# network: example:mazur
# learning rate: 0.5
# notation: mazur
quantity,value
net_h1,0.3775
out_h1,0.593270
out_h2,0.596884
out_o1,0.751365
out_o2,0.772928
E_total,0.298371
δ_o1,0.138499
δ_o2,-0.038098
δ_h1,0.036350
δ_h2,0.041370
dE/dw5,0.082167
dE/dw1,0.001818
w5+,0.358916
w1+,0.149091
`;

/** Two digits of out_h1 swapped; everything after it follows from the slip. */
const carried = `# network: example:mazur
# notation: mazur
net_h1 = 0.3775
net_h2 = 0.3925
out_h1 = 0.539270
out_h2 = 0.596884
net_o1 = 1.084306
net_o2 = 1.197921
out_o1 = 0.747308
out_o2 = 0.768155
E_total = 0.296419
`;

/** Uphill instead of downhill, on a sheet in Chinese. */
const direction = `# 网络：example:mazur
# 学习率：0.5
# 姓名：李明
量,值
out_o1,0.751365
out_o2,0.772928
δ_o1,0.138499
dE/dw5,0.082167
dE/dw6,0.082668
dE/dw7,-0.022603
w5+,0.441084
w6+,0.491334
w7+,0.488699
`;

/** An example's text. */
export const exampleText: Readonly<Record<ExampleSheet, string>> = {
  closing: closingFigures,
  derivative,
  carried,
  direction,
};
