#!/bin/sh
# Makes what a shop installs, in build/package:
#
#   package.sh deb      a Debian package of build/kassa and build/kassactl
#   package.sh windows  a zip with kassa.exe and kassactl.exe, cross-compiled
#
# The version is the one in FyneApp.toml; the Makefile hands it over.
set -eu
cd "$(dirname "$0")/.."
version=${KASSA_VERSION:?the version is missing}
out=build/package
rm -rf "$out/work"
mkdir -p "$out/work"

# The licence and the notes of what changed, where Debian looks for them.
deb() {
	KASSA_ARCH=$(dpkg --print-architecture)
	export KASSA_ARCH KASSA_VERSION
	rm -rf "$out/icons"
	mkdir -p "$out/icons"
	for size in 32 48 64 128 256 512; do
		convert assets/icon.png -resize "${size}x$size" -strip "$out/icons/$size.png"
	done
	{
		echo "Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/"
		echo "Upstream-Name: Kassa"
		echo
		echo "Files: *"
		sed -n 's/^Copyright (c) /Copyright: /p' LICENSE
		echo "License: Expat"
		sed -e 's/^$/./' -e 's/^/ /' LICENSE
	} >"$out/copyright"
	gzip -9nc CHANGELOG.md >"$out/changelog.gz"
	{
		echo "kassa ($version-1) unstable; urgency=medium"
		echo
		echo "  * Version $version; what changed for a shop is in changelog.gz."
		echo
		echo " -- Kassa contributors <kassa@kassa.example>  $(date -R -r CHANGELOG.md)"
	} | gzip -9nc >"$out/changelog.Debian.gz"
	for page in kassa kassactl; do
		sed "s/@VERSION@/$version/" "assets/package/$page.1" | gzip -9nc >"$out/$page.1.gz"
	done
	build/nfpm package --config assets/package/nfpm.yaml --packager deb --target "$out/"
}

# An icon, the version and the manifest as the linker takes them: Go links
# every .syso file that lies beside the sources and whose name fits the target.
resource() {
	name=$1 title=$2 beside=$3
	quad=$version.0
	convert assets/icon.png -define icon:auto-resize=256,64,48,32,16 "$out/work/kassa.ico"
	sed "s/@QUAD@/$quad/" assets/package/kassa.manifest >"$out/work/kassa.manifest"
	sed -e "s/@COMMAS@/$(echo "$quad" | tr . ,)/" -e "s/@VERSION@/$version/" -e "s/@NAME@/$name/" -e "s/@TITLE@/$title/" \
		assets/package/kassa.rc >"$out/work/$name.rc"
	x86_64-w64-mingw32-windres -I "$out/work" -O coff -o "$beside/rsrc_windows_amd64.syso" "$out/work/$name.rc"
}

windows() {
	dir="$out/work/kassa-$version"
	mkdir -p "$dir"
	trap 'rm -f cmd/kassa/rsrc_windows_amd64.syso cmd/kassactl/rsrc_windows_amd64.syso' EXIT
	resource kassa "Kassa" cmd/kassa
	resource kassactl "Kassa without a window" cmd/kassactl
	GOOS=windows GOARCH=amd64 CGO_ENABLED=1 CC=x86_64-w64-mingw32-gcc \
		go build -tags migrated_fynedo -ldflags "-s -w -H=windowsgui -X main.version=$version" -o "$dir/kassa.exe" ./cmd/kassa
	GOOS=windows GOARCH=amd64 CGO_ENABLED=0 \
		go build -ldflags "-s -w -X main.version=$version" -o "$dir/kassactl.exe" ./cmd/kassactl
	cp LICENSE README.md README.en.md CHANGELOG.md "$dir/"
	rm -f "$out/kassa-$version-windows-amd64.zip"
	(cd "$out/work" && zip -qr "../kassa-$version-windows-amd64.zip" "kassa-$version")
}

case "${1:-}" in
deb) deb ;;
windows) windows ;;
*) echo "package.sh: deb or windows, not '${1:-}'" >&2; exit 2 ;;
esac
rm -rf "$out/work" "$out/icons" "$out"/*.gz "$out/copyright"
ls -l "$out" | sed -n '/kassa/p'
