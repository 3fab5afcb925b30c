package escpos

import (
	"bytes"
	"errors"
	"image"
	"image/color"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func pc866() Page { p, _ := PageNamed("pc866"); return p }

func TestEncoder_GoldenBytes(t *testing.T) {
	for name, tt := range map[string]struct {
		write func(*Encoder)
		want  []byte
	}{
		"init":            {func(e *Encoder) { e.Init(false) }, []byte{0x1b, '@', 0x1b, 't', 17}},
		"another page":    {func(e *Encoder) { e.SelectPage(pc866().At(7)) }, []byte{0x1b, 't', 7}},
		"two-byte mode":   {func(e *Encoder) { e.Init(true) }, []byte{0x1b, '@', 0x1c, '.', 0x1b, 't', 17}},
		"line":            {func(e *Encoder) { e.Line("Чек №1") }, []byte{0x97, 0xa5, 0xaa, ' ', 0xfc, '1', 0x0a}},
		"text":            {func(e *Encoder) { e.Text("ok") }, []byte("ok")},
		"bold":            {func(e *Encoder) { e.Bold(true); e.Bold(false) }, []byte{0x1b, 'E', 1, 0x1b, 'E', 0}},
		"double":          {func(e *Encoder) { e.Double(true, false); e.Double(false, true) }, []byte{0x1d, '!', 0x10, 0x1d, '!', 0x01}},
		"align":           {func(e *Encoder) { e.Align(Centre); e.Align(Right) }, []byte{0x1b, 'a', 1, 0x1b, 'a', 2}},
		"feed":            {func(e *Encoder) { e.Feed(3); e.Feed(-1); e.Feed(900) }, []byte{0x1b, 'd', 3, 0x1b, 'd', 0, 0x1b, 'd', 255}},
		"cut":             {func(e *Encoder) { e.Cut(false); e.Cut(true) }, []byte{0x1d, 'V', 65, 0, 0x1d, 'V', 66, 0}},
		"drawer on pin 2": {func(e *Encoder) { e.Pulse(2) }, []byte{0x1b, 'p', 0, 25, 250}},
		"drawer on pin 5": {func(e *Encoder) { e.Pulse(5) }, []byte{0x1b, 'p', 1, 25, 250}},
		"qr": {func(e *Encoder) { e.QR("ab", 4) }, []byte{
			0x1d, '(', 'k', 4, 0, '1', 'A', '2', 0,
			0x1d, '(', 'k', 3, 0, '1', 'C', 4,
			0x1d, '(', 'k', 3, 0, '1', 'E', '1',
			0x1d, '(', 'k', 5, 0, '1', 'P', '0', 'a', 'b',
			0x1d, '(', 'k', 3, 0, '1', 'Q', '0'}},
		"raster": {func(e *Encoder) {
			b := NewBitmap(10, 2)
			b.Set(0, 0)
			b.Set(9, 1)
			e.Raster(b)
		}, []byte{0x1d, 'v', '0', 0, 2, 0, 2, 0, 0x80, 0, 0, 0x40}},
	} {
		t.Run(name, func(t *testing.T) {
			e := NewEncoder(pc866())
			tt.write(e)
			assert.Equal(t, tt.want, e.Bytes())
		})
	}
}

func TestEncoder_LongQRHasItsLengthInTwoBytesAndAnEnd(t *testing.T) {
	e := NewEncoder(pc866())
	e.QR(strings.Repeat("x", 2*MaxQR), 99)
	at := bytes.Index(e.Bytes(), []byte("1P0"))
	require.Positive(t, at)
	n := int(e.Bytes()[at-2]) | int(e.Bytes()[at-1])<<8
	assert.Equal(t, MaxQR+3, n)
	assert.Equal(t, MaxQR, bytes.Count(e.Bytes(), []byte("x")))
	assert.Contains(t, string(e.Bytes()), "1C\x10", "modules are bounded")
}

func TestEncoder_HighPicturesGoInBands(t *testing.T) {
	e := NewEncoder(pc866())
	e.Raster(NewBitmap(8, 300))
	assert.Equal(t, 3, bytes.Count(e.Bytes(), []byte{0x1d, 'v', '0'}))
	assert.Len(t, e.Bytes(), 300+3*8)
}

func TestPage_Encode(t *testing.T) {
	named := func(name string) Page {
		p, ok := PageNamed(name)
		require.True(t, ok, name)
		return p
	}
	for name, tt := range map[string]struct{ page, text, reads string }{
		"Russian":                        {"pc866", "Ёж, щётка №1", "Ёж, щётка №1"},
		"quotes and dashes become plain": {"pc866", "«Лавка» — это…", `"Лавка" - это...`},
		"1251 has its own":               {"wpc1251", "«Лавка» — это…", "«Лавка» — это…"},
		"currencies in words":            {"pc866", "5 ₽, 6 ₸, 7 ₴, 8 €", "5 руб., 6 тг, 7 грн, 8 EUR"},
		"currencies in a Latin page":     {"pc437", "5 ₽, 6 ₸, 7 ₴", "5 RUB, 6 KZT, 7 UAH"},
		"Kazakh letters look Russian":    {"pc866", "Қазақстан, Әлия, Үй", "Казакстан, Алия, Уй"},
		"the Kazakh page has them":       {"kz1048", "Қазақстан, Әлия, Үй, Өң, Ғ, Һ, Ұ", "Қазақстан, Әлия, Үй, Өң, Ғ, Һ, Ұ"},
		"Ukrainian keeps what there is":  {"pc866", "Їжа, єдність, ґанок, і", "Їжа, єднiсть, ганок, i"},
		"Ukrainian page":                 {"koi8-u", "Їжа, єдність, ґанок", "Їжа, єдність, ґанок"},
		"Cyrillic in a Latin page":       {"pc437", "Чек, Щука, Ғалым", "Chek, Shchuka, Galym"},
		"nothing is left out":            {"pc866", "a漢🙂b", "a· b"},
		"no dot in the page":             {"pc855", "漢?", "-?"},
		"accents and ligatures":          {"pc866", "Crème brûlée, Łódź, ﬁle, Ñ, №①", "Creme brulee, Lodz, file, N, №1"},
		"full width":                     {"pc866", "ＡＢ１２", "AB12"},
		"a mark of its own":              {"pc866", "e\u0301", "e "},
		"Serbian":                        {"pc866", "Љубав", "Льубав"},
		"thin and hard spaces":           {"pc866", "1\u2009262\u00a0р", "1 262 р"},
		"times":                          {"pc866", "2×3", "2х3"},
		"old Cyrillic":                   {"pc855", "Привет", "Привет"},
		"ISO":                            {"iso8859-5", "Привет №", "Привет №"},
		"Polish":                         {"pc852", "Zażółć", "Zażółć"},
	} {
		t.Run(name, func(t *testing.T) {
			p := named(tt.page)
			assert.Equal(t, tt.reads, p.Decode(p.Encode(tt.text)))
		})
	}
}

// alphabets are the letters and signs of the till's languages.
var alphabets = map[string]string{
	"ru": "абвгдеёжзийклмнопрстуфхцчшщъыьэюя", "uk": "абвгґдеєжзиіїйклмнопрстуфхцчшщьюя'ʼ", "be": "абвгдеёжзійклмнопрстуўфхцчшыьэюя’",
	"kk": "аәбвгғдеёжзийкқлмнңоөпрстуұүфхһцчшщъыіьэюя", "en": "abcdefghijklmnopqrstuvwxyz",
	"signs": "«»„“”‘’–—−…№₽₸₴€£²³½°×•·©®™%&@#*+-=/\\()[]{}<>|~^_",
}

// TestPage_HasEveryLetterOfTheLanguages: on each page a letter stands for each
// letter, and no sign becomes a question mark.
func TestPage_HasEveryLetterOfTheLanguages(t *testing.T) {
	for _, p := range Pages() {
		for name, letters := range alphabets {
			for _, r := range letters + strings.ToUpper(letters) {
				got := p.Decode(p.Encode(string(r)))
				assert.NotContains(t, got, "?", "%s %q", p.Name, r)
				assert.NotEmpty(t, strings.TrimSpace(got), "%s %q", p.Name, r)
				if name != "signs" && unicode.IsLetter(r) && r != 'ʼ' {
					assert.True(t, strings.ContainsFunc(got, unicode.IsLetter) || got == "'", "%s %q is %q", p.Name, r, got)
				}
				if p.Name == "kz1048" && name == "kk" || p.Name == "koi8-u" && name == "uk" && r != 'ʼ' || name == "ru" && strings.Contains("pc866 wpc1251 pc855 iso8859-5 koi8-u", p.Name) {
					assert.Equal(t, string(r), got, "%s has its own language whole", p.Name)
				}
			}
		}
	}
}

func TestPage_LongerReplacementsLeaveFiguresInTheirColumn(t *testing.T) {
	e := NewEncoder(pc866())
	e.Line("ИТОГ          1 262,61 ₽")
	line := pc866().Decode(bytes.TrimSuffix(e.Bytes(), []byte{lf}))
	assert.Equal(t, "ИТОГ       1 262,61 руб.", line)
	e = NewEncoder(pc866())
	e.Line("впритык ₽")
	assert.Equal(t, "впритык руб.\n", pc866().Decode(e.Bytes()), "where there is no gap, the sign is longer")
}

func TestPages_AreNamedOnceAndReadBack(t *testing.T) {
	seen := map[string]bool{}
	for _, p := range Pages() {
		require.False(t, seen[p.Name], p.Name)
		seen[p.Name] = true
		for b := 0x80; b < 0x100; b++ {
			r := p.set.DecodeByte(byte(b))
			if r == utf8.RuneError || r < 0xa0 {
				continue
			}
			got := p.Encode(string(r))
			if r != '\u00a0' {
				require.Equal(t, string(r), p.Decode(got), "%s %x", p.Name, b)
			}
		}
	}
	_, ok := PageNamed("latin")
	assert.False(t, ok)
}

func FuzzPage_NoTextCommandsThePrinter(f *testing.F) {
	for _, s := range []string{"", "Чек № 1", "\x1b@\x10\x04\x01\n", "\u0085\u009b", "₽₸₴", "\xff\xfe", "Қ«»…"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		for _, p := range Pages() {
			out := p.Encode(s)
			if len(out) < utf8.RuneCountInString(s) {
				t.Fatalf("%s: %q lost signs", p.Name, s)
			}
			for _, b := range out {
				if b < ' ' || b == 0x7f {
					t.Fatalf("%s: %q became a command %x", p.Name, s, b)
				}
			}
		}
	})
}

