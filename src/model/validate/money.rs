//! Money of each fund and year: amounts, then what formulas earn, cut, release and divide.

use std::collections::BTreeMap;

use super::directory::Once;
use super::setting::Setting;
use crate::input::{ConfidenceWord, Entries, Problems};
use crate::model::{Amount, Assigned, Confidence, FundIdx, FundYear, ZoneIdx};
use crate::problem::{MoneyProblem, NeedProblem, Place, Shown, Thing};
use crate::units::{Euro, LARGEST_CENTS, Year};

/// A fund and a year.
pub(super) type FundAndYear = (FundIdx, Year);

/// Money of the funds while it is being worked out, years outside the plan included.
#[derive(Debug, Default)]
pub(super) struct Money {
    /// Rows of `amounts.csv`, in order.
    pub(super) amounts: Vec<Amount>,
    /// The line of the first row of a fund and year, of the pool or of zones.
    first: BTreeMap<(FundAndYear, bool), Option<u32>>,
    /// Where each row is, in the same order.
    pub(super) places: Vec<Place>,
    /// Money by fund and year.
    pub(super) by_year: BTreeMap<FundAndYear, FundYear>,
    /// Whether every amount could be read; if not, money that is missing is not told.
    pub(super) is_whole: bool,
}

impl Money {
    /// The amounts as written.
    pub(super) fn read(entries: &Entries, setting: &Setting, problems: &mut Problems) -> Self {
        let mut rows: Vec<(Amount, Place)> = Vec::new();
        let mut once = Once::new(Thing::Row);
        for entry in &entries.amounts {
            let fund = setting.fund_names.one(&entry.fund, problems);
            let zone = match &entry.zone {
                None => Some(None),
                Some(id) if setting.years.contains(&entry.year.value) => {
                    let zone = setting.zone_names.one(id, problems);
                    let zone = zone.filter(|zone| {
                        let there = setting.exists(*zone, entry.year.value);
                        if !there {
                            let (zone, year) = (Shown::new(&id.value), entry.year.value);
                            problems
                                .push(id.place.clone(), NeedProblem::ZoneNotThere { zone, year });
                        }
                        there
                    });
                    zone.map(Some)
                }
                Some(id) => match setting.past_zone(id, problems) {
                    Some(Some(zone)) => Some(Some(zone)),
                    Some(None) => continue,
                    None => None,
                },
            };
            let written = entry.zone.as_ref().map_or("", |zone| zone.value.as_str());
            let key = (&entry.fund.value, entry.year.value, written, &entry.act);
            let year = entry.year.value.to_string();
            let parts = [&entry.fund.value, year.as_str(), written, &entry.act];
            let shown = parts
                .into_iter()
                .filter(|part| !part.is_empty())
                .collect::<Vec<_>>()
                .join(", ");
            let is_new = once.is_new(key, &shown, &entry.fund, problems);
            let (Some(fund), Some(zone), true) = (fund, zone, is_new) else {
                continue;
            };
            let amount = Amount {
                fund,
                zone,
                year: entry.year.value,
                euro: entry.euro.value,
                act: entry.act.clone(),
                confidence: match entry.confidence {
                    ConfidenceWord::Official => Confidence::Official,
                    ConfidenceWord::Derived => Confidence::Derived,
                    ConfidenceWord::Estimate => Confidence::Estimate,
                },
                source: entry.source.clone(),
            };
            rows.push((amount, entry.euro.place.clone()));
        }
        rows.sort_by(|(a, _), (b, _)| {
            (a.fund, a.year, a.zone, &a.act).cmp(&(b.fund, b.year, b.zone, &b.act))
        });
        let mut money = Self::default();
        for (amount, place) in rows {
            money.add_row(&amount, &place, setting, problems);
            let key = ((amount.fund, amount.year), amount.zone.is_none());
            money.first.entry(key).or_insert(place.line);
            money.amounts.push(amount);
            money.places.push(place);
        }
        let broken = problems.broken_files();
        money.is_whole = !["amounts.csv", "funds.csv"]
            .iter()
            .any(|file| broken.contains(*file));
        money
    }

    /// Adds money that belongs to a zone, or to the pool.
    ///
    /// Gives `false` when the other kind of money is already there.
    pub(super) fn add(
        &mut self,
        key: FundAndYear,
        zone: Option<ZoneIdx>,
        euro: Euro,
        how: Confidence,
    ) -> Result<bool, ()> {
        let entry = self.by_year.entry(key).or_insert_with(|| FundYear {
            assigned: match zone {
                None => Assigned::Pool(Euro::ZERO),
                Some(_) => Assigned::Zones(BTreeMap::new()),
            },
            total: Euro::ZERO,
            by_confidence: BTreeMap::new(),
        });
        match (&mut entry.assigned, zone) {
            (Assigned::Pool(pool), None) => *pool = sum(*pool, euro).ok_or(())?,
            (Assigned::Zones(zones), Some(zone)) => {
                let of_zone = zones.entry(zone).or_default();
                *of_zone = sum(*of_zone, euro).ok_or(())?;
            }
            _ => return Ok(false),
        }
        entry.total = sum(entry.total, euro).ok_or(())?;
        let part = entry.by_confidence.entry(how).or_default();
        *part = sum(*part, euro).ok_or(())?;
        Ok(true)
    }

    fn add_row(
        &mut self,
        amount: &Amount,
        place: &Place,
        setting: &Setting,
        problems: &mut Problems,
    ) {
        let key = (amount.fund, amount.year);
        let problem = match self.add(key, amount.zone, amount.euro, amount.confidence) {
            Ok(true) => return,
            Ok(false) => {
                let (fund, year) = (setting.fund_id(amount.fund), amount.year);
                let pool = self
                    .line_of(key, true)
                    .or(place.line.filter(|_| amount.zone.is_none()));
                let zone = self
                    .line_of(key, false)
                    .or(place.line.filter(|_| amount.zone.is_some()));
                MoneyProblem::PoolAndZones {
                    fund,
                    year,
                    pool: pool.unwrap_or_default(),
                    zone: zone.unwrap_or_default(),
                }
            }
            Err(()) => MoneyProblem::Overflow {
                fund: setting.fund_id(amount.fund),
                year: amount.year,
            },
        };
        problems.push(place.clone(), problem);
    }

    fn line_of(&self, key: FundAndYear, pooled: bool) -> Option<u32> {
        self.first.get(&(key, pooled)).copied().flatten()
    }
}

/// A sum within the largest amount.
pub(super) fn sum(a: Euro, b: Euro) -> Option<Euro> {
    a.checked_add(b).filter(|sum| sum.cents() <= LARGEST_CENTS)
}

/// A sum of many within the largest amount.
pub(super) fn total(amounts: impl IntoIterator<Item = Euro>) -> Option<Euro> {
    amounts.into_iter().try_fold(Euro::ZERO, sum)
}
