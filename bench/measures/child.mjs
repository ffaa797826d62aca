// The process of a measure: prints what `child(argument)` of a module gives, as one line of JSON.
// usage: node bench/measures/child.mjs MODULE_URL ARGUMENT_JSON
const [, , url, argument] = process.argv;
const { child } = await import(url);
const result = await child(JSON.parse(argument));
process.stdout.write(`${JSON.stringify(result)}\n`, () => process.exit(0));
