package message

import (
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// Encoding is how a text travels, which decides how much of it fits into one SMS.
type Encoding string

// The two encodings of 3GPP TS 23.038 in use.
const (
	GSM7 Encoding = "GSM-7"
	UCS2 Encoding = "UCS-2"
)

// Units that fit into an SMS that is alone, and into one of several, where a header takes room.
const (
	gsm7Single, gsm7Part = 160, 153
	ucs2Single, ucs2Part = 70, 67
)

// gsm7Basic and gsm7Extended are the default alphabet of 3GPP TS 23.038 and its extension table; a character of
// the latter travels as two.
const (
	gsm7Basic = "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?" +
		"¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
	gsm7Extended = "\f^{}\\[~]|€"
)

// Size is how long a text is for a provider.
type Size struct {
	Chars    int // characters as a person counts them
	Units    int // as the encoding counts them: septets of GSM-7, 16-bit units of UCS-2
	Parts    int // SMS it takes; 0 for an empty text
	Encoding Encoding
}

// Count measures a text. Characters that take two units are not split between parts, as phones require.
func Count(text string) Size {
	text = strings.ToValidUTF8(text, string(utf8.RuneError))
	size := Size{Encoding: GSM7, Chars: utf8.RuneCountInString(text)}
	width, single, part := gsm7Units, gsm7Single, gsm7Part
	if !fitsGSM7(text) {
		size.Encoding = UCS2
		width, single, part = utf16.RuneLen, ucs2Single, ucs2Part
	}

	room := 0
	for _, r := range text {
		w := width(r)
		size.Units += w
		if w > room {
			size.Parts++
			room = part
		}
		room -= w
	}
	if size.Units > 0 && size.Units <= single {
		size.Parts = 1
	}
	return size
}

// Room returns how many units fit into the parts the text takes; of an empty text, into one.
func (s Size) Room() int {
	single, part := gsm7Single, gsm7Part
	if s.Encoding == UCS2 {
		single, part = ucs2Single, ucs2Part
	}
	if s.Parts <= 1 {
		return single
	}
	return s.Parts * part
}

func fitsGSM7(text string) bool {
	for _, r := range text {
		if gsm7Units(r) == 0 {
			return false
		}
	}
	return true
}

// gsm7Units returns how many septets a character takes, 0 when the alphabet has none for it.
func gsm7Units(r rune) int {
	switch {
	case strings.ContainsRune(gsm7Basic, r):
		return 1
	case strings.ContainsRune(gsm7Extended, r):
		return 2
	}
	return 0
}
