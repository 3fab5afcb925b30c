package figures

// measure is a column worked out of sums; all are the sums of the whole report.
type measure struct {
	Column
	of func(s, all *Sums) int64
}

var (
	mTotal    = measure{Column{"total", Money}, func(s, _ *Sums) int64 { return int64(s.Net()) }}
	mSales    = measure{Column{"sales", Count}, func(s, _ *Sums) int64 { return s.Sales }}
	mAverage  = measure{Column{"average", Money}, func(s, _ *Sums) int64 { return int64(Average(s.Total, s.Sales)) }}
	mPerSale  = measure{Column{"per-sale", Quantity}, func(s, _ *Sums) int64 { return ratio(s.Lines, 10, s.Sales) * 100 }}
	mDiscount = measure{Column{"discount", Money}, func(s, _ *Sums) int64 { return int64(s.Discount()) }}
	mQty      = measure{Column{"qty", Quantity}, func(s, _ *Sums) int64 { return int64(s.Qty) }}
	mLines    = measure{Column{"lines", Count}, func(s, _ *Sums) int64 { return s.Lines }}
	mShare    = measure{Column{"share", Percent}, func(s, all *Sums) int64 { return int64(Share(int64(s.Net()), int64(all.Net()))) }}
	mReturned = measure{Column{"returned", Money}, func(s, _ *Sums) int64 { return int64(s.Returned) }}
	mRemoved  = measure{Column{"removed", Money}, func(s, _ *Sums) int64 { return int64(s.RemovedSum) }}
	mVAT      = measure{Column{"vat", Money}, func(s, _ *Sums) int64 { return int64(s.VAT) }}
	mCosted   = measure{Column{"costed", Money}, func(s, _ *Sums) int64 { return int64(s.Costed) }}
	mCost     = measure{Column{"cost", Money}, func(s, _ *Sums) int64 { return int64(s.Cost) }}
	mMargin   = measure{Column{"margin", Money}, func(s, _ *Sums) int64 { return int64(s.Costed.Sub(s.Cost)) }}
	mMarkup   = measure{Column{"margin-share", Percent}, func(s, _ *Sums) int64 { return int64(Share(int64(s.Costed.Sub(s.Cost)), int64(s.Costed))) }}
	mGross    = measure{Column{"gross", Money}, func(s, _ *Sums) int64 { return int64(s.Gross) }}
	mOwn      = measure{Column{"own", Money}, func(s, _ *Sums) int64 { return int64(s.Own) }}
	mSpread   = measure{Column{"spread", Money}, func(s, _ *Sums) int64 { return int64(s.Spread) }}
	mGiven    = measure{Column{"given-share", Percent}, func(s, _ *Sums) int64 { return int64(Share(int64(s.Discount()), int64(s.Gross))) }}
	mEarned   = measure{Column{"earned", Count}, func(s, _ *Sums) int64 { return s.PointsEarned }}
	mSpent    = measure{Column{"spent", Count}, func(s, _ *Sums) int64 { return s.PointsSpent }}
)

var bySale = []measure{mTotal, mSales, mAverage, mReturned, mDiscount, mPerSale, mVAT}

// measuresOf are the columns of the reports made of sums alone. The first is
// the one charted and compared.
var measuresOf = map[Kind][]measure{
	Hours:      bySale,
	Days:       bySale,
	Weekdays:   bySale,
	Months:     bySale,
	Products:   {mTotal, mQty, mReturned, mDiscount, mShare},
	Categories: {mTotal, mLines, mReturned, mDiscount, mShare},
	Employees:  {mTotal, mSales, mAverage, mReturned, mDiscount, mRemoved},
	Tenders:    {mTotal, mSales, mReturned, mShare},
	Margin:     {mMargin, mTotal, mCosted, mCost, mMarkup},
	Discounts:  {mDiscount, mOwn, mSpread, mGross, mGiven},
	PointsFlow: {mSpent, mEarned},
}

// dimOf is what the report's sums are kept by.
func (k Kind) dim() Dim {
	switch k {
	case Hours:
		return ByHour
	case Products, Categories, Margin:
		return ByProduct
	case Employees, Discounts:
		return ByEmployee
	case Tenders:
		return ByTender
	}
	return ByDay
}

// daily reports need each day apart: months would hide it.
func (k Kind) daily() bool { return k == Days || k == Weekdays }

// Range is a run of stored cells of a dimension.
type Range struct {
	Dim      Dim
	From, To Day
}

// Ranges are the cells a report over a period is added up from: whole months at
// once where days do not matter, days at the ends.
func (k Kind) Ranges(p Period) []Range {
	d := k.dim()
	first := p.From
	if first != first.Month() {
		first = first.NextMonth()
	}
	last := p.To.Add(1).Month() // the first month that is not whole
	if k.daily() || first >= last {
		return []Range{{d, p.From, p.To}}
	}
	var out []Range
	if p.From < first {
		out = append(out, Range{d, p.From, first.Add(-1)})
	}
	out = append(out, Range{d.Monthly(), first, last.Add(-1)})
	if last <= p.To {
		out = append(out, Range{d, last, p.To})
	}
	return out
}

// Wants tells which cells of a sale read by itself the report needs.
func (k Kind) Wants(d Dim) bool { return d == k.dim() }
