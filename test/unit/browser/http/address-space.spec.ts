import {
  addressSpaceOf,
  hostAddressSpace,
  lessPublic,
} from '../../../../lib/browser/http/address-space.js';

describe('addressSpaceOf', () => {
  it.each([
    ['127.0.0.1', 'loopback'],
    ['127.255.255.255', 'loopback'],
    ['126.255.255.255', 'public'],
    ['0.0.0.0', 'loopback'],
    ['0.0.0.1', 'local'],
    ['10.1.2.3', 'local'],
    ['11.0.0.1', 'public'],
    ['100.63.255.255', 'public'],
    ['100.64.0.0', 'local'],
    ['100.127.255.255', 'local'],
    ['100.128.0.0', 'public'],
    ['169.254.169.254', 'local'],
    ['169.253.0.1', 'public'],
    ['172.15.0.1', 'public'],
    ['172.16.0.1', 'local'],
    ['172.31.255.255', 'local'],
    ['172.32.0.0', 'public'],
    ['192.168.0.1', 'local'],
    ['192.169.0.1', 'public'],
    ['198.18.0.1', 'public'],
    ['8.8.8.8', 'public'],
    ['::1', 'loopback'],
    ['[::1]', 'loopback'],
    ['::', 'loopback'],
    ['::2', 'public'],
    ['::ffff:127.0.0.1', 'loopback'],
    ['::ffff:10.0.0.1', 'local'],
    ['::ffff:8.8.8.8', 'public'],
    ['fbff::1', 'public'],
    ['fc00::1', 'local'],
    ['fdff:ffff::1', 'local'],
    ['fe7f::1', 'public'],
    ['fe80::1%eth0', 'local'],
    ['feff::1', 'local'],
    ['ff02::1', 'public'],
    ['2001:db8::5', 'local'],
    ['2001:db9::5', 'public'],
    ['3fff:fff::1', 'local'],
    ['3fff:1000::1', 'public'],
    ['2606:4700:4700::1111', 'public'],
    ['1:2:3:4:5:6:7:8', 'public'],
    ['localhost', null],
    ['1.2.3', null],
    ['a:b', null],
    ['::1::', null],
    ['', null],
  ])('%s → %s', (address, space) => {
    expect(addressSpaceOf(address)).toBe(space);
  });
});

describe('hostAddressSpace', () => {
  it.each([
    ['localhost', 'loopback'],
    ['app.localhost.', 'loopback'],
    ['127.0.0.1', 'loopback'],
    ['printer.local', 'local'],
    ['local', 'local'],
    ['printer.local.', 'local'],
    ['notlocal', null],
    ['local.example.com', null],
    ['[fd00::1]', 'local'],
    ['api.example.com', null],
  ])('%s → %s', (host, space) => {
    expect(hostAddressSpace(host)).toBe(space);
  });
});

describe('lessPublic', () => {
  it.each([
    ['public', 'local', 'local'],
    ['local', 'loopback', 'loopback'],
    ['loopback', 'public', 'loopback'],
    ['local', 'local', 'local'],
  ] as const)('%s, %s → %s', (a, b, less) => {
    expect([lessPublic(a, b), lessPublic(b, a)]).toEqual([less, less]);
  });
});
