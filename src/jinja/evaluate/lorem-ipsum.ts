/**
 * Filler text for `lipsum()`.
 */
const WORDS =
  'amet aliquam arcu bibendum consectetur cras dolor dui elit enim erat etiam felis gravida habitant iaculis ipsum justo lacus lectus leo lorem magna massa mauris mi nibh nulla odio orci pellentesque porta quam risus sapien sed sit tellus tortor turpis ultrices urna velit vitae'.split(
    ' ',
  );

// The longest paragraph and the most paragraphs that a template may ask for.
const MAX_COUNT = 10_000;

/** So many paragraphs of so many words each. */
export function loremIpsum(
  count: number,
  least: number,
  most: number,
  random: () => number,
): readonly string[] {
  const below = (bound: number): number => Math.floor(random() * bound);
  const paragraphs: string[] = [];
  for (let index = 0; index < Math.min(count, MAX_COUNT); index += 1) {
    const length = Math.min(least + below(Math.max(1, most - least)), MAX_COUNT);
    const words = Array.from({ length }, (_, at) => {
      const word = WORDS[below(WORDS.length)] ?? '';
      return at % 12 === 0
        ? word.charAt(0).toUpperCase() + word.slice(1)
        : at % 12 === 11
          ? `${word}.`
          : word;
    });
    paragraphs.push(`${words.join(' ').replace(/\.?$/u, '')}.`);
  }
  return paragraphs;
}
