// Package escpos writes what receipt printers understand: text in a code page,
// emphasis, pictures, QR codes, the cut and the pulse that opens a drawer. It is
// pure: it makes bytes and reads answers, and knows of no device.
package escpos

// Bytes that begin commands.
const (
	dle = 0x10
	eot = 0x04
	esc = 0x1b
	fs  = 0x1c
	gs  = 0x1d
	lf  = 0x0a
)

// Align is where lines stand.
type Align byte

// Alignments.
const (
	Left Align = iota
	Centre
	Right
)

// Encoder collects the bytes of slips for one printer.
type Encoder struct {
	page Page
	out  []byte
}

// NewEncoder writes text in a code page.
func NewEncoder(p Page) *Encoder { return &Encoder{page: p} }

// Bytes are what was written so far.
func (e *Encoder) Bytes() []byte { return e.out }

func (e *Encoder) put(b ...byte) { e.out = append(e.out, b...) }

// Init forgets what the slip before set, and chooses the code page. oneByte first
// leaves the mode in which many printers wake and to which the reset may bring them
// back: there two bytes are one sign, and no letter of a page is seen. Printers
// without that mode may print a full stop for it.
func (e *Encoder) Init(oneByte bool) {
	e.put(esc, '@')
	if oneByte {
		e.put(fs, '.')
	}
	e.put(esc, 't', e.page.Number)
}

// SelectPage goes on in another code page.
func (e *Encoder) SelectPage(p Page) {
	e.page = p
	e.put(esc, 't', p.Number)
}

// Text writes text without a line end. Signs the page lacks are replaced, see
// Page.Encode.
func (e *Encoder) Text(s string) { e.out = e.page.Append(e.out, s) }

// Line writes a line. Where a replacement is longer than the sign it stands
// for, room is taken from the widest gap of the line, so that figures stay in
// their column.
func (e *Encoder) Line(s string) {
	e.out = e.page.appendLine(e.out, s)
	e.put(lf)
}

// Bold turns emphasis on or off.
func (e *Encoder) Bold(on bool) { e.put(esc, 'E', bit(on)) }

// Double makes letters twice as wide, twice as high, both or neither.
func (e *Encoder) Double(wide, high bool) { e.put(gs, '!', bit(wide)<<4|bit(high)) }

// Align puts the following lines and pictures left, in the middle or right.
func (e *Encoder) Align(a Align) { e.put(esc, 'a', byte(a)) }

// Feed moves the paper by lines.
func (e *Encoder) Feed(lines int) { e.put(esc, 'd', byte(min(max(lines, 0), 255))) }

// Cut cuts the paper, leaving a bridge when partial. The printer first feeds
// to where its knife is.
func (e *Encoder) Cut(partial bool) { e.put(gs, 'V', 65+bit(partial), 0) }

// Lengths of the drawer's pulse in steps of 2 ms: on 50, off 500.
const (
	pulseOn  = 25
	pulseOff = 250
)

// Pulse opens the drawer on a contact of the socket: 2 or 5.
func (e *Encoder) Pulse(pin int) { e.put(esc, 'p', bit(pin == 5), pulseOn, pulseOff) }

// MaxQR is the longest text a code takes here, in bytes.
const MaxQR = 500

// QR lets the printer draw a code of modules that many dots wide (1…16), error
// correction M. A text longer than MaxQR is cut.
func (e *Encoder) QR(text string, module int) {
	text = text[:min(len(text), MaxQR)]
	fn := func(f byte, data ...byte) {
		n := len(data) + 2
		e.put(gs, '(', 'k', byte(n), byte(n>>8), '1', f)
		e.put(data...)
	}
	fn('A', '2', 0) // model 2
	fn('C', byte(min(max(module, 1), 16)))
	fn('E', '1') // M
	fn('P', append([]byte{'0'}, text...)...)
	fn('Q', '0')
}

// Raster prints a picture where the paper stands, in bands that small buffers
// take.
func (e *Encoder) Raster(b *Bitmap) {
	stride := b.Stride()
	for y := 0; y < b.Height; y += bandRows {
		rows := min(bandRows, b.Height-y)
		e.put(gs, 'v', '0', 0, byte(stride), byte(stride>>8), byte(rows), byte(rows>>8))
		e.put(b.Bits[y*stride : (y+rows)*stride]...)
	}
}

const bandRows = 128

func bit(on bool) byte {
	if on {
		return 1
	}
	return 0
}
