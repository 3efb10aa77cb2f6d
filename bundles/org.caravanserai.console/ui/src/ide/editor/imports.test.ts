import { expect, test } from 'vitest';
import { importOf } from './imports';

const LIST = 'java.util.List';

test('an import comes after the others', () => {
  const source = 'package a;\n\nimport java.util.Map;\n\nclass A {}\n';
  expect(importOf(source, 'List', LIST)).toEqual({
    text: 'List',
    line: { from: source.indexOf('\nclass'), insert: 'import java.util.List;\n' },
  });
});

test('the first import comes after the package', () => {
  expect(importOf('package a;\n\nclass A {}\n', 'List', LIST).line).toEqual({
    from: 'package a;\n'.length,
    insert: '\nimport java.util.List;\n',
  });
});

test('without a package an import is the first line', () => {
  expect(importOf('class A {}\n', 'List', LIST).line).toEqual({
    from: 0,
    insert: 'import java.util.List;\n\n',
  });
});

test('what is imported already is not imported again', () => {
  expect(importOf(`import ${LIST};\nclass A {}\n`, 'List', LIST)).toEqual({ text: 'List' });
});

test('a type whose name another import has is written whole', () => {
  expect(importOf('import java.awt.List;\nclass A {}\n', 'List', LIST)).toEqual({ text: LIST });
});
