import { describe, expect, it } from 'vitest';

import { readSettings } from '../../../src/config/config.js';
import { errorsOf } from './settings.js';

const originsOf = (list: string) => readSettings({ CORS_ORIGINS: list }).corsOrigins;

describe('CORS_ORIGINS', () => {
  it.each([
    ['a trailing slash', 'https://app.example/', 'https://app.example'],
    ['upper case', 'HTTPS://App.Example', 'https://app.example'],
    ['the default port of https', 'https://app.example:443', 'https://app.example'],
    ['the default port of http', 'http://app.example:80/', 'http://app.example'],
    ['an empty port', 'https://app.example:', 'https://app.example'],
    ['a port with leading zeros', 'https://app.example:08443', 'https://app.example:8443'],
    ['another port', 'http://localhost:3000', 'http://localhost:3000'],
    ['the default port of the other scheme', 'http://app.example:443', 'http://app.example:443'],
    ['letters outside of ASCII', 'https://münchen.example', 'https://xn--mnchen-3ya.example'],
    ['such letters in upper case', 'https://MÜNCHEN.example/', 'https://xn--mnchen-3ya.example'],
    ['punycode', 'https://xn--mnchen-3ya.example', 'https://xn--mnchen-3ya.example'],
    ['an IPv4 address', 'http://127.0.0.1:5173', 'http://127.0.0.1:5173'],
    ['an IPv6 address', 'http://[::1]:3000', 'http://[::1]:3000'],
    ['a long IPv6 address', 'http://[0:0:0:0:0:0:0:1]', 'http://[::1]'],
    ['an underscore', 'https://my_app.example', 'https://my_app.example'],
    ['Capacitor', 'capacitor://localhost', 'capacitor://localhost'],
    ['Capacitor with a slash', 'capacitor://localhost/', 'capacitor://localhost'],
    ['Ionic', 'Ionic://LocalHost', 'ionic://localhost'],
    ['Tauri', 'tauri://localhost', 'tauri://localhost'],
    ['Tauri on Windows', 'http://tauri.localhost', 'http://tauri.localhost'],
    ['Electron', 'app://.', 'app://.'],
    ['a shell with a host of its own', 'app://bank.example', 'app://bank.example'],
    ['a browser extension', 'chrome-extension://abcdefghijklmnop', 'chrome-extension://abcdefghijklmnop'],
  ])('takes %s as the origin that a browser sends', (_, given, expected) => {
    expect(originsOf(given)).toEqual([expected]);
    expect(originsOf(`  ${given} , https://other.example`)).toEqual([expected, 'https://other.example']);
  });

  it('takes an origin once, in whatever form it is repeated', () => {
    expect(originsOf('https://a.example, https://A.example/, https://a.example:443')).toEqual([
      'https://a.example',
    ]);
  });

  it.each([
    ['a path', 'https://app.example/path'],
    ['a path of slashes', 'https://app.example//'],
    ['a query', 'https://app.example?a=1'],
    ['an empty query', 'https://app.example?'],
    ['a fragment', 'https://app.example#top'],
    ['credentials', 'https://user:hunter2@app.example'],
    ['a wildcard', '*'],
    ['a wildcard for subdomains', 'https://*.example.com'],
    ['a wildcard for the scheme', '*://app.example'],
    ['a wildcard for the port', 'https://app.example:*'],
    ['the opaque origin', 'null'],
    ['no scheme', 'app.example'],
    ['no scheme but a port', 'localhost:3000'],
    ['no scheme but slashes', '//app.example'],
    ['no host', 'https://'],
    ['a slash too few', 'https:/app.example'],
    ['a misspelled scheme', 'htps://app.example'],
    ['another misspelled scheme', 'httpss://app.example'],
    ['backslashes', 'https:\\\\app.example'],
    ['a scheme of WebSockets', 'wss://app.example'],
    ['files, whose origin is opaque', 'file://'],
    ['a script', 'javascript:alert(1)'],
    ['a script with slashes', 'javascript://app.example'],
    ['a trailing dot', 'https://app.example.'],
    ['an empty label', 'https://app..example'],
    ['a port that is too large', 'https://app.example:65536'],
    ['a port that is no number', 'https://app.example:http'],
    ['white space inside', 'https://app .example'],
    ['a list without commas', 'https://a.example https://b.example'],
    ['semicolons', 'https://a.example;https://b.example'],
    ['quotation marks', '"https://app.example"'],
    ['an empty entry', 'https://a.example,,https://b.example'],
    ['a comma at the end', 'https://a.example,'],
    ['a comma at the start', ',https://a.example'],
    ['white space only', ' '],
    ['JSON', '["https://app.example"]'],
    ['a path of an app in a shell', 'capacitor://localhost/index.html'],
    ['credentials of an app in a shell', 'capacitor://user:hunter2@localhost'],
    ['no host of an app in a shell', 'capacitor://'],
    ['a port of an app in a shell that is too large', 'capacitor://localhost:99999'],
    ['a port of an app in a shell that begins with 0', 'capacitor://localhost:08080'],
    ['a trailing dot of an app in a shell', 'capacitor://localhost.'],
    ['an empty label of an app in a shell', 'capacitor://..'],
  ])('refuses %s by name', (_, given) => {
    for (const list of [given, `https://ok.example,${given}`]) {
      const errors = errorsOf({ CORS_ORIGINS: list });
      expect(errors).toHaveLength(1);
      expect(errors[0]).toMatch(/^CORS_ORIGINS: /);
    }
  });

  it('says which entry is wrong, and why', () => {
    const [error] = errorsOf({ CORS_ORIGINS: 'https://a.example, https://*.example.com' });
    expect(error).toBe('CORS_ORIGINS: entry 2: wildcards are not supported; list each origin');
  });

  it('reports every wrong entry', () => {
    expect(errorsOf({ CORS_ORIGINS: 'null,https://a.example,x' })).toEqual([
      expect.stringMatching(/entry 1: .*; entry 3: /),
    ]);
  });
});
