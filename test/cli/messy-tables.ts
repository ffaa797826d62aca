// Tables as people have them, each with a mess of its own, made from a counter. No test: what the tests of tables share.

/** A table's file, and the column to predict. */
export interface MessyTable {
  readonly file: string;
  readonly content: string | Uint8Array;
  readonly target: string;
  /** What training says about it. */
  readonly notice?: RegExp;
}

const rows = (count: number, row: (i: number, u: number, v: number) => string): string =>
  Array.from({ length: count }, (_, i) => row(i, ((i * 37) % 101) / 101, ((i * 53) % 89) / 89)).join('');

const comma = (value: number, digits = 2) => value.toFixed(digits).replace('.', ',');

/** `1.234,50` */
const euros = (value: number) => `${Math.floor(value / 1000)}.${comma(value % 1000).padStart(6, '0')}`;

/** A date some days after the beginning of 2023. */
const date = (days: number) => new Date(Date.UTC(2023, 0, 1 + days)).toISOString().slice(0, 10);

export const messyTables: readonly MessyTable[] = [
  {
    file: 'semicolons.csv',
    target: 'Preis',
    content: `Fläche;Zimmer;Preis\n${rows(120, (i, u, v) => `${comma(30 + 90 * u)};${1 + (i % 5)};${euros(1000 + 40 * u * (1 + (i % 5)) + 9 * v)}\n`)}`,
  },
  {
    file: 'excel.csv',
    target: 'class',
    content: `\uFEFF"width","note","class"\r\n${rows(90, (i, u) => `${u.toFixed(3)},"${i % 3 === 0 ? 'a ""quoted""\r\nnote, long' : 'short'}",${u > 0.5 ? 'wide' : 'narrow'}\r\n`)}`,
  },
  {
    file: 'chinese.tsv',
    target: '类别',
    content: `花瓣长度\t城市\t类别\n${rows(90, (i, u) => `${(7 * u).toFixed(1)}\t${['北京', '上海', '广州'][i % 3]}\t${u > 0.4 ? '甲' : '乙'}\n`)}`,
  },
  {
    file: 'dates.csv',
    target: 'sales',
    content: `day,at,open,sales\n${rows(150, (i, _, v) => `${date(i)},${date(i)}T${String(i % 24).padStart(2, '0')}:30:00Z,${i % 7 === 0 ? 'False' : 'True'},${(100 + i + 5 * v).toFixed(2)}\n`)}`,
  },
  {
    file: 'missing.csv',
    target: 'ill',
    notice: /"age" has \d+ missing values, filled with the training mean .*, and an input of its own says where/,
    content: `age,sex,dose,ill\n${rows(200, (i, u, v) => `${i % 10 < 3 ? '' : Math.round(80 * u)},${i % 10 > 6 ? 'NA' : i % 2 ? 'f' : 'm'},${(i * 7) % 10 < 3 ? '?' : v.toFixed(2)},${u > 0.6 ? 'yes' : 'no'}\n`)}`,
  },
  {
    file: 'constant.csv',
    target: 'y',
    notice: /"version" is the same in every training row, so nothing can be learned from it/,
    content: `version,x,y\n${rows(80, (_, u) => `7,${u.toFixed(3)},${(3 * u - 1).toFixed(4)}\n`)}`,
  },
  {
    file: 'identifiers.csv',
    target: 'churned',
    notice: /"customer_id" has another value in every training row.*left out/,
    content: `customer_id,email,visits,churned\n${rows(100, (i, u) => `${90_000 + i},user${i}@example.org,${Math.round(30 * u)},${u < 0.3 ? 1 : 0}\n`)}`,
  },
  {
    file: 'categories.csv.gz',
    target: 'bought',
    notice: /"article" has 2000 categories: the 63 commonest are inputs of their own, all others one together/,
    content: `article,price,bought\n${rows(3000, (i) => `A${i < 2000 ? i : i % 40},"1,${100 + ((i * 77) % 900)}.${i % 10}0",${(i < 2000 ? (i * 77) % 900 > 450 : i % 40 < 20) ? 'yes' : 'no'}\n`)}`,
  },
];
