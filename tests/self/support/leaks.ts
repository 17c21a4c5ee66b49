import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { inflateRawSync } from 'node:zlib';

/** The secret in every form in which it could be written down: as it is, in a URL, in hex, in base64 at each alignment. */
function formsOf(secret: string): string[] {
  const aligned = [0, 1, 2].flatMap((shift) => {
    const whole = Buffer.from(`${'x'.repeat(shift)}${secret}`).toString('base64');
    const encoded = whole.replace(/=+$/, '').slice(shift + 1, -2);
    return [encoded, encoded.replaceAll('+', '-').replaceAll('/', '_')];
  });
  return [secret, encodeURIComponent(secret), Buffer.from(secret).toString('hex'), ...aligned];
}

/** Where any of the secrets stands in a folder: in files, in zips, and in zips as base64. Out: path and form. */
export function leaksIn(folder: string, secrets: readonly string[]): string[] {
  const forms = secrets.flatMap(formsOf);
  return filesIn(folder).flatMap((path) => leaksInBytes(path, readFileSync(path), forms));
}

/** The same for what a run printed. */
export function leaksInText(name: string, text: string, secrets: readonly string[]): string[] {
  return leaksInBytes(name, Buffer.from(text), secrets.flatMap(formsOf));
}

function filesIn(folder: string): string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    return statSync(path).isDirectory() ? filesIn(path) : [path];
  });
}

function leaksInBytes(name: string, bytes: Buffer, forms: readonly string[]): string[] {
  const plain = undone(bytes);
  const found = forms
    .filter((form) => bytes.includes(form) || plain.includes(form))
    .map((form) => `${name}: ${form.slice(0, 12)}…`);
  const inside = bytes.subarray(0, 4).equals(local) ? unzipped(bytes) : embedded(bytes);
  return [
    ...found,
    ...inside.flatMap(([entry, content]) => leaksInBytes(`${name}!${entry}`, content, forms)),
  ];
}

/** The text with what escapes a character, once or nested, undone, and without what breaks a line or widens a character. */
function undone(bytes: Buffer): string {
  const characterOf = (_: string, hex: string) => String.fromCharCode(Number.parseInt(hex, 16));
  return bytes
    .toString('latin1')
    .replace(/\\+u([\da-f]{4})/gi, characterOf)
    .replace(/%(?:25)*([\da-f]{2})/gi, characterOf)
    .replace(/&(?:amp;)*#x([\da-f]{1,4});/gi, characterOf)
    .replace(/&(?:amp;)*#(\d{1,5});/g, (_, code) => String.fromCharCode(Number(code)))
    .replace(/\\+[rn]|[\r\n\0]/g, '');
}

function embedded(bytes: Buffer): [string, Buffer][] {
  const zips = bytes.toString('latin1').matchAll(/data:application\/zip;base64,([A-Za-z0-9+/=]+)/g);
  return [...zips].flatMap(([, data = '']) => unzipped(Buffer.from(data, 'base64')));
}

/** What the entries of a zip begin with, in its central directory and where they stand. */
const [central, local] = [Buffer.from('PK\x01\x02'), Buffer.from('PK\x03\x04')];

/** The entries of a zip, by its central directory. */
function unzipped(zip: Buffer): [string, Buffer][] {
  const entries: [string, Buffer][] = [];
  let at = zip.readUInt32LE(zip.lastIndexOf(Buffer.from('PK\x05\x06')) + 16);
  while (zip.subarray(at, at + 4).equals(central)) {
    const [size, offset] = [zip.readUInt32LE(at + 20), zip.readUInt32LE(at + 42)];
    const nameEnd = at + 46 + zip.readUInt16LE(at + 28);
    const begin = offset + 30 + zip.readUInt16LE(offset + 26) + zip.readUInt16LE(offset + 28);
    const data = zip.subarray(begin, begin + size);
    const isPacked = zip.readUInt16LE(at + 10) !== 0;
    entries.push([zip.toString('utf8', at + 46, nameEnd), isPacked ? inflateRawSync(data) : data]);
    at = nameEnd + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32);
  }
  return entries;
}
