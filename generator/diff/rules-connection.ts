import { NOT_ACTED_UPON } from '../normalize/errors.js';
import type { Contract } from './contract.js';
import { always, byKind, type Rule, type Step, UNTIL, type Verdict } from './rule.js';
import { NOT_KNOWN } from './texts.js';

/** How the provider is reached, and its operations as they are. */
export const CONNECTION_RULES: readonly Rule[] = [
  {
    about: /^client$/,
    judge: ({ after }) =>
      after === 'refunds'
        ? ['harmless', 'the client can now make refunds']
        : ['breaking', 'the client can no longer make refunds: callers of refund() no longer compile'],
  },
  { about: /^operation create$/, judge: create },
  {
    about: /^operation \S+$/,
    judge: byKind({
      added: ['harmless', 'the client can call it'],
      removed: ['breaking', 'the client can no longer call it: callers no longer compile'],
      changed: ['breaking', `it is reached in another way, or called by another name: calls fail ${UNTIL}`],
    }),
  },
  { about: /^answer (\S+)$/, judge: answer },
  {
    about: /^operation \S+ answer (\S+)$/,
    judge: ({ kind, names: [status = ''] }) =>
      kind === 'added' || (kind === 'removed' && !status.startsWith('2'))
        ? ['harmless', 'callers may meet another answer']
        : ['breaking', `what it answers has changed: callers may not find what they read ${UNTIL}`],
  },
  {
    about: /^retrieve$/,
    judge: byKind({
      added: ['harmless', 'refunds can be read by their id'],
      removed: ['breaking', 'refunds can no longer be read by their id: callers no longer compile'],
      changed: ['breaking', `refunds are read in another way: reading them fails ${UNTIL}`],
    }),
  },
  {
    about: /^server$/,
    judge: always(
      'breaking',
      'whether the spec or the caller says where the API is has changed: the configuration of callers no longer compiles',
    ),
  },
  { about: /^server (.+)$/, judge: server },
  { about: /^sign in (.+)$/, asks: 'R041', judge: signIn },
  { about: /^setting (\S+)$/, judge: setting },
];

/**
 * Money rather than breaking: the old path may still answer, by the old meaning, and the new one may be another
 * operation, that the overlay's facts were not written for.
 */
function create({ after, before }: Step): Verdict {
  const route = (text: string): string => text.replace(/ as \w+$/, '');
  if (route(after) === route(before))
    return ['breaking', 'the native method has another name: its callers no longer compile'];
  return ['money', 'refunds are made by another call: see that every fact of the overlay holds for it'];
}

function answer({ contracts, kind, names: [status = ''] }: Step): Verdict {
  if (!/^(?:[45]|default)/.test(status)) {
    return ['money', 'what the provider answers to a refund has changed: outcomes may be read wrongly, or be unknown'];
  }
  const isClear = NOT_ACTED_UPON.includes(Number(status)) || !/^4\d\d$/.test(status);
  if (kind === 'added' && !isClear) {
    const said = contracts.after.facts.find(({ subject }) => subject === `money after ${status}`)?.value;
    const known = said === undefined || said === NOT_KNOWN ? 'is to be known' : `is declared: ${said}`;
    return ['money', `a refund may end in this error: whether money moved then ${known}`];
  }
  if (kind === 'changed') return ['breaking', 'the error is written in another way: its message may not be found'];
  return ['harmless', kind === 'added' ? 'callers may meet another error' : 'the spec no longer lists this error'];
}

function serversOf({ facts }: Contract): number {
  return facts.filter(({ subject }) => subject.startsWith('server ')).length;
}

function server({ contracts, kind, names: [name] }: Step): Verdict {
  if (kind === 'changed') return ['money', `${name} is at another address: refunds go to the old one ${UNTIL}`];
  const [was, is] = [serversOf(contracts.before), serversOf(contracts.after)];
  if (kind === 'removed') return ['breaking', `callers that configure ${name} no longer compile`];
  return was < 2 && is > 1
    ? ['breaking', 'there was one server, and now callers have to name theirs']
    : ['harmless', 'callers can configure it'];
}

function signIn({ contracts, kind }: Step): Verdict {
  const ways = ({ facts }: Contract): readonly string[] =>
    facts.flatMap(({ subject, value }) => (subject.startsWith('sign in ') ? [`${subject} ${value}`] : []));
  const after = ways(contracts.after);
  const keepsAll = ways(contracts.before).every((way) => after.includes(way));
  if (kind === 'added' && keepsAll) return ['harmless', 'there is another way to sign in'];
  return ['breaking', `callers sign in with other credentials: calls fail ${UNTIL} and they have them`];
}

function setting({ after, before, kind }: Step): Verdict {
  if (kind === 'removed') return ['breaking', 'callers that configure it no longer compile'];
  if (kind === 'added') {
    return after.startsWith('required')
      ? ['breaking', 'callers have to configure it']
      : ['harmless', 'callers can configure it'];
  }
  if (after === before.replace('required', 'optional')) return ['harmless', 'it need not be configured'];
  return ['breaking', `it is configured or sent in another way ${UNTIL}`];
}
