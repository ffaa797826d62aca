// Bytes out of the text that scripts/wasm.mjs writes them as.

/**
 * The bytes of a text: each character is its place in the alphabet; one of the last two stands before a character and adds
 * once or twice the number of the others to it.
 */
export function bytesOf(text: string, alphabet: string): Uint8Array<ArrayBuffer> {
  const singles = alphabet.length - 2;
  const places = new Uint8Array(128);
  for (let i = 0; i < alphabet.length; i++) places[alphabet.charCodeAt(i)] = i;
  const bytes = new Uint8Array(text.length);
  let length = 0;
  for (let i = 0; i < text.length; i++) {
    const place = places[text.charCodeAt(i)];
    bytes[length++] = place < singles ? place : (place - singles + 1) * singles + places[text.charCodeAt(++i)];
  }
  return bytes.slice(0, length);
}
