package people_test

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/pquerna/otp/totp"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"kassa/backend"
	"kassa/backend/pages/pagestest"
	"kassa/backend/store"
	"kassa/pos"
	secret "kassa/pos/hidden"
)

func TestPeople_AnybodyElseIsAskedWhoTheyAre(t *testing.T) {
	engines(t, func(h *house) {
		t := h.T
		b := h.browser()
		for path, to := range map[string]string{"/": "/people/", "/people/": "/people/sign-in", "/people/orders/p1?x=1": "/people/sign-in?next=%2Fpeople%2Forders%2Fp1%3Fx%3D1"} {
			a := b.See(path)
			assert.Equal(t, http.StatusSeeOther, a.Status, path)
			assert.Equal(t, to, a.To, path)
		}
		assert.Equal(t, http.StatusSeeOther, b.send("/people/account", nil).Status)
		assert.Contains(t, b.See("/people/sign-in").Body, `autocomplete="current-password"`)
		h.link("olga@example.ru", "")
		c := h.browser()
		require.Equal(t, http.StatusForbidden, c.signIn("olga@example.ru", "").Status, "a password that is not set lets nobody in")
	})
}

func TestPeople_BackToWhereTheyWanted(t *testing.T) {
	engines(t, func(h *house) {
		t := h.T
		h.person("olga@example.ru", "")
		for next, to := range map[string]string{
			"/people/tills":         "/people/tills",
			"/people/orders?a=b":    "/people/orders?a=b",
			"https://evil.example/": "/people/", "//evil.example/people/": "/people/", `/\evil.example`: "/people/", "/people/\\evil": "/people/", "javascript:1": "/people/", "": "/people/", "/v1/": "/people/",
		} {
			b := h.browser()
			a := b.fill("/people/sign-in?"+url.Values{"next": {next}}.Encode(), `name="password"`, "email", " OLGA@example.ru ", "password", password)
			assert.Equal(t, pagestest.Answer{Status: http.StatusSeeOther, To: to}, a, next)
			f := h.browser().form("/people/sign-in", `name="password"`)
			assert.Equal(t, "/people/", f.Get("next"))
		}
	})
}

func TestPeople_LinkToSetAPassword(t *testing.T) {
	engines(t, func(h *house) {
		t := h.T
		b, link := h.browser(), h.link("olga@example.ru", "")
		page := b.See(link)
		require.Contains(t, page.Body, "olga@example.ru")
		require.NotContains(t, page.Body, "?lang=", "no address with the secret in it")
		short := b.fill(link, `name="again"`, "password", "мало", "again", "мало")
		assert.Equal(t, http.StatusBadRequest, short.Status)
		assert.Contains(t, short.Body, "не меньше 10 знаков")
		assert.Contains(t, b.fill(link, `name="again"`, "password", password, "again", password+"!").Body, "Пароли не совпали")
		assert.Contains(t, b.fill(link, `name="again"`, "password", "OLGA@example.ru", "again", "OLGA@example.ru").Body, "легко угадать")
		f := b.form(link, `name="again"`)
		f.Set("password", password)
		f.Set("again", password)
		require.Equal(t, "/people/sign-in", b.send(link, f).To)
		require.Contains(t, b.See("/people/sign-in").Body, "Пароль сохранён")
		require.NotContains(t, b.See("/people/sign-in").Body, "Пароль сохранён", "it is said once")

		again := b.send(link, f)
		assert.Equal(t, http.StatusConflict, again.Status, "a link works once")
		assert.Contains(t, again.Body, "второй раз она не работает")
		assert.Equal(t, http.StatusConflict, h.browser().See(link).Status)
		assert.Equal(t, http.StatusNotFound, b.See("/people/password/wrong").Status)

		old := h.link("olga@example.ru", "")
		fresh := h.link("olga@example.ru", "")
		assert.Equal(t, http.StatusConflict, b.See(old).Status, "a newer link voids the older")
		h.clock.Move(24 * time.Hour)
		ended := b.See(fresh)
		assert.Equal(t, http.StatusConflict, ended.Status)
		assert.Contains(t, ended.Body, "живёт сутки")
		assert.NotContains(t, h.log.String(), strings.TrimPrefix(link, "/people/password/"), "no secret in the log")
	})
}

