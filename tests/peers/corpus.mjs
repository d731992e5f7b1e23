// Texts as people write them, and worse: every script, emoji sequences, addresses with and without a scheme, characters
// that combine or cannot be seen. The same seed gives the same texts.

// xorshift32 (Marsaglia 2003)
function dice(seed) {
  let state = seed | 0 || 1
  return (below) => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    return (state >>> 0) % below
  }
}

const between = (roll, from, to) => String.fromCodePoint(from + roll(to - from + 1))

const scripts = [
  [0x20, 0x7e], [0xa0, 0x17f], [0x370, 0x3ff], [0x400, 0x4ff], [0x5d0, 0x5ea], [0x620, 0x64a], [0x900, 0x97f],
  [0xe00, 0xe3a], [0x10a0, 0x10ff], [0x1100, 0x1112], [0x1161, 0x1175], [0x2000, 0x206f], [0x20a0, 0x20bf],
  [0x2190, 0x21ff], [0x2600, 0x27bf], [0x3040, 0x30ff], [0x4e00, 0x4eff], [0xac00, 0xacff], [0xff01, 0xff5e],
  [0x1d400, 0x1d4ff], [0x1f600, 0x1f64f], [0x20000, 0x200ff],
]
const words = ['fresh', 'cakes', 'from', 'nine', 'Glocken', 'läuten', '今日', 'は', 'привет', 'שלום', 'مرحبا', 'the', 'a']
// As far as twitter-text 3.1.0 knows them: joined sequences of Unicode 12 and later it counts part by part, and so does
// not count as X's own composer does today.
const emoji = [
  '😀', '👍🏽', '👨‍👩‍👧‍👦', '👩🏾‍🎤', '🏳️‍🌈', '🏴‍☠️', '🇩🇪', '🇺🇸🇫🇷', '❤️', '❤', '✈️', '☎', '1️⃣', '#️⃣', '*️⃣', '🏴󠁧󠁢󠁥󠁮󠁧󠁿', '🤷🏻‍♀️', '🥑', '🦩',
  '🧗‍♂️', '👯', '©️', '™', '〰️', '🈶', '☺️',
]
const marks = ['\u0301', '\u0308', '\u200d', '\ufe0f', '\ufe0e', '\u20e3', '\u200b', '\u00ad', '\u202e', '\u{1f3fb}']
const hosts = [
  'example.com', 'shop.example.org', 'www.example.co.uk', 'a.de', 'münchen.de', 'x.com', 'example.museum', 'foo.bar.baz.io',
  'under_score.com', 'dash-ed.net', '例え.jp', 'example.みんな', 'example.invalidtld', 'example.c', '1.2.3.4', 'localhost', 't.co',
  'twitter.com', 'ex--ample.com', 'example.com.', 'xn--bcher-kva.example', 'bit.ly', 'youtu.be',
]
const paths = [
  '', '', '/', '/a', '/a/b?c=d', '/a_(b)', '/a_(b)_c', '/?q=1&r=2', '/#top', '/ä/ö', '/path.', '/path,', '/a(b', '/%20', '/@user',
  '/a?b=c#d', ':8080/x', '/~me', "/it's", '/?', '/a=b', '/Ünï', '/1234567890',
]
const before = ['', '', '', ' ', '(', '"', '#', '@', '/', '.', '-', '_', 'x', '…', 'は', '\n', '$', ':']
const after = ['', '', '', ' ', ')', '"', '.', ',', '!', '?', ':', '…', 'は', '\n', '/', "'s"]
const schemes = ['', '', 'http://', 'https://', 'HTTPS://', 'ftp://', 'http:/', '//']

const any = (roll, list) => list[roll(list.length)]

const pieces = [
  (roll) => any(roll, words),
  (roll) => any(roll, words) + any(roll, [' ', ', ', '. ', '\n', '  ']),
  (roll) => Array.from({ length: 1 + roll(8) }, () => between(roll, ...any(roll, scripts))).join(''),
  (roll) => any(roll, emoji),
  (roll) => any(roll, emoji) + any(roll, emoji),
  (roll) => any(roll, words) + any(roll, marks),
  (roll) => any(roll, before) + any(roll, schemes) + any(roll, hosts) + any(roll, paths) + any(roll, after),
  (roll) => '#' + any(roll, words) + ' @' + any(roll, words) + ' ',
]

export function* corpus(count, seed) {
  const roll = dice(seed)
  for (let i = 0; i < count; ++i) {
    let text = ''
    for (let n = 1 + roll(9); n > 0; --n) text += any(roll, pieces)(roll)
    yield text.replaceAll('\0', '')
  }
}
