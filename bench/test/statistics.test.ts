import { expect, test } from 'vitest';
import { median, quantile, rounded } from '../src/results/statistics.ts';

test('the median is the middle value, or halfway between the two in the middle', () => {
  expect(median([9, 1, 5])).toBe(5);
  expect(median([4, 1, 3, 2])).toBe(2.5);
});

test('quartiles lie between their neighbours in proportion, and the values stay as they are', () => {
  const values = [4, 1, 3, 2];
  expect(quantile(values, 0.25)).toBe(1.75);
  expect(quantile(values, 0.75)).toBe(3.25);
  expect(values).toEqual([4, 1, 3, 2]);
});

test('nothing measured is no number', () => {
  expect(median([])).toBeNaN();
});

test('rounding keeps as many digits as are asked for', () => {
  expect(rounded(1.2345, 2)).toBe(1.23);
  expect(rounded(1_234.5)).toBe(1_235);
});
