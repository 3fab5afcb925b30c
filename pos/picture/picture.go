// Package picture reads pictures somebody chose, whatever is in their files: measures
// are looked at before any room is made for the pixels, and what is kept is made anew,
// upright and small, without what a camera or anybody else wrote into the file.
package picture

import (
	"bytes"
	"encoding/binary"
	"errors"
	"image"
	_ "image/gif" // the kinds that are read
	_ "image/jpeg"
	_ "image/png"

	_ "golang.org/x/image/bmp"
	_ "golang.org/x/image/webp"

	"kassa/pos"
)

// Bounds of a picture that is taken in.
const (
	MostPixels = 40_000_000
	mostSide   = 20_000
)

// Small is the picture of a file, upright and with no side longer than side. Errors
// are *pos.Error of CodeInvalid and say what is wrong with the file.
func Small(raw []byte, side int) (*image.NRGBA, error) {
	img, err := Decode(raw)
	if err != nil {
		return nil, err
	}
	return upright(Shrink(img, side), orientation(raw)), nil
}

// Decode makes a picture of the bytes; its measures are looked at before any
// room is made for it.
func Decode(raw []byte) (image.Image, error) {
	if isHEIC(raw) {
		return nil, pos.E(pos.CodeInvalid, "picture.heic", nil)
	}
	head, _, err := image.DecodeConfig(bytes.NewReader(raw))
	if errors.Is(err, image.ErrFormat) {
		return nil, pos.Wrap(pos.CodeInvalid, "picture.unknown", err)
	}
	if err != nil {
		return nil, pos.Wrap(pos.CodeInvalid, "picture.damaged", err)
	}
	width, height := head.Width, head.Height
	if w, h := webpFrame(raw); w > 0 {
		width, height = max(width, w), max(height, h)
	}
	switch {
	case width < 1 || height < 1:
		return nil, pos.E(pos.CodeInvalid, "picture.damaged", nil)
	case width > mostSide || height > mostSide || width*height > MostPixels:
		return nil, pos.E(pos.CodeInvalid, "picture.pixels", pos.Args{"Width": width, "Height": height, "Max": MostPixels / 1_000_000})
	}
	img, _, err := image.Decode(bytes.NewReader(raw))
	if err != nil {
		return nil, pos.Wrap(pos.CodeInvalid, "picture.damaged", err)
	}
	if b := img.Bounds(); b.Empty() {
		return nil, pos.E(pos.CodeInvalid, "picture.damaged", nil)
	}
	return img, nil
}

// isHEIC knows the photographs of some telephones, to say what to do with them.
func isHEIC(raw []byte) bool {
	if len(raw) < 12 || string(raw[4:8]) != "ftyp" {
		return false
	}
	switch string(raw[8:12]) {
	case "heic", "heix", "hevc", "mif1", "msf1", "avif":
		return true
	}
	return false
}

// chunks calls fn with each chunk of a WebP file.
func chunks(raw []byte, fn func(id string, data []byte)) {
	if len(raw) < 12 || string(raw[:4]) != "RIFF" || string(raw[8:12]) != "WEBP" {
		return
	}
	for rest := raw[12:]; len(rest) >= 8; {
		n := int64(binary.LittleEndian.Uint32(rest[4:8]))
		data := rest[8:]
		fn(string(rest[:4]), data[:min(n, int64(len(data)))])
		if n += n & 1; n >= int64(len(data)) {
			return
		}
		rest = data[n:]
	}
}

// webpFrame is the size of the picture inside a WebP file, which need not be
// that of the canvas the file tells first. 0 for another file.
func webpFrame(raw []byte) (width, height int) {
	chunks(raw, func(id string, d []byte) {
		switch {
		case id == "VP8 " && len(d) >= 10:
			width = max(width, int(binary.LittleEndian.Uint16(d[6:])&0x3fff))
			height = max(height, int(binary.LittleEndian.Uint16(d[8:])&0x3fff))
		case id == "VP8L" && len(d) >= 5:
			bits := binary.LittleEndian.Uint32(d[1:])
			width, height = max(width, int(bits&0x3fff)+1), max(height, int(bits>>14&0x3fff)+1)
		}
	})
	return width, height
}
