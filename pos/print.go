package pos

import (
	"strings"
	"time"
	"unicode/utf8"
)

// PrintID names a print job.
type PrintID string

// PrintKind says what is printed. The words are permanent: they are stored.
type PrintKind string

// What a till prints.
const (
	PrintReceipt   PrintKind = "receipt"
	PrintCopy      PrintKind = "copy" // of a receipt that was printed before
	PrintReturn    PrintKind = "return"
	PrintRepayment PrintKind = "repayment"
	PrintX         PrintKind = "x"
	PrintZ         PrintKind = "z"
	PrintReport    PrintKind = "report"
	PrintKeys      PrintKind = "keys" // a key card

	PrintCertificate PrintKind = "certificate" // what is left on a gift certificate
	PrintLabels      PrintKind = "labels"      // price labels, on the label printer
)

// PrintState is how far a job has come.
type PrintState string

// States of a job. Failed means that surely nothing of it is on paper, unknown
// that nobody can tell from here.
const (
	PrintWaiting   PrintState = "waiting"
	PrintPrinting  PrintState = "printing"
	PrintDone      PrintState = "done"
	PrintFailed    PrintState = "failed"
	PrintUnknown   PrintState = "unknown"
	PrintWithdrawn PrintState = "withdrawn"
)

// Open reports a job somebody has to look at: it did not come out, or nobody
// knows whether it did.
func (s PrintState) Open() bool { return s == PrintFailed || s == PrintUnknown }

// PrintJob is one slip on its way to the printer. What it says never changes.
type PrintJob struct {
	ID     PrintID
	Kind   PrintKind
	Doc    string // id of the document, or "" for none
	Title  string // what a person calls it: "Чек № 12"
	Lines  []string
	QR     string // what the code under the text says; "" for none
	Copies int

	State    PrintState
	Cause    string            // message id of what went wrong, "" for nothing
	Detail   map[string]string // its values
	Tries    int
	Employee EmployeeID
	At       time.Time // when it was handed in
}

// Limits of a print job.
const (
	MaxPrintLines  = 5000
	MaxPrintRunes  = 200 // of a line
	MaxPrintCopies = 9
)

// Check tells the first thing wrong with a job as CodeInvalid.
func (j *PrintJob) Check() error {
	bad := E(CodeInvalid, "print.bad-job", nil)
	if j.Kind == "" || len(j.Lines) == 0 || len(j.Lines) > MaxPrintLines || j.Copies < 1 || j.Copies > MaxPrintCopies ||
		utf8.RuneCountInString(j.Title) > MaxPrintRunes || HasControl(j.Title) || HasControl(j.QR) || len(j.QR) > 500 {
		return bad
	}
	for _, line := range j.Lines {
		if utf8.RuneCountInString(line) > MaxPrintRunes || strings.ContainsAny(line, "\n\r") {
			return bad
		}
	}
	return nil
}

// Forgotten reports a slip whose words are gone because a customer asked to be
// forgotten.
func (j *PrintJob) Forgotten() bool { return len(j.Lines) == 1 && j.Lines[0] == "" }

// Problem is the reason a job did not print as an error with words, nil when
// nothing went wrong.
func (j *PrintJob) Problem() error {
	if j.Cause == "" {
		return nil
	}
	args := Args{}
	for k, v := range j.Detail {
		args[k] = v
	}
	return E(CodeUnavailable, j.Cause, args)
}
