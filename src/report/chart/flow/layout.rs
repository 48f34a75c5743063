//! Where nodes and ribbons of a flow stand.

use std::collections::BTreeMap;

use super::super::Amount;
use super::super::svg::Px;
use super::{Flow, Link};

pub(super) const WIDTH: Px = Px::of(1080);
pub(super) const LEFT: Px = Px::of(318);
pub(super) const RIGHT: Px = Px::of(866);
pub(super) const BAR: Px = Px::of(12);
/// Distance between the first lines of two labels, at least.
pub(super) const PITCH: Px = Px::of(17);
pub(super) const MONEY: Px = Px::of(330);
pub(super) const TOP: Px = Px::of(62);
pub(super) const THINNEST: Px = Px(6);

/// A node in its place.
pub(super) struct Placed {
    pub(super) y: Px,
    pub(super) height: Px,
    pub(super) total: i128,
    /// Where the next link leaves and arrives.
    pub(super) out: Px,
    pub(super) into: Px,
}

/// A link in its place.
pub(super) struct Ribbon<'f> {
    pub(super) link: &'f Link,
    pub(super) from: Px,
    pub(super) to: Px,
    pub(super) height: Px,
}

/// The whole flow in its place.
pub(super) struct Layout<'f> {
    pub(super) stages: usize,
    pub(super) height: Px,
    pub(super) amount: Amount,
    /// By stage: nodes with their position in the flow, from the top.
    pub(super) nodes: Vec<Vec<(usize, Placed)>>,
    pub(super) ribbons: Vec<Ribbon<'f>>,
}

impl<'f> Layout<'f> {
    /// Places everything.
    pub(super) fn of(flow: &'f Flow) -> Self {
        let totals = totals(flow);
        let order = order(flow, &totals);
        let whole: Vec<i128> = totals.iter().map(|stage| stage.iter().sum()).collect();
        let most = whole.iter().copied().max().unwrap_or(0);
        let rows = order.iter().map(Vec::len).max().unwrap_or(0);
        let room = MONEY + PITCH.times(rows);
        let mut nodes: Vec<Vec<(usize, Placed)>> = Vec::new();
        for (stage, order) in order.iter().enumerate() {
            let heights: Vec<Px> = order
                .iter()
                .map(|at| MONEY.part(total(&totals, stage, *at), most).max(THINNEST))
                .collect();
            let used: i64 = heights.iter().map(|height| height.0).sum();
            let gap = Px((room.0 - used).max(0) / i64::try_from(order.len().max(1)).unwrap_or(1));
            let mut y = TOP + Px(gap.0 / 2);
            let mut placed = Vec::new();
            for (at, height) in order.iter().zip(heights) {
                let node = Placed {
                    y,
                    height,
                    total: total(&totals, stage, *at),
                    out: y,
                    into: y,
                };
                placed.push((*at, node));
                y = y + height + gap;
            }
            nodes.push(placed);
        }
        let mut layout = Self {
            stages: flow.stages.len(),
            height: TOP + room + Px::of(6),
            amount: Amount::of(most),
            nodes,
            ribbons: Vec::new(),
        };
        layout.ribbons(flow, most);
        layout
    }

    /// Where a stage stands.
    pub(super) fn x(&self, stage: usize) -> Px {
        let steps = i128::try_from(self.stages.saturating_sub(1)).unwrap_or(1);
        LEFT + (RIGHT - LEFT).part(i128::try_from(stage).unwrap_or(0), steps.max(1))
    }

