package print

import (
	"bytes"
	"errors"
	"image"
	_ "image/jpeg" // a logo may be either
	"image/png"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"golang.org/x/image/draw"

	"kassa/pos"
	"kassa/pos/escpos"
)

// Bounds of a logo.
const (
	logoFile   = "logo.png" // our own name, whatever the picture was called
	logoBytes  = 8 << 20    // of the picture that is taken in
	logoPixels = 6000       // of a side of it
	logoWidth  = narrow     // of what is printed, in dots
	logoHeight = 200
)

// TakeLogo reads a picture, PNG or JPEG, turns it into dots that fit every roll
// and keeps those in the folder of images. It returns CodeInvalid with the
// reason for what is no such picture or too large, CodeUnavailable when it
// cannot be read or kept.
func TakeLogo(path, images string) (*escpos.Bitmap, error) {
	raw, err := readBounded(path)
	if err != nil {
		return nil, err
	}
	b, err := logoFrom(raw)
	if err != nil {
		return nil, err
	}
	var out bytes.Buffer
	if err := png.Encode(&out, b.Picture()); err != nil {
		return nil, pos.Wrap(pos.CodeInternal, "till.internal", err)
	}
	if err := keep(filepath.Join(images, logoFile), out.Bytes()); err != nil {
		return nil, &pos.Error{Code: pos.CodeUnavailable, ID: "print.logo-not-kept", Args: pos.Args{"File": images}, Err: err}
	}
	return b, nil
}

// DropLogo forgets the logo; that there is none is no error.
func DropLogo(images string) error {
	err := os.Remove(filepath.Join(images, logoFile))
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return &pos.Error{Code: pos.CodeUnavailable, ID: "print.logo-not-kept", Args: pos.Args{"File": images}, Err: err}
	}
	return nil
}

// Logo is the kept one, nil where there is none or it cannot be read: a receipt
// without it is better than none.
func Logo(images string) *escpos.Bitmap {
	raw, err := readBounded(filepath.Join(images, logoFile))
	if err != nil {
		return nil
	}
	img, err := decode(raw)
	if err != nil || img.Bounds().Dx() > logoWidth || img.Bounds().Dy() > logoHeight {
		return nil
	}
	return escpos.FromPicture(img)
}

// LogoPicture is the kept logo as a picture for a screen, nil as for Logo.
func LogoPicture(images string) image.Image {
	if b := Logo(images); b != nil {
		return b.Picture()
	}
	return nil
}

func readBounded(path string) ([]byte, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, &pos.Error{Code: pos.CodeUnavailable, ID: "print.logo-unreadable", Args: pos.Args{"File": path}, Err: err}
	}
	defer f.Close()
	raw, err := io.ReadAll(io.LimitReader(f, logoBytes+1))
	switch {
	case err != nil:
		return nil, &pos.Error{Code: pos.CodeUnavailable, ID: "print.logo-unreadable", Args: pos.Args{"File": path}, Err: err}
	case len(raw) > logoBytes:
		return nil, pos.E(pos.CodeInvalid, "print.logo-large", nil)
	}
	return raw, nil
}

// decode reads a picture after its measures were found bearable.
func decode(raw []byte) (image.Image, error) {
	head, _, err := image.DecodeConfig(bytes.NewReader(raw))
	if err != nil {
		return nil, pos.Wrap(pos.CodeInvalid, "print.logo-no-picture", err)
	}
	if head.Width < 1 || head.Height < 1 || head.Width > logoPixels || head.Height > logoPixels {
		return nil, pos.E(pos.CodeInvalid, "print.logo-large", nil)
	}
	img, _, err := image.Decode(bytes.NewReader(raw))
	if err != nil {
		return nil, pos.Wrap(pos.CodeInvalid, "print.logo-no-picture", err)
	}
	return img, nil
}

// logoFrom makes dots of a picture, made smaller to fit and never larger.
func logoFrom(raw []byte) (*escpos.Bitmap, error) {
	img, err := decode(raw)
	if err != nil {
		return nil, err
	}
	w, h := img.Bounds().Dx(), img.Bounds().Dy()
	if w > logoWidth {
		w, h = logoWidth, max(h*logoWidth/w, 1)
	}
	if h > logoHeight {
		w, h = max(w*logoHeight/h, 1), logoHeight
	}
	small := image.NewNRGBA(image.Rect(0, 0, w, h))
	draw.CatmullRom.Scale(small, small.Bounds(), img, img.Bounds(), draw.Src, nil)
	return escpos.Dither(small), nil
}

// keep writes a file whole or not at all.
func keep(path string, data []byte) (err error) {
	f, err := os.CreateTemp(filepath.Dir(path), ".new-*")
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			_ = os.Remove(f.Name())
		}
	}()
	_, err = f.Write(data)
	if err = errors.Join(err, f.Sync(), f.Close()); err != nil {
		return err
	}
	return os.Rename(f.Name(), path)
}
