import { crash, failing } from './defects/failing.ts';
import { cut } from './defects/instant.ts';
import { accepting, onCreate, onDate, onProperty, onRefusal, onUsers } from './defects/on.ts';
import { bare, status, without } from './defects/rewrite.ts';
import { type Mutant, mutant } from './mutant.ts';

export const routes: Mutant[] = [
  mutant('users-404', 'The route /users does not exist.', () =>
    onUsers(onCreate(failing(404, 'ResourceNotFound'))),
  ),
  mutant('users-204', 'On /users a create is answered with an empty 204.', () =>
    onUsers(onCreate((a) => bare(a, 204))),
  ),
  mutant('users-200', 'On /users a create is answered with 200.', () =>
    onUsers(onCreate(status(200))),
  ),
  mutant('users-no-type', 'On /users the object has no @odata.type.', () =>
    onUsers(onProperty('@odata.type', () => undefined)),
  ),
  mutant('users-no-content-type', 'On /users a created object has no Content-Type.', () =>
    onUsers(onCreate((a) => without(a, 'Content-Type'))),
  ),
  mutant('users-date-milliseconds', 'On /users the fraction is cut to three digits.', () =>
    onUsers(onDate((date) => cut(date, 3))),
  ),
  mutant('users-malformed-json-500', 'On /users malformed JSON is answered with 500.', () =>
    onUsers(onRefusal(['malformed'], crash)),
  ),
  mutant('missing-date-taken-on-users', 'Only /users accepts a body without deletedDateTime.', () =>
    onUsers(accepting('date-missing')),
  ),
  mutant('me-403', 'The route /me is forbidden.', () => {
    const forbid = onCreate(failing(403, 'Authorization_RequestDenied'));
    return (response, request) => (request.route === 'me' ? forbid(response, request) : response);
  }),
];
