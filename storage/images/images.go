// Package images keeps the pictures of goods: made small, without what a camera
// wrote into them, under names of our own.
package images

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"image"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"kassa/pos"
	"kassa/pos/picture"
	"kassa/storage"
)

// Sides of what is kept, in pixels: of the picture, and of the small one beside
// it.
const (
	Side  = 512
	Small = 128
)

// smallEnd follows the name of a picture in the name of its small one.
const smallEnd = "-small"

// mostKept bounds a file of ours as it is read back.
const mostKept = 4 << 20

// Keeper keeps pictures in a folder. It is safe for use by several goroutines
// and by several processes: a name says what is in the file, so two that keep
// the same picture write the same.
type Keeper struct{ dir string }

// New returns a keeper over a folder, which must exist when a picture is kept.
func New(dir string) *Keeper { return &Keeper{dir: dir} }

// Take reads a picture somebody chose, PNG, JPEG, GIF, WebP or BMP, and keeps a
// copy of at most Side pixels with a small one beside it. The name it returns is
// ours and the same for the same picture. The errors are *pos.Error and say what
// is wrong with the file: CodeNotFound, CodeInvalid, or CodeUnavailable when it
// cannot be read or the copy not written.
func (k *Keeper) Take(path string) (string, error) {
	raw, err := read(path, mostBytes)
	if err != nil {
		return "", err
	}
	large, err := picture.Small(raw, Side)
	if err != nil {
		return "", err
	}
	data, ext, err := picture.Encode(large)
	if err != nil {
		return "", err
	}
	little, _, err := picture.EncodeAs(picture.Shrink(large, Small), ext)
	if err != nil {
		return "", err
	}
	sum := sha256.Sum256(data)
	name := hex.EncodeToString(sum[:]) + ext
	return name, k.keep(name, data, little)
}

// Bytes is Take for a picture that is kept elsewhere: of a PNG or JPEG file of at most
// so many bytes, which must be whole MiB, the copy itself as a PNG or JPEG.
func Bytes(path string, most int64) ([]byte, error) {
	raw, err := read(path, most)
	if err != nil {
		return nil, err
	}
	if _, kind, err := image.DecodeConfig(bytes.NewReader(raw)); err == nil && kind != "png" && kind != "jpeg" {
		return nil, pos.E(pos.CodeInvalid, "picture.plain", nil)
	}
	img, err := picture.Small(raw, Side)
	if err != nil {
		return nil, err
	}
	data, _, err := picture.Encode(img)
	return data, err
}

// keep writes the small picture first: where the large one is, both are. Files
// that are there already only become new again, for Sweep.
func (k *Keeper) keep(name string, large, little []byte) error {
	now := time.Now()
	for _, f := range []struct {
		path string
		data []byte
	}{{k.path(name, true), little}, {k.path(name, false), large}} {
		if have, err := os.ReadFile(f.path); err == nil && bytes.Equal(have, f.data) && os.Chtimes(f.path, now, now) == nil {
			continue
		}
		if err := storage.ReplaceFile(f.path, f.data); err != nil {
			return err
		}
	}
	return nil
}

// Load reads a kept picture, the small one where that is enough. CodeNotFound
// "picture.gone" for a name that is none of ours or no longer there,
// CodeUnavailable for a file that is damaged.
func (k *Keeper) Load(name string, small bool) (image.Image, error) {
	if !pos.IsImageName(name) {
		return nil, pos.E(pos.CodeNotFound, "picture.gone", nil)
	}
	raw, err := bounded(k.path(name, small), mostKept)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, pos.Wrap(pos.CodeNotFound, "picture.gone", err)
	case err != nil:
		return nil, pos.Wrap(pos.CodeUnavailable, "picture.gone", err)
	}
	head, _, err := image.DecodeConfig(bytes.NewReader(raw))
	if err == nil && (head.Width > Side || head.Height > Side) {
		err = errors.New("larger than what we keep")
	}
	if err != nil {
		return nil, pos.Wrap(pos.CodeUnavailable, "picture.gone", err)
	}
	img, _, err := image.Decode(bytes.NewReader(raw))
	if err != nil {
		return nil, pos.Wrap(pos.CodeUnavailable, "picture.gone", err)
	}
	return img, nil
}

// Sweep removes the pictures nobody uses that were last taken in before a time,
// and tells how many. A newer one may belong to a card somebody is still filling
// in. Files of other names are nobody's business here.
func (k *Keeper) Sweep(before time.Time, used func(name string) (bool, error)) (removed int, err error) {
	list, err := os.ReadDir(k.dir)
	if err != nil {
		return 0, storage.FileError(err, k.dir)
	}
	for _, f := range list {
		name := f.Name()
		if !pos.IsImageName(name) || !f.Type().IsRegular() {
			continue
		}
		if info, err := f.Info(); err != nil || !info.ModTime().Before(before) {
			continue
		}
		switch in, err := used(name); {
		case err != nil:
			return removed, err
		case in:
			continue
		}
		// The large one first: a small one alone is taken for none.
		for _, small := range []bool{false, true} {
			if err := os.Remove(k.path(name, small)); err != nil && !errors.Is(err, fs.ErrNotExist) {
				return removed, storage.FileError(err, k.path(name, small))
			}
		}
		removed++
	}
	return removed, nil
}

func (k *Keeper) path(name string, small bool) string {
	if small {
		ext := filepath.Ext(name)
		name = strings.TrimSuffix(name, ext) + smallEnd + ext
	}
	return filepath.Join(k.dir, name)
}
