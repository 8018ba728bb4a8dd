/** Functions that our own code answers: values of Snowflake's documentation, of published test vectors, or round trips. */
import { describe } from 'vitest';
import { caseTable } from './case-table.js';

describe('ciphers', () => {
  const key = "x'000102030405060708090a0b0c0d0e0f'";
  const block = "x'00112233445566778899aabbccddeeff'";
  caseTable([
    // FIPS 197, C.1: one block of AES-128.
    [
      `select encrypt_raw(${block}, ${key}, null, null, 'AES-ECB/pad:none'):ciphertext::varchar`,
      [['69C4E0D86A7B0430D8CDB78070B4C55A']],
    ],
    // NIST's GCM test case 3 of AES-128, without additional data.
    [
      "select encrypt_raw(x'00000000000000000000000000000000', x'00000000000000000000000000000000', x'000000000000000000000000')",
      [
        [
          '{"ciphertext":"0388DACE60B6A392F328C2B971B2FE78","iv":"000000000000000000000000","tag":"AB6E47D42CEC13BDF53A67B21257BDDF"}',
        ],
      ],
    ],
    // The example of Snowflake's documentation: AES-256-GCM, with additional data.
    [
      "select encrypt_raw(to_binary('Bonjour', 'UTF-8'), sha2_binary('NotSecretEnough', 256), substr(to_binary('AlsoNotSecretEnough', 'UTF-8'), 0, 12), to_binary('additional data', 'UTF-8'), 'aes-gcm')",
      [
        [
          '{"ciphertext":"CA2F4A383F6F55","iv":"416C736F4E6F745365637265","tag":"91F28FBC6A2FE9B213D1C44B8D75D147"}',
        ],
      ],
    ],
    ...['GCM', 'CBC', 'CTR', 'OFB', 'CFB', 'ECB'].map(
      (mode) =>
        [
          `select to_varchar(decrypt_raw(as_binary(e:ciphertext), ${key}, as_binary(e:iv), null, 'AES-${mode}', as_binary(get(e, 'tag'))), 'utf-8') from (select encrypt_raw(to_binary('fourteen bytes', 'UTF-8'), ${key}, null, null, 'AES-${mode}') as e)`,
          [['fourteen bytes']],
        ] as const,
    ),
    [
      "select to_varchar(decrypt(encrypt('secret', 'phrase'), 'phrase'), 'utf-8'), to_varchar(decrypt(encrypt('secret', 'phrase', 'aad', 'aes-cbc'), 'phrase', 'aad', 'aes-cbc'), 'utf-8')",
      [['secret', 'secret']],
    ],
    [
      "select try_decrypt(encrypt('secret', 'phrase'), 'other'), try_decrypt(x'01', 'other')",
      [[null, null]],
    ],
    [
      "select encrypt('a', 'b') = encrypt('b', 'b'), encrypt(null, 'b'), encrypt('a', null)",
      [[false, null, null]],
    ],
    ["select decrypt(encrypt('secret', 'phrase', 'this'), 'phrase', 'that')", 'decryption failed'],
    [`select encrypt_raw(${block}, x'00', ${key})`, 'a key of 1 bytes'],
    [`select encrypt_raw(${block}, ${key}, ${key})`, 'an initialization vector of 16 bytes'],
    [`select encrypt_raw(${block}, ${key}, ${key}, null, 'DES')`, 'unknown encryption method'],
  ]);
});

describe('binary values', () => {
  caseTable([
    [
      "select length(x'010203ff'), octet_length(x'c3a9'), length('é'), octet_length('é'), substr(x'01020304', 2, 2), substr(x'01020304', -1)",
      [[4, 2, 1, 2, '0203', '04']],
    ],
    [
      "select to_varchar(x'41ff'), x'41ff'::varchar, to_varchar(x'4142', 'utf-8'), to_varchar(x'4142', 'base64'), length(b), b::varchar from (select x'41'::binary as b)",
      [['41FF', '41FF', 'AB', 'QUI=', 1, '41']],
    ],
    [
      "select sha2_binary('a', 256) = to_binary(sha2('a', 256), 'HEX'), length(sha1_binary('a'))",
      [[true, 20]],
    ],
  ]);
});

