/** Makes tar archives, sound ones and others: `tarOf([['a/b.txt', 'text'], ['a/c', { link: 'b.txt' }]])`. */
export type Entry = readonly [path: string, content: string | { readonly link: string }];

const BLOCK = 512;

export function tarOf(entries: readonly Entry[]): Uint8Array {
  const parts = entries.flatMap(([path, content]) => {
    const body = Buffer.from(typeof content === 'string' ? content : '');
    const header = Buffer.alloc(BLOCK);
    header.write(path, 0);
    header.write('0000644\0', 100);
    header.write(`${body.length.toString(8).padStart(11, '0')}\0`, 124);
    header.write(typeof content === 'string' ? '0' : '2', 156);
    if (typeof content !== 'string') header.write(content.link, 157);
    header.write('ustar\x0000', 257);
    header.fill(' ', 148, 156);
    const sum = header.reduce((all, byte) => all + byte, 0);
    header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
    const padding = Buffer.alloc((BLOCK - (body.length % BLOCK)) % BLOCK);
    return [header, body, padding];
  });
  return Buffer.concat([...parts, Buffer.alloc(BLOCK * 2)]);
}
