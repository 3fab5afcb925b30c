package label

import (
	"bytes"
	"encoding/hex"
	"fmt"
	"image/png"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/makiuchi-d/gozxing"
	"github.com/makiuchi-d/gozxing/oned"
	"github.com/makiuchi-d/gozxing/qrcode"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"kassa/pos"
	"kassa/pos/escpos"
	"kassa/pos/postest/golden"
)

// milk has everything a label may have, in letters of four languages.
var milk = pos.PriceLabel{Name: "Молоко пастеризованное «Ґанок» Ўсё 2,5 % Қазақ әіңғүұқөһ, 1 л", Price: "89,90 ₽", Old: "104,90 ₽", PerUnit: "1 л — 89,90 ₽",
	SKU: "1001", Code: "4600000000015", Shop: "Продукты у дома", Date: "30.11.2026", Count: 3}

// codes are of every kind a label has.
var codes = map[string]string{"EAN-13": "4600000000015", "EAN-8": "46000019", "Code 128": "KS-0042", "number of the shop": "1234567890123", "long": "https://example.com/p/12345678901234567890", "letters": "АРТ-15"}

// read is what a scanner reads of the dots.
func read(t *testing.T, b *escpos.Bitmap) string {
	t.Helper()
	bits, err := gozxing.NewBinaryBitmapFromImage(b.Picture())
	require.NoError(t, err)
	hints := map[gozxing.DecodeHintType]any{gozxing.DecodeHintType_TRY_HARDER: true}
	for _, r := range []gozxing.Reader{oned.NewEAN13Reader(), oned.NewEAN8Reader(), oned.NewCode128Reader(), qrcode.NewQRCodeReader()} {
		if got, err := r.Decode(bits, hints); err == nil {
			return got.GetText()
		}
	}
	return ""
}

// unZPL draws what a printer would print of one label.
func unZPL(t *testing.T, said string) (b *escpos.Bitmap, count int) {
	t.Helper()
	m := regexp.MustCompile(`(?s)^\^XA\n\^PW(\d+)\n\^LL(\d+)\n\^LH0,0\n\^FO0,0\^GFA,(\d+),(\d+),(\d+),\n(.*)\^FS\n\^PQ(\d+)\n\^XZ\n$`).FindStringSubmatch(said)
	require.NotNil(t, m, "no label: %.80q", said)
	n := make([]int, 8)
	for i := 1; i <= 7; i++ {
		n[i], _ = strconv.Atoi(m[i])
	}
	b = escpos.NewBitmap(n[1], n[2])
	require.Equal(t, len(b.Bits), n[3])
	require.Equal(t, len(b.Bits), n[4])
	require.Equal(t, b.Stride(), n[5])
	digits, row, repeat := strings.Builder{}, "", 0
	end := func(fill string) {
		row += strings.Repeat(fill, 2*b.Stride()-len(row))
	}
	for _, c := range m[6] {
		switch {
		case c == '\n':
			require.Len(t, row, 2*b.Stride())
			digits.WriteString(row)
			continue
		case c == ':': // as before
			continue
		}
		if len(row) == 2*b.Stride() {
			row = ""
		}
		switch {
		case c == ',':
			end("0")
		case c == '!':
			end("F")
		case c >= 'G' && c <= 'Y':
			repeat += int(c-'G') + 1
			continue
		case c >= 'g' && c <= 'z':
			repeat += 20 * (int(c-'g') + 1)
			continue
		default:
			row += strings.Repeat(string(c), max(repeat, 1))
		}
		repeat = 0
	}
	raw, err := hex.DecodeString(digits.String())
	require.NoError(t, err)
	b.Bits = raw
	return b, n[7]
}

// unEPL is unZPL for the other language.
func unEPL(t *testing.T, said string) (b *escpos.Bitmap, count int) {
	t.Helper()
	m := regexp.MustCompile(`^\r\nN\r\nq(\d+)\r\nQ(\d+),(\d+)\r\nGW0,0,(\d+),(\d+),`).FindStringSubmatch(said)
	require.NotNil(t, m, "no label: %.80q", said)
	width, _ := strconv.Atoi(m[1])
	height, _ := strconv.Atoi(m[2])
	b = escpos.NewBitmap(width, height)
	require.Equal(t, strconv.Itoa(b.Stride()), m[4])
	require.Equal(t, m[2], m[5])
	rest := said[len(m[0]):]
	require.Greater(t, len(rest), len(b.Bits))
	for i := range b.Bits {
		b.Bits[i] = ^rest[i]
	}
	_, err := fmt.Sscanf(rest[len(b.Bits):], "\r\nP%d\r\n", &count)
	require.NoError(t, err)
	return b, count
}

