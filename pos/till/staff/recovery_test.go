package staff_test

// These tests lose the secret behind the PINs and come with the recovery code.

import (
	"bytes"
	"testing"

	"github.com/stretchr/testify/require"

	"kassa/pos"
	"kassa/pos/confirm"
	"kassa/pos/hidden"
	"kassa/pos/recovery"
	"kassa/pos/till"
	"kassa/pos/till/tilltest"
)

// another is the secret of another computer.
var another = []byte("another secret, 32 bytes in length")

// code makes the owner's recovery code.
func code(s *tilltest.Shop) hidden.Text {
	s.Helper()
	c, err := s.NewRecovery(s.Context(), s.Owner)
	require.NoError(s, err)
	return c
}

// lose opens the shop under another secret.
func lose(s *tilltest.Shop) {
	s.Pepper = another
	s.Till = till.New(s.Params())
}

func mark(s *tilltest.Shop) (text string) {
	s.Look(func(tx till.Tx) (err error) { text, err = tx.Meta(till.MetaKeys); return err })
	return text
}

func TestTill_KnowsItsKeys(t *testing.T) {
	t.Run("a new shop is marked with its first PIN", func(t *testing.T) {
		s := tilltest.Empty(t)
		require.Empty(t, mark(s))
		_, err := s.CreateOwner(s.Context(), "Ольга", tilltest.OwnerPIN)
		require.NoError(t, err)
		require.True(t, till.FitsKeys(s.Params().Pepper, mark(s)))
		require.False(t, till.FitsKeys(another, mark(s)))
	})
	t.Run("a shop of the version before is marked by the first PIN that is right", func(t *testing.T) {
		s := tilltest.Small(t)
		s.Tamper("DELETE FROM meta WHERE key = 'keys.check'")
		_, err := s.Login(s.Context(), "9090909")
		require.Error(t, err)
		require.Empty(t, mark(s), "a wrong PIN proves nothing")
		_, err = s.Login(s.Context(), tilltest.SeniorPIN)
		require.NoError(t, err)
		require.True(t, till.FitsKeys(s.Params().Pepper, mark(s)))
	})
}

func TestTill_NewRecovery(t *testing.T) {
	s := tilltest.Small(t)
	at, err := s.RecoveryMade(s.Context())
	require.NoError(t, err)
	require.True(t, at.IsZero())
	_, err = s.NewRecovery(s.Context(), s.Senior)
	tilltest.Refused(t, err, pos.CodeForbidden, "")
	first := code(s)
	second := code(s)
	at, err = s.RecoveryMade(s.Context())
	require.NoError(t, err)
	require.False(t, at.IsZero())
	require.Equal(t, 2, s.Happened(pos.EventRecoveryMade))
	require.False(t, bytes.Contains(s.File(), []byte(second.Reveal())), "only a slow hash is kept")
	require.False(t, bytes.Contains(s.File(), []byte(recovery.Show(second))))
	_, err = s.CheckRecovery(s.Context(), first)
	tilltest.Refused(t, err, pos.CodeForbidden, "recovery.wrong")
	who, err := s.CheckRecovery(s.Context(), second)
	require.NoError(t, err)
	require.Equal(t, "Ольга", who)
}

func TestTill_CheckRecovery_CountsWrongOnes(t *testing.T) {
	s := tilltest.Small(t)
	right := code(s)
	_, err := s.CheckRecovery(s.Context(), hidden.New("AC3DE"))
	tilltest.Refused(t, err, pos.CodeInvalid, "recovery.form")
	wrong, err := recovery.New()
	require.NoError(t, err)
	for range recovery.Tries - 1 {
		_, err = s.CheckRecovery(s.Context(), wrong)
		tilltest.Refused(t, err, pos.CodeForbidden, "recovery.wrong")
	}
	_, err = s.CheckRecovery(s.Context(), wrong)
	tilltest.Refused(t, err, pos.CodeWait, "recovery.locked")
	s.Restart()
	_, err = s.CheckRecovery(s.Context(), right)
	tilltest.Refused(t, err, pos.CodeWait, "recovery.locked")
	s.Clock.Move(recovery.Lock)
	_, err = s.CheckRecovery(s.Context(), right)
	require.NoError(t, err)
	require.Equal(t, recovery.Tries, s.Happened(pos.EventRecoveryRefused))
}

func TestTill_Recover(t *testing.T) {
	t.Run("lets the owner in under a new secret; all else that stood under the old one is void", func(t *testing.T) {
		s := tilltest.Small(t)
		right := code(s)
		s.Ring("4600000000015")
		s.Customer(tilltest.Anna)
		ch := s.Credit(5000)
		lose(s)
		_, err := s.Login(s.Context(), tilltest.OwnerPIN)
		require.Error(t, err)
		_, err = s.Recover(s.Context(), right, "111111")
		tilltest.Refused(t, err, pos.CodeInvalid, "pin.obvious")

		who, err := s.Recover(s.Context(), right, "720541")
		require.NoError(t, err)
		require.Equal(t, s.Owner.ID, who.ID)
		require.True(t, till.FitsKeys(another, mark(s)))
		again, err := s.Login(s.Context(), "720541")
		require.NoError(t, err)
		require.Equal(t, who, again)
		_, err = s.Login(s.Context(), tilltest.SeniorPIN)
		tilltest.Refused(t, err, pos.CodeForbidden, "login.wrong")
		_, err = s.UpdateEmployee(s.Context(), who, s.Senior.ID, "Света", pos.GroupSeniorCashier, false, tilltest.SeniorPIN)
		require.NoError(t, err)
		_, err = s.Login(s.Context(), tilltest.SeniorPIN)
		require.NoError(t, err)

		require.Equal(t, confirm.Revoked, s.Asked(ch.ID).State)
		require.Empty(t, s.Screen().Cheque.Tenders, "credit without a code does not stay")
		require.Len(t, s.Screen().Cheque.Lines, 1)
		require.Equal(t, string(who.ID), s.Last(pos.EventRecovered).Detail["owner"])
	})
	t.Run("refuses where there is no code", func(t *testing.T) {
		s := tilltest.Small(t)
		some, err := recovery.New()
		require.NoError(t, err)
		_, err = s.Recover(s.Context(), some, "720541")
		tilltest.Refused(t, err, pos.CodeNotFound, "recovery.none")
		_, err = s.Login(s.Context(), tilltest.OwnerPIN)
		require.NoError(t, err)
	})
	t.Run("refuses a code that was put into the file past the till", func(t *testing.T) {
		s := tilltest.Small(t)
		thief := tilltest.Small(t)
		theirs := code(thief)
		var planted string
		thief.Look(func(tx till.Tx) (err error) { planted, err = tx.Meta("recovery.code"); return err })
		code(s)
		s.Tamper("UPDATE meta SET value = '" + planted + "' WHERE key = 'recovery.code'")
		_, err := s.Recover(s.Context(), theirs, "720541")
		tilltest.Refused(t, err, pos.CodeConflict, "recovery.spoilt")
	})
	t.Run("lets another owner in where the one it was made for has gone", func(t *testing.T) {
		s := tilltest.Small(t)
		right := code(s)
		next := s.Hire("Пётр", pos.GroupOwner, "593026")
		_, err := s.UpdateEmployee(s.Context(), next, s.Owner.ID, "Ольга", pos.GroupOwner, true, "")
		require.NoError(t, err)
		who, err := s.Recover(s.Context(), right, "720541")
		require.NoError(t, err)
		require.Equal(t, next.ID, who.ID)
	})
}
