package print

import (
	"context"

	"kassa/pos"
	"kassa/pos/escpos"
	"kassa/print/label"
)

// noLabelPrinter says where one is set.
func noLabelPrinter() error { return pos.E(pos.CodeUnavailable, "labels.no-printer", nil) }

// putLabels draws a job's labels as the settings are now and sends them: one job, one
// way to the printer, however many labels.
func (s *Spool) putLabels(ctx context.Context, j *pos.PrintJob) error {
	paper, labels, err := j.Labels()
	if err != nil {
		return err
	}
	set := s.p.Settings().LabelPrinter
	return s.sendLabels(ctx, set, paper, labels)
}

func (s *Spool) sendLabels(ctx context.Context, set pos.LabelPrinterSettings, paper pos.LabelPaper, labels []pos.PriceLabel) error {
	if !set.Set() {
		return noLabelPrinter()
	}
	data, err := label.Say(&set, paper, labels)
	if err != nil {
		return err
	}
	device, err := s.p.Device(set.Way())
	if err != nil {
		return err
	}
	// Label printers answer other questions than those for receipts; none is asked.
	return Send(ctx, device, data, false)
}

// TryLabel prints one label under settings that are not kept yet.
func (s *Spool) TryLabel(ctx context.Context, set pos.LabelPrinterSettings, l pos.PriceLabel) error {
	ctx, cancel := lasting(ctx)
	defer cancel()
	s.mu.Lock()
	defer s.mu.Unlock()
	l.Count = 1
	return s.sendLabels(ctx, set, set.Paper, []pos.PriceLabel{l})
}

// LabelPicture is a label as it will come out of the printer of the settings.
func (s *Spool) LabelPicture(paper pos.LabelPaper, l pos.PriceLabel) (*escpos.Bitmap, error) {
	return label.Draw(&l, paper, s.p.Settings().LabelPrinter.DPI)
}

// LabelsReady reports whether a label printer is set.
func (s *Spool) LabelsReady() bool {
	if s == nil {
		return false
	}
	set := s.p.Settings().LabelPrinter
	return set.Set()
}
