import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isLogin, parseLogin } from '../../src/draw/login.ts';

/** The rule, said in another way than the code under test says it. */
function followsRule(login: string): boolean {
  return /^[a-z0-9_-]+$/.test(login) && login.length <= 39 && !login.startsWith('-') && !login.startsWith('_');
}

const loginAlphabet = [...'abcXYZ019--__'];
const validLogin = fc
  .array(fc.constantFrom(...loginAlphabet), { minLength: 1, maxLength: 39 })
  .map((letters) => letters.join(''))
  .filter((login) => followsRule(login.toLowerCase()));

describe('parseLogin', () => {
  it.each([
    'octocat',
    '@octocat',
    'Octocat',
    'OCTOCAT',
    '  octocat \t',
    'github.com/octocat',
    'GitHub.com/Octocat',
    'www.github.com/octocat',
    'http://github.com/octocat',
    'https://github.com/octocat',
    'https://github.com/octocat/',
    'https://www.github.com/octocat/',
    'https://github.com/octocat?tab=repositories',
    'https://github.com/octocat/?tab=stars#top',
    '<https://github.com/octocat>',
    '<https://github.com/octocat/>',
    '<http://github.com/octocat|github.com/octocat>',
    '<https://github.com/Octocat/|https://github.com/Octocat/>',
    '<@U012ABCDEF|octocat>',
    '<@W012ABCDEF|octocat>',
    '"octocat"',
    "'octocat'",
    '“octocat”',
    '‘octocat’',
    '„octocat“',
    '«octocat»',
    '”octocat“',
    ' “ @Octocat ” ',
    '“https://github.com/octocat/”',
    '"<https://github.com/octocat|github.com/octocat>"',
  ])('reads %s as octocat', (typed) => {
    expect(parseLogin(typed)).toBe('octocat');
  });

  it.each([
    ...['a', '0', 'a-b', 'a-b-c-1', `a${'b'.repeat(38)}`, `${'a-'.repeat(19)}a`, 'javascript', 'orgs', 'script'],
    // Old accounts, and those of managed users.
    ...['octo--cat', 'octocat-', `${'a'.repeat(38)}-`, 'octo_acme', 'octo_', '0_-'],
  ])('accepts %s', (login) => {
    expect(parseLogin(login)).toBe(login);
    expect(isLogin(login)).toBe(true);
  });

  it.each([
    ['nothing', ''],
    ['blanks', ' \n\t '],
    ['40 characters', 'a'.repeat(40)],
    ['40 characters in an address', `https://github.com/${'a'.repeat(40)}`],
    ['a hyphen first', '-octocat'],
    ['an underscore first', '_octocat'],
    ['a hyphen alone', '-'],
    ['an underscore alone', '_'],
    ['40 characters, a hyphen last', `${'a'.repeat(39)}-`],
    ['quotes alone', '“”'],
    ['one quote alone', '"'],
    ['a quote before only', '“octocat'],
    ['a quote after only', 'octocat"'],
    ['quotes twice', '"“octocat”"'],
    ['two in quotes', '“octocat” “ada”'],
    ['a dot', 'octo.cat'],
    ['a dot alone', '.'],
    ['two words', 'octo cat'],
    ['two lines', 'octo\ncat'],
    ['a NUL', 'octocat\0'],
    ['two @', '@@octocat'],
    ['an @ alone', '@'],
    ['<script>', '<script>'],
    ['<script> as Slack sends it', '&lt;script&gt;'],
    ['a script element', '<script>alert(1)</script>'],
    ['a mention with no label', '<@U012ABCDEF>'],
    ['a mention with an impossible label', '<@U012ABCDEF|the octocat>'],
    ['a channel', '<#C012ABCDEF|octocat!>'],
    ['a broadcast', '<!channel>'],
    ['a link elsewhere', '<https://example.com/octocat|octocat>'],
    ['another host', 'https://example.com/octocat'],
    ['a host that ends alike', 'https://notgithub.com/octocat'],
    ['a host that begins alike', 'https://github.com.example.com/octocat'],
    ['a user part', 'https://github.com@example.com/octocat'],
    ['another scheme', 'javascript://github.com/octocat'],
    ['a repository', 'https://github.com/octocat/hello-world'],
    ['a path upwards', '../octocat'],
    ['only a path upwards', '..'],
    ['a path out of the users', 'octocat/../../orgs'],
    ['a path out of the users, as an address', 'https://github.com/octocat/../../orgs'],
    ['an encoded path', '%2e%2e'],
    ['an encoded slash', 'octocat%2Frepos'],
    ['an encoded path in an address', 'https://github.com/%2e%2e'],
    ['a query', 'octocat?per_page=1'],
    ['a fragment', 'octocat#x'],
    ['a backslash', 'octocat\\repos'],
    ['a Cyrillic о', '\u043ectocat'],
    ['a full-width o', '\uff4fctocat'],
    ['the Kelvin sign, which folds to k', '\u212aate'],
    ['the long s, which folds to s', '\u017fam'],
    ['a Turkish dotless ı', 'g\u0131t'],
    ['an accent', 'octöcat'],
    ['Arabic-Indic digits', '\u0661\u0662'],
    ['a zero-width space', 'octo\u200bcat'],
    ['a full-width slash', 'octocat\uff0frepos'],
    ['a Unicode hyphen', 'octo\u2010cat'],
    ['an emoji', '🐙'],
  ])('refuses %s', (_what, typed) => {
    expect(parseLogin(typed)).toBeUndefined();
  });

  it('returns nothing but logins by the rule, whatever it is given', () => {
    const pieces = fc.constantFrom(
      ...[
        'octocat',
        '/',
        '..',
        '<',
        '>',
        '|',
        '@',
        'https://github.com/',
        '-',
        '_',
        '“',
        '"',
        '%2e',
        '?',
        '#',
        '&lt;',
        'ſ',
        'K',
        '\n',
      ],
    );
    const nasty = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.string(),
      fc.array(fc.oneof(pieces, validLogin), { maxLength: 8 }).map((parts) => parts.join('')),
    );
    fc.assert(
      fc.property(nasty, (typed) => {
        const login = parseLogin(typed);
        return login === undefined || followsRule(login);
      }),
      { numRuns: 2000 },
    );
  });

  it('reads every login that the rule allows, in every form', () => {
    const forms = (login: string): string[] => [
      login,
      `@${login}`,
      ` ${login} `,
      `“${login}”`,
      `"${login}"`,
      `github.com/${login}`,
      `https://github.com/${login}/`,
      `<https://github.com/${login}>`,
      `<https://github.com/${login}|github.com/${login}>`,
    ];
    fc.assert(
      fc.property(validLogin, (login) => {
        for (const form of forms(login)) expect(parseLogin(form)).toBe(login.toLowerCase());
      }),
    );
  });
});
