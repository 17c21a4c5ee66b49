import type { Run } from '../../schemas/files/recording.ts';
import type { Note } from '../../schemas/files/report.ts';
import type { Answer } from '../requirements/answer.ts';
import { excerpt, show } from '../requirements/match/excerpt.ts';
import { evidenceOf } from './evidence.ts';
import { counted } from './text.ts';

/** What was seen in the answers, breaks no rule and is worth knowing. */
export function notesOn(answers: readonly Answer[], run: Run): Note[] {
  const addresses = ['Location', '@odata.context', '@odata.id'].map((name) =>
    otherAddress(name, answers, run),
  );
  return [slow(answers, run), readsMore(answers), madeUpDate(answers), ...addresses].flatMap(
    (note) => note ?? [],
  );
}

function note(text: string, { exchange }: Answer): Note {
  return { text, exchange: evidenceOf(exchange) };
}

function slow(answers: readonly Answer[], { slowMs }: Run): Note | undefined {
  const late = answers.filter(({ exchange }) => exchange.ms > slowMs);
  const [slowest] = late.toSorted((a, b) => b.exchange.ms - a.exchange.ms);
  const count = counted(late.length, 'response');
  return (
    slowest &&
    note(
      `${count} took longer than CONTRACT_SLOW_MS (${slowMs} ms), the slowest ${slowest.exchange.ms} ms`,
      slowest,
    )
  );
}

const texts = ['json-one-text', 'media-types'];

/** RFC 8259 §9: a parser may accept extensions. */
function readsMore(answers: readonly Answer[]): Note | undefined {
  const taken = answers.filter(
    ({ saysCreated, requestCase: { kind, requirement = '' } }) =>
      saysCreated && kind === 'probe' && texts.includes(requirement),
  );
  const [first] = taken;
  const kinds = [...new Set(taken.map(({ requestCase }) => requestCase.why))].sort();
  return first && note(`reads more than JSON: ${kinds.join(', ')}`, first);
}

/** No clause says which date an object has where none was sent. */
function madeUpDate(answers: readonly Answer[]): Note | undefined {
  const made = answers.find(
    ({ saysCreated, sentDate, object }) =>
      saysCreated && sentDate === null && (object?.deletedDateTime ?? null) !== null,
  );
  return (
    made && note(`gives a date where none was sent: ${show(made.object?.deletedDateTime)}`, made)
  );
}

/** The real service's Location does differ, and a gateway may pass another Host. */
function otherAddress(name: string, answers: readonly Answer[], run: Run): Note | undefined {
  const addressIn = (answer: Answer) => {
    const value = name === 'Location' ? answer.header(name)[0] : answer.object?.[name];
    const { url } = answer.request;
    const isAddress = typeof value === 'string' && answer.isSuccess && URL.canParse(value, url);
    return isAddress ? new URL(value, url).href : undefined;
  };
  const given = answers.filter((answer) => addressIn(answer) !== undefined);
  const other = given.filter((answer) => !addressIn(answer)?.startsWith(`${run.baseUrl}/`));
  const [first] = other;
  if (first === undefined) return undefined;
  const share = `${other.length} of ${counted(given.length, 'answer')}`;
  const address = excerpt(addressIn(first) ?? '');
  return note(`${name} is not below ${run.baseUrl} in ${share}: ${address}`, first);
}
