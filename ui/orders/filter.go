package orders

import (
	"slices"

	"kassa/pos"
	"kassa/pos/figures"
	"kassa/pos/manual"
	"kassa/ui"
	"kassa/ui/dates"
)

// stateAt is the place of the chosen state among the segments.
func (v *view) stateAt() int { return slices.Index(manual.States, v.filter.state) + 1 }

func (v *view) setState(i int) {
	v.filter.state = ""
	if i > 0 {
		v.filter.state = manual.States[i-1]
	}
	v.load()
}

// onState goes to the next state, after the last to all.
func (v *view) onState() {
	if v.tabs.Selected() == 1 {
		return
	}
	v.setState((v.stateAt() + 1) % (len(manual.States) + 1))
}

// onMerchant goes to the next merchant, after the last to all.
func (v *view) onMerchant() {
	at := slices.IndexFunc(v.now.merchants, func(m manual.Merchant) bool { return m.ID == v.filter.merchant }) + 1
	v.filter.merchant = ""
	if at < len(v.now.merchants) {
		v.filter.merchant = v.now.merchants[at].ID
	}
	v.changed()
}

func (v *view) onCustomer() {
	if v.customer.Disabled() {
		return
	}
	v.find(v.env, func(c pos.CustomerState) {
		v.filter.customer = c.Customer
		v.changed()
	})
}

func (v *view) onDays() {
	now := figures.Of(figures.SpanMonth, v.today())
	if v.filter.days != nil {
		now = *v.filter.days
	}
	dates.PickPeriod(v.env, now, v.today(), func(p figures.Period) {
		v.filter.days = &p
		v.changed()
	})
}

// onAll leaves nothing out any more.
func (v *view) onAll() {
	v.filter = filter{}
	v.changed()
}

// changed reads what the filter chooses now.
func (v *view) changed() {
	v.draw()
	if v.tabs.Selected() == 1 {
		v.report.load(&v.filter, v.zone())
		return
	}
	v.load()
}

// setTab shows the payments, or what came by each merchant.
func (v *view) setTab(i int) {
	v.tabs.SetSelected(i)
	if i == 1 {
		v.list.Hide()
		v.report.box.Show()
		v.env.Kit.Focus(v.report.table)
		v.draw()
		v.report.load(&v.filter, v.zone())
		return
	}
	v.report.box.Hide()
	v.list.Show()
	v.env.Kit.Focus(v.table)
	v.load()
}

func periodName(env *ui.Env, p *figures.Period) string { return dates.PeriodName(env.T, *p) }
