// The door of embed.html without a browser: who is listened to, what is understood, what a flood does.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { checkMessage, LIMITS, MESSAGES, Port } from '../../web/embed-port.js';
import { matches, ReadyPlayerMePort } from '../../web/embed-rpm.js';

/** A window around, and the one inside. @param {Record<string, import('../../web/embed-port.js').Handler>} handlers @param {string | null} origin */
function makePort(handlers = {}, origin = null) {
  /** @type {{message: any, to: string}[]} */
  const sent = [];
  const host = /** @type {any} */ ({ postMessage: (/** @type {any} */ message, /** @type {string} */ to) => sent.push({ message, to }) });
  const here = new EventTarget();
  let clock = 0;
  let greeted = 0;
  const port = new Port({ host, here, origin, handlers, onHost: () => { greeted += 1; }, now: () => clock });
  const say = (/** @type {any} */ data, { from = host, origin: of = 'https://host.example' } = {}) => {
    const event = /** @type {any} */ (new Event('message'));
    Object.assign(event, { data, source: from, origin: of });
    here.dispatchEvent(event);
  };
  const settle = () => new Promise((resolve) => setTimeout(resolve, 5));
  return { port, sent, say, settle, tick: (/** @type {number} */ ms) => { clock += ms; }, greeted: () => greeted };
}

const message = (/** @type {object} */ fields) => ({ ns: 'limner', v: 1, ...fields });

test('before anybody is known only a bare sign of life is given', () => {
  const { sent } = makePort();
  assert.deepEqual(sent, [{ message: { ns: 'limner', v: 1, type: 'listening' }, to: '*' }]);
});

test('the first message pins its origin; nobody else is heard or answered', async () => {
  const { sent, say, settle, greeted } = makePort({ get: async () => ({ recipe: 1 }) });
  say(message({ id: 'a', type: 'get' }));
  await settle();
  assert.equal(greeted(), 1);
  assert.deepEqual(sent.at(-1), { message: { ns: 'limner', v: 1, type: 'result', id: 'a', of: 'get', recipe: 1 }, to: 'https://host.example' });
  const count = sent.length;
  say(message({ id: 'b', type: 'get' }), { origin: 'https://elsewhere.example' });
  say(message({ id: 'c', type: 'get' }), { from: /** @type {any} */ ({}) });
  await settle();
  assert.equal(sent.length, count);
});

test('a size told before anybody is known is told again to the first who speaks', async () => {
  const { port, sent, say } = makePort();
  for (const height of [300, 420]) port.send({ type: 'resize', width: 480, height });
  port.send({ type: 'change', by: 'person' });
  assert.equal(sent.length, 1, 'nothing for everybody');
  say(message({ type: 'hello' }));
  say(message({ type: 'hello' }));
  assert.deepEqual(sent.slice(1), [{ message: { ns: 'limner', v: 1, type: 'resize', width: 480, height: 420 }, to: 'https://host.example' }]);
});

test('a given origin is the only one from the beginning', async () => {
  const { sent, say, settle, greeted } = makePort({ get: async () => ({}) }, 'https://host.example');
  assert.equal(greeted(), 1);
  assert.equal(sent.length, 0, 'nothing for everybody');
  say(message({ id: 'a', type: 'get' }), { origin: 'https://elsewhere.example' });
  await settle();
  assert.equal(sent.length, 0);
});

