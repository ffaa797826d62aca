// Values as JavaScript literals that stay literals wherever the module is put, inside a page's script element too.

/** A value as JSON in which no text ends a script element or a line. */
export function literal(value: unknown): string {
  const escaped = (character: string) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
  return JSON.stringify(value).replaceAll(/[<>\u2028\u2029]/g, escaped);
}

/** Bytes as base64. */
export function base64(bytes: Uint8Array): string {
  const pieces: string[] = [];
  for (let at = 0; at < bytes.length; at += 0x6000)
    pieces.push(btoa(String.fromCharCode(...bytes.subarray(at, at + 0x6000))));
  return pieces.join('');
}
