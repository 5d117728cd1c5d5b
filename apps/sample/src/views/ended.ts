import { html } from 'hono/html';
import type { Ending, FailReason } from '../session.ts';
import { type Icon, icon } from './icons.ts';
import { type Html, outside, page } from './layout.ts';
import type { SessionView } from './session.ts';

interface Words {
  readonly badge: string;
  readonly icon: Icon;
  readonly title: string;
  readonly text: string;
  /** What to do next. */
  readonly next: string;
}

const endings: Readonly<Record<Exclude<Ending, 'confirmed' | 'failed'>, Words>> = {
  declined: {
    badge: 'Declined',
    icon: 'cross',
    title: 'The request was declined',
    text: 'Nothing was shared.',
    next: 'If that was not what you wanted, start again. You can share less than is asked for.',
  },
  cancelled: {
    badge: 'Cancelled',
    icon: 'cross',
    title: 'The request was cancelled',
    text: 'Nothing was shared.',
    next: 'Start again whenever you like.',
  },
  expired: {
    badge: 'Expired',
    icon: 'clock',
    title: 'The request has expired',
    text: 'Nobody decided in time. Nothing was shared.',
    next: 'Start again: you get a new code, and the old one no longer works.',
  },
};

const failures: Readonly<Record<FailReason, Pick<Words, 'text' | 'next'>>> = {
  gone: { text: 'Didit does not know this request any more.', next: 'Start again: you get a new code.' },
  refused: { text: 'Didit refused to say how it ended.', next: 'Start again. If it fails once more, write to us.' },
  unusable: {
    text: 'Didit’s answer could not be understood, so it was not used.',
    next: 'Start again. If it fails once more, write to us: it is our mistake or Didit’s, and not yours.',
  },
  silence: { text: 'No decision reached us in time.', next: 'Start again: you get a new code.' },
  unfinished: { text: 'This site stopped while it was asking Didit.', next: 'Start again: you get a new code.' },
  locked: { text: 'This request can no longer be followed.', next: 'Start again: you get a new code.' },
};

/** It ended without data: why, and what to do next. */
export function endedPage({ session, version }: SessionView, ending: Exclude<Ending, 'confirmed'>): Html {
  const { badge, icon: sign, title, text, next } = wordsOf(ending, session.reason);
  const announce = `${badge}. ${title}.`;
  return page(
    { title: badge, live: { events: undefined, version, announce, loadsAgain: false } },
    html`<p class="state bad">${icon(sign)} ${badge}</p>
      <h1 tabindex="-1">${title}</h1>
      <p class="lead">${text}</p>
      <h2>What to do next</h2>
      <p>${next}</p>
      <p class="actions"><a class="button" href="/">Start again</a></p>
      ${session.reference === '' ? '' : html`<p class="soft small">Reference: ${outside(session.reference)}</p>`}`,
  );
}

function wordsOf(ending: Exclude<Ending, 'confirmed'>, reason: FailReason = 'unusable'): Words {
  if (ending !== 'failed') return endings[ending];
  const { text, next } = failures[reason];
  return {
    badge: 'Failed',
    icon: 'alert',
    title: 'The verification failed',
    text: `${text} Nothing was confirmed.`,
    next,
  };
}
