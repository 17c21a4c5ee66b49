import { type Rewrite, withHeader, withJson, without } from './rewrite.ts';

/** The response as the service's error: status, code and nothing of the success. */
export function failing(code: number, name: string): Rewrite {
  return (response) => ({
    ...withJson(
      withHeader(without(response, 'Location', 'Allow'), 'Content-Type', 'application/json'),
      { error: { code: name, message: `Answered ${code} by a defect.` } },
    ),
    status: code,
  });
}

export const crash = failing(500, 'InternalServerError');
export const refuse = failing(400, 'BadRequest');
