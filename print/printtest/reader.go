package printtest

import (
	"bufio"
	"io"
	"net"

	"kassa/pos/escpos"
)

// reader understands what one connection sends.
type reader struct {
	p    *Printer
	c    io.ReadWriter
	r    *bufio.Reader
	page byte
	two  bool // two bytes are one sign
	text []byte
	bold bool
	slip Slip
	qr   string
	took int // bytes of slips read so far
}

// cutOffAfter is how much of a slip a printer that hangs up has read.
const cutOffAfter = 200

func newReader(c net.Conn, p *Printer) *reader {
	return &reader{p: p, c: c, r: bufio.NewReader(c), two: p.twoByte()}
}

// step reads one byte of text or one command; false at the end.
func (r *reader) step() bool {
	b, err := r.r.ReadByte()
	if err != nil {
		return false
	}
	if b == 0x10 {
		return r.realTime()
	}
	if r.took++; r.p.state() == CutOff && r.took > cutOffAfter {
		return false
	}
	switch b {
	case 0x1b:
		return r.escape()
	case 0x1d:
		return r.group()
	case 0x1c:
		c, ok := r.take(1)
		if ok && (c[0] == '.' || c[0] == '&') {
			r.two = c[0] == '&'
		}
		return ok
	case '\n':
		r.endLine()
	default:
		r.text = append(r.text, b)
	}
	return true
}

func (r *reader) take(n int) ([]byte, bool) {
	b := make([]byte, n)
	_, err := io.ReadFull(r.r, b)
	return b, err == nil
}

// realTime answers DLE EOT n.
func (r *reader) realTime() bool {
	b, ok := r.take(2)
	if !ok || b[0] != 0x04 {
		return ok
	}
	st := escpos.Status{}
	switch r.p.state() {
	case Mute:
		return true
	case Rubbish:
		_, err := r.c.Write([]byte("HTTP/1.0 400\r\n"))
		return err == nil
	case NoPaper:
		st.NoPaper = true
	case PaperEnds:
		st.NoPaper = r.took > 0
	case CoverOpen:
		st.CoverOpen = true
	}
	_, err := r.c.Write([]byte{st.Answer(escpos.Ask(b[1]))})
	return err == nil
}

func (r *reader) escape() bool {
	c, ok := r.take(1)
	if !ok {
		return false
	}
	switch c[0] {
	case '@':
		r.page, r.bold, r.two = 0, false, r.p.twoByte()
		return true
	case 't':
		n, ok := r.take(1)
		if ok {
			r.page = n[0]
			r.slip.Pages = append(r.slip.Pages, n[0])
		}
		return ok
	case 'E':
		n, ok := r.take(1)
		r.bold = ok && n[0]&1 == 1
		return ok
	case 'd':
		n, ok := r.take(1)
		if ok && len(r.text) > 0 {
			r.endLine()
		}
		return ok && n != nil
	case 'a', '!', 'J', 'R', 'M':
		_, ok := r.take(1)
		return ok
	case 'p':
		_, ok := r.take(3)
		if ok {
			r.p.pulse()
		}
		return ok
	}
	r.p.puzzle(c[0])
	return true
}

func (r *reader) group() bool {
	c, ok := r.take(1)
	if !ok {
		return false
	}
	switch c[0] {
	case '!':
		_, ok := r.take(1)
		return ok
	case 'V':
		return r.cut()
	case 'v':
		return r.raster()
	case '(':
		return r.function()
	}
	r.p.puzzle(c[0])
	return true
}

func (r *reader) cut() bool {
	m, ok := r.take(1)
	if !ok {
		return false
	}
	if m[0] >= 65 {
		if _, ok = r.take(1); !ok {
			return false
		}
	}
	r.slip.Cut, r.slip.Partial = true, m[0]&1 == 0
	if m[0] < 65 {
		r.slip.Partial = m[0]&1 == 1
	}
	r.out()
	return true
}

func (r *reader) raster() bool {
	h, ok := r.take(6)
	if !ok {
		return false
	}
	stride, rows := int(h[2])|int(h[3])<<8, int(h[4])|int(h[5])<<8
	bits, ok := r.take(stride * rows)
	if ok {
		r.slip.Images = append(r.slip.Images, &escpos.Bitmap{Width: stride * 8, Height: rows, Bits: bits})
	}
	return ok
}

func (r *reader) function() bool {
	h, ok := r.take(3)
	if !ok {
		return false
	}
	data, ok := r.take(int(h[1]) | int(h[2])<<8)
	if !ok || h[0] != 'k' || len(data) < 2 {
		return ok
	}
	switch data[1] {
	case 'P':
		r.qr = string(data[3:])
	case 'Q':
		r.slip.QR = append(r.slip.QR, r.qr)
	}
	return true
}

func (r *reader) endLine() {
	line := r.p.decode(r.page, r.text)
	if r.two {
		line = paired(r.text)
	}
	r.text = r.text[:0]
	r.slip.Lines = append(r.slip.Lines, line)
	if r.bold {
		r.slip.Bold = append(r.slip.Bold, line)
	}
}

// finish lets out what stands under no cut.
func (r *reader) finish() {
	if r.p.state() == CutOff {
		return // half a slip is none
	}
	if len(r.text) > 0 {
		r.endLine()
	}
	if len(r.slip.Lines) > 0 || len(r.slip.Images) > 0 {
		r.out()
	}
}

func (r *reader) out() {
	s := r.slip
	r.slip = Slip{}
	r.p.mu.Lock()
	r.p.slips = append(r.p.slips, s)
	r.p.mu.Unlock()
	if r.p.onSlip != nil {
		r.p.onSlip(s)
	}
	r.p.tell()
}

func (p *Printer) pulse() {
	p.mu.Lock()
	p.pulses++
	p.mu.Unlock()
	if p.onOpen != nil {
		p.onOpen()
	}
	p.tell()
}

func (p *Printer) puzzle(b byte) {
	p.mu.Lock()
	p.odd = append(p.odd, b)
	p.mu.Unlock()
}

// decode reads text as a printer would draw it: what its table lacks is a box.
func (p *Printer) decode(number byte, text []byte) string {
	p.mu.Lock()
	page, ok := p.tables[number]
	p.mu.Unlock()
	if !ok {
		out := make([]rune, len(text))
		for i, b := range text {
			if out[i] = rune(b); b >= 0x80 {
				out[i] = '□'
			}
		}
		return string(out)
	}
	return page.Decode(text)
}

// paired is text as a printer shows it that takes two bytes for one sign.
func paired(text []byte) string {
	var out []rune
	for i := 0; i < len(text); i++ {
		if text[i] < 0x81 || i+1 == len(text) {
			out = append(out, rune(text[i]))
			continue
		}
		out = append(out, '字')
		i++
	}
	return string(out)
}
