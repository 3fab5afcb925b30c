package picture

import (
	"bytes"
	"encoding/binary"
	"image"
	"image/jpeg"
	"image/png"

	"golang.org/x/image/draw"

	"kassa/pos"
)

// Shrink makes a copy of a picture whose sides are no longer than side; a
// smaller one keeps its size. Very large ones go down in two steps: the first is
// rough and quick, the second cannot tell.
func Shrink(img image.Image, side int) *image.NRGBA {
	if longest := max(img.Bounds().Dx(), img.Bounds().Dy()); longest > 4*side {
		img = scaled(img, 4*side, draw.ApproxBiLinear)
	}
	return scaled(img, side, draw.CatmullRom)
}

func scaled(img image.Image, side int, by draw.Scaler) *image.NRGBA {
	w, h := img.Bounds().Dx(), img.Bounds().Dy()
	if longest := max(w, h); longest > side {
		w, h = max(w*side/longest, 1), max(h*side/longest, 1)
	}
	out := image.NewNRGBA(image.Rect(0, 0, w, h))
	by.Scale(out, out.Bounds(), img, img.Bounds(), draw.Src, nil)
	return out
}

// upright turns a picture as its camera was held: the eight orientations of
// EXIF, 1 being upright.
func upright(in *image.NRGBA, orientation int) *image.NRGBA {
	if orientation < 2 || orientation > 8 {
		return in
	}
	w, h := in.Bounds().Dx(), in.Bounds().Dy()
	size := image.Rect(0, 0, w, h)
	if orientation >= 5 { // lying on a side
		size = image.Rect(0, 0, h, w)
	}
	out := image.NewNRGBA(size)
	for y := range h {
		for x := range w {
			to := image.Pt(x, y)
			switch orientation {
			case 2:
				to = image.Pt(w-1-x, y)
			case 3:
				to = image.Pt(w-1-x, h-1-y)
			case 4:
				to = image.Pt(x, h-1-y)
			case 5:
				to = image.Pt(y, x)
			case 6:
				to = image.Pt(h-1-y, x)
			case 7:
				to = image.Pt(h-1-y, w-1-x)
			case 8:
				to = image.Pt(y, w-1-x)
			}
			out.SetNRGBA(to.X, to.Y, in.NRGBAAt(x, y))
		}
	}
	return out
}

// orientation reads how a camera was held, 1 where nothing tells.
func orientation(raw []byte) int {
	if bytes.HasPrefix(raw, []byte{0xff, 0xd8}) {
		return tiffOrientation(jpegExif(raw))
	}
	found := 1
	chunks(raw, func(id string, data []byte) {
		if id == "EXIF" {
			found = tiffOrientation(bytes.TrimPrefix(data, []byte("Exif\x00\x00")))
		}
	})
	return found
}

// jpegExif is what a camera wrote into a JPEG file before its pixels, nil for
// nothing.
func jpegExif(raw []byte) []byte {
	for rest := raw[2:]; len(rest) >= 4 && rest[0] == 0xff; {
		marker, n := rest[1], int(binary.BigEndian.Uint16(rest[2:]))
		if marker == 0xda || n < 2 || n+2 > len(rest) { // the pixels begin, or nonsense
			return nil
		}
		if data := rest[4 : n+2]; marker == 0xe1 && bytes.HasPrefix(data, []byte("Exif\x00\x00")) {
			return data[6:]
		}
		rest = rest[n+2:]
	}
	return nil
}

// tiffOrientation finds the tag in the first directory of a TIFF block.
func tiffOrientation(b []byte) int {
	if len(b) < 8 {
		return 1
	}
	var order binary.ByteOrder = binary.BigEndian
	if string(b[:2]) == "II" {
		order = binary.LittleEndian
	}
	at := int64(order.Uint32(b[4:]))
	if at+2 > int64(len(b)) {
		return 1
	}
	n := int64(order.Uint16(b[at:]))
	for i := range n {
		e := at + 2 + 12*i
		if e+12 > int64(len(b)) {
			return 1
		}
		const tag, short = 0x0112, 3
		if order.Uint16(b[e:]) == tag && order.Uint16(b[e+2:]) == short {
			return int(order.Uint16(b[e+8:]))
		}
	}
	return 1
}

// Encode writes a picture as JPEG, or as PNG where one can see through it.
// Nothing of the file it came from goes along.
func Encode(img *image.NRGBA) (data []byte, ext string, err error) {
	if img.Opaque() {
		return EncodeAs(img, ".jpg")
	}
	return EncodeAs(img, ".png")
}

// EncodeAs writes a picture as ext says.
func EncodeAs(img *image.NRGBA, ext string) (data []byte, _ string, err error) {
	var out bytes.Buffer
	if ext == ".png" {
		err = png.Encode(&out, img)
	} else {
		err = jpeg.Encode(&out, img, &jpeg.Options{Quality: 85})
	}
	if err != nil {
		return nil, "", pos.Wrap(pos.CodeInternal, "till.internal", err)
	}
	return out.Bytes(), ext, nil
}
