import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The files of the product with the files of ours that each imports, type imports included; paths from the root. */
export type Imports = ReadonlyMap<string, readonly string[]>;

const statement = /(?:from|import)\s*\(?\s*'(\.{1,2}\/[^']+\.ts)'/g;

/** Reads the imports of all files below `root` that git knows, but for self-tests, benchmarks and the mocks of others. */
export function readImports(root: string): Imports {
  const listed = execFileSync('git', ['ls-files', '-co', '--exclude-standard', '*.ts'], {
    cwd: root,
    encoding: 'utf8',
  });
  const files = listed.split('\n').filter((file) => /^(schemas|fixtures|tests)\//.test(file));
  // A file that was removed and not yet committed is still listed.
  const product = files.filter(
    (file) => !/^tests\/(self|bench)\//.test(file) && existsSync(join(root, file)),
  );
  return new Map(
    product.map((file) => {
      const text = readFileSync(join(root, file), 'utf8');
      return [file, [...text.matchAll(statement)].map(([, to = '']) => join(dirname(file), to))];
    }),
  );
}

/** The room that a file stands in: the longest name that its path begins with. */
function roomOf(file: string, rooms: Readonly<Record<string, readonly string[]>>): string {
  const names = Object.keys(rooms).filter((name) => file.startsWith(`${name}/`));
  return names.sort((a, b) => b.length - a.length)[0] ?? '';
}

/** Imports that no room allows, as sentences that say what it may import. */
export function forbidden(
  imports: Imports,
  rooms: Readonly<Record<string, readonly string[]>>,
): string[] {
  return [...imports].flatMap(([file, targets]) => {
    const room = roomOf(file, rooms);
    const allowed = rooms[room] ?? [];
    return targets
      .filter((to) => roomOf(to, rooms) !== room)
      .filter((to) => !allowed.some((name) => to.startsWith(`${name}/`)))
      .map(
        (to) =>
          `${file} imports ${to}: ${room} may import ${allowed.length === 0 ? 'nothing of ours' : `only ${allowed.join(', ')}`}.`,
      );
  });
}

/** Rows of files in which each imports the next and the last the first; each circle once. */
export function circles(imports: Imports): string[][] {
  const done = new Set<string>();
  const found: string[][] = [];
  const visit = (file: string, path: readonly string[]): void => {
    const at = path.indexOf(file);
    if (at >= 0) found.push(path.slice(at));
    if (at >= 0 || done.has(file)) return;
    for (const to of imports.get(file) ?? []) visit(to, [...path, file]);
    done.add(file);
  };
  for (const file of imports.keys()) visit(file, []);
  return found;
}

/** The floor of each file: one above the highest that it imports. In: imports without circles. */
export function floorsOf(imports: Imports): ReadonlyMap<string, number> {
  const known = new Map<string, number>();
  const floorOf = (file: string): number => {
    const floor =
      known.get(file) ?? 1 + Math.max(0, ...(imports.get(file) ?? []).map((to) => floorOf(to)));
    known.set(file, floor);
    return floor;
  };
  for (const file of imports.keys()) floorOf(file);
  return known;
}

/** Everything that is wrong with the imports, a sentence each. */
export function faultsOf(
  imports: Imports,
  rooms: Readonly<Record<string, readonly string[]>>,
  highest: number,
): string[] {
  const round = circles(imports);
  if (round.length > 0) return round.map((row) => `${row.join(' → ')} → ${row[0]}: a circle.`);
  const tooHigh = [...floorsOf(imports)].filter(([, floor]) => floor > highest);
  return [
    ...forbidden(imports, rooms),
    ...tooHigh.map(
      ([file, floor]) => `${file} stands on floor ${floor}: expected at most ${highest}.`,
    ),
  ];
}
