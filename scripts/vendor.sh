#!/usr/bin/env bash
# Fetches everything that is served or embedded but not written here: browser libraries, fonts, icons.
#
# Run it to move to another version (change the number below, run, look, commit the result). Never edit what it
# writes. Needs npm and tar, and apt-get and dpkg-deb for the fonts of the minutes; the program itself needs none.
set -euo pipefail
cd "$(dirname "$0")/.."

LIT_HTML=3.3.3
SOCKET_IO=4.8.4
SORTABLE=1.15.7
TUS=4.3.1
PERFECT_FREEHAND=1.2.3
IDB=8.0.4
MIND_ELIXIR=5.15.1
BE_VIETNAM_PRO=5.3.0
LUCIDE=1.62.0
LIBERATION=2.1.5
DEJAVU=2.37.3
NOTO_EMOJI=0.4.7

vendor=static/vendor
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# fetch <package> <version> <name>: the unpacked package in $work/<name>, an empty $vendor/<name> with VERSION.
fetch() {
  echo "· $1 $2"
  (cd "$work" && npm pack --silent --pack-destination "$work" "$1@$2" 2>/dev/null | tail -n 1 >"$3.tgz-name")
  mkdir -p "$work/$3"
  tar xzf "$work/$(cat "$work/$3.tgz-name")" -C "$work/$3" --strip-components 1
  rm -rf "${vendor:?}/$3"
  mkdir -p "$vendor/$3"
  echo "$1 $2" >"$vendor/$3/VERSION"
}

fetch lit-html "$LIT_HTML" lit-html
mkdir -p "$vendor/lit-html/directives"
cp "$work"/lit-html/{lit-html,directive,directive-helpers,async-directive}.js "$work/lit-html/LICENSE" "$vendor/lit-html/"
for directive in repeat live ref class-map style-map if-defined unsafe-html unsafe-svg; do
  cp "$work/lit-html/directives/$directive.js" "$vendor/lit-html/directives/"
done

fetch socket.io-client "$SOCKET_IO" socket.io
cp "$work/socket.io/dist/socket.io.esm.min.js" "$work/socket.io/LICENSE" "$vendor/socket.io/"

fetch sortablejs "$SORTABLE" sortable
cp "$work/sortable/modular/sortable.esm.js" "$vendor/sortable/"
# The package has no licence file of its own; its README ends with the licence.
{ echo "Copyright (c) 2019 All contributors to Sortable"; echo; sed -n '/^## MIT LICENSE/,$p' "$work/sortable/README.md"; } \
  >"$vendor/sortable/LICENSE"

fetch tus-js-client "$TUS" tus
cp "$work/tus/LICENSE" "$vendor/tus/"
# Its one file for browsers, as a module.
{
  echo 'const module = { exports: {} }, exports = module.exports'
  grep -v '^//# sourceMappingURL' "$work/tus/dist/tus.min.js"
  echo
  printf 'const tus = module.exports\nexport default tus\n'
} >"$vendor/tus/tus.js"

fetch perfect-freehand "$PERFECT_FREEHAND" perfect-freehand
grep -v '^//# sourceMappingURL' "$work/perfect-freehand/dist/esm/index.mjs" >"$vendor/perfect-freehand/perfect-freehand.js"
cp "$work/perfect-freehand/LICENSE" "$vendor/perfect-freehand/"

fetch idb "$IDB" idb
cp "$work/idb/build/index.js" "$vendor/idb/idb.js"
cp "$work/idb/LICENSE" "$vendor/idb/"

fetch mind-elixir "$MIND_ELIXIR" mind-elixir
cp "$work/mind-elixir/dist/MindElixir.js" "$work/mind-elixir/dist/MindElixir.css" "$work/mind-elixir/LICENSE" "$vendor/mind-elixir/"

# The editor of the minutes: several packages in one module, versions in scripts/editor/package-lock.json.
echo "· ProseMirror"
scripts/editor/build.sh

