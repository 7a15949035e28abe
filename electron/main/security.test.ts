import { expect, it } from 'vitest';
import { isAllowedLink, isOurPage } from './security';

const HOSTILE = [
  ...[
    'file:///etc/passwd',
    'smb://host/share',
    'javascript:alert(1)',
    'ms-msdt:/id',
    'vscode://x',
    'data:text/html,x',
  ],
  ...[
    'http://arxiv.org/abs/1512.03385',
    'https://evil.org',
    'https://arxiv.org.evil.org/',
    'https://evil.org/arxiv.org',
  ],
  ...[
    'https://arxiv.org@evil.org/',
    'https://user:password@arxiv.org/',
    'https://arxiv.org:8443/',
    'https://xn--rxiv-53d.org/',
  ],
  ...[
    '//arxiv.org/',
    'arxiv.org',
    '',
    ' ',
    'https://',
    'https://sub.github.com/',
    'search-ms:query=x',
    'ssh://git@github.com',
  ],
];

it.each(HOSTILE)('hands %j to no other program', (url) => expect(isAllowedLink(url)).toBe(false));

it('opens papers and documentation in the browser', () => {
  for (const url of [
    'https://arxiv.org/abs/1512.03385',
    'https://www.tensorflow.org/',
    'https://ARXIV.org/abs/1',
  ]) {
    expect(isAllowedLink(url)).toBe(true);
  }
});

it('trusts pages of our origin only', () => {
  expect(isOurPage('app://convloom/index.html')).toBe(true);
  for (const url of [
    'app://convloom.evil/index.html',
    'app://other/',
    'https://convloom/',
    'about:blank',
    '',
    undefined,
  ]) {
    expect(isOurPage(url)).toBe(false);
  }
});
