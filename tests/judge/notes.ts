import { redacted } from '../../fixtures/recording/redaction.ts';
import { isCreate, type Run } from '../../schemas/files/recording.ts';
import type { Note } from '../../schemas/files/report.ts';
import type { Answer } from '../requirements/answer.ts';
import { isMisread } from '../requirements/match/instants.ts';
import { excerpt, show } from '../requirements/match/json.ts';
import { evidenceOf } from './evidence.ts';
import { counted } from './text.ts';

export function notesOn(answers: readonly Answer[], run: Run): Note[] {
  const found: Note[] = [];
  const add = (first: Answer | undefined, text: (first: Answer) => string) => {
    if (first) found.push({ text: text(first), exchange: evidenceOf(first.exchange) });
  };
  const ms = ({ exchange }: Answer) => exchange.ms;
  const late = answers
    .filter((each) => each.status && ms(each) > run.slowMs)
    .sort((a, b) => ms(b) - ms(a));
  add(late[0], (slowest) => {
    const count = counted(late.length, 'response');
    return `${count} took longer than CONTRACT_SLOW_MS (${run.slowMs} ms), the slowest ${ms(slowest)} ms`;
  });
  const probes = answers.filter((each) => each.saysCreated && each.requestCase.kind === 'probe');
  // RFC 8259 §9: a parser may accept extensions.
  const extended = probes.filter(
    (each) =>
      ['json-one-text', 'media-types'].includes(each.requestCase.requirement ?? '') &&
      !isMisread(each),
  );
  const kinds = [...new Set(extended.map(({ requestCase }) => requestCase.why))].sort();
  add(extended[0], () => `reads more than JSON: ${kinds.join(', ')}`);
  const referenced = answers.find(
    ({ requestCase, isSuccess }) => isSuccess && requestCase.requirement === 'reference-probe',
  );
  const isTaken = answers.some((each) => isCreate(each.requestCase) && each.isSuccess);
  add(referenced, () => `takes references${isTaken ? ', too' : ', no objects'}`);
  // No clause says which date an object has where none was sent.
  const dateIn = ({ object }: Answer) => object?.deletedDateTime ?? undefined;
  const made = probes.find((each) => each.sentDate === null && dateIn(each) !== undefined);
  add(made, (answer) => `gives a date where none was sent: ${show(dateIn(answer))}`);
  const placeIn = ({ exchange: { response } }: Answer) =>
    response?.headers.find(([, value]) => value.includes(redacted))?.[0] ??
    (response?.body.includes(redacted) ? 'the body' : '');
  add(answers.find(placeIn), (answer) => `sends the token back: in ${excerpt(placeIn(answer))}`);
  for (const name of ['Location', '@odata.context', '@odata.id']) {
    const given = answers.flatMap((each) => {
      const address = addressIn(each, name);
      return address === undefined ? [] : [{ each, address }];
    });
    const other = given.filter(({ address }) => !address.startsWith(`${run.baseUrl}/`));
    const share = `${other.length} of ${counted(given.length, 'answer')}`;
    const where = `${name} is not below ${run.baseUrl} in ${share}`;
    add(other[0]?.each, () => `${where}: ${excerpt(other[0]?.address ?? '')}`);
  }
  return found;
}

/** The real service's Location does differ, and a gateway may pass another Host. */
function addressIn({ isSuccess, location, object, request }: Answer, name: string) {
  if (!isSuccess || name === 'Location') return isSuccess ? location : undefined;
  const value = object?.[name];
  const isAddress = typeof value === 'string' && URL.canParse(value, request.url);
  return isAddress ? new URL(value, request.url).href : undefined;
}