// A password set anew, by a link or on the page, signs out everywhere.
func TestPeople_NewPasswordSignsOutEverywhere(t *testing.T) {
	engines(t, func(h *house) {
		t := h.T
		first := h.person("olga@example.ru", "")
		second := h.browser()
		second.signIn("olga@example.ru", password)
		wrong := first.fill("/people/account", `value="password"`, "do", "password", "password", "не тот пароль", "new", "корабли в гавани", "again", "корабли в гавани")
		require.Equal(t, http.StatusForbidden, wrong.Status)
		done := first.fill("/people/account", `value="password"`, "do", "password", "password", password, "new", "корабли в гавани", "again", "корабли в гавани")
		require.Equal(t, "/people/sign-in", done.To)
		for _, b := range []*browser{first, second} {
			assert.Equal(t, "/people/sign-in", b.See("/people/").To)
		}
		assert.Equal(t, http.StatusForbidden, first.signIn("olga@example.ru", password).Status)
		assert.Equal(t, "/people/", first.signIn("olga@example.ru", "корабли в гавани").To)
		link := h.link("olga@example.ru", "")
		assert.Equal(t, "/people/sign-in", second.fill(link, `name="again"`, "password", password, "again", password).To)
		assert.Equal(t, "/people/sign-in", first.See("/people/").To)
	})
}

// A network of IPv6 does not try accounts by the thousand from its many addresses.
func TestPeople_TriesOfNetworksAreCounted(t *testing.T) {
	engines(t, func(h *house) {
		t, n := h.T, 0
		try := func(from string) error {
			n++
			_, _, err := h.SignIn(h.Context(), backend.SignIn{Email: fmt.Sprint(n, "@example.ru"), Password: secret.New("угадываю пароль"), From: from})
			return err
		}
		for line := range 3 {
			for host := range 30 {
				require.Equal(t, pos.CodeForbidden, pos.CodeOf(try(fmt.Sprintf("2001:db8:7:%x::%x", line, host+1))))
			}
			require.Equal(t, pos.CodeWait, pos.CodeOf(try(fmt.Sprintf("2001:db8:7:%x:ffff::1", line))), "one line is one address")
		}
		require.Equal(t, pos.CodeWait, pos.CodeOf(try("2001:db8:7:9::1")), "another line of the same network")
		require.Equal(t, pos.CodeForbidden, pos.CodeOf(try("2001:db8:8::1")), "another network")
	})
}

func TestPeople_TriesAreCountedAndOutliveARestart(t *testing.T) {
	engines(t, func(h *house) {
		t := h.T
		h.person("olga@example.ru", "")
		b := h.browser()
		for range 5 {
			a := b.signIn("olga@example.ru", "угадываю пароль")
			require.Equal(t, http.StatusForbidden, a.Status)
			require.Contains(t, a.Body, "Почта или пароль не подходят")
			require.Contains(t, a.Body, `value="olga@example.ru"`, "what was typed stays")
			require.NotContains(t, a.Body, "угадываю")
		}
		h.start()
		b = h.browser()
		a := b.signIn("olga@example.ru", password)
		require.Equal(t, http.StatusTooManyRequests, a.Status, "the right one too, until the time is over")
		require.Contains(t, a.Body, "15:15", "in the shop's zone")
		h.clock.Move(15*time.Minute + time.Second)
		require.Equal(t, "/people/", b.signIn("olga@example.ru", password).To)

		for i := range 29 { // beside the one above
			a = b.signIn(strings.Repeat("x", i+1)+"@example.ru", "угадываю пароль")
			require.Equal(t, http.StatusForbidden, a.Status, "nobody learns who is there")
		}
		require.Equal(t, http.StatusTooManyRequests, b.signIn("olga@example.ru", password).Status, "one address does not try many accounts")
	})
}

// What a browser had before signing in is worth nothing after.
func TestPeople_NoFixation(t *testing.T) {
	engines(t, func(h *house) {
		t := h.T
		b := h.person("olga@example.ru", "")
		at, err := url.Parse(h.server.URL)
		require.NoError(t, err)
		session := func() *http.Cookie {
			for _, c := range b.Client.Jar.Cookies(at) {
				if c.Name == "__Host-kassa-session" {
					return c
				}
			}
			return nil
		}
		before, form := session(), b.form("/people/account", `value="sign-out"`)
		require.Equal(t, "/people/", b.signIn("olga@example.ru", password).To)
		require.NotEqual(t, before.Value, session().Value)
		require.Equal(t, http.StatusForbidden, b.send("/people/account", form).Status, "a form from before")
		thief := h.browser()
		thief.Client.Jar.SetCookies(at, []*http.Cookie{{Name: before.Name, Value: before.Value, Path: "/", Secure: true}})
		require.Equal(t, "/people/sign-in", thief.See("/people/").To, "the session from before has ended")
		thief.Client.Jar.SetCookies(at, []*http.Cookie{{Name: before.Name, Value: "chosen-by-a-thief", Path: "/", Secure: true}})
		thief.signIn("olga@example.ru", password)
		for _, c := range thief.Client.Jar.Cookies(at) {
			require.NotEqual(t, "chosen-by-a-thief", c.Value)
		}
	})
}

