// What the page "Create registeredDevices" documents, once: everything but the embedded mock derives from it.

/** How binding a statement is, by where it comes from (docs/verdicts.md). */
export const levels = ['stated', 'shown', 'platform'] as const;
export type Level = (typeof levels)[number];

/** The two documented routes, by the names that CONTRACT_ROUTES and the report give them. */
export const routes = ['me', 'users'] as const;
export type Route = (typeof routes)[number];

/** Where a verdict holds: on one route, or over both. */
export const places = [...routes, 'both'] as const;
export type Place = (typeof places)[number];

/** The only method that the page documents (section "HTTP request"). */
export const method = 'POST';

/** The routes below the service root, as the page writes them (section "HTTP request"). */
export const routeTemplates: Readonly<Record<Route, string>> = {
  me: '/me/registeredDevices/$ref',
  users: '/users/{usersId}/registeredDevices/$ref',
};

/** A route with its method, as the page writes it. */
export const routeTitle: Readonly<Record<Route, string>> = {
  me: `${method} ${routeTemplates.me}`,
  users: `${method} ${routeTemplates.users}`,
};

/** The media type of request and response (sections "Request headers" and "Response"). */
export const mediaType = 'application/json';

/** The status of a create (section "Response"), with its reason phrase. */
export const created = { status: 201, reason: 'Created' } as const;

/** The type annotation of the entity, as the example writes it. */
export const entityType = '#microsoft.graph.directoryObject';

/** The properties that a directoryObject holds (table of required properties, example), with their OData types. */
export const properties = {
  '@odata.type': 'Edm.String',
  id: 'Edm.String',
  deletedDateTime: 'Edm.DateTimeOffset',
} as const;
export const propertyNames = [
  '@odata.type',
  'id',
  'deletedDateTime',
] as const satisfies (keyof typeof properties)[];

const sent = { '@odata.type': entityType, deletedDateTime: '2017-01-01T00:00:34.0507931+03:00' };

/** The example of the page. Its request body is 116 bytes long with CRLF line ends and no final one, as its Content-length says. */
export const example = {
  request: { object: sent, text: JSON.stringify(sent, null, 2).replaceAll('\n', '\r\n') },
  response: {
    object: {
      '@odata.type': entityType,
      id: '98b7e341-e341-98b7-41e3-b79841e3b798',
      deletedDateTime: sent.deletedDateTime,
    },
  },
} as const;