// TestSay_ComesOutAsDrawn: whichever language, size and printer, the dots are those of
// the preview, and a scanner reads the barcode of them.
func TestSay_ComesOutAsDrawn(t *testing.T) {
	for _, paper := range pos.LabelPapers {
		if _, _, roll := paper.Millimetres(); !roll {
			continue
		}
		for _, dpi := range []int{203, 300} {
			for kind, code := range codes {
				t.Run(fmt.Sprint(paper, "/", dpi, "/", kind), func(t *testing.T) {
					l := milk
					l.Code = code
					want, err := Draw(&l, paper, dpi)
					require.NoError(t, err)
					assert.Equal(t, code, read(t, want))
					for _, language := range []pos.LabelLanguage{pos.LabelZPL, pos.LabelEPL} {
						said, err := Say(&pos.LabelPrinterSettings{Language: language, DPI: dpi}, paper, []pos.PriceLabel{l})
						require.NoError(t, err)
						got, count := unZPL, 0
						if language == pos.LabelEPL {
							got = unEPL
						}
						b, count := got(t, string(said))
						assert.Equal(t, 3, count)
						assert.Equal(t, want, b, "%s", language)
					}
				})
			}
		}
	}
}

// TestDraw_StaysWithin: nothing reaches the edge, whatever stands on the label.
func TestDraw_StaysWithin(t *testing.T) {
	full := milk
	full.Name, full.Price, full.Old, full.PerUnit = strings.Repeat("Щётка ", 40), "1 234 567,90 ₽", "2 345 678,90 ₽", "1 кг — 1 234 567,90 ₽"
	full.Shop, full.SKU = strings.Repeat("Продукты ", 20), strings.Repeat("9", 60)
	for _, l := range []pos.PriceLabel{milk, full, {Price: "5 ₽"}, {Name: "漢🙂"}, {}} {
		for _, paper := range pos.LabelPapers {
			b, err := Draw(&l, paper, 203)
			require.NoError(t, err)
			for x := range b.Width {
				require.False(t, b.Black(x, 0) || b.Black(x, b.Height-1), "%s reaches over", paper)
			}
			for y := range b.Height {
				require.False(t, b.Black(0, y) || b.Black(b.Width-1, y), "%s reaches over", paper)
			}
		}
	}
}

func TestSay_Golden(t *testing.T) {
	l := milk
	for _, language := range []pos.LabelLanguage{pos.LabelZPL, pos.LabelEPL} {
		said, err := Say(&pos.LabelPrinterSettings{Language: language, DPI: 203}, pos.Label30x20, []pos.PriceLabel{l, {Name: "Хлеб", Price: "45,00 ₽", Count: 1}})
		require.NoError(t, err)
		text := string(said)
		if language == pos.LabelEPL {
			text = hex.Dump(said)
		}
		golden.Equal(t, string(language)+".txt", text)
	}
}

func TestSay_Refuses(t *testing.T) {
	_, err := Say(&pos.LabelPrinterSettings{DPI: 203}, pos.LabelA4, []pos.PriceLabel{milk})
	assert.Equal(t, pos.CodeInvalid, pos.CodeOf(err))
	l := milk
	l.Code = strings.Repeat("Щ", 3000)
	_, err = Say(&pos.LabelPrinterSettings{DPI: 203}, pos.Label58x40, []pos.PriceLabel{l})
	assert.Equal(t, pos.CodeInvalid, pos.CodeOf(err))
}

// TestDraw_Pictures keeps what labels look like where KASSA_PICTURES names a folder.
func TestDraw_Pictures(t *testing.T) {
	dir := os.Getenv("KASSA_PICTURES")
	if dir == "" {
		dir = t.TempDir()
	}
	weighed := pos.PriceLabel{Name: "Яблоки сезонные", Price: "129,90 ₽", Unit: "за кг", SKU: "1044", Code: "1044", Shop: "Продукты у дома", Date: "30.11.2026", Count: 1}
	for i, l := range []pos.PriceLabel{milk, weighed} {
		for _, paper := range pos.LabelPapers {
			b, err := Draw(&l, paper, 203)
			require.NoError(t, err)
			var out bytes.Buffer
			require.NoError(t, png.Encode(&out, b.Picture()))
			require.NoError(t, os.WriteFile(filepath.Join(dir, fmt.Sprintf("label-%s-%d.png", paper, i)), out.Bytes(), 0o600))
		}
	}
}
