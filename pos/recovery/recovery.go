// Package recovery is the owner's recovery code: what is drawn, how it is
// written on paper, and how it is read from whatever was typed. It is the one
// thing that lets an owner in where the secret behind the PINs is gone, so it
// stands on nothing but itself.
package recovery

import (
	"crypto/rand"
	"crypto/sha256"
	"math/big"
	"strings"
	"time"
	"unicode"

	"kassa/pos"
	"kassa/pos/hidden"
)

// alphabet is what a code is written with: 22 signs that are not taken for one
// another. Of two Latin letters that one Cyrillic letter may mean, by its look or
// by its place on the keyboard, only one is among them, so that a code is read
// rightly whatever layout was on.
const alphabet = "0123456789ACDEGHMNRUWX"

// A code is Length signs in groups; the last sign is a check over the others.
// What is drawn is worth 107 bits.
const (
	Length = 25
	group  = 5
)

// What a shop does about wrong codes: after Tries of them the next is heard only
// after Lock.
const (
	Tries = 5
	Lock  = time.Hour
)

// Guard counts wrong codes; it is stored, so that it outlives the process.
type Guard struct {
	Wrong       int       `json:"wrong"`
	LockedUntil time.Time `json:"locked_until"`
}

// Made is what a shop keeps of its code.
type Made struct {
	Hash string         `json:"hash"` // argon2id in PHC form, without the till's secret: that may be what is lost
	At   time.Time      `json:"at"`
	For  pos.EmployeeID `json:"for"` // the owner it lets in
}

// New draws a code.
func New() (hidden.Text, error) {
	var b strings.Builder
	for range Length - 1 {
		n, err := rand.Int(rand.Reader, big.NewInt(int64(len(alphabet))))
		if err != nil {
			return hidden.Text{}, pos.Wrap(pos.CodeUnavailable, "till.internal", err)
		}
		b.WriteByte(alphabet[n.Int64()])
	}
	return hidden.New(b.String() + string(check(b.String()))), nil
}

// check is the last sign: it tells a slip of the hand from a wrong code, which is
// counted.
func check(body string) byte {
	sum := sha256.Sum256([]byte("kassa recovery " + body))
	return alphabet[int(sum[0])%len(alphabet)]
}

// Show writes a code as it stands on paper: "AC3DE-…", five groups.
func Show(code hidden.Text) string {
	var groups []string
	for s := code.Reveal(); s != ""; {
		n := min(group, len(s))
		groups, s = append(groups, s[:n]), s[n:]
	}
	return strings.Join(groups, "-")
}

// Parse reads a typed code: small letters, spaces, dashes and letters of a
// Cyrillic layout are forgiven, and so are signs that look like one of a code's.
// It returns CodeInvalid "recovery.form" for what is no code, be it for a slip of
// the hand; nothing needs to be counted then.
func Parse(typed hidden.Text) (hidden.Text, error) {
	s, ok := signs(typed.Reveal())
	if !ok || len(s) != Length || check(s[:Length-1]) != s[Length-1] {
		return hidden.Text{}, pos.E(pos.CodeInvalid, "recovery.form", pos.Args{"Length": Length})
	}
	return hidden.New(s), nil
}

// IsLastGroup reports whether the last group of a code was typed: whoever can has
// the code on paper.
func IsLastGroup(code hidden.Text, typed string) bool {
	s, ok := signs(typed)
	return ok && len(s) == group && strings.HasSuffix(code.Reveal(), s)
}

// signs are the signs of a code that were meant; ok is false where there is one
// that means none.
func signs(typed string) (s string, ok bool) {
	var b strings.Builder
	for _, r := range typed {
		r = unicode.ToUpper(r)
		if unicode.IsSpace(r) || unicode.IsPunct(r) || unicode.Is(unicode.Cf, r) {
			continue
		}
		if means, ok := meant[r]; ok {
			r = means
		}
		if r > unicode.MaxASCII || !strings.ContainsRune(alphabet, r) || b.Len() == Length {
			return "", false
		}
		b.WriteByte(byte(r))
	}
	return b.String(), true
}

// meant tells which sign of a code was meant by another one: Latin signs by their
// look; Cyrillic ones by their look or by the key they share.
var meant = map[rune]rune{
	'O': '0', 'Q': '0', 'I': '1', 'L': '1', 'Z': '2', 'S': '5', 'B': '8',
	'А': 'A', 'Ф': 'A', 'С': 'C', 'В': 'D', 'Е': 'E', 'У': 'E', 'П': 'G', 'Н': 'H', 'Р': 'H', 'М': 'M', 'Ь': 'M',
	'Т': 'N', 'К': 'R', 'Г': 'U', 'Ц': 'W', 'Х': 'X', 'Ч': 'X', 'О': '0', 'З': '3', 'І': '1',
}
