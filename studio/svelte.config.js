// Svelte's own settings: everything is written with runes.
export default { compilerOptions: { runes: true } };
