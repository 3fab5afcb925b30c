package pdf

import (
	"bytes"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/makiuchi-d/gozxing"
	"github.com/makiuchi-d/gozxing/oned"
	"github.com/makiuchi-d/gozxing/qrcode"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"kassa/pos"
)

func TestSlip(t *testing.T) {
	var out bytes.Buffer
	require.NoError(t, Slip(&out, "Чек № 1", []string{"ИТОГ  5,00 ₽", "Қазақша", ""}))
	assert.True(t, bytes.HasPrefix(out.Bytes(), []byte("%PDF-")))
	assert.Equal(t, 1, bytes.Count(out.Bytes(), []byte("/Type /Page\n")))
	assert.Less(t, out.Len(), 200_000, "only the letters that are used")
	out.Reset()
	require.NoError(t, Slip(&out, "", make([]string, pageLines+1)))
	assert.Equal(t, 2, bytes.Count(out.Bytes(), []byte("/Type /Page\n")))
	assert.Equal(t, pos.CodeInvalid, pos.CodeOf(Slip(&out, "", nil)))
	assert.Equal(t, pos.CodeInvalid, pos.CodeOf(Slip(&out, "", make([]string, maxLines+1))))
}

func TestBarcode_ReadsBack(t *testing.T) {
	for name, code := range map[string]string{
		"EAN-13": "4600000000015", "EAN-8": "96385074", "wrong check digit": "4600000000010", "letters": "ABC-123", "short": "42",
	} {
		t.Run(name, func(t *testing.T) {
			img, square, err := Barcode(code)
			require.NoError(t, err)
			assert.False(t, square)
			bits, err := gozxing.NewBinaryBitmapFromImage(img)
			require.NoError(t, err)
			var got *gozxing.Result
			for _, r := range []gozxing.Reader{oned.NewEAN13Reader(), oned.NewEAN8Reader(), oned.NewCode128Reader()} {
				if got, err = r.Decode(bits, nil); err == nil {
					break
				}
			}
			require.NoError(t, err)
			assert.Equal(t, code, got.GetText())
		})
	}
	for name, code := range map[string]string{"Russian": "АРТ-15", "long": strings.Repeat("0123456789", 4)} {
		t.Run(name, func(t *testing.T) {
			img, square, err := Barcode(code)
			require.NoError(t, err)
			assert.True(t, square)
			bits, err := gozxing.NewBinaryBitmapFromImage(img)
			require.NoError(t, err)
			got, err := qrcode.NewQRCodeReader().Decode(bits, nil)
			require.NoError(t, err)
			assert.Equal(t, code, got.GetText())
		})
	}
}

func TestLabels(t *testing.T) {
	goods := []pos.PriceLabel{
		{Name: strings.Repeat("Масло сливочное «Полянка» 82,5 % ", 4), Price: "214,00 ₽", SKU: "1001", Code: "4600000000015", Shop: "Лавка", Count: 3},
		{Name: "Яблоки сезонные", Price: "1 234 567,90 ₽", Unit: "за кг", SKU: strings.Repeat("9", 40), Shop: "Лавка", Count: 17},
		{Name: "Код с буквами", Price: "5 ₽", Code: "АРТ-15", Count: 1},
	}
	assert.Len(t, layouts, len(pos.LabelPapers), "every paper has its measures")
	for _, paper := range pos.LabelPapers {
		t.Run(string(paper), func(t *testing.T) {
			l, ok := layouts[paper]
			require.True(t, ok)
			var out bytes.Buffer
			require.NoError(t, Labels(&out, "Ценники", paper, goods))
			pages := (21 + l.columns*l.rows - 1) / (l.columns * l.rows)
			assert.Equal(t, pages, bytes.Count(out.Bytes(), []byte("/Type /Page\n")))
			assert.Equal(t, 2, bytes.Count(out.Bytes(), []byte("/Subtype /Image")), "each code is in the file once")
			if l.columns*l.rows > 1 {
				assert.LessOrEqual(t, 2*l.margin+float64(l.columns)*l.width, 210.0)
				assert.LessOrEqual(t, 2*l.margin+float64(l.rows)*l.height, 297.0)
			}
		})
	}
	assert.Equal(t, pos.CodeInvalid, pos.CodeOf(Labels(io.Discard, "", pos.Label58x40, nil)))
	assert.Equal(t, pos.CodeInvalid, pos.CodeOf(Labels(io.Discard, "", pos.Label58x40, []pos.PriceLabel{{Count: MaxLabels + 1}})))
	assert.Equal(t, pos.CodeInternal, pos.CodeOf(Labels(io.Discard, "", "a0", goods)))
}

