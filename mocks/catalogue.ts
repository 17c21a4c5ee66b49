/** How a mock is set up: `first` as its users begin, `recipe` to conform as far as it can. */
export const setups = ['first', 'recipe'] as const;
export type Setup = (typeof setups)[number];

/** The token and the user that every recipe knows. */
export const known = {
  token: 'mock-token-of-the-recipe',
  userId: '0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0',
};

export interface Mock {
  /** Names its report folder too. */
  readonly name: string;
  /** The package in mocks/package.json that pins it. */
  readonly package: string;
  /** A program that must be on the machine. */
  readonly needs?: string;
  /**
   * A command for sh in mocks/, with its packages' programs on the path: SETUP, PORT, TOKEN and
   * USER_ID say how it is to answer, FOLDER is where it may write.
   */
  readonly start: string;
  /** What the recipe does, and what no recipe could. */
  readonly recipe: string;
  readonly cannot: string;
}

const prism = (options: string) =>
  `node prism/describe.js $SETUP < ../schemas/openapi.json > $FOLDER/prism.json; prism mock ${options} --port $PORT $FOLDER/prism.json`;

/** The mocks that the suite runs against, in the order of the table; mocks/notes.md says more of each. */
// biome-ignore format: a column a line
export const mocks: readonly Mock[] = [
  {
    name: 'Prism, static',
    package: '@stoplight/prism-cli',
    start: prism(''),
    recipe: 'prism/describe.js recipe: context and metadata parameter, the one user as a path of its own, other methods and paths described with their refusals',
    cannot: 'It responds from the description alone: no value of the request comes back, each response is the same, any bearer token is accepted, and a malformed body is refused before the description is asked.',
  },
  {
    name: 'Prism, dynamic',
    package: '@stoplight/prism-cli',
    start: prism('--dynamic'),
    recipe: 'the same; the format of id gives each response another, and a constant date is one',
    cannot: 'The same, but for the ids.',
  },
  {
    name: 'Mockoon CLI',
    package: '@mockoon/cli',
    // It makes a folder for logs at home, even with its log switched off.
    start: '[ $SETUP = first ] && DATA=../schemas/openapi.json || DATA=mockoon/recipe.json; HOME=$FOLDER mockoon-cli start --data $DATA --port $PORT --hostname 127.0.0.1 --disable-log-to-file --disable-admin-api --disable-external-refs',
    recipe: 'mockoon/recipe.json: rules with JSON Schemas, templates, a guard route in front',
    cannot: 'It puts U+FFFD in place of bytes that are not UTF-8: the recipe refuses that character, and so a client that really sends it. An id with characters that a header may not hold loses its Location.',
  },
  {
    name: 'WireMock',
    package: 'wiremock',
    needs: 'java',
    start: '[ $SETUP = first ] || MORE="--global-response-templating --use-chunked-encoding never"; wiremock --port $PORT --bind-address 127.0.0.1 --root-dir wiremock/$SETUP $MORE',
    recipe: 'wiremock/recipe: seven stubs by priority, response templating, a pattern and a JSON Schema for the body',
    cannot: 'It compares a path as it was sent: to it, a user id that is percent-encoded is another user. Its JSON parser is lenient: a pattern in the recipe refuses comments, single quotes, names without quotes and bytes that are not UTF-8 (and so U+FFFD itself), but not a comma or a bracket behind the object.',
  },
  {
    name: 'MSW',
    package: 'msw',
    start: 'node msw/$SETUP.js',
    recipe: 'msw/recipe.js, served by @mswjs/http-middleware: handlers for token, user and media type in front, for other methods and paths behind',
    cannot: 'Nothing: it is a program.',
  },
  {
    name: 'Express, by hand',
    package: 'express',
    start: 'node express/$SETUP.js',
    recipe: 'express/recipe.js: a check of the token, of the media type and of the body, one error handler',
    cannot: 'Nothing: it is a program.',
  },
];
