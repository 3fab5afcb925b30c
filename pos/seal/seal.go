// Package seal makes the seals of records that guard money: a MAC over what a
// record says, under a key that is not in the database. Whoever edits the
// database with another program cannot make one.
package seal

import (
	"crypto/hmac"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/binary"
	"fmt"
	"hash"
	"math/bits"
	"sync"

	"kassa/pos"
)

// Size is the length of a seal in bytes: a version of four, then the MAC.
const (
	Size        = versionSize + macSize
	versionSize = 4
	macSize     = 16
)

// label says what the key is for: the pepper serves PINs and codes too.
const label = "kassa seal 1"

// Key makes and checks seals. It is safe for use by several goroutines.
type Key struct{ macs sync.Pool }

// work is what making one MAC needs, kept for the next.
type work struct {
	mac hash.Hash
	buf []byte
	sum [sha256.Size]byte
}

// NewKey derives the key of seals from the till's pepper.
func NewKey(pepper []byte) *Key {
	from := hmac.New(sha256.New, pepper)
	from.Write([]byte(label))
	secret := from.Sum(nil)
	return &Key{macs: sync.Pool{New: func() any { return &work{mac: hmac.New(sha256.New, secret)} }}}
}

// Make seals a record. was is the seal it carried before, nil for none: the new
// one has the next version, so that it never equals an old one. Values are nil,
// int64 or string, always as many and in the same order for one kind.
func (k *Key) Make(kind pos.SealKind, id string, was []byte, values ...any) []byte {
	version := uint32(1)
	if len(was) == Size {
		version += binary.BigEndian.Uint32(was)
	}
	mark := binary.BigEndian.AppendUint32(make([]byte, 0, Size), version)
	return k.mac(mark, kind, id, version, values)
}

// Version is how often a record was sealed, 0 for what carries no seal.
func Version(mark []byte) int64 {
	if len(mark) != Size {
		return 0
	}
	return int64(binary.BigEndian.Uint32(mark))
}

// After is for Make to go on from: a seal of that version which fits nothing.
func After(version int64) []byte {
	return append(binary.BigEndian.AppendUint32(nil, uint32(version)), make([]byte, macSize)...)
}

// Check tells whether a seal fits what a record says.
func (k *Key) Check(mark []byte, kind pos.SealKind, id string, values ...any) pos.Seal {
	switch len(mark) {
	case Size:
	case 0:
		return pos.SealMissing
	default:
		return pos.SealBroken
	}
	var is [macSize]byte
	if subtle.ConstantTimeCompare(mark[versionSize:], k.mac(is[:0], kind, id, binary.BigEndian.Uint32(mark), values)) != 1 {
		return pos.SealBroken
	}
	return pos.SealWhole
}

// mac appends the MAC of a record to a buffer.
func (k *Key) mac(to []byte, kind pos.SealKind, id string, version uint32, values []any) []byte {
	w := k.macs.Get().(*work)
	defer k.macs.Put(w)
	w.buf = text(text(w.buf[:0], string(kind)), id)
	w.buf = binary.BigEndian.AppendUint32(w.buf, version)
	w.buf = binary.BigEndian.AppendUint32(w.buf, uint32(len(values)))
	for _, v := range values {
		w.buf = value(w.buf, v)
	}
	w.mac.Reset()
	w.mac.Write(w.buf)
	return append(to, w.mac.Sum(w.sum[:0])[:macSize]...)
}

// What begins a value, so that no two records are written alike.
const (
	isNone = iota
	isWhole
	isText
)

func value(to []byte, v any) []byte {
	switch v := v.(type) {
	case nil:
		return append(to, isNone)
	case int64:
		return binary.BigEndian.AppendUint64(append(to, isWhole), uint64(v))
	case string:
		return text(append(to, isText), v)
	}
	panic(fmt.Sprintf("seal: a value of type %T", v))
}

func text(to []byte, s string) []byte {
	return append(binary.BigEndian.AppendUint64(to, uint64(len(s))), s...)
}

// Sum is the sum of the seals of a kind's records: it changes when one is taken
// out, slipped in, or put back to what it once was with the seal of then.
type Sum struct {
	N      int64
	Hi, Lo uint64
}

// Add counts a seal in.
func (s *Sum) Add(mark []byte) {
	if len(mark) == Size {
		s.N++
		s.plus(binary.BigEndian.Uint64(mark[versionSize:]), binary.BigEndian.Uint64(mark[versionSize+8:]))
	}
}

// Drop takes a seal off.
func (s *Sum) Drop(mark []byte) {
	if len(mark) == Size {
		s.N--
		lo, borrow := bits.Sub64(s.Lo, binary.BigEndian.Uint64(mark[versionSize+8:]), 0)
		hi, _ := bits.Sub64(s.Hi, binary.BigEndian.Uint64(mark[versionSize:]), borrow)
		s.Hi, s.Lo = hi, lo
	}
}

func (s *Sum) plus(hi, lo uint64) {
	var carry uint64
	s.Lo, carry = bits.Add64(s.Lo, lo, 0)
	s.Hi, _ = bits.Add64(s.Hi, hi, carry)
}

// Values are what a sum says, for its own seal.
func (s Sum) Values() []any { return []any{s.N, int64(s.Hi), int64(s.Lo)} }
