package people_test

import (
	"net/http"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/pquerna/otp/totp"
	"github.com/stretchr/testify/require"

	"kassa/backend"
	"kassa/backend/store"
	"kassa/pos"
	secret "kassa/pos/hidden"
	sealing "kassa/storage/secret"
)

// clearSecret is how secrets lay before they were sealed.
const clearSecret = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"

// stored is a person as the database has them.
func (h *house) stored(id string) (p *store.Person) {
	h.Helper()
	require.NoError(h, h.store.Look(h.Context(), func(x store.Tx) (err error) { p, err = x.Person(id); return err }))
	return p
}

// change writes of a person past every rule.
func (h *house) change(id string, fn func(*store.Person)) {
	h.Helper()
	require.NoError(h, h.store.Change(h.Context(), func(x store.Tx) error {
		p, err := x.PersonAlone(id)
		if err != nil {
			return err
		}
		fn(p)
		return x.PutPerson(p)
	}))
}

// enters brings a password and the code of a secret, and tells how that is answered.
func (h *house) enters(mail, of string) error {
	h.Helper()
	h.clock.Move(time.Minute)
	half, asked, err := h.SignIn(h.Context(), backend.SignIn{Email: mail, Password: secret.New(password), From: "192.0.2.1"})
	require.NoError(h, err)
	require.True(h, asked, "a code is asked for")
	code, err := totp.GenerateCode(of, h.clock.Now())
	require.NoError(h, err)
	_, err = h.SecondStep(h.Context(), half, code)
	return err
}

// member adds somebody with a password and returns their id.
func (h *house) member(mail string) string {
	h.Helper()
	link, err := h.AddPerson(h.Context(), mail, "")
	require.NoError(h, err)
	require.NoError(h, h.SetPassword(h.Context(), link.Text, secret.New(password)))
	return link.Person.ID
}

// The database holds no secret of an authenticator that could be computed with: those
// from before are sealed once, and each opens for the one it is of.
func TestPeople_SecretsAreSealed(t *testing.T) {
	engines(t, func(h *house) {
		t, ctx := h.T, h.Context()
		olga, boris := h.member("olga@example.ru"), h.member("boris@example.ru")
		offered, err := h.OfferSecret(ctx, olga)
		require.NoError(t, err)
		require.NotContains(t, h.stored(olga).Offered, offered.Secret.Reveal()[:8])
		code, err := totp.GenerateCode(offered.Secret.Reveal(), h.clock.Now())
		require.NoError(t, err)
		require.NoError(t, h.TakeSecret(ctx, olga, secret.New(password), code))
		require.NotContains(t, h.stored(olga).Secret, offered.Secret.Reveal()[:8])
		require.NoError(t, h.enters("olga@example.ru", offered.Secret.Reveal()))

		h.change(boris, func(p *store.Person) { p.Secret, p.Offered = clearSecret, clearSecret })
		require.NoError(t, h.enters("boris@example.ru", clearSecret), "it is good until it is sealed")
		sealed, opened, clear, err := h.SealedSecrets(ctx)
		require.NoError(t, err)
		require.Equal(t, []int{1, 1, 2}, []int{sealed, opened, clear})
		for _, want := range []int{2, 0} {
			n, err := h.SealSecrets(ctx)
			require.NoError(t, err)
			require.Equal(t, want, n)
		}
		require.NotContains(t, h.stored(boris).Secret+h.stored(boris).Offered, clearSecret[:8])
		require.NoError(t, h.enters("boris@example.ru", clearSecret))

		h.change(boris, func(p *store.Person) { p.Secret = h.stored(olga).Secret })
		require.Equal(t, pos.CodeUnavailable, pos.CodeOf(h.enters("boris@example.ru", offered.Secret.Reveal())), "another's secret is nobody's here")
		_, err = h.RevokePerson(ctx, "olga@example.ru")
		require.NoError(t, err)
		require.Empty(t, h.stored(olga).Secret, "of who comes no more nothing is kept")
	})
}

// Without the key nobody gets in past the second step, and the page says what is
// missing instead of offering what cannot be done.
func TestPeople_WithoutTheKey(t *testing.T) {
	engines(t, func(h *house) {
		t := h.T
		b := h.person("olga@example.ru", "")
		h.key = nil
		h.start()
		b.signIn("olga@example.ru", password)
		page := b.See("/people/account")
		require.Equal(t, http.StatusOK, page.Status)
		require.Contains(t, page.Body, "--secret-key-file")
		require.NotContains(t, page.Body, `value="offer"`)
		require.Equal(t, http.StatusServiceUnavailable, b.fill("/people/account", `name="form"`, "do", "offer").Status)

		all, err := h.ListPeople(t.Context())
		require.NoError(t, err)
		me := all[0].ID
		key, err := sealing.MakeSealKey(filepath.Join(t.TempDir(), "key"))
		require.NoError(t, err)
		sealed, err := key.Seal("person:"+me, clearSecret)
		require.NoError(t, err)
		h.change(me, func(p *store.Person) { p.Offered = sealed })
		page = b.See("/people/account")
		require.Equal(t, http.StatusServiceUnavailable, page.Status)
		require.Contains(t, page.Body, "у него нет ключа")
		require.Contains(t, page.Body, `value="password"`, "the rest of the page is there")
		h.change(me, func(p *store.Person) { p.Secret = sealed })
		require.Equal(t, pos.CodeUnavailable, pos.CodeOf(h.enters("olga@example.ru", clearSecret)))
		other, err := sealing.MakeSealKey(filepath.Join(t.TempDir(), "key"))
		require.NoError(t, err)
		h.key = other
		h.start()
		require.Equal(t, pos.CodeUnavailable, pos.CodeOf(h.enters("olga@example.ru", clearSecret)))
		h.key = key
		h.start()
		require.NoError(t, h.enters("olga@example.ru", clearSecret), "the key that was brought back")
		require.False(t, strings.Contains(h.log.String(), clearSecret))
	})
}
