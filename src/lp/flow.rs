//! The most that can flow through a network of whole capacities, and the narrowest place it has to pass.

use std::collections::VecDeque;

/// A directed edge; the one after it in the list runs back.
#[derive(Clone, Copy, Debug)]
struct Edge {
    to: usize,
    left: i64,
}

/// Nodes joined by edges with capacities.
#[derive(Clone, Debug)]
pub(crate) struct Flow {
    edges: Vec<Edge>,
    out: Vec<Vec<usize>>,
}

impl Flow {
    pub(crate) fn new(nodes: usize) -> Self {
        Self {
            edges: Vec::new(),
            out: vec![Vec::new(); nodes],
        }
    }

    pub(crate) fn join(&mut self, from: usize, to: usize, capacity: i64) {
        for (from, to, left) in [(from, to, capacity.max(0)), (to, from, 0)] {
            self.out[from].push(self.edges.len());
            self.edges.push(Edge { to, left });
        }
    }

    /// The most from a node to another, by paths as short as can be.
    pub(crate) fn most(&mut self, from: usize, to: usize) -> i128 {
        let mut total = 0_i128;
        loop {
            let level = self.levels(from);
            if level[to].is_none() {
                return total;
            }
            let mut next = vec![0; self.out.len()];
            while let Some(pushed) = self.push(from, to, &level, &mut next) {
                total += i128::from(pushed);
            }
        }
    }

    /// After [`Self::most`]: which nodes can still be reached. Edges from these to the others are the narrowest place.
    pub(crate) fn reached(&self, from: usize) -> Vec<bool> {
        self.levels(from).iter().map(Option::is_some).collect()
    }

    fn levels(&self, from: usize) -> Vec<Option<u32>> {
        let mut level = vec![None; self.out.len()];
        level[from] = Some(0);
        let mut queue = VecDeque::from([from]);
        while let Some(node) = queue.pop_front() {
            let next = level[node].map(|level| level + 1);
            for edge in self.out[node].iter().map(|&edge| self.edges[edge]) {
                if edge.left > 0 && level[edge.to].is_none() {
                    level[edge.to] = next;
                    queue.push_back(edge.to);
                }
            }
        }
        level
    }

    /// Pushes along one path of rising levels, without recursion: a network may be as deep as a plan has years.
    fn push(
        &mut self,
        from: usize,
        to: usize,
        level: &[Option<u32>],
        next: &mut [usize],
    ) -> Option<i64> {
        let mut path: Vec<usize> = Vec::new();
        let mut node = from;
        while node != to {
            let open = self.out[node].get(next[node]).copied();
            match open {
                Some(edge) => {
                    let Edge { to: other, left } = self.edges[edge];
                    let rises = level[other] == level[node].map(|level| level + 1);
                    if left > 0 && rises {
                        path.push(edge);
                        node = other;
                    } else {
                        next[node] += 1;
                    }
                }
                None => {
                    // A dead end: back, and never here again.
                    let edge = path.pop()?;
                    node = self.edges[edge ^ 1].to;
                    next[node] += 1;
                }
            }
        }
        let pushed = path.iter().map(|&edge| self.edges[edge].left).min()?;
        for edge in path {
            self.edges[edge].left -= pushed;
            let back = &mut self.edges[edge ^ 1].left;
            *back = back.saturating_add(pushed);
        }
        Some(pushed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_narrowest_place_is_as_wide_as_the_most_that_flows() {
        // 0 -> 1 -> 3 and 0 -> 2 -> 3 with a bridge 1 -> 2: 3 + 4 in, 2 + 6 out, the bridge lets one more through.
        let mut flow = Flow::new(4);
        for (from, to, capacity) in [(0, 1, 3), (0, 2, 4), (1, 3, 2), (2, 3, 6), (1, 2, 5)] {
            flow.join(from, to, capacity);
        }
        assert_eq!(flow.most(0, 3), 7);
        assert_eq!(flow.reached(0), [true, false, false, false]);
    }

    #[test]
    fn nothing_flows_where_nothing_leads() {
        let mut flow = Flow::new(3);
        flow.join(0, 1, i64::MAX);
        assert_eq!(flow.most(0, 2), 0);
    }
}