    /// Links leave a node in the order of where they go, and arrive in the order of where they come from.
    fn ribbons(&mut self, flow: &'f Flow, most: i128) {
        let rank = |stage: usize, at: usize, nodes: &[Vec<(usize, Placed)>]| {
            nodes
                .get(stage)
                .and_then(|nodes| nodes.iter().position(|(node, _)| *node == at))
                .unwrap_or(0)
        };
        let mut links: Vec<&Link> = flow.links.iter().filter(|link| link.cents > 0).collect();
        links.sort_by_key(|link| {
            (
                link.stage,
                rank(link.stage, link.from, &self.nodes),
                rank(link.stage + 1, link.to, &self.nodes),
            )
        });
        let mut ribbons: Vec<Ribbon<'f>> = links
            .into_iter()
            .map(|link| Ribbon {
                link,
                from: Px(0),
                to: Px(0),
                height: MONEY.part(link.cents, most).max(THINNEST),
            })
            .collect();
        for ribbon in &mut ribbons {
            if let Some(node) = node_mut(&mut self.nodes, ribbon.link.stage, ribbon.link.from) {
                ribbon.from = node.out;
                node.out = node.out + ribbon.height;
            }
        }
        let mut arriving: Vec<usize> = (0..ribbons.len()).collect();
        arriving.sort_by_key(|at| {
            ribbons.get(*at).map(|ribbon| {
                let link = ribbon.link;
                (
                    link.stage,
                    rank(link.stage + 1, link.to, &self.nodes),
                    rank(link.stage, link.from, &self.nodes),
                )
            })
        });
        for at in arriving {
            let Some(ribbon) = ribbons.get_mut(at) else {
                continue;
            };
            if let Some(node) = node_mut(&mut self.nodes, ribbon.link.stage + 1, ribbon.link.to) {
                ribbon.to = node.into;
                node.into = node.into + ribbon.height;
            }
        }
        self.ribbons = ribbons;
    }
}

fn node_mut(nodes: &mut [Vec<(usize, Placed)>], stage: usize, at: usize) -> Option<&mut Placed> {
    let stage = nodes.get_mut(stage)?;
    stage
        .iter_mut()
        .find(|(node, _)| *node == at)
        .map(|(_, placed)| placed)
}

fn total(totals: &[Vec<i128>], stage: usize, at: usize) -> i128 {
    totals
        .get(stage)
        .and_then(|stage| stage.get(at))
        .copied()
        .unwrap_or(0)
}

/// Money through each node: the larger of what comes and what goes.
fn totals(flow: &Flow) -> Vec<Vec<i128>> {
    let (mut into, mut out) = (BTreeMap::new(), BTreeMap::new());
    for link in &flow.links {
        *out.entry((link.stage, link.from)).or_insert(0) += link.cents.max(0);
        *into.entry((link.stage + 1, link.to)).or_insert(0) += link.cents.max(0);
    }
    let largest = |key: &(usize, usize)| {
        into.get(key)
            .copied()
            .unwrap_or(0)
            .max(out.get(key).copied().unwrap_or(0))
    };
    let stages = flow.stages.iter().enumerate();
    stages
        .map(|(stage, (_, nodes))| (0..nodes.len()).map(|at| largest(&(stage, at))).collect())
        .collect()
}

/// Nodes from the top: the first stage by group and size, each other by where its money comes from. Nodes without money are
/// not drawn.
fn order(flow: &Flow, totals: &[Vec<i128>]) -> Vec<Vec<usize>> {
    let mut orders: Vec<Vec<usize>> = Vec::new();
    for (stage, (_, nodes)) in flow.stages.iter().enumerate() {
        let mut order: Vec<usize> = (0..nodes.len())
            .filter(|at| total(totals, stage, *at) > 0)
            .collect();
        match orders.last() {
            None => order.sort_by_key(|at| {
                let group = nodes.get(*at).and_then(|node| node.group);
                (group.is_none(), group, -total(totals, stage, *at))
            }),
            Some(before) => order.sort_by_key(|at| centre(flow, stage, *at, before)),
        }
        orders.push(order);
    }
    orders
}

/// Where the money of a node comes from, on average, in thousandths of a place.
fn centre(flow: &Flow, stage: usize, at: usize, before: &[usize]) -> i128 {
    let (mut weight, mut sum) = (0_i128, 0_i128);
    for link in flow
        .links
        .iter()
        .filter(|link| link.stage + 1 == stage && link.to == at)
    {
        let place = before
            .iter()
            .position(|node| *node == link.from)
            .unwrap_or(0);
        weight = weight.saturating_add(link.cents);
        sum = sum.saturating_add(
            link.cents
                .saturating_mul(i128::try_from(place).unwrap_or(0)),
        );
    }
    sum.saturating_mul(1000).checked_div(weight).unwrap_or(0)
}