func TestStatus(t *testing.T) {
	for name, st := range map[string]Status{
		"fine": {}, "no paper": {NoPaper: true}, "cover": {CoverOpen: true}, "low": {PaperLow: true}, "failed": {Failed: true},
	} {
		t.Run(name, func(t *testing.T) {
			var got Status
			for _, a := range []Ask{AskOnline, AskCause, AskPaper} {
				require.NoError(t, got.Read(a, st.Answer(a)))
				assert.Equal(t, []byte{0x10, 0x04, byte(a)}, a.Request())
			}
			assert.Equal(t, st.Fine(), got.Fine())
			assert.Equal(t, st.NoPaper, got.NoPaper)
			assert.Equal(t, st.CoverOpen, got.CoverOpen)
			assert.Equal(t, st.PaperLow, got.PaperLow)
			assert.Equal(t, st.Failed, got.Failed)
		})
	}
	var s Status
	for _, b := range []byte{0, 'H', 0xff, 0x13, 0x92, 0x11, '<'} {
		assert.True(t, errors.Is(s.Read(AskOnline, b), ErrRubbish), "%x", b)
	}
}

func TestBitmap(t *testing.T) {
	img := image.NewNRGBA(image.Rect(2, 3, 12, 7))
	img.Set(2, 3, color.Black)
	img.Set(11, 6, color.NRGBA{R: 10, A: 255})
	img.Set(5, 5, color.NRGBA{A: 0})
	for y := 3; y < 7; y++ {
		for x := 2; x < 12; x++ {
			if img.NRGBAAt(x, y).A == 0 && (x != 5 || y != 5) {
				img.Set(x, y, color.White)
			}
		}
	}
	b := Dither(img)
	assert.True(t, b.Black(0, 0))
	assert.True(t, b.Black(9, 3))
	assert.False(t, b.Black(3, 2), "what is transparent is paper")
	assert.False(t, b.Black(-1, 0))
	assert.False(t, b.Black(10, 0))
	assert.Equal(t, b, FromPicture(b.Picture()))
}

func TestDither_GreyBecomesAPattern(t *testing.T) {
	img := image.NewGray(image.Rect(0, 0, 40, 40))
	for i := range img.Pix {
		img.Pix[i] = 128
	}
	b, black := Dither(img), 0
	for y := range 40 {
		for x := range 40 {
			if b.Black(x, y) {
				black++
			}
		}
	}
	assert.InDelta(t, 800, black, 80)
}
