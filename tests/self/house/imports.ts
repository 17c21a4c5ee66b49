import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The files of the product with the files of ours that each imports, type imports included; paths from the root. */
export type Imports = ReadonlyMap<string, readonly string[]>;
export type Rooms = Readonly<Record<string, readonly string[]>>;

const root = fileURLToPath(new URL('../../..', import.meta.url));
const statement = /(?:from|import)\s*\(?\s*'(\.{1,2}\/[^']+\.ts)'/g;

/** Of all files that git knows, but for self-tests, benchmarks and the mocks of others. */
export function readImports(): Imports {
  const args = ['ls-files', '-co', '--exclude-standard', '*.ts'];
  const listed = execFileSync('git', args, { cwd: root, encoding: 'utf8' }).split('\n');
  const isProduct = /^(schemas|fixtures|tests\/(?!self\/|bench\/))/;
  // A file that was removed and not yet committed is still listed.
  const files = listed.filter((file) => isProduct.test(file) && existsSync(join(root, file)));
  return new Map(
    files.map((file) => {
      const text = readFileSync(join(root, file), 'utf8');
      return [file, [...text.matchAll(statement)].map(([, to = '']) => join(dirname(file), to))];
    }),
  );
}

/** Names of types that two files of the product export: each must mean one thing. The mock shares nothing with us. */
export function sharedTypeNames(imports: Imports): string[] {
  const files = [...imports.keys()].filter((file) => !file.startsWith('fixtures/mock/'));
  const names = files.flatMap((file) => {
    const text = readFileSync(join(root, file), 'utf8');
    return [...text.matchAll(/^export (?:type|interface|class) (\w+)/gm)].map(
      ([, name = '']) => name,
    );
  });
  return names.filter((name, i) => names.indexOf(name) < i);
}

function roomOf(file: string, rooms: Rooms): string {
  const names = Object.keys(rooms).filter((name) => file.startsWith(`${name}/`));
  return names.sort((a, b) => b.length - a.length)[0] ?? '';
}

function forbidden(imports: Imports, rooms: Rooms): string[] {
  return [...imports].flatMap(([file, targets]) => {
    const room = roomOf(file, rooms);
    const allowed = rooms[room] ?? [];
    const may = allowed.length === 0 ? 'nothing of ours' : `only ${allowed.join(', ')}`;
    return targets
      .filter((to) => roomOf(to, rooms) !== room)
      .filter((to) => !allowed.some((name) => to.startsWith(`${name}/`)))
      .map((to) => `${file} imports ${to}: ${room} may import ${may}.`);
  });
}

/** Everything that is wrong with the imports, a sentence each. A file stands one floor above the highest that it imports. */
export function faultsOf(imports: Imports, rooms: Rooms, highest: number): string[] {
  const known = new Map<string, number>();
  const circles = new Set<string>();
  const floorOf = (file: string, path: readonly string[]): number => {
    const at = path.indexOf(file);
    if (at >= 0) circles.add(`${[...path.slice(at), file].join(' → ')}: a circle.`);
    if (at >= 0) return 0;
    const below = imports.get(file) ?? [];
    const floor =
      known.get(file) ?? 1 + Math.max(0, ...below.map((to) => floorOf(to, [...path, file])));
    known.set(file, floor);
    return floor;
  };
  const tooHigh = [...imports.keys()].filter((file) => floorOf(file, []) > highest);
  if (circles.size > 0) return [...circles];
  const floors = tooHigh.map(
    (file) => `${file} stands on floor ${known.get(file)}: expected at most ${highest}.`,
  );
  return [...forbidden(imports, rooms), ...floors];
}
