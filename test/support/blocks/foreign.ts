import fc from 'fast-check';
import { webAddress } from '../../../src/draw/profile.ts';
import { DRAW_STATES, type NotOpenState, type Profile, type Winner } from '../../../src/draw/types.ts';
import type { DrawRef } from '../../../src/slack/draw-ref.ts';

/** Texts that would do something in Slack if they were not made literal. */
export const HAZARDS = [
  '<!channel>',
  '<!here|here>',
  '<@U0123456789>',
  'Mug <@W0123456789> and more',
  '<#C0123456789|general>',
  '<https://evil.example|Mug>',
  '<!date^1392734382^{date}^https://evil.example|soon>',
  'https://evil.example/path?a=1&b=2',
  'www.evil.example',
  'evil.com/path',
  'mailto:eve@evil.example',
  '@here and @everyone',
  '#general',
  '*bold*',
  '_italic_ and ~struck~',
  '`code` and ```a block```',
  '> quoted',
  '>>> all of it',
  '• item',
  ':tada: :skin-tone-2:',
  'A &amp; B &lt;C&gt;',
  '<<script>alert(1)</script>>',
  '5 * 3 * 2, snake_case_name, ~ 7',
  'two\nlines\r\nand *bold\nover* lines',
  '\u202eright to left\u202c',
  'e\u0301\u0323'.repeat(30),
  '👩‍👩‍👧‍👦'.repeat(20),
  '𝕏'.repeat(100),
  '(blank)',
  '… and 3 more prizes',
] as const;

const BLANKS = ['', ' ', '\n', '\t \r\n', '\u00a0', '\u2003\u3000', '\ufeff'] as const;

const codeUnits = fc
  .array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 60 })
  .map((units) => String.fromCharCode(...units));
const controls = fc.string({ unit: fc.integer({ min: 0, max: 0x9f }).map((code) => String.fromCharCode(code)) });
const short = fc.oneof(
  fc.constantFrom(...HAZARDS),
  fc.constantFrom(...BLANKS),
  fc.string({ unit: 'grapheme', maxLength: 200 }),
  fc.string({ unit: 'binary', maxLength: 200 }),
  controls,
  codeUnits,
);
const mixed = fc.array(short, { minLength: 2, maxLength: 5 }).map((parts) => parts.join(' '));
const long = fc
  .tuple(short, fc.integer({ min: 2, max: 300 }))
  .map(([text, times]) => text.repeat(times).slice(0, 9000));

/** Whatever a person or another program can write, also what is no text at all (halves of surrogate pairs). */
export const anyText = fc.oneof({ weight: 4, arbitrary: short }, mixed, long);

/** The same as it comes out of Redis, which keeps UTF-8. */
export const storedText = anyText.map((text) => text.toWellFormed());

/** A login that GitHub can have, in lower case. */
export const githubLogin = fc.stringMatching(/^[a-z\d](?:-?[a-z\d]){0,18}$/);

/** A login as another program may have written it. */
export const anyLogin = fc.oneof({ weight: 2, arbitrary: githubLogin }, storedText);

/** An avatar's address, as the draw takes it. */
export const imageAddress = fc
  .oneof(
    githubLogin.map((login) => `https://github.com/${login}.png`),
    fc.webUrl({ withQueryParameters: true, withFragments: true }),
    fc
      .integer({ min: 2900, max: 4000 })
      .map((length) => `https://avatars.example/${'é%20😀'.repeat(length)}`.slice(0, length).toWellFormed()),
    fc.constantFrom('http://127.0.0.1/ü?<"&>', 'https://avatars.example/two words'),
  )
  .filter((address) => webAddress.safeParse(address).success);

export const profile: fc.Arbitrary<Profile> = fc.record({ login: anyLogin, name: storedText, avatarUrl: imageAddress });

export const winner: fc.Arbitrary<Winner> = fc.record({
  prize: storedText,
  login: anyLogin,
  name: storedText,
  image: imageAddress,
  member: fc.option(fc.stringMatching(/^[UW][A-Z0-9]{8,10}$/), { nil: undefined }),
});

/** How many there can be: mostly around the limits of a message, up to 2,000. */
export const count = fc.oneof(
  { weight: 4, arbitrary: fc.integer({ min: 0, max: 3 }) },
  { weight: 4, arbitrary: fc.integer({ min: 45, max: 125 }) },
  fc.integer({ min: 0, max: 2000 }),
);

/** Many items out of a few, so that a long list costs little to generate. */
export function many<T>(item: fc.Arbitrary<T>): fc.Arbitrary<T[]> {
  return fc
    .tuple(fc.array(item, { minLength: 1, maxLength: 6 }), count)
    .map(([some, length]) =>
      Array.from({ length }, (_, index) => some[index % some.length]).filter((one) => one !== undefined),
    );
}

export const state = fc.constantFrom(...DRAW_STATES);

export const notOpenState = fc.constantFrom<NotOpenState>(
  'NO_DRAW',
  'DRAW_CLOSED_NO_ENTRANTS',
  'DRAW_CLOSED_WITH_ENTRANTS',
  'DRAW_WON',
);

/** A channel's ID. */
export const channelId = fc.stringMatching(/^[CG][A-Z0-9]{2,20}$/);

/** A draw that a button or dialog is for; of one that another program has begun, the ID may not be known yet. */
export const drawRef: fc.Arbitrary<DrawRef> = fc.record({
  channel: channelId,
  id: fc.option(fc.uuid(), { nil: undefined }),
});

export const time = fc.date({ min: new Date(0), max: new Date('2999-12-31'), noInvalidDate: true });
