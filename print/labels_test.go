package print

import (
	"context"
	"io"
	"net"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"kassa/pos"
)

// oneJob is a queue for a single job.
type oneJob struct{ pos.PrintJob }

func (q *oneJob) QueuePrint(_ context.Context, _ pos.Actor, j pos.PrintJob) (*pos.PrintJob, error) {
	q.PrintJob = j
	return &q.PrintJob, j.Check()
}

func (q *oneJob) BeginPrint(context.Context, pos.Actor, pos.PrintID) (*pos.PrintJob, error) {
	return &q.PrintJob, nil
}

func (q *oneJob) EndPrint(_ context.Context, _ pos.Actor, _ pos.PrintID, s pos.PrintState, cause *pos.Error) (*pos.PrintJob, error) {
	if q.State = s; cause != nil {
		q.Cause = cause.ID
	}
	return &q.PrintJob, nil
}

func (q *oneJob) PrintAgain(context.Context, pos.Actor, pos.PrintID) (*pos.PrintJob, error) {
	return &q.PrintJob, nil
}

// TestSpool_Labels: a list of labels goes over the network in one connection, as one
// job, and what keeps it from coming out is told as of any print.
func TestSpool_Labels(t *testing.T) {
	at, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	defer at.Close()
	got := make(chan string, 4)
	go func() {
		for {
			c, err := at.Accept()
			if err != nil {
				return
			}
			raw, _ := io.ReadAll(c)
			c.Close()
			got <- string(raw)
		}
	}()
	set := pos.Settings{LabelPrinter: pos.DefaultLabelPrinter()}
	set.LabelPrinter.Connection, set.LabelPrinter.Address = pos.PrinterNetwork, at.Addr().String()
	s := New(Params{Queue: &oneJob{}, Settings: func() pos.Settings { return set }})
	require.True(t, s.LabelsReady())
	job, err := pos.LabelJob(pos.Label43x25, []pos.PriceLabel{{Name: "Молоко", Price: "89,90 ₽", Code: "4600000000015", Count: 40}, {Name: "Хлеб", Price: "45 ₽", Count: 2}})
	require.NoError(t, err)
	done, err := s.Print(t.Context(), pos.Actor{}, job)
	require.NoError(t, err)
	assert.Equal(t, pos.PrintDone, done.State)
	said := <-got
	assert.Equal(t, 2, strings.Count(said, "^XA"))
	assert.Contains(t, said, "^PQ40\n")

	set.LabelPrinter.Language = pos.LabelEPL
	_, err = s.Again(t.Context(), pos.Actor{}, "")
	require.NoError(t, err)
	assert.Contains(t, <-got, "\r\nP40\r\n", "printed as the settings are now")
	require.NoError(t, s.TryLabel(t.Context(), set.LabelPrinter, pos.PriceLabel{Name: "Проба", Price: "1 ₽"}))
	assert.Contains(t, <-got, "\r\nP1\r\n")

	at.Close()
	done, err = s.Again(t.Context(), pos.Actor{}, "")
	require.NoError(t, err)
	assert.Equal(t, pos.PrintFailed, done.State)
	assert.Equal(t, "print.refused", done.Cause)
	set.LabelPrinter.Connection = pos.PrinterNone
	done, err = s.Again(t.Context(), pos.Actor{}, "")
	require.NoError(t, err)
	assert.Equal(t, "labels.no-printer", done.Cause)
	assert.Equal(t, "labels.no-printer", func() string {
		err := s.TryLabel(t.Context(), set.LabelPrinter, pos.PriceLabel{})
		return err.(*pos.Error).ID
	}())
}
