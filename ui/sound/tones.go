package sound

import (
	"bytes"
	"encoding/binary"
	"math"
	"time"
)

// rate is how many samples a second has: enough for a beep, small to keep.
const rate = 22050

// tone is one beep of a sound.
type tone struct {
	pitch int // Hz, 0 for silence
	lasts time.Duration
}

// melodies tell the kinds apart by ear alone: goods are one short high beep,
// what is wrong goes down, a sale goes up, and news from elsewhere goes up slowly.
var melodies = map[Kind][]tone{
	Scanned: {{1760, 60 * time.Millisecond}},
	Unknown: {{740, 110 * time.Millisecond}, {0, 40 * time.Millisecond}, {740, 110 * time.Millisecond}},
	Error:   {{520, 120 * time.Millisecond}, {330, 240 * time.Millisecond}},
	News:    {{660, 90 * time.Millisecond}, {880, 90 * time.Millisecond}, {1100, 160 * time.Millisecond}},
	Sold:    {{880, 80 * time.Millisecond}, {1320, 130 * time.Millisecond}},
}

// loudest leaves room below what the format can hold, so that nothing crackles.
const loudest = 0.45 * math.MaxInt16

// fade is how long a tone takes to come and to go: cut off hard it would click.
const fade = 6 * time.Millisecond

// wave is a kind's sound as a WAV file: 16 bit, one channel.
func wave(k Kind) []byte {
	var samples []int16
	for _, t := range melodies[k] {
		samples = append(samples, t.samples()...)
	}
	var b bytes.Buffer
	put := func(values ...any) {
		for _, v := range values {
			_ = binary.Write(&b, binary.LittleEndian, v) // a buffer takes everything
		}
	}
	size := uint32(2 * len(samples))
	b.WriteString("RIFF")
	put(36 + size)
	b.WriteString("WAVEfmt ")
	put(uint32(16), uint16(1), uint16(1), uint32(rate), uint32(2*rate), uint16(2), uint16(16))
	b.WriteString("data")
	put(size, samples)
	return b.Bytes()
}

func (t tone) samples() []int16 {
	n, edge := count(t.lasts), count(fade)
	out := make([]int16, n)
	if t.pitch == 0 {
		return out
	}
	for i := range out {
		volume := math.Min(1, float64(min(i, n-1-i))/float64(edge))
		out[i] = int16(volume * loudest * math.Sin(2*math.Pi*float64(t.pitch)*float64(i)/rate))
	}
	return out
}

func count(d time.Duration) int { return int(d * rate / time.Second) }