fetch @fontsource/be-vietnam-pro "$BE_VIETNAM_PRO" be-vietnam-pro
cp "$work/be-vietnam-pro/LICENSE" "$vendor/be-vietnam-pro/"
for subset in latin latin-ext vietnamese; do
  for weight in 400 500 600 700; do
    cp "$work/be-vietnam-pro/files/be-vietnam-pro-$subset-$weight-normal.woff2" "$vendor/be-vietnam-pro/$subset-$weight.woff2"
  done
done

fetch lucide-static "$LUCIDE" lucide
cp "$work/lucide/LICENSE" "$vendor/lucide/"
# One file for all icons: a <symbol> each, in the colour and stroke of the place where it is used.
{
  echo '<svg xmlns="http://www.w3.org/2000/svg">'
  echo "<!-- lucide-static $LUCIDE, ISC licence: vendor/lucide/LICENSE. Made by scripts/vendor.sh from scripts/icons.txt -->"
  sed -e 's/#.*//' scripts/icons.txt | tr -s ' \n' '\n' | sed '/^$/d' | sort -u | while read -r icon; do
    printf '<symbol id="%s" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round">' "$icon"
    tr -d '\n' <"$work/lucide/icons/$icon.svg" | sed -e 's/.*<svg[^>]*>//' -e 's/<\/svg>.*//' -e 's/  */ /g' -e 's/ \/>/\/>/g' -e 's/> </></g' -e 's/^ //' -e 's/ $//'
    echo '</symbol>'
  done
  echo '</svg>'
} >static/icons.svg

echo "· fonts-liberation2 $LIBERATION (Debian)"
fonts=meetingroom/printing/fonts
mkdir -p "$fonts" "$work/deb"
chmod 755 "$work"; chmod 777 "$work/deb" # apt downloads as a user of its own
(cd "$work/deb" && apt-get download -qq fonts-liberation2 && dpkg-deb -x fonts-liberation2_*.deb .)
cp "$work"/deb/usr/share/fonts/truetype/liberation2/LiberationSerif-{Regular,Bold,Italic,BoldItalic}.ttf "$fonts/"
cp "$work/deb/usr/share/doc/fonts-liberation2/copyright" "$fonts/LICENSE"
# Debian 12's older fonts-liberation (1.07) lacks most Vietnamese letters: make sure of what came.
got=$(cd "$work/deb" && dpkg-deb -f fonts-liberation2_*.deb Version)
case "$got" in *"$LIBERATION"*) ;; *) echo "fonts-liberation2 is $got, wanted $LIBERATION" >&2; exit 1 ;; esac
# Signs and emoji, for what Times' metrics have no glyph for.
for package in "dejavu-fonts-ttf@$DEJAVU" "@expo-google-fonts/noto-emoji@$NOTO_EMOJI"; do
  echo "· $package"
  (cd "$work" && npm pack --silent --pack-destination "$work" "$package" 2>/dev/null | tail -n 1 >"$work/font-name" && rm -rf "$work/font" && mkdir "$work/font" && tar xzf "$work/$(cat "$work/font-name")" -C "$work/font" --strip-components 1)
  case "$package" in
    dejavu*) cp "$work/font/ttf/DejaVuSans.ttf" "$fonts/"; cp "$work/font/LICENSE" "$fonts/LICENSE-DejaVu" ;;
    *) cp "$work/font/400Regular/NotoEmoji_400Regular.ttf" "$fonts/NotoEmoji-Regular.ttf"; cp "$work/font/LICENSE_FONT" "$fonts/LICENSE-NotoEmoji" ;;
  esac
done
{ echo "Liberation Serif $LIBERATION (Debian package fonts-liberation2 $got)"; echo "DejaVu Sans $DEJAVU (npm dejavu-fonts-ttf)"; echo "Noto Emoji $NOTO_EMOJI (npm @expo-google-fonts/noto-emoji)"; } >"$fonts/VERSION"
chmod -R u=rwX,go=rX "$vendor" static/icons.svg "$fonts"
