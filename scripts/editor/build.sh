#!/usr/bin/env bash
# Makes static/vendor/prosemirror/ of what package-lock.json names: the same input gives the same bytes. Called by
# scripts/vendor.sh; needs npm. The program itself needs none of this.
set -euo pipefail
cd "$(dirname "$0")"

out=../../static/vendor/prosemirror
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cp package.json package-lock.json prosemirror.js "$work/"
(cd "$work" && npm ci --silent --no-audit --no-fund)

rm -rf "$out"
mkdir -p "$out"
(cd "$work" && node_modules/.bin/esbuild prosemirror.js --bundle --format=esm --minify --legal-comments=none \
  --target=safari15,chrome90 --log-level=warning --outfile=prosemirror.js.out)
mv "$work/prosemirror.js.out" "$out/prosemirror.js"
cat "$work"/node_modules/prosemirror-{view/style/prosemirror,tables/style/tables,gapcursor/style/gapcursor}.css >"$out/prosemirror.css"

cd "$work"
{
  node -p "'ProseMirror: prosemirror-view ' + require('./node_modules/prosemirror-view/package.json').version"
  for package in node_modules/{prosemirror-*,orderedmap,rope-sequence,w3c-keyname}; do
    node -p "const p = require('./$package/package.json'); p.name + ' ' + p.version"
  done
} >VERSION
{
  cat node_modules/prosemirror-view/LICENSE
  printf '\nprosemirror-safari-ime-span: MIT\n\n'
  cat node_modules/prosemirror-safari-ime-span/LICENSE 2>/dev/null || echo "Copyright (c) ocavue; the terms are those above."
  printf '\nw3c-keyname, orderedmap, rope-sequence: MIT, Copyright (C) 2016-2017 by Marijn Haverbeke and others; the terms are those above.\n'
} >LICENSE
cd - >/dev/null
mv "$work/VERSION" "$work/LICENSE" "$out/"
chmod -R u=rwX,go=rX "$out"
