// What the page documents, once: everything but the embedded mock derives from it.

/** How binding a statement is, by where it comes from (docs/verdicts.md). */
export const levels = ['stated', 'shown', 'platform'] as const;
export type Level = (typeof levels)[number];

export const routes = ['me', 'users'] as const;
export type Route = (typeof routes)[number];

export type JudgedRoute = Route | 'both';

export const method = 'POST';

/** Page, section "HTTP request". */
export const routeTemplates: Readonly<Record<Route, string>> = {
  me: '/me/registeredDevices/$ref',
  users: '/users/{usersId}/registeredDevices/$ref',
};

export const mediaType = 'application/json';

export const created = { status: 201, reason: 'Created' } as const;

export const entityType = '#microsoft.graph.directoryObject';

/** Of a directoryObject (page, table of required properties and example). */
export const propertyNames = ['@odata.type', 'id', 'deletedDateTime'] as const;

const sent = { '@odata.type': entityType, deletedDateTime: '2017-01-01T00:00:34.0507931+03:00' };

/** With CRLF line ends the request has 116 bytes, as the page's Content-length says. */
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