test('what is not a message of ours is left alone; what is a bad one gets a sentence', async () => {
  const { sent, say, settle } = makePort({ get: async () => ({}), generate: async () => ({}) });
  for (const data of [null, 1, 'text', [], {}, { ns: 'other', v: 1, type: 'get' }]) say(data);
  await settle();
  assert.equal(sent.length, 1);
  const bad = /** @type {[any, string][]} */ ([
    [{ ns: 'limner' }, 'message.version'],
    [{ ns: 'limner', v: 2, id: 'a', type: 'get' }, 'message.version'],
    [message({ id: 'a' }), 'message.type'],
    [message({ id: 'a', type: '__proto__' }), 'message.type'],
    [message({ id: 'a', type: 'toString' }), 'message.type'],
    [message({ type: 'get' }), 'message.id'],
    [message({ type: 'get', id: '' }), 'message.id'],
    [message({ type: 'get', id: 'x'.repeat(65) }), 'message.id'],
    [message({ type: 'get', id: { toString: 1 } }), 'message.id'],
    [message({ type: 'get', id: 1.5 }), 'message.id'],
    [message({ type: 'get', id: 'a', surprise: 1 }), 'message.field'],
    [message({ type: 'generate', id: 'a' }), 'message.field'],
    [message({ type: 'generate', id: 'a', recipe: [] }), 'message.field'],
    [message({ type: 'generate', id: 'a', recipe: {}, kind: 'gif' }), 'message.field'],
    [message({ type: 'generate', id: 'a', recipe: {}, size: '64' }), 'message.field'],
    [message({ type: 'words', id: 'a', text: 'x'.repeat(LIMITS.textBytes + 1) }), 'message.field'],
    [message({ type: 'cancel', id: 'a', target: null }), 'message.field'],
  ]);
  for (const [data, code] of bad) {
    say(data);
    const { message: told } = /** @type {any} */ (sent.at(-1));
    assert.equal(told.code, code, JSON.stringify(data)?.slice(0, 90));
    assert.match(told.sentence, /^[A-Z0-9"].*\.$/);
  }
});

test('every type of message has a way to be said right', () => {
  const good = /** @type {Record<string, object>} */ ({
    hello: {}, set: { recipe: {} }, get: {}, random: { seed: 'x' }, generate: { recipe: {}, kind: 'png', size: 64, withRecipe: true, lang: 'de' },
    export: {}, words: { text: 'a man' }, describe: {}, cancel: { target: 'a' },
  });
  assert.deepEqual(Object.keys(good), Object.keys(MESSAGES));
  for (const [type, fields] of Object.entries(good)) assert.equal(checkMessage(message({ id: 1, type, ...fields })).type, type);
});

test('calling off: the answer is an error, and late results are not sent', async () => {
  /** @type {(value: any) => void} */
  let finish = () => undefined;
  const { sent, say, settle } = makePort({ generate: () => new Promise((resolve) => { finish = resolve; }) });
  say(message({ id: 'slow', type: 'generate', recipe: {} }));
  say(message({ id: 'stop', type: 'cancel', target: 'slow' }));
  assert.equal(/** @type {any} */ (sent.at(-1)).message.found, true);
  finish({ bytes: 1 });
  await settle();
  const { message: told } = /** @type {any} */ (sent.at(-1));
  assert.deepEqual([told.type, told.id, told.code], ['error', 'slow', 'cancelled']);
  say(message({ id: 'again', type: 'cancel', target: 'slow' }));
  assert.equal(/** @type {any} */ (sent.at(-1)).message.found, false);
});

test('one id, one answer: it cannot be used twice at a time, and not too many wait', async () => {
  const { sent, say, tick } = makePort({ generate: () => new Promise(() => undefined) });
  say(message({ id: 'a', type: 'generate', recipe: {} }));
  say(message({ id: 'a', type: 'generate', recipe: {} }));
  assert.equal(/** @type {any} */ (sent.at(-1)).message.code, 'message.id');
  for (let i = 0; i < LIMITS.waiting; ++i) {
    tick(1000);
    say(message({ id: i, type: 'generate', recipe: {} }));
  }
  assert.equal(/** @type {any} */ (sent.at(-1)).message.code, 'message.waiting');
});

test('a flood is told once, costs nothing, and passes', async () => {
  const { port, sent, say, tick, settle } = makePort({ get: async () => ({}) });
  for (let i = 0; i < 5000; ++i) say(message({ id: i, type: 'get' }));
  await settle();
  const floods = sent.filter(({ message: told }) => told.code === 'message.flood');
  assert.equal(floods.length, 1);
  assert.equal(sent.filter(({ message: told }) => told.type === 'result').length, LIMITS.burst);
  assert.equal(port.dropped, 5000 - LIMITS.burst);
  tick(2000);
  say(message({ id: 'after', type: 'get' }));
  await settle();
  assert.equal(/** @type {any} */ (sent.at(-1)).message.id, 'after');
});

test('a page without an origin (a file) is addressed as such', async () => {
  const { sent, say, settle } = makePort({ get: async () => ({}) });
  say(message({ id: 'a', type: 'get' }), { origin: 'null' });
  await settle();
  assert.equal(sent.at(-1)?.to, '*');
});

test('Ready Player Me: patterns of event names', () => {
  for (const [pattern, name, expected] of /** @type {[string, string, boolean][]} */ ([
    ['v1.**', 'v1.avatar.exported', true], ['v1.avatar.exported', 'v1.avatar.exported', true], ['v1.avatar.*', 'v1.avatar.exported', true],
    ['v1.*', 'v1.avatar.exported', false], ['v2.**', 'v1.avatar.exported', false], ['v1.avatar', 'v1.avatar.exported', false], ['**', 'v1.user.set', true],
  ])) assert.equal(matches(pattern, name), expected, `${pattern} ${name}`);
});

test('Ready Player Me: ready, subscribe, exported; strangers and floods are not heard', () => {
  /** @type {{message: string, to: string}[]} */
  const sent = [];
  const host = /** @type {any} */ ({ postMessage: (/** @type {string} */ text, /** @type {string} */ to) => sent.push({ message: text, to }) });
  const here = new EventTarget();
  const port = new ReadyPlayerMePort({ host, here, origin: null, now: () => 0 });
  const say = (/** @type {unknown} */ data, origin = 'https://game.example') =>
    here.dispatchEvent(Object.assign(new Event('message'), { data: typeof data === 'string' ? data : JSON.stringify(data), source: host, origin }));
  port.ready();
  assert.deepEqual(JSON.parse(sent[0].message), { eventName: 'v1.frame.ready', source: 'readyplayerme' });
  port.exported('data:,', 'r=x');
  assert.equal(sent.length, 1, 'nobody subscribed');
  say({ target: 'readyplayerme', type: 'subscribe', eventName: 'v1.**' });
  assert.deepEqual(sent.slice(1).map(({ message: text, to }) => [JSON.parse(text).eventName, to]),
    [['v1.subscription.created', 'https://game.example'], ['v1.user.set', 'https://game.example']]);
  say({ target: 'readyplayerme', type: 'subscribe', eventName: 'v2.**' }, 'https://thief.example');
  port.exported('data:image/png;base64,AAAA', 'r=x');
  const exported = JSON.parse(/** @type {any} */ (sent.at(-1)).message);
  assert.deepEqual([exported.eventName, exported.data.url, exported.data.avatarId, exported.source], ['v1.avatar.exported', 'data:image/png;base64,AAAA', 'r=x', 'readyplayerme']);
  const count = sent.length;
  for (const text of ['', '{', 'null', '[]', '{"target":"readyplayerme"}', 'x'.repeat(5000)]) say(text);
  assert.equal(sent.length, count);
  for (let i = 0; i < 1000; ++i) say({ target: 'readyplayerme', type: 'unsubscribe', eventName: 'v9.**' });
  assert.ok(sent.length < count + 45);
});
