package confirm

import (
	"cmp"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"math/big"
	"strings"
	"unicode"

	"github.com/alexedwards/argon2id"

	"kassa/pos"
	"kassa/pos/digest"
)

// Digest is the hex SHA-256 over every field: two bindings with the same
// digest confirm the same thing.
func (b *Binding) Digest() string {
	d := digest.New("kassa.binding.v1")
	d.Text(b.Shop).Text(b.Store).Text(b.Till).Int(b.Epoch)
	d.Text(string(b.Sale)).Text(string(b.Operation)).Text(string(b.Customer)).Text(b.Phone)
	d.Text(string(b.Currency)).Int(int64(b.Amount)).Int(int64(b.Total))
	d.Text(string(b.Cashier)).Text(string(b.Challenge))
	if b.Operation == ChangePhone {
		d.Text(b.NewPhone)
	}
	return d.Hex()
}

// NewCode makes a code of uniformly random decimal digits, leading zeros
// included.
func NewCode() (string, error) {
	n, err := rand.Int(rand.Reader, big.NewInt(1_000_000))
	if err != nil {
		return "", pos.Wrap(pos.CodeInternal, "code.random", err)
	}
	return fmt.Sprintf("%0*d", Digits, n), nil
}

// CleanCode takes a code of so many digits as it is typed, spaces and dashes
// included, and returns its digits. CodeInvalid for anything that cannot be such
// a code: a slip of the finger must not cost the customer an attempt. Where the
// number of digits is not known yet (0), any code's will do.
func CleanCode(typed string, digits int) (string, error) {
	code := bare(typed)
	n := cmp.Or(digits, Digits)
	if fits := len(code) == digits || digits == 0 && len(code) >= leastDigits && len(code) <= mostDigits; !fits {
		return "", pos.E(pos.CodeInvalid, "code.format", pos.Args{"Digits": n, "Count": n})
	}
	return code, nil
}

// MadeCode takes the code a provider made, as its answer has it. CodeInvalid for
// what is no code, and for one too short for the operation: a short code is for
// points alone.
func MadeCode(answer string, op Operation) (string, error) {
	code := bare(answer)
	switch {
	case len(code) < leastDigits || len(code) > mostDigits:
		return "", pos.E(pos.CodeInvalid, "code.unreadable", nil)
	case len(code) < Digits && op != SpendPoints:
		return "", pos.E(pos.CodeInvalid, "code.too-short", pos.Args{"Digits": len(code)})
	}
	return code, nil
}

// bare are the digits of a code without what stands between them, "" for
// anything else.
func bare(text string) string {
	if len(text) > 64 {
		return ""
	}
	code := strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || r == '-' {
			return -1
		}
		return r
	}, text)
	if strings.Trim(code, "0123456789") != "" {
		return ""
	}
	return code
}

// Hasher makes and compares the slow hashes of codes. Its cost is argon2id's
// memory and passes; the pepper is a secret kept outside the database.
type Hasher struct {
	Pepper    []byte
	MemoryKiB uint32
	Passes    uint32
}

// Hash is argon2id, in PHC form, over an HMAC of the challenge, the binding's
// digest and the code: a stolen database alone does not allow guessing, and a
// hash moved to another challenge fits nothing.
func (h Hasher) Hash(id pos.ChallengeID, bindingDigest, code string) (string, error) {
	s, err := argon2id.CreateHash(h.keyed(id, bindingDigest, code), h.params())
	if err != nil {
		return "", pos.Wrap(pos.CodeInternal, "code.hash", err)
	}
	return s, nil
}

// Matches compares in constant time. An empty or unreadable hash matches
// nothing but costs as much as a real one, so that the time tells nobody
// whether there was a code to guess.
func (h Hasher) Matches(hash string, id pos.ChallengeID, bindingDigest, code string) bool {
	secret := h.keyed(id, bindingDigest, code)
	if hash != "" {
		if ok, err := argon2id.ComparePasswordAndHash(secret, hash); err == nil {
			return ok
		}
	}
	_, _ = argon2id.CreateHash(secret, h.params()) // only for its time
	return false
}

func (h Hasher) keyed(id pos.ChallengeID, bindingDigest, code string) string {
	m := hmac.New(sha256.New, h.Pepper)
	m.Write([]byte(digest.New("kassa.code.v1").Text(string(id)).Text(bindingDigest).Text(code).Hex()))
	return hex.EncodeToString(m.Sum(nil))
}

func (h Hasher) params() *argon2id.Params {
	return &argon2id.Params{Memory: h.MemoryKiB, Iterations: h.Passes, Parallelism: 1, SaltLength: 16, KeyLength: 32}
}
