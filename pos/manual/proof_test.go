package manual

import (
	"bytes"
	"encoding/binary"
	"errors"
	"hash/crc32"
	"image"
	"image/color"
	"image/gif"
	"image/jpeg"
	"image/png"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"kassa/pos"
)

func screen(w, h int) *image.Paletted {
	p := image.NewPaletted(image.Rect(0, 0, w, h), color.Palette{color.White, color.RGBA{R: 200, A: 255}})
	for i := range min(w, h) {
		p.Pix[i*p.Stride+i] = 1
	}
	return p
}

func encoded(t testing.TB, fn func(b *bytes.Buffer) error) []byte {
	t.Helper()
	var b bytes.Buffer
	require.NoError(t, fn(&b))
	return b.Bytes()
}

func pngOf(t testing.TB, img image.Image) []byte {
	return encoded(t, func(b *bytes.Buffer) error { return png.Encode(b, img) })
}

// bomb is a small PNG that tells of so many pixels.
func bomb(t testing.TB, w, h uint32) []byte {
	raw := pngOf(t, image.NewGray(image.Rect(0, 0, 2, 2)))
	binary.BigEndian.PutUint32(raw[16:], w)
	binary.BigEndian.PutUint32(raw[20:], h)
	binary.BigEndian.PutUint32(raw[29:], crc32.ChecksumIEEE(raw[12:29]))
	return raw
}

const aPDF = "%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"

const webp = "RIFF\x1a\x00\x00\x00WEBPVP8L\x0d\x00\x00\x00\x2f\x00\x00\x00\x10\x07\x10\x11\x11\x88\x88\xfe\x07\x00"

// What somebody sends as a proof: what is kept of it, or why not.
func TestCleanProof(t *testing.T) {
	shot := screen(60, 30)
	whole := pngOf(t, shot)
	photo := encoded(t, func(b *bytes.Buffer) error { return jpeg.Encode(b, shot, nil) })
	script := []byte(`<script>alert(1)</script>`)
	for name, c := range map[string]struct {
		raw     []byte
		kind    ProofKind
		refused string
	}{
		"png":                        {whole, ProofPicture, ""},
		"jpg":                        {photo, ProofPicture, ""},
		"gif":                        {encoded(t, func(b *bytes.Buffer) error { return gif.Encode(b, shot, nil) }), ProofPicture, ""},
		"webp":                       {[]byte(webp), ProofPicture, ""},
		"pdf":                        {[]byte(aPDF), ProofPDF, ""},
		"png with a script behind":   {append(bytes.Clone(whole), script...), ProofPicture, ""},
		"jpg with a zip behind":      {append(bytes.Clone(photo), "PK\x03\x04"...), ProofPicture, ""},
		"heic":                       {[]byte("\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1"), "", "picture.heic"},
		"svg with script":            {[]byte(`<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>`), "", "manual.proof-kind"},
		"svg with a declaration":     {[]byte(`<?xml version="1.0"?><svg onload="alert(1)"/>`), "", "manual.proof-kind"},
		"html, whatever its name":    {[]byte("<!doctype html><html><body>" + string(script)), "", "manual.proof-kind"},
		"html that speaks of a pdf":  {[]byte("<html>%PDF-1.4 %%EOF"), "", "manual.proof-kind"},
		"a program":                  {[]byte("MZ\x90\x00\x03\x00\x00\x00"), "", "manual.proof-kind"},
		"an archive":                 {[]byte("PK\x03\x04\x14\x00"), "", "manual.proof-kind"},
		"a text":                     {[]byte("оплачено, честно"), "", "manual.proof-kind"},
		"20,000 by 20,000 pixels":    {bomb(t, 20_000, 20_000), "", "picture.pixels"},
		"a thread of 39 million":     {bomb(t, 39_000_000, 1), "", "picture.pixels"},
		"half a png":                 {whole[:len(whole)/2], "", "picture.damaged"},
		"half a jpg":                 {photo[:len(photo)/2], "", "picture.damaged"},
		"half a pdf":                 {[]byte(aPDF[:40]), "", "manual.proof-damaged"},
		"a pdf that ends in nothing": {append([]byte(aPDF), make([]byte, 5000)...), "", "manual.proof-damaged"},
		"nothing":                    {nil, "", "manual.proof-empty"},
		"too much":                   {append([]byte(aPDF), make([]byte, MaxProof)...), "", "manual.proof-large"},
	} {
		t.Run(name, func(t *testing.T) {
			file, kind, err := CleanProof(c.raw)
			if c.refused != "" {
				e, ok := errors.AsType[*pos.Error](err)
				require.True(t, ok, "%v", err)
				require.Equal(t, c.refused, e.ID)
				require.Empty(t, file)
				return
			}
			require.NoError(t, err)
			require.Equal(t, c.kind, kind)
			p := Proof{ID: "p", Kind: kind, Size: int64(len(file)), Digest: Digest(file)}
			require.NoError(t, p.CheckKept(file), "another backend takes it as it is")
			if kind == ProofPDF {
				require.Equal(t, c.raw, file, "as it is")
				return
			}
			require.NotContains(t, string(file), "script")
			require.NotContains(t, string(file), "PK\x03\x04")
		})
	}
}

// A large picture is kept small enough to be sent and large enough to be read.
func TestCleanProof_LargePicture(t *testing.T) {
	file, _, err := CleanProof(pngOf(t, screen(5000, 100)))
	require.NoError(t, err)
	head, kind, err := image.DecodeConfig(bytes.NewReader(file))
	require.NoError(t, err)
	assert.Equal(t, []any{ProofSide, 40, "jpeg"}, []any{head.Width, head.Height, kind})
}

// What another backend says it kept is looked at as if anybody had sent it.
func TestProof_CheckKept(t *testing.T) {
	file, kind, err := CleanProof(pngOf(t, screen(8, 8)))
	require.NoError(t, err)
	good := Proof{ID: "p", Kind: kind, Size: int64(len(file)), Digest: Digest(file)}
	require.NoError(t, good.CheckKept(file))
	for name, spoil := range map[string]func(p *Proof, raw []byte) []byte{
		"another digest":     func(p *Proof, raw []byte) []byte { p.Digest = Digest(nil); return raw },
		"no digest":          func(p *Proof, raw []byte) []byte { p.Digest = "x"; return raw },
		"another size":       func(p *Proof, raw []byte) []byte { p.Size++; return raw },
		"no id":              func(p *Proof, raw []byte) []byte { p.ID = ""; return raw },
		"a pdf":              func(p *Proof, raw []byte) []byte { p.Kind = ProofPDF; return raw },
		"another kind":       func(p *Proof, raw []byte) []byte { p.Kind = "text/html"; return raw },
		"a file behind":      func(p *Proof, raw []byte) []byte { return sized(p, append(raw, "<html>"...)) },
		"not made anew":      func(p *Proof, _ []byte) []byte { return sized(p, pngOf(t, screen(8, 8))) },
		"a pdf cut off":      func(p *Proof, _ []byte) []byte { p.Kind = ProofPDF; return sized(p, []byte("%PDF-1.4")) },
		"a web page, no pdf": func(p *Proof, _ []byte) []byte { p.Kind = ProofPDF; return sized(p, []byte("<html>%%EOF")) },
	} {
		p := good
		raw := spoil(&p, bytes.Clone(file))
		assert.Error(t, p.CheckKept(raw), name)
	}
}

func sized(p *Proof, raw []byte) []byte {
	p.Size, p.Digest = int64(len(raw)), Digest(raw)
	return raw
}
