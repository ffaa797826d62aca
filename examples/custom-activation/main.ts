// A network with an activation and a layer from outside the library: checked, trained, and explained like any other.
import { adam, dense, evaluate, fit, network } from 'chainrule';
import { explain, gradcheck, renderText } from 'chainrule/explain';
import { bentIdentity } from './bent-identity.ts';
import { gain } from './gain.ts';

/** The area of a table from the logarithms of its length and width: what a product looks like to a network. */
const inputs = Array.from({ length: 100 }, (_, i) => [
  Math.log(1 + (i % 10) / 5),
  Math.log(1 + Math.floor(i / 10) / 5),
]);
const targets = inputs.map(([length, width]) => [Math.exp(length + width)]);

export async function run() {
  const net = network([gain(), dense(6, bentIdentity), gain(bentIdentity), dense(1)], { input: 2, seed: 1 });
  const check = gradcheck(net);
  const { network: trained } = await fit(
    net,
    { inputs, targets },
    { optimizer: adam({ learningRate: 0.01 }), epochs: 200 },
  );
  const { loss } = evaluate(trained, { inputs, targets });
  const batch = { inputs: [inputs[11]], targets: [targets[11]] };
  const derivation = explain(trained, { ...batch, of: ['layers.1.delta[0]', 'layers.0.weight.grad[1]'] });
  return { check, loss, trained, batch, derivation, text: renderText(derivation) };
}

if (process.argv[1]?.endsWith('main.ts')) {
  const { check, loss, text } = await run();
  console.log(
    `gradient check: ${check.passed ? 'passed' : 'failed'}, largest error ${check.largest.error.toExponential(1)}`,
  );
  console.log(`loss after training: ${loss.toFixed(5)}\n`);
  console.log(text);
}