func TestPeople_SessionsAreListedAndEnded(t *testing.T) {
	engines(t, func(h *house) {
		t := h.T
		olga, boris := h.person("olga@example.ru", ""), h.person("boris@example.ru", store.LevelDecide)
		telephone := h.browser()
		telephone.signIn("olga@example.ru", password)
		page := olga.See("/people/account").Body
		require.Equal(t, 2, strings.Count(page, "Chrome, Android"))
		require.Equal(t, 1, strings.Count(page, "здесь</span>"))
		other := olga.form("/people/account", `value="session"`).Get("session")

		stranger := boris.fill("/people/account", `value="sign-out"`, "do", "session", "session", other)
		require.Equal(t, http.StatusNotFound, stranger.Status, "another person's session")
		require.Equal(t, http.StatusOK, telephone.See("/people/").Status)
		require.Equal(t, "/people/account", olga.fill("/people/account", `value="session"`, "do", "session").To)
		require.Equal(t, "/people/sign-in", telephone.See("/people/").To)
		require.Equal(t, http.StatusOK, olga.See("/people/").Status)

		require.Equal(t, "/people/sign-in", olga.fill("/people/account", `value="sign-out"`, "do", "sign-out").To)
		require.Equal(t, "/people/sign-in", olga.See("/people/").To)
		telephone.signIn("olga@example.ru", password)
		olga.signIn("olga@example.ru", password)
		olga.fill("/people/account", `value="sign-out-all"`, "do", "sign-out-all")
		require.Equal(t, "/people/sign-in", telephone.See("/people/").To)

		require.Equal(t, http.StatusOK, boris.See("/people/").Status)
		_, err := h.RevokePerson(t.Context(), "boris@example.ru")
		require.NoError(t, err)
		require.Equal(t, "/people/sign-in", boris.See("/people/").To)
		require.Equal(t, http.StatusForbidden, boris.signIn("boris@example.ru", password).Status)
		olga.signIn("olga@example.ru", password)
		h.clock.Move(7 * 24 * time.Hour)
		require.Equal(t, "/people/sign-in", olga.See("/people/").To, "nobody looked for a week")
	})
}

func TestPeople_Authenticator(t *testing.T) {
	engines(t, func(h *house) {
		t := h.T
		b := h.person("olga@example.ru", "")
		require.Equal(t, "/people/account", b.fill("/people/account", `value="offer"`, "do", "offer").To)
		page := b.See("/people/account").Body
		require.Contains(t, page, `<svg class="qr"`)
		_, rest, _ := strings.Cut(page, `<p class="code">`)
		grouped, _, _ := strings.Cut(rest, "<")
		secret := strings.ReplaceAll(grouped, " ", "")
		code := func() string {
			c, err := totp.GenerateCode(secret, h.clock.Now())
			require.NoError(t, err)
			return c
		}
		require.Equal(t, http.StatusForbidden, b.fill("/people/account", `value="take"`, "do", "take", "password", password, "code", "000000").Status)
		require.Equal(t, http.StatusForbidden, b.fill("/people/account", `value="take"`, "do", "take", "password", "чужой пароль", "code", code()).Status)
		require.Equal(t, "/people/account", b.fill("/people/account", `value="take"`, "do", "take", "password", password, "code", code()).To)
		require.NotContains(t, b.See("/people/account").Body, secret[:8], "it is shown no more")

		other := h.browser()
		require.Equal(t, "/people/code", other.signIn("olga@example.ru", password).To)
		require.Equal(t, "/people/code", other.See("/people/").To, "half a session opens nothing")
		require.Equal(t, http.StatusForbidden, other.fill("/people/code", `name="code"`, "code", code()).Status, "the code that was brought already")
		h.clock.Move(30 * time.Second)
		spaced := code()[:3] + " " + code()[3:]
		require.Equal(t, "/people/", other.fill("/people/code", `name="code"`, "code", spaced).To)
		require.Equal(t, http.StatusOK, other.See("/people/").Status)
		third := h.browser()
		third.signIn("olga@example.ru", password)
		require.Equal(t, http.StatusForbidden, third.fill("/people/code", `name="code"`, "code", code()).Status, "each code once")
		h.clock.Move(30 * time.Second)
		for range 4 {
			third.fill("/people/code", `name="code"`, "code", "000000")
		}
		h.start()
		require.Equal(t, "/people/sign-in", h.browser().fill("/people/code", `name="code"`, "code", code()).To, "without a password no code")
		fourth := h.browser()
		fourth.signIn("olga@example.ru", password)
		require.Equal(t, http.StatusTooManyRequests, fourth.fill("/people/code", `name="code"`, "code", code()).Status)
		h.clock.Move(16 * time.Minute)
		require.Equal(t, "/people/sign-in", fourth.fill("/people/code", `name="code"`, "code", code()).To, "half a session lives ten minutes")
		fourth.signIn("olga@example.ru", password)
		require.Equal(t, "/people/", fourth.fill("/people/code", `name="code"`, "code", code()).To)
		require.Equal(t, "/people/account", fourth.fill("/people/account", `value="drop"`, "do", "drop", "password", password).To)
		require.Equal(t, "/people/", h.browser().signIn("olga@example.ru", password).To)
	})
}

