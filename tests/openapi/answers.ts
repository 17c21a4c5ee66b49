import { errorRequirements } from '../requirements/errors.ts';
import { platformRequirements } from '../requirements/platform.ts';
import type { Judged } from '../requirements/requirement.ts';

type Json = Readonly<Record<string, unknown>>;

/** A response header by the requirement that judges it. */
function header(id: string, schema: Json, example: string): Json {
  const judged = [...platformRequirements, ...errorRequirements].find((each) => each.id === id);
  if (judged === undefined) throw new Error(`${id} is no requirement about a header`);
  return { description: `${capital(judged.text)} (${id}).`, schema, example };
}

const text = { type: 'string', minLength: 1 };

/** The headers of answers. None is required here: the page names none but Content-Type. */
export const headers: Readonly<Record<string, Json>> = {
  Location: header(
    'location',
    { type: 'string', format: 'uri-reference' },
    'https://graph.microsoft.com/v1.0/directoryObjects/98b7e341-e341-98b7-41e3-b79841e3b798',
  ),
  'OData-Version': header('odata-version', { enum: ['4.0', '4.01'] }, '4.0'),
  'request-id': header('request-id', text, '2d2a4ee8-6d2e-4b2c-9d0b-3c1f5a7e9b10'),
  'client-request-id': header('client-request-id', text, '2d2a4ee8-6d2e-4b2c-9d0b-3c1f5a7e9b10'),
  'WWW-Authenticate': header('unauthorized-challenge', text, 'Bearer realm=""'),
};

/** Codes as the service has been seen to give them, or the nearest in its style; clients must take any. */
const codes: Readonly<Record<number, string>> = {
  400: 'BadRequest',
  401: 'InvalidAuthenticationToken',
  403: 'Authorization_RequestDenied',
  404: 'Request_ResourceNotFound',
  415: 'UnsupportedMediaType',
  422: 'UnprocessableEntity',
};

/** The response with this status: what it refuses, by which requirements, and the service's error body. */
export function refusal(status: number, refused: readonly Judged[]): Json {
  const names = ['OData-Version', 'request-id', 'client-request-id'];
  if (status === 401) names.push('WWW-Authenticate');
  const code = codes[status];
  if (code === undefined) throw new Error(`no error code is known for the status ${status}`);
  return {
    description: `${refused.map((each) => `${capital(each.text)} (${each.id}).`).join(' ')} The page has no error section: this is the service's general one.`,
    headers: Object.fromEntries(
      names.map((name) => [name, { $ref: `#/components/headers/${name}` }]),
    ),
    content: {
      'application/json': {
        schema: { $ref: '#/components/schemas/error' },
        example: { error: { code, message: `The request was refused with ${status}.` } },
      },
    },
  };
}

function capital(text: string): string {
  return `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`;
}
