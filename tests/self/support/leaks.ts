import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { inflateRawSync } from 'node:zlib';

/** The secret in every form in which it could be written down: as it is, in a URL, in hex, in base64 at each alignment. */
function formsOf(secret: string): string[] {
  const aligned = [0, 1, 2].flatMap((shift) => {
    const encoded = Buffer.from(`${'x'.repeat(shift)}${secret}`)
      .toString('base64')
      .replace(/=+$/, '')
      .slice(shift + 1, -2);
    return [encoded, encoded.replaceAll('+', '-').replaceAll('/', '_')];
  });
  return [secret, encodeURIComponent(secret), Buffer.from(secret).toString('hex'), ...aligned];
}

/**
 * Where any of the secrets stands in a folder: in files, inside zips, and in the zip that
 * Playwright's html report carries as base64. Out: path and the form that was found.
 */
export function leaksIn(folder: string, secrets: readonly string[]): string[] {
  const forms = secrets.flatMap(formsOf);
  return filesIn(folder).flatMap((path) => leaksInBytes(path, pad(readFileSync(path)), forms));
}

/** The same for what a run printed. */
export function leaksInText(name: string, text: string, secrets: readonly string[]): string[] {
  return leaksInBytes(name, pad(Buffer.from(text)), secrets.flatMap(formsOf));
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
  const inside = bytes.readUInt32LE(0) === 0x04034b50 ? unzipped(bytes) : embedded(bytes);
  return [
    ...found,
    ...inside.flatMap(([entry, content]) => leaksInBytes(`${name}!${entry}`, pad(content), forms)),
  ];
}

/** The text with what escapes a character, once or nested, undone, and without what breaks a line or widens a character. */
function undone(bytes: Buffer): string {
  const characterOf = (hex: string, base = 16) => String.fromCharCode(Number.parseInt(hex, base));
  return bytes
    .toString('latin1')
    .replace(/\\+u([\da-f]{4})/gi, (_, hex) => characterOf(hex))
    .replace(/%(?:25)*([\da-f]{2})/gi, (_, hex) => characterOf(hex))
    .replace(/&(?:amp;)*#x([\da-f]{1,4});/gi, (_, hex) => characterOf(hex))
    .replace(/&(?:amp;)*#(\d{1,5});/g, (_, decimal) => characterOf(decimal, 10))
    .replace(/\\+[rn]|[\r\n\0]/g, '');
}

function embedded(bytes: Buffer): [string, Buffer][] {
  return [
    ...bytes.toString('latin1').matchAll(/data:application\/zip;base64,([A-Za-z0-9+/=]+)/g),
  ].flatMap(([, data = '']) => unzipped(Buffer.from(data, 'base64')));
}

/** The entries of a zip, by its central directory. */
function unzipped(zip: Buffer): [string, Buffer][] {
  const entries: [string, Buffer][] = [];
  let at = zip.readUInt32LE(zip.lastIndexOf(Buffer.from('PK\x05\x06')) + 16);
  while (zip.readUInt32LE(at) === 0x02014b50) {
    const [method, size, nameLength] = [
      zip.readUInt16LE(at + 10),
      zip.readUInt32LE(at + 20),
      zip.readUInt16LE(at + 28),
    ];
    const local = zip.readUInt32LE(at + 42);
    const start = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28);
    const data = zip.subarray(start, start + size);
    entries.push([
      zip.subarray(at + 46, at + 46 + nameLength).toString(),
      method === 0 ? data : inflateRawSync(data),
    ]);
    at += 46 + nameLength + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32);
  }
  return entries;
}

/** Long enough to look for a signature in. */
function pad(bytes: Buffer): Buffer {
  return bytes.length < 4 ? Buffer.concat([bytes, Buffer.alloc(4)]) : bytes;
}
