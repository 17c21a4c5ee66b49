import { crash, failing } from './defects/failing.ts';
import { accepting, type Change, onCreate, onRefusal, onUsers, when } from './defects/on.ts';
import { bare, status, withHeader, without } from './defects/rewrite.ts';
import { type Mutant, mutant } from './mutant.ts';

const TOKEN_REASONS = ['no-token', 'wrong-scheme', 'wrong-token'] as const;

const sameHead: Change = (response, request) => {
  const [, sent = ''] = (request.headers.authorization ?? '').split(/ +/);
  const head = request.token.slice(0, request.token.length / 2);
  return sent.startsWith(head) ? request.accept() : response;
};

const accept: Change = (_, request) => request.accept();

function sameText(given: string | undefined, other: string): boolean {
  return given?.toLowerCase() === other.toLowerCase();
}

export const tokens: Mutant[] = [
  mutant('no-token-accepted', 'A request without a token creates.', () => accepting('no-token')),
  mutant('no-token-accepted-on-users', 'On /users a request without a token creates.', () =>
    onUsers(accepting('no-token')),
  ),
  mutant('wrong-token-accepted', 'Any token creates.', () => accepting('wrong-token')),
  mutant('token-tail-ignored', 'Only the first half of a token counts.', () =>
    onRefusal(['wrong-token'], sameHead),
  ),
  mutant('token-case-ignored', 'The letter case of a token does not count.', () =>
    onRefusal(
      ['wrong-token'],
      when(({ headers, token }) => sameText(headers.authorization, `Bearer ${token}`), accept),
    ),
  ),
  mutant('scheme-ignored', 'The right token creates under any scheme.', () =>
    accepting('wrong-scheme'),
  ),
  mutant('token-never-accepted', 'Even the right token is refused.', () =>
    onCreate((a) =>
      withHeader(failing(401, 'InvalidAuthenticationToken')(a), 'WWW-Authenticate', 'Bearer'),
    ),
  ),
  mutant('no-token-403', 'Refused tokens are answered with 403.', () =>
    onRefusal(TOKEN_REASONS, status(403)),
  ),
  mutant('no-token-200', 'A request without a token is answered with 200 and an error body.', () =>
    onRefusal(['no-token'], status(200)),
  ),
  mutant('no-token-500', 'A request without a token is answered with 500.', () =>
    onRefusal(['no-token'], crash),
  ),
  mutant('no-token-redirect', 'A request without a token is sent to a sign-in page.', () =>
    onRefusal(['no-token'], (a) => bare(withHeader(a, 'Location', '/login'), 302)),
  ),
  mutant('no-challenge', 'A 401 has no WWW-Authenticate.', () =>
    onRefusal(TOKEN_REASONS, (a) => without(a, 'WWW-Authenticate')),
  ),
  mutant('challenge-basic', 'A 401 asks for a user name and password.', () =>
    onRefusal(TOKEN_REASONS, (a) => withHeader(a, 'WWW-Authenticate', 'Basic realm="mock"')),
  ),
];
