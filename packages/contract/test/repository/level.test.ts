import { describe, expect, test } from 'vitest';
import { bumpOf, highestLevel, isEnough, raiseVersion } from '../../src/repository/level.ts';

describe('the bump that is written', () => {
  test.each([
    ['1.0.0', 'major', 'major', '2.0.0'],
    ['1.4.2', 'minor', 'minor', '1.5.0'],
    ['1.4.2', 'patch', 'patch', '1.4.3'],
    ['10.0.0', 'major', 'major', '11.0.0'],
    ['0.1.0', 'major', 'minor', '0.2.0'],
    ['0.1.0', 'minor', 'patch', '0.1.1'],
    ['0.1.3', 'patch', 'patch', '0.1.4'],
    ['0.0.0', 'major', 'minor', '0.1.0'],
    ['0.1.0', 'none', 'none', '0.1.0'],
  ] as const)('at %s a %s change is a %s bump to %s', (version, level, bump, next) => {
    expect(bumpOf(level, version)).toBe(bump);
    expect(raiseVersion(version, bump)).toBe(next);
  });
});

test('the highest level wins, and nothing is the lowest', () => {
  expect(highestLevel(['patch', 'major', 'minor'])).toBe('major');
  expect(highestLevel([])).toBe('none');
});

test('a higher bump is enough, a lower is not', () => {
  expect(isEnough('major', 'minor')).toBe(true);
  expect(isEnough('minor', 'minor')).toBe(true);
  expect(isEnough('none', 'patch')).toBe(false);
});
