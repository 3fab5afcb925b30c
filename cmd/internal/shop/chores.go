package shop

import (
	"context"
	"path/filepath"

	"kassa/pos"
	"kassa/pos/phone"
	"kassa/pos/till"
	"kassa/sms"
)

// Backup makes a checked copy of the database in dir, "" for the usual folder,
// while work goes on, and records it. It returns the copy's path.
func (s *Shop) Backup(ctx context.Context, a pos.Actor, dir string) (string, error) {
	if err := s.Till.Demand(ctx, a, pos.RightBackup); err != nil {
		return "", err
	}
	if dir != "" {
		abs, err := filepath.Abs(dir)
		if err != nil {
			return "", pos.Wrap(pos.CodeInvalid, "shop.backup-dir", err)
		}
		dir = abs
	}
	file, err := s.Store.Backup(ctx, dir)
	if err != nil {
		return "", err
	}
	return file, s.Till.Note(ctx, a, pos.EventBackupMade, "", map[string]string{"file": filepath.Base(file)})
}

// copyAfter makes the copy that belongs to a closed shift, while the cashier is
// already doing something else. The shift stays closed whatever becomes of it.
func (s *Shop) copyAfter(pos.ShiftReport) {
	s.copies.Go(func() {
		path, err := s.Backup(context.Background(), till.System(), "")
		if err != nil {
			s.Log.Error("no backup was made after the shift", "error", err)
		}
		if s.OnBackup != nil {
			s.OnBackup(path, err)
		}
	})
}

// SendTest sends one message to see whether it arrives. It costs money, needs
// the right to, and is recorded whatever becomes of it. The error is an
// *sms.Error where the provider refused.
func (s *Shop) SendTest(ctx context.Context, a pos.Actor, m sms.Message) (sms.Receipt, error) {
	return s.SendTestThrough(ctx, a, s.Provider, m)
}

// SendTestThrough is SendTest through a provider that is being set up and not
// yet the shop's.
func (s *Shop) SendTestThrough(ctx context.Context, a pos.Actor, open func() (sms.Provider, error), m sms.Message) (sms.Receipt, error) {
	if err := s.Till.Demand(ctx, a, pos.RightTestSMS); err != nil {
		return sms.Receipt{}, err
	}
	p, err := open()
	if err != nil {
		return sms.Receipt{}, err
	}
	within, cancel := context.WithTimeout(ctx, till.SendTimeout)
	defer cancel()
	r, sendErr := p.Send(within, m)
	detail := map[string]string{
		"phone": phone.Mask(m.To), "provider": p.Info().ID, "outcome": string(sms.OutcomeOf(sendErr)), "message": r.ID,
	}
	if err := s.Till.Note(context.WithoutCancel(ctx), a, pos.EventTestSMS, "", detail); err != nil && sendErr == nil {
		return r, err
	}
	return r, sendErr
}