describe('addresses', () => {
  caseTable([
    [
      "select parse_url('https://user@shop.example:8080/a/b.html?x=1&y#top'), parse_url('https://shop.example'):path::varchar, parse_url(null)",
      [
        [
          '{"fragment":"top","host":"user@shop.example","parameters":{"x":"1","y":null},"path":"a/b.html","port":"8080","query":"x=1&y","scheme":"https"}',
          '',
          null,
        ],
      ],
    ],
    ["select parse_url('mailto:a@b.example'):path::varchar", [['a@b.example']]],
    ["select parse_url('shop.example', 1)", [['{"error":"scheme not specified"}']]],
    ["select parse_url('shop.example')", 'scheme not specified'],
    [
      "select parse_ip('192.0.2.130/25', 'inet')",
      [
        [
          '{"family":4,"host":"192.0.2.130","ip_fields":[3221226114,0,0,0],"ip_type":"inet","ipv4":3221226114,"ipv4_range_end":3221226239,"ipv4_range_start":3221226112,"netmask_prefix_length":25,"snowflake$type":"ip_address"}',
        ],
      ],
    ],
    [
      "select p:family, p:hex_ipv6::varchar, p:ip_fields[3] from (select parse_ip('2001:db8::ff00:42:8329', 'INET') p)",
      [[6, '20010DB8000000000000FF0000428329', 4358953]],
    ],
    ["select parse_ip('192.0.2.256', 'inet', 1):error::varchar", [['parse error']]],
    ["select parse_ip('192.0.2.256', 'inet')", 'parse error'],
  ]);
});

describe('searches in texts', () => {
  caseTable([
    [
      "select search('king', 'KING'), search('5.1.33', '32'), search('kingdom', 'king')",
      [[true, false, false]],
    ],
    [
      "select search('KING HENRY IV', 'king queen'), search('KING HENRY IV', 'king queen', search_mode => 'AND'), search(('a king', 'a queen'), 'king queen', search_mode => 'AND')",
      [[true, false, false]],
    ],
    [
      "select search('10.210.158.44', '158'), search('10.210.158.44', '158', analyzer => 'UNICODE_ANALYZER'), search('sky blue', 'sky', analyzer => 'NO_OP_ANALYZER')",
      [[true, false, false]],
    ],
    [
      "select search('blue,red,green', 'blue red green', search_mode => 'PHRASE'), search('red,green,blue', 'blue,red', search_mode => 'PHRASE'), search('blue,yellow,red', 'blue,red', search_mode => 'PHRASE')",
      [[true, false, false]],
    ],
    [
      "select search(column1, '[blue]', search_mode => 'EXACT') from values ('foo [blue] bar'), ('[[blue]]'), ('=[blue].'), ('(blue)'), ('foo blue bar')",
      [[true], [true], [true], [false], [false]],
    ],
    [
      "select search(null, 'king'), search('king', null), search((null, 'a king'), 'king')",
      [[null, null, true]],
    ],
    [
      "select search(parse_json('{\"a\": \"the king\"}'), 'king'), search((1, 'one'), 'one')",
      [[true, true]],
    ],
    [
      "select search_ip('from 192.0.2.146 to', '192.0.2.146'), search_ip('from 192.0.2.14 to', '192.0.2.146'), search_ip('from 192.0.2.14 to', '192.0.2.0/28')",
      [[true, false, true]],
    ],
    ["select search_ip('192.0.2.1', 'here')", 'is no IPv4 address'],
  ]);
});

describe('sounds and compression', () => {
  caseTable([
    [
      "select column1, soundex(column1) from values ('Robert'), ('Rupert'), ('Ashcraft'), ('Tymczak'), ('Pfister'), ('Honeyman'), ('')",
      [
        ['Robert', 'R163'],
        ['Rupert', 'R163'],
        ['Ashcraft', 'A261'],
        ['Tymczak', 'T522'],
        ['Pfister', 'P236'],
        ['Honeyman', 'H555'],
        ['', ''],
      ],
    ],
    ...['ZLIB', 'ZSTD(3)', 'BROTLI'].map(
      (method) =>
        [
          `select decompress_string(compress(repeat('abc', 100), '${method}'), '${method.replace(/\(.*/u, '')}') = repeat('abc', 100), length(compress(repeat('abc', 100), '${method}')) < 50`,
          [[true, true]],
        ] as const,
    ),
    ["select compress('a', 'SNAPPY')", 'SNAPPY is not supported'],
    ["select decompress_string(x'00', 'ZLIB')", 'was not compressed by ZLIB'],
  ]);
});