// atOnce runs fn so often at the same moment and counts those that went well.
func atOnce(n int, fn func(i int) error) (well int64) {
	var all sync.WaitGroup
	var count atomic.Int64
	for i := range n {
		all.Go(func() {
			if fn(i) == nil {
				count.Add(1)
			}
		})
	}
	all.Wait()
	return count.Load()
}

// A link, a code and the last try are each good once, however many bring them at
// the same moment.
func TestPeople_AtTheSameMoment(t *testing.T) {
	engines(t, func(h *house) {
		t := h.T
		ctx := t.Context()
		link, err := h.AddPerson(ctx, "olga@example.ru", "")
		require.NoError(t, err)
		require.EqualValues(t, 1, atOnce(6, func(int) error { return h.SetPassword(ctx, link.Text, secret.New(password)) }))

		me := link.Person.ID
		offered, err := h.OfferSecret(ctx, me)
		require.NoError(t, err)
		code := func() string {
			c, err := totp.GenerateCode(offered.Secret.Reveal(), h.clock.Now())
			require.NoError(t, err)
			return c
		}
		require.NoError(t, h.TakeSecret(ctx, me, secret.New(password), code()))
		h.clock.Move(30 * time.Second)
		halves := make([]secret.Text, 4)
		for i := range halves {
			halves[i], _, err = h.SignIn(ctx, backend.SignIn{Email: "olga@example.ru", Password: secret.New(password), From: "192.0.2.1"})
			require.NoError(t, err)
		}
		now := code()
		require.EqualValues(t, 1, atOnce(len(halves), func(i int) error { _, err := h.SecondStep(ctx, halves[i], now); return err }))

		var waits atomic.Int64
		require.Zero(t, atOnce(9, func(int) error {
			_, _, err := h.SignIn(ctx, backend.SignIn{Email: "olga@example.ru", Password: secret.New("угадываю пароль"), From: "192.0.2.1"})
			if pos.CodeOf(err) == pos.CodeWait {
				waits.Add(1)
			}
			return err
		}))
		require.EqualValues(t, 4, waits.Load(), "of nine five are tried")
	})
}

// Several copies behind a balancer give the same answers: whoever signs in at one is
// signed in at the other, a form of one can be sent to the other, tries are counted
// together.
func TestPeople_SeveralCopies(t *testing.T) {
	engines(t, func(h *house) {
		t := h.T
		here := h.person("olga@example.ru", "")
		other := &house{T: t, store: h.store, clock: h.clock, ids: h.ids, log: h.log}
		other.start()
		there := &browser{other, here.At(other.server)}
		require.Equal(t, http.StatusOK, there.See("/people/").Status)
		h.order("p1", "Курс")
		form := here.form("/people/orders/p1", `value="approve"`)
		form.Set("do", "approve")
		require.Equal(t, "/people/", there.send("/people/orders/p1", form).To)
		require.Equal(t, "/people/", here.send("/people/orders/p1", form).To, "sent again, to the other")
		require.Len(t, h.kept("p1").Events, 2)
		require.Equal(t, "/people/sign-in", there.fill("/people/account", `value="sign-out"`, "do", "sign-out").To)
		require.Equal(t, "/people/sign-in", here.See("/people/").To)
		for i := range 6 {
			b := here
			if i%2 == 0 {
				b = there
			}
			a := b.signIn("olga@example.ru", "угадываю пароль")
			require.Equal(t, i == 5, a.Status == http.StatusTooManyRequests, "try %d", i+1)
		}
	})
}
