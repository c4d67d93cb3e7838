// Shaders as the page gets them: shorter, and the same (tests/web/finish-gpu.test.mjs runs them).
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { shaders, shorten } from '../../tools/site/shaders.mjs';

test('names are short, but for fields, suffixes and what others call', () => {
  const made = shorten(
    {
      common: 'fn number(slot:u32)->f32{return f32(slot+12u);}fn doubled(value:f32)->f32{return value*2.;}',
      own: 'struct Place{foot:vec2f}fn near(place:Place)->f32{let foot=place.foot;return doubled(foot.x)+number(3u);}fn shade(x:i32,y:i32)->vec4f{return vec4f(near(Place(vec2f(1.))));}',
    },
    'number(0u)',
  );
  assert.equal(made.common, 'fn number(b:u32)->f32{return f32(b+12u);}fn a(c:f32)->f32{return c*2.;}');
  assert.match(made.own, /^struct (\w)\{foot:vec2f\}fn (\w)\((\w):\1\)->f32\{let foot=\3\.foot;return a\(foot\.x\)\+number\(3u\);\}fn shade\(\w:i32,\w:i32\)->vec4f\{return vec4f\(\2\(\1\(vec2f\(1\.\)\)\)\);\}$/);
});

test('every shader is there, without comments or indentation', async () => {
  const made = await shaders();
  assert.ok(Object.keys(made).length > 40);
  for (const [name, text] of Object.entries(made)) {
    assert.doesNotMatch(text.replace('//OUTPUT', ''), /\/\/|\n[ \t]|: /, name);
    if (name !== 'common') assert.match(text, /fn shade\(/, name);
  }
});
