import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** The token and the user that every recipe knows. */
export const known = {
  token: 'mock-token-of-the-recipe',
  userId: '0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0',
};

/** How a mock is set up: `first` as its users begin, `recipe` to conform as far as it can. */
export type Setup = 'first' | 'recipe';

/** Where a mock may write, and the port it is to listen on. */
export interface Place {
  readonly folder: string;
  readonly port: number;
}

export interface Mock {
  /** Names its report folder too. */
  readonly name: string;
  /** The package in mocks/package.json that pins it. */
  readonly package: string;
  /** A program that must be on the machine. */
  readonly needs?: string;
  /** The command, run in mocks/, and its environment beside PATH and HOME. */
  readonly start: (
    setup: Setup,
    place: Place,
  ) => { readonly command: readonly string[]; readonly env?: Readonly<Record<string, string>> };
  /** What the recipe does, and what no recipe could. */
  readonly recipe: string;
  readonly cannot: string;
}

export const here = fileURLToPath(new URL('.', import.meta.url));
const description = fileURLToPath(new URL('../schemas/openapi.json', import.meta.url));
const bin = (name: string) => `${here}node_modules/.bin/${name}`;

/** The description as Prism needs it, written where Prism is started. */
function describedForPrism(setup: Setup, { folder }: Place): string {
  const path = `${folder}/prism.json`;
  const args = [`${here}prism/describe.js`, setup];
  writeFileSync(path, execFileSync(process.execPath, args, { input: readFileSync(description) }));
  return path;
}

const prism = (...options: string[]): Pick<Mock, 'package' | 'start'> => ({
  package: '@stoplight/prism-cli',
  start: (setup, place) => ({
    command: [
      bin('prism'),
      'mock',
      ...options,
      '--port',
      String(place.port),
      describedForPrism(setup, place),
    ],
  }),
});

const program = (folder: string): Pick<Mock, 'start'> => ({
  start: (setup, { port }) => ({
    command: [process.execPath, `${here}${folder}/${setup}.js`],
    env: { PORT: String(port), TOKEN: known.token, USER_ID: known.userId },
  }),
});

/** The mocks that the suite runs against, in the order of the table; mocks/notes.md says more of each. */
export const mocks: readonly Mock[] = [
  {
    name: 'Prism, static',
    ...prism(),
    recipe:
      'prism/describe.js recipe: context and metadata parameter, the one user as a path of its own, other methods and paths described with their refusals',
    cannot:
      'It responds from the description alone: no value of the request comes back, each response is the same, any bearer token is accepted, and a malformed body is refused before the description is asked.',
  },
  {
    name: 'Prism, dynamic',
    ...prism('--dynamic'),
    recipe: 'the same; the format of id gives each response another, and a constant date is one',
    cannot: 'The same, but for the ids.',
  },
  {
    name: 'Mockoon CLI',
    package: '@mockoon/cli',
    start: (setup, { folder, port }) => ({
      command: [
        bin('mockoon-cli'),
        'start',
        '--data',
        setup === 'first' ? description : `${here}mockoon/recipe.json`,
        '--port',
        String(port),
        '--hostname',
        '127.0.0.1',
        '--disable-log-to-file',
        '--disable-admin-api',
        '--disable-external-refs',
      ],
      // It makes a folder for logs there, even with its log switched off.
      env: { HOME: folder },
    }),
    recipe: 'mockoon/recipe.json: rules with JSON Schemas, templates, a guard route in front',
    cannot:
      'It puts U+FFFD in place of bytes that are not UTF-8: the recipe refuses that character, and so a client that really sends it. An id with characters that a header may not hold loses its Location.',
  },
  {
    name: 'WireMock',
    package: 'wiremock',
    needs: 'java',
    start: (setup, { port }) => ({
      command: [
        bin('wiremock'),
        '--port',
        String(port),
        '--bind-address',
        '127.0.0.1',
        '--root-dir',
        `${here}wiremock/${setup}`,
        ...(setup === 'recipe'
          ? ['--global-response-templating', '--use-chunked-encoding', 'never']
          : []),
      ],
    }),
    recipe:
      'wiremock/recipe: seven stubs by priority, response templating, a pattern and a JSON Schema for the body',
    cannot:
      'It compares a path as it was sent: to it, a user id that is percent-encoded is another user. Its JSON parser is lenient: a pattern in the recipe refuses comments, single quotes, names without quotes and bytes that are not UTF-8 (and so U+FFFD itself), but not a comma or a bracket behind the object.',
  },
  {
    name: 'MSW',
    package: 'msw',
    ...program('msw'),
    recipe:
      'msw/recipe.js, served by @mswjs/http-middleware: handlers for token, user and media type in front, for other methods and paths behind',
    cannot: 'Nothing: it is a program.',
  },
  {
    name: 'Express, by hand',
    package: 'express',
    ...program('express'),
    recipe:
      'express/recipe.js: a check of the token, of the media type and of the body, one error handler',
    cannot: 'Nothing: it is a program.',
  },
];
