package picture

import (
	"bytes"
	"encoding/binary"
	"image"
	"image/color"
	"image/draw"
	"image/jpeg"

	"kassa/pos"
)

// Flat writes a picture as JPEG, on white where one can see through it, fine enough
// for small print. Nothing of the file it came from goes along.
func Flat(img image.Image) ([]byte, error) {
	flat := image.NewRGBA(image.Rect(0, 0, img.Bounds().Dx(), img.Bounds().Dy()))
	draw.Draw(flat, flat.Bounds(), image.NewUniform(color.White), image.Point{}, draw.Src)
	draw.Draw(flat, flat.Bounds(), img, img.Bounds().Min, draw.Over)
	var out bytes.Buffer
	if err := jpeg.Encode(&out, flat, &jpeg.Options{Quality: 90}); err != nil {
		return nil, pos.Wrap(pos.CodeInternal, "till.internal", err)
	}
	return out.Bytes(), nil
}

// IsFlat reports a file as Flat writes them, with no side longer than side: a whole
// JPEG of tables and pixels, with nothing hidden among them and nothing behind its
// end.
func IsFlat(raw []byte, side int) bool {
	if !onlyPixels(raw) {
		return false
	}
	head, kind, err := image.DecodeConfig(bytes.NewReader(raw))
	if err != nil || kind != "jpeg" || max(head.Width, head.Height) > side {
		return false
	}
	_, err = Decode(raw)
	return err == nil
}

// onlyPixels walks through the segments of a JPEG.
func onlyPixels(raw []byte) bool {
	const quantum, frame, huffman, scan, end = 0xdb, 0xc0, 0xc4, 0xda, 0xd9
	rest, ok := bytes.CutPrefix(raw, []byte{0xff, 0xd8})
	for ok && len(rest) >= 4 && rest[0] == 0xff {
		kind, n := rest[1], int(binary.BigEndian.Uint16(rest[2:]))+2
		if n > len(rest) {
			return false
		}
		rest = rest[n:]
		switch kind {
		case quantum, frame, huffman:
			continue
		case scan:
		default:
			return false
		}
		for i := 0; i+1 < len(rest); i++ {
			if rest[i] == 0xff && rest[i+1] != 0 {
				return rest[i+1] == end && i+2 == len(rest)
			}
		}
		return false
	}
	return false
}