// What a label printer puts on a label stands on that of a document too, where the
// label is large enough.
func TestLabels_SayWhatALabelPrinterSays(t *testing.T) {
	l := pos.PriceLabel{Name: "Молоко «Луговое», 1 л", Price: "89,90 ₽", Old: "104,90 ₽", PerUnit: "1 л — 89,90 ₽", SKU: "1001",
		Code: "4600000000015", Shop: "Лавка", Date: "01.12.2026", Count: 1}
	for _, paper := range pos.LabelPapers {
		t.Run(string(paper), func(t *testing.T) {
			s := newSheet("", layouts[paper])
			s.doc.SetCompression(false)
			require.NoError(t, s.put(&l))
			var out bytes.Buffer
			require.NoError(t, finish(s.doc, &out))
			for _, text := range []string{l.Price, l.Old, l.PerUnit} {
				assert.True(t, writes(out.Bytes(), text), text)
			}
			assert.Equal(t, layouts[paper].height >= datedFrom, writes(out.Bytes(), l.Date), "the date where there is height")
			assert.Contains(t, out.String(), " l S", "the old price is struck through")
		})
	}
}

// writes tells whether a document that is not compressed shows a text.
func writes(document []byte, text string) bool {
	var wide bytes.Buffer
	for _, unit := range utf16.Encode([]rune(text)) {
		wide.Write([]byte{byte(unit >> 8), byte(unit)})
	}
	escaped := strings.NewReplacer("\\", "\\\\", "(", "\\(", ")", "\\)", "\r", "\\r").Replace(wide.String())
	return bytes.Contains(document, []byte(escaped))
}

func TestFiles(t *testing.T) {
	path := filepath.Join(t.TempDir(), "чек.pdf")
	require.NoError(t, Files{}.Slip(path, "", []string{"Чек"}))
	first, err := os.ReadFile(path)
	require.NoError(t, err)
	t.Run("keeps what was there when the new one fails", func(t *testing.T) {
		err := save(path, func(w io.Writer) error { _, _ = w.Write([]byte("half")); return io.ErrShortWrite })
		assert.Equal(t, pos.CodeUnavailable, pos.CodeOf(err))
		again, err := os.ReadFile(path)
		require.NoError(t, err)
		assert.Equal(t, first, again)
		left, err := os.ReadDir(filepath.Dir(path))
		require.NoError(t, err)
		assert.Len(t, left, 1)
	})
	t.Run("says which file", func(t *testing.T) {
		err := Files{}.Slip(filepath.Join(path, "no", "folder.pdf"), "", []string{"Чек"})
		var e *pos.Error
		require.ErrorAs(t, err, &e)
		assert.Equal(t, "print.pdf-not-kept", e.ID)
		assert.Contains(t, e.Args["File"], "folder.pdf")
	})
}

func TestLetters_NoneIsMissingOnPaper(t *testing.T) {
	for _, face := range []func() (*typeface, error){sansFace, monoFace} {
		f, err := face()
		require.NoError(t, err)
		const known = "Щётка «Ґанок» Ўсё Қазақ ӘҒҚҢӨҰҮҺ № — € ₴ 5²"
		require.Equal(t, known, f.written(known))
		require.Equal(t, "a· b", f.written("a漢🙂b"))
	}
	var out bytes.Buffer
	require.NoError(t, Slip(&out, "🙂", []string{"Чай 🙂 漢 \U0001F9C0"}))
	require.NoError(t, Labels(&out, "🙂", pos.Label58x40, []pos.PriceLabel{{Name: "Чай 🙂 漢", Price: "1 ₸", Code: "4600000000015", Count: 1}}))
}
