// Package fonts holds the typefaces that go onto paper. Only a program that
// prints carries them.
package fonts

import _ "embed"

// Mono has letters of one width, for receipts: DejaVu Sans Mono.
//
//go:embed mono.ttf
var Mono []byte

// Sans is Noto Sans, for labels and tags.
//
//go:embed sans.ttf
var Sans []byte

// SansBold is Sans for prices and names.
//
//go:embed sans-bold.ttf
var SansBold []byte
