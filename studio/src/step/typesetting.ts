// The library's typesetting of formulas, fetched when the first formula is wanted: it is as large as the rest of the view.
let loaded: Promise<typeof import('chainrule/explain/html')> | undefined;

export async function typesetting() {
  loaded ??= import('chainrule/explain/html');
  try {
    return await loaded;
  } catch (error) {
    // The next formula tries again.
    loaded = undefined;
    throw error;
  }
}
