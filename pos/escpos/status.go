package escpos

import "errors"

// Ask is a question about the printer's state. It is answered at once, also
// while the printer prints or has stopped.
type Ask byte

// Questions.
const (
	AskOnline Ask = 1 // is it ready
	AskCause  Ask = 2 // why is it not
	AskPaper  Ask = 4 // how much paper is there
)

// Request is the question as bytes.
func (a Ask) Request() []byte { return []byte{dle, eot, byte(a)} }

// Status is how a printer says it is. What it was not asked is false.
type Status struct {
	Offline   bool
	CoverOpen bool
	NoPaper   bool
	PaperLow  bool // paper is coming to its end
	Failed    bool // knife, head, or anything else that needs a person
}

// ErrRubbish says that an answer is none a printer gives.
var ErrRubbish = errors.New("escpos: not the answer of a printer")

// Read adds the answer to a question to what is known. It returns ErrRubbish
// for a byte no printer answers with.
func (s *Status) Read(a Ask, answer byte) error {
	// Every answer has bits 1 and 4 set and bits 0 and 7 clear.
	if answer&0b1001_0011 != 0b0001_0010 {
		return ErrRubbish
	}
	switch a {
	case AskOnline:
		s.Offline = answer&0x08 != 0
	case AskCause:
		s.CoverOpen = s.CoverOpen || answer&0x04 != 0
		s.NoPaper = s.NoPaper || answer&0x20 != 0
		s.Failed = s.Failed || answer&0x40 != 0
	case AskPaper:
		s.PaperLow = answer&0x0c != 0
		s.NoPaper = s.NoPaper || answer&0x60 != 0
	}
	return nil
}

// Fine reports a printer that prints.
func (s Status) Fine() bool { return !s.Offline && !s.CoverOpen && !s.NoPaper && !s.Failed }

// Answer is the byte by which a printer of that state answers a question, for a
// printer that is only played.
func (s Status) Answer(a Ask) byte {
	b := byte(0b0001_0010)
	flag := func(on bool, mask byte) {
		if on {
			b |= mask
		}
	}
	switch a {
	case AskOnline:
		flag(!s.Fine(), 0x08)
	case AskCause:
		flag(s.CoverOpen, 0x04)
		flag(s.NoPaper, 0x20)
		flag(s.Failed, 0x40)
	case AskPaper:
		flag(s.PaperLow, 0x0c)
		flag(s.NoPaper, 0x60)
	}
	return b
}
