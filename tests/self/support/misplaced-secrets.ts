import { generateKeyPairSync } from 'node:crypto';

const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });

/** A value of each kind of secret, as it is put into the wrong variable, and the part of it that nobody may see. */
export const misplacedSecrets: Readonly<Record<string, { value: string; hidden: string }>> = {
  'a JWT': whole(`${part({ alg: 'none' })}.${part({ sub: 'canary' })}.Y2FuYXJ5LXNpZ25hdHVyZQ`),
  'a PEM key': whole(privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()),
  'the JSON of a stored sign-in': whole('{"RefreshToken":{"a":{"secret":"0.AcanaryX7"}}}'),
  'a client secret': whole('abc8Q~Zx9canaryB7f3e1d5b9aQmVhcmVyKx2wL0'),
  'an opaque token': whole('q7Rz2XkP9vLm4TnB8sWc1YhJ6dFg3KaE5uQo0ViNxZtCpGyMbHr-eUjSlwDfA2k9'),
  'a URL with a password': {
    value: 'https://ada:canary-Pw7@graph.microsoft.com/v1.0',
    hidden: 'canary-Pw7',
  },
  'a URL with a token in its query': {
    value: 'https://graph.microsoft.com/v1.0?access_token=canaryQ7x',
    hidden: 'canaryQ7x',
  },
};

function whole(value: string): { value: string; hidden: string } {
  return { value, hidden: value };
}

/** Whether a text shows the secret: the whole of it, or twelve characters of it that no other text has. */
export function shows(text: string, hidden: string): boolean {
  if (hidden.length <= 12) return text.toLowerCase().includes(hidden.toLowerCase());
  const parts = Array.from({ length: hidden.length - 11 }, (_, i) => hidden.slice(i, i + 12));
  // A URL's host is written in lower case.
  return parts.some(
    (each) => /[A-Za-z\d]{4}/.test(each) && text.toLowerCase().includes(each.toLowerCase()),
  );
}
